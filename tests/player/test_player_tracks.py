"""What a stream offers to hear and to read, by real libVLC, and what the viewer makes of it."""

import pytest

from stb.model import OFF, PlayerState, TrackKind, Wanted


def languages(tracks):
    return [track.language for track in tracks.offered]


def chosen(tracks):
    return next((track.language for track in tracks.offered if track.id == tracks.chosen), None)


def play(host, inbox, address, tune=1, wanted=None):
    """The first status that has tracks, of a stream that plays."""
    host.play(address, tune, wanted or Wanted())
    return await_status(inbox, tune, lambda status: status.audio.chosen != OFF)


def await_status(inbox, tune, like):
    while not like(status := inbox.await_state(PlayerState.PLAYING, tune).status):
        pass
    return status


@pytest.fixture
def talk(clips, stream):
    """A film: libVLC needs to seek in this kind of file, so it is not asked of the server of live streams."""
    return stream((clips / "talk.mkv").as_uri())


def test_tracks_are_told_with_their_languages(host, inbox, talk):
    status = play(host, inbox, talk)

    assert languages(status.audio) == ["eng", "ara"]
    assert chosen(status.audio) == "eng"


def test_a_transport_stream_tells_them_too(host, inbox, server, stream):
    status = play(host, inbox, stream(server.address("talk.ts")))

    assert languages(status.audio) == ["eng", "ara"]


def test_nobody_reads_who_did_not_ask_for_it(host, inbox, talk):
    play(host, inbox, talk)

    status = await_status(inbox, 1, lambda status: status.subtitles.offered)

    assert languages(status.subtitles) == ["fre"]
    assert status.subtitles.chosen == OFF


def test_another_language_is_heard_when_it_is_chosen(host, inbox, talk):
    arabic = play(host, inbox, talk).audio.offered[1].id

    host.choose(TrackKind.AUDIO, arabic)

    await_status(inbox, 1, lambda status: chosen(status.audio) == "ara")


def test_subtitles_come_and_go(host, inbox, talk):
    play(host, inbox, talk)
    status = await_status(inbox, 1, lambda status: status.subtitles.offered)

    host.choose(TrackKind.SUBTITLES, status.subtitles.offered[0].id)
    await_status(inbox, 1, lambda status: chosen(status.subtitles) == "fre")
    host.choose(TrackKind.SUBTITLES, OFF)
    await_status(inbox, 1, lambda status: status.subtitles.chosen == OFF)


@pytest.mark.parametrize("language", ["ara", "ar"], ids=["three letters", "two letters"])
def test_a_stream_begins_in_the_viewers_language(host, inbox, talk, language):
    status = play(host, inbox, talk, wanted=Wanted(audio_language=language, subtitle_language="fr"))

    assert chosen(status.audio) == "ara"
    await_status(inbox, 1, lambda status: chosen(status.subtitles) == "fre")


def test_a_stream_without_the_viewers_language_begins_as_it_likes(host, inbox, talk):
    assert chosen(play(host, inbox, talk, wanted=Wanted(audio_language="fi")).audio) == "eng"


def test_a_track_chosen_on_a_channel_stands_above_the_language(host, inbox, talk):
    english = play(host, inbox, talk).audio.offered[0].id

    again = play(host, inbox, talk, 2, Wanted(audio_language="ara", audio=english, subtitle=OFF))

    assert chosen(again.audio) == "eng"


def test_the_tracks_of_a_stream_are_not_those_of_the_next(host, inbox, server, stream, talk):
    play(host, inbox, talk)

    host.play(stream(server.address("black.ts")), 2)
    status = await_status(inbox, 2, lambda status: status.displayed > 2)

    assert (status.audio.offered, status.subtitles.offered) == ((), ())
