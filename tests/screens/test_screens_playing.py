"""What lasts, while it plays: keys, the bar, the next episode; and the banner of a channel with a guide."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from stb.catalogue.guide import NowNext
from stb.messages import Intent, Leave, PauseLive, PlayNext, Seek, ShowBanner, SwapBack, Watch
from stb.model import (
    ChannelId,
    ChannelRef,
    Episode,
    EpisodeId,
    EpisodeRef,
    Film,
    FilmId,
    FilmRef,
    Key,
    PlayerState,
    PlayerStatus,
    Programme,
    SeriesId,
    SeriesRef,
    SourceId,
    Track,
    Tracks,
)
from stb.screens.view import View
from stb.screens.watching import Watching
from stb.ui.scene import Colour, Plate, Text
from stb.ui.text import Typesetter
from stb.ui.theme import DARK

MakeView = Callable[..., View]
HOME = SourceId("home")
FILM = Film(ref=FilmRef(HOME, FilmId("f")), name="The Long Way Home", link="f", year=1987)
EPISODE = Episode(
    ref=EpisodeRef(SeriesRef(HOME, SeriesId("s")), EpisodeId("2")),
    season=1,
    number=2,
    name="Low Water",
    link="e",
)
NINE = int(datetime(2026, 11, 22, 20, 30, tzinfo=UTC).timestamp())
NEWS = Programme(channel="c", start=NINE, stop=NINE + 45 * 60, title="Council Report")
LATER = Programme(channel="c", start=NINE + 45 * 60, stop=NINE + 7200, title="Night Line")
TRACKS = Tracks(offered=(Track(id=1, language="eng"), Track(id=2, language="ara")), chosen=1)
PLAYING = PlayerStatus(
    state=PlayerState.PLAYING,
    width=1280,
    height=720,
    decoder="H.264",
    hardware=True,
    audio=TRACKS,
    seekable=True,
)
PAUSED = PlayerStatus(state=PlayerState.PAUSED, width=1280, height=720, seekable=True)


@pytest.fixture
def film(view: MakeView) -> MakeView:
    def make(**fields: object) -> View:
        shown = {"item": FILM, "position": 2530.0, "duration": 6120.0, "status": PLAYING}
        return view(**(shown | fields))

    return make


def pressed(key: Key, view: View, *, held: bool = False) -> Intent | None:
    return Watching().press(key, view, held=held)[1]


def said(view: View) -> str:
    return " | ".join(Watching().scene(view).words)


@pytest.mark.parametrize(
    ("key", "meaning"),
    [
        (Key.LEFT, Seek(-10)),
        (Key.RIGHT, Seek(10)),
        (Key.REWIND, Seek(-60)),
        (Key.FASTFORWARD, Seek(60)),
        (Key.OK, ShowBanner(shown=True)),
        (Key.INFO, ShowBanner(shown=True)),
        (Key.UP, ShowBanner(shown=True)),
        (Key.PAUSE, PauseLive(paused=True)),
        (Key.PLAYPAUSE, PauseLive(paused=True)),
        (Key.STOP, Leave()),
        (Key.BACK, Leave()),
        (Key.LAST, SwapBack()),
        (Key.NUMERIC_3, Watch(ChannelRef(HOME, ChannelId("3")))),
    ],
    ids=str,
)
def test_keys_while_a_film_plays(film: MakeView, key: Key, meaning: Intent) -> None:
    assert pressed(key, film()) == meaning


def test_in_arabic_time_runs_the_other_way_but_the_winding_keys_stay(film: MakeView) -> None:
    view = film(language="ar")
    assert pressed(Key.LEFT, view) == Seek(10)
    assert pressed(Key.REWIND, view) == Seek(-60)


@pytest.mark.parametrize(("held", "step"), [(0.4, 10), (2.0, 30), (6.0, 60)])
def test_a_held_arrow_winds_faster_and_faster(film: MakeView, held: float, step: int) -> None:
    assert pressed(Key.RIGHT, film(held=held), held=True) == Seek(step)


def test_a_programme_on_the_air_is_wound_as_far_as_it_is_there(film: MakeView) -> None:
    on = {"item": NEWS, "position": 30.0, "duration": 2700.0}
    assert pressed(Key.RIGHT, film(**on, now=datetime.fromtimestamp(NINE + 600, UTC))) == Seek(10, 510.0)
    assert pressed(Key.RIGHT, film(**on, now=datetime.fromtimestamp(NINE + 100, UTC))) == Seek(10, 30.0)
    assert pressed(Key.FASTFORWARD, film(**on, now=datetime.fromtimestamp(NEWS.stop, UTC))) == Seek(60)


@pytest.mark.parametrize("key", [Key.OK, Key.PLAY, Key.PLAYPAUSE], ids=str)
def test_a_lost_film_is_tried_again_at_once(film: MakeView, key: Key) -> None:
    lost = film(status=PlayerStatus(), trouble="watching.refused_with", refused=503, retry_in=59.5)
    assert pressed(key, lost) == PauseLive(paused=False)


def test_back_hides_the_bar_first(film: MakeView) -> None:
    assert pressed(Key.BACK, film(banner=True)) == ShowBanner(shown=False)


def test_a_held_film_goes_on_or_is_left(film: MakeView) -> None:
    held = film(status=PAUSED, banner=True)
    assert pressed(Key.PLAY, held) == PauseLive(paused=False)
    assert pressed(Key.STOP, held) == Leave()
    assert pressed(Key.BACK, held) == Leave()


def test_a_zap_from_a_film_is_from_the_channel_before_it(film: MakeView) -> None:
    view = film(live=ChannelRef(HOME, ChannelId("2")))
    assert pressed(Key.CHANNELUP, view) == Watch(ChannelRef(HOME, ChannelId("3")))


def test_the_bar_says_what_it_is_how_far_it_is_and_when_it_ends(film: MakeView) -> None:
    text = said(film(banner=True))
    for words in (
        "The Long Way Home",
        "1987",
        "42:10",
        "1:42:00",
        "ends at 21:46",
        "720p",
        "H.264 HW",
        "2 audio",
    ):
        assert words in text


def test_the_bar_is_as_full_as_the_film_is_seen(film: MakeView) -> None:
    plates = [
        item for item in Watching().scene(film(banner=True, position=1530.0)).items if isinstance(item, Plate)
    ]
    whole = next(plate for plate in plates if plate.colour is Colour.LINE)
    done = next(plate for plate in plates if plate.colour is Colour.ACCENT)
    assert done.region.width == whole.region.width // 4


def test_a_film_of_unknown_length_says_only_where_it_is(film: MakeView) -> None:
    text = said(film(banner=True, duration=0.0))
    assert "42:10" in text
    assert "ends at" not in text


def test_what_was_on_says_where_and_when(view: MakeView) -> None:
    text = said(view(number=12, item=NEWS, status=PLAYING, banner=True, duration=2700.0))
    assert "Council Report" in text
    assert "City TV · Sun 22 Nov · " in text
    assert "20:30 – 21:15" in text


def test_a_film_has_nothing_over_its_picture_until_asked(film: MakeView) -> None:
    assert said(film()) == ""


def test_a_held_film_says_how_it_goes_on(film: MakeView) -> None:
    assert "PLAY or PAUSE goes on" in said(film(status=PAUSED))


def test_the_next_episode_is_offered_with_a_count_down(film: MakeView) -> None:
    view = film(item=EPISODE, following=EPISODE, next_in=8.2, status=PlayerStatus())
    text = said(view)
    assert "Next episode in 9 s" in text
    assert "Low Water" in text
    assert Watching().changes_in(view) == 1.0
    assert pressed(Key.OK, view) == PlayNext()
    assert pressed(Key.BACK, view) == Leave()


def test_the_banner_says_what_is_on_and_what_comes_then(view: MakeView) -> None:
    shown = view(number=12, status=PLAYING, banner=True, on_air=NowNext(NEWS, LATER))
    text = said(shown)
    for words in ("City TV", "Council Report", "20:30 – 21:15", "21:15", "Night Line"):
        assert words in text
    assert "City |" not in text


def test_without_a_guide_the_banner_names_the_group(view: MakeView) -> None:
    assert "City TV | City" in said(view(number=12, status=PLAYING, banner=True))


def test_the_banner_changes_when_something_else_is_on(view: MakeView) -> None:
    ends = Programme(channel="c", start=NINE, stop=NINE + 17 * 60 + 20, title="Short")
    shown = view(number=12, status=PLAYING, banner=True, on_air=NowNext(ends, LATER))
    assert Watching().changes_in(shown) == 20


@pytest.mark.parametrize(
    ("trouble", "refused", "words"),
    [
        ("watching.clip", 0, "plays a few seconds instead of this channel"),
        ("watching.refused_with", 456, "Home Portal refuses this stream (HTTP 456)."),
        ("watching.astray", 0, "answers with an address that is not on the network"),
    ],
)
def test_a_refusal_is_said_in_words_with_the_next_try(
    view: MakeView, trouble: str, refused: int, words: str
) -> None:
    lost = view(number=12, trouble=trouble, refused=refused, retry_in=59.5)
    text = " ".join(Watching().scene(lost).words)
    assert words in text
    assert "Trying again in 60 s. PLAY tries at once." in text
    assert pressed(Key.PLAY, lost) == Watch(ChannelRef(HOME, ChannelId("12")))


@pytest.fixture(scope="module")
def typesetter() -> Typesetter:
    return Typesetter(DARK, 1080)


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("width", [1920, 1440], ids=["16:9", "4:3"])
def test_every_word_has_room(view: MakeView, typesetter: Typesetter, language: str, width: int) -> None:
    shown = {"language": language, "width": width, "measure": typesetter.measure, "wrap": typesetter.wrap}
    lost = {"number": 12, "retry_in": 300.0, "refused": 456}
    views = (
        view(**shown, item=FILM, status=PLAYING, banner=True, position=36000.0, duration=36120.0),
        view(**shown, item=EPISODE, status=PAUSED, position=20.0, duration=2700.0),
        view(**shown, item=EPISODE, following=EPISODE, next_in=10.0),
        view(**shown, number=12, item=NEWS, status=PLAYING, banner=True, duration=2700.0),
        view(**shown, number=12, status=PLAYING, banner=True, on_air=NowNext(NEWS, LATER), tuned=0.31),
        *(view(**shown, **lost, trouble=f"watching.{why}") for why in ("clip", "refused_with", "astray")),
    )
    for each in views:
        for item in Watching().scene(each).items:
            if isinstance(item, Text):
                assert typesetter.measure(item.text, item.style).width <= item.region.width, item.text
