"""What every player does, the one in memory too."""

import pytest

from stb.messages import PlayerChanged
from stb.model import OFF, PlayerState, Shape, SoundOut, Track, TrackKind, Wanted
from stb.player import FakePlayer


@pytest.fixture(params=["libVLC", "fake"])
def player(request, inbox):
    if request.param == "libVLC":
        return request.getfixturevalue("host")
    return FakePlayer(inbox.put)


@pytest.fixture
def red(server, stream):
    return stream(server.address("red.ts"))


def test_a_stream_opens_and_plays(player, inbox, red):
    player.play(red, 7)

    first = inbox.get(timeout=60)
    playing = inbox.await_state(PlayerState.PLAYING, 7)

    assert isinstance(first, PlayerChanged)
    assert first.status.state is PlayerState.OPENING
    assert playing.status.decoder == "H.264"


def test_a_zap_is_about_the_new_stream_only(player, inbox, red):
    player.play(red, 1)
    inbox.await_state(PlayerState.PLAYING, 1)

    player.play(red, 2)
    inbox.await_state(PlayerState.OPENING, 2)
    inbox.await_state(PlayerState.PLAYING, 2)

    assert {event.tune for event in inbox.drain()} <= {2}


def test_after_stop_nothing_is_told(player, inbox, red):
    player.play(red, 1)
    inbox.await_state(PlayerState.PLAYING, 1)

    player.stop()
    inbox.drain()
    player.play(red, 2)
    inbox.await_state(PlayerState.PLAYING, 2)

    assert {event.tune for event in inbox.drain()} <= {2}


def test_a_pause_is_told_and_so_is_its_end(player, inbox, red):
    player.play(red, 1)
    inbox.await_state(PlayerState.PLAYING, 1)

    player.pause(paused=True)
    inbox.await_state(PlayerState.PAUSED, 1)
    player.pause(paused=False)
    inbox.await_state(PlayerState.PLAYING, 1)


def test_the_volume_and_a_ping_say_nothing_of_the_stream(player, inbox, red):
    player.set_volume(30, muted=False)
    player.ping()
    player.play(red, 1)

    assert inbox.await_state(PlayerState.PLAYING, 1).tune == 1


@pytest.fixture
def talk(clips, stream):
    return stream((clips / "talk.mkv").as_uri())


def await_tracks(inbox, audio, subtitle):
    while True:
        status = inbox.await_state(PlayerState.PLAYING, 1).status
        if (status.audio.chosen, status.subtitles.chosen) == (audio.id, subtitle.id if subtitle else OFF):
            return status


def test_tracks_begin_as_wanted_and_are_told_when_others_are_chosen(player, inbox, talk):
    english, arabic, french = (Track(id=1, language="eng"), Track(id=2, language="ara"), Track(id=3))

    player.play(talk, 1, Wanted(audio_language="ara"))
    assert await_tracks(inbox, arabic, None).audio.offered == (english, arabic)
    player.choose(TrackKind.AUDIO, english.id)
    player.choose(TrackKind.SUBTITLES, french.id)

    await_tracks(inbox, english, french)


def test_delay_and_shape_say_nothing_of_the_stream(player, inbox, red):
    player.set_delay(80)
    player.set_shape(Shape(zoom="fill"))
    player.play(red, 1)

    assert inbox.await_state(PlayerState.PLAYING, 1).tune == 1


def test_sound_that_goes_elsewhere_costs_the_player_its_life(player, inbox, red):
    player.play(red, 1)
    inbox.await_state(PlayerState.PLAYING, 1)

    player.set_sound(SoundOut(name="default"))

    inbox.await_death()


def test_close_may_come_twice(player):
    player.close()
    player.close()


def test_the_fake_fails_when_a_test_wants_it(inbox, red):
    fake = FakePlayer(inbox.put)

    fake.play(red, 1)
    fake.trigger_stream_lost()
    inbox.await_state(PlayerState.ENDED, 1)
    fake.trigger_failed()
    inbox.await_state(PlayerState.FAILED, 1)
    fake.trigger_died()
    inbox.await_death()
    fake.set_volume(30, muted=True)

    assert fake.played == [(red, 1)]
    assert fake.volume == (30, True)
