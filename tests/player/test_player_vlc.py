"""libVLC plays into a real X window."""

import pytest

from stb.model import PlayerState


def is_red(red, green, blue):
    return red > 200 and green < 60 and blue < 60


def is_blue(red, green, blue):
    return blue > 200 and red < 60 and green < 60


def is_black(red, green, blue):
    return (red, green, blue) == (0, 0, 0)


def test_playing_is_told_when_the_picture_is_on_the_glass(host, inbox, server, stream, television):
    host.play(stream(server.address("red.ts")), 1)

    inbox.await_state(PlayerState.PLAYING, 1)

    assert is_red(*television.colour())


def test_says_what_is_played_and_counts_its_pictures(host, inbox, server, stream):
    host.play(stream(server.address("red.ts")), 1)
    inbox.await_state(PlayerState.PLAYING, 1)

    while (status := inbox.await_state(PlayerState.PLAYING, 1).status).displayed < 10:
        pass

    assert (status.decoder, status.hardware) == ("H.264", False)
    assert (status.width, status.height, status.fps) == (320, 180, 25.0)
    assert status.buffering == 100
    assert status.lost < status.displayed


def test_a_zap_closes_the_old_connection_before_it_opens_the_new(host, inbox, server, stream, television):
    host.play(stream(server.address("held/red.ts")), 1)
    inbox.await_state(PlayerState.PLAYING, 1)

    host.play(stream(server.address("held/blue.ts")), 2)
    status = inbox.await_state(PlayerState.PLAYING, 2).status

    assert is_blue(*television.colour())
    assert status.decoder == "MPEG-2"
    assert server.open_at_request == [0, 0]


def test_after_a_zap_the_old_stream_is_heard_of_no_more(host, inbox, server, stream):
    host.play(stream(server.address("red.ts")), 1)
    inbox.await_state(PlayerState.PLAYING, 1)

    host.play(stream(server.address("blue.ts")), 2)
    inbox.await_state(PlayerState.OPENING, 2)
    host.play(stream(server.address("radio.ts")), 3)
    inbox.await_state(PlayerState.OPENING, 3)
    inbox.await_state(PlayerState.PLAYING, 3)

    assert {event.tune for event in inbox.drain()} <= {3}


def test_stop_leaves_the_window_black(host, inbox, server, stream, television):
    host.play(stream(server.address("red.ts")), 1)
    inbox.await_state(PlayerState.PLAYING, 1)

    host.stop()

    television.await_colour(is_black)


def test_a_pause_holds_the_picture(host, inbox, server, stream, television):
    host.play(stream(server.address("red.ts")), 1)
    inbox.await_state(PlayerState.PLAYING, 1)

    host.pause(paused=True)
    held = inbox.await_state(PlayerState.PAUSED, 1).status
    assert is_red(*television.colour())
    host.pause(paused=False)

    assert inbox.await_state(PlayerState.PLAYING, 1).status.displayed >= held.displayed


def test_the_end_of_a_stream_leaves_the_window_black(host, inbox, server, stream, television):
    host.play(stream(server.address("short.ts")), 1)
    inbox.await_state(PlayerState.PLAYING, 1)

    inbox.await_state(PlayerState.ENDED, 1)

    television.await_colour(is_black)


def test_radio_plays_when_it_is_heard(host, inbox, server, stream):
    host.play(stream(server.address("radio.ts")), 1)

    status = inbox.await_state(PlayerState.PLAYING, 1).status

    assert (status.decoder, status.width) == ("", 0)


def test_a_picture_that_begins_black_plays_too(host, inbox, server, stream):
    host.play(stream(server.address("black.ts")), 1)

    assert inbox.await_state(PlayerState.PLAYING, 1).status.decoder == "H.264"


@pytest.mark.parametrize(
    "path",
    [
        pytest.param("nowhere.ts", id="not there"),
        pytest.param("garbage.ts", id="no stream at all"),
        pytest.param("empty.ts", id="nothing"),
        pytest.param("page.html", id="a web page"),
    ],
)
def test_what_cannot_be_played_fails(path, host, inbox, server, stream):
    host.play(stream(server.address(path)), 1)

    inbox.await_state(PlayerState.FAILED, 1)


def test_a_server_that_is_not_there_fails(host, inbox, server, stream):
    address = server.address("red.ts")
    server.server_close()

    host.play(stream(address), 1)

    inbox.await_state(PlayerState.FAILED, 1)


def test_plays_on_after_a_failure(host, inbox, server, stream, television):
    host.play(stream(server.address("nowhere.ts")), 1)
    inbox.await_state(PlayerState.FAILED, 1)

    host.play(stream(server.address("red.ts")), 2)
    inbox.await_state(PlayerState.PLAYING, 2)

    assert is_red(*television.colour())
