"""The list of languages over the picture, the held picture, and the banner's words about tracks."""

from collections.abc import Callable

import pytest

from stb.messages import ChooseTrack, NextShape, PauseLive, ShowTracks
from stb.model import OFF, Key, PlayerState, PlayerStatus, Track, TrackKind, Tracks
from stb.screens.view import View
from stb.screens.watching import Watching
from stb.ui.geometry import Region
from stb.ui.scene import Plate

MakeView = Callable[..., View]
STATUS = PlayerStatus(
    state=PlayerState.PLAYING,
    height=720,
    audio=Tracks(offered=(Track(id=1, language="eng"), Track(id=2, language="ar")), chosen=2),
    subtitles=Tracks(offered=(Track(id=3, language="fre"),)),
)


def many(*tracks: Track) -> PlayerStatus:
    return PlayerStatus(
        state=PlayerState.PLAYING, height=720, audio=Tracks(offered=tracks, chosen=tracks[0].id)
    )


def words(view: View, screen: Watching) -> list[str]:
    return list(screen.scene(view).words)


def test_audio_opens_the_list_at_what_is_heard(view: MakeView) -> None:
    screen, intent = Watching().press(Key.AUDIO, view(number=1, status=STATUS), held=False)
    assert (screen.row, intent) == (1, ShowTracks(TrackKind.AUDIO))


@pytest.mark.parametrize(
    ("language", "names"),
    [("en", ["Sound", "English", "✓", "Arabic"]), ("ar", ["الصوت", "الإنجليزية", "✓", "العربية"])],
)
def test_languages_have_their_names_in_the_viewers(view: MakeView, language: str, names: list[str]) -> None:
    shown = view(language, number=1, status=STATUS, choosing=TrackKind.AUDIO)
    assert words(shown, Watching(row=1)) == names


@pytest.mark.parametrize(
    ("status", "names"),
    [
        pytest.param(many(Track(id=1), Track(id=2)), ["Sound 1", "Sound 2"], id="nothing is known"),
        pytest.param(
            many(Track(id=1, language="und", name="Director"), Track(id=2, language="qaa")),
            ["Director", "Sound 2"],
            id="a name, and a language that is none",
        ),
        pytest.param(
            many(Track(id=1, language="eng"), Track(id=2, language="en")),
            ["English 1", "English 2"],
            id="the same language twice",
        ),
    ],
)
def test_every_track_can_be_told_from_the_others(
    view: MakeView, status: PlayerStatus, names: list[str]
) -> None:
    shown = words(view(number=1, status=status, choosing=TrackKind.AUDIO), Watching())
    assert [name for name in shown if name not in ("Sound", "✓")] == names


def test_up_and_down_go_round_and_keep_the_list_open(view: MakeView) -> None:
    shown = view(number=1, status=STATUS, choosing=TrackKind.SUBTITLES)
    screen = Watching()
    rows = []
    for key in (Key.UP, Key.DOWN, Key.DOWN, Key.SUBTITLE):
        screen, intent = screen.press(key, shown, held=False)
        rows.append(screen.row)
        assert intent == ShowTracks(TrackKind.SUBTITLES)
    assert rows == [1, 0, 1, 0]


def test_ok_chooses_and_the_first_of_subtitles_is_none(view: MakeView) -> None:
    shown = view(number=1, status=STATUS, choosing=TrackKind.SUBTITLES)
    chosen = [Watching(row=row).press(Key.OK, shown, held=False)[1] for row in (0, 1)]
    assert chosen == [ChooseTrack(TrackKind.SUBTITLES, id) for id in (OFF, 3)]  # noqa: A001 - it is one


def test_back_leaves_the_list_and_the_other_key_changes_it(view: MakeView) -> None:
    shown = view(number=1, status=STATUS, choosing=TrackKind.AUDIO)
    assert Watching().press(Key.BACK, shown, held=False)[1] == ShowTracks(None)
    assert Watching().press(Key.SUBTITLE, shown, held=False)[1] == ShowTracks(TrackKind.SUBTITLES)


def test_a_long_list_shows_what_is_focused(view: MakeView) -> None:
    status = many(*(Track(id=number, name=f"Take {number}") for number in range(1, 13)))
    shown = view(number=1, status=status, choosing=TrackKind.AUDIO)
    for row in range(12):
        items = Watching(row=row).scene(shown).items
        assert f"Take {row + 1}" in words(shown, Watching(row=row))
        assert all(Region(0, 0, 1920, 1080).contains(item.region) for item in items)


def test_a_held_picture_says_so_and_how_it_goes_on(view: MakeView) -> None:
    paused = view(number=1, status=PlayerStatus(state=PlayerState.PAUSED))
    assert "Paused" in words(paused, Watching())
    assert any(isinstance(item, Plate) for item in Watching().scene(paused).items)


@pytest.mark.parametrize(
    ("key", "state", "intent"),
    [
        (Key.PAUSE, PlayerState.PLAYING, PauseLive(paused=True)),
        (Key.PLAYPAUSE, PlayerState.PLAYING, PauseLive(paused=True)),
        (Key.PLAYPAUSE, PlayerState.PAUSED, PauseLive(paused=False)),
        (Key.PLAY, PlayerState.PAUSED, PauseLive(paused=False)),
        (Key.PLAY, PlayerState.PLAYING, None),
        (Key.ZOOM, PlayerState.PLAYING, NextShape()),
    ],
)
def test_keys_of_a_player(view: MakeView, key: Key, state: PlayerState, intent: object) -> None:
    assert Watching().press(key, view(number=1, status=PlayerStatus(state=state)), held=False)[1] == intent


@pytest.mark.parametrize(
    ("language", "offer"), [("en", "2 audio · 1 subtitle"), ("ar", "صوتان · ترجمة واحدة")]
)
def test_the_banner_says_what_there_is_to_choose(view: MakeView, language: str, offer: str) -> None:
    assert offer in words(view(language, number=1, status=STATUS, banner=True), Watching())


def test_one_sound_is_no_choice_to_speak_of(view: MakeView) -> None:
    status = many(Track(id=1, language="eng"))
    assert not any("audio" in each for each in words(view(number=1, status=status, banner=True), Watching()))
