"""How pictures fill the screen, and what becomes of interlaced ones; by real libVLC."""

import subprocess

import pytest

from stb.board.models import CHIPS, COMPUTER
from stb.model import Machine, PlayerState, Shape
from stb.player import PlayerHost

EDGE = (20, 180)
TOP = (320, 8)


def is_red(red, green, blue):
    return red > 200 and green < 60 and blue < 60


def is_blue(red, green, blue):
    return blue > 200 and red < 60 and green < 60


def is_black(red, green, blue):
    return max(red, green, blue) < 20


@pytest.fixture
def old(server, stream):
    """A film of 4:3 with a blue band at its top."""
    return stream(server.address("old.ts"))


@pytest.mark.parametrize(
    ("shape", "edge", "top"),
    [
        pytest.param(Shape(), is_black, is_blue, id="all of it, with bars"),
        pytest.param(Shape(zoom="fill"), is_red, is_red, id="no bars, top and bottom cut"),
        pytest.param(Shape(zoom="stretch"), is_red, is_blue, id="no bars, out of shape"),
        pytest.param(Shape(aspect="16:9"), is_red, is_blue, id="taken for 16:9"),
        pytest.param(Shape(aspect="4:3"), is_black, is_blue, id="taken for 4:3"),
    ],
)
def test_an_old_film_fills_the_screen_as_the_viewer_likes(host, inbox, television, old, shape, edge, top):
    host.play(old, 1)
    inbox.await_state(PlayerState.PLAYING, 1)

    host.set_shape(shape)

    television.await_colour(edge, *EDGE)
    television.await_colour(top, *TOP)


def test_the_shape_holds_for_the_next_stream(host, inbox, television, old):
    host.set_shape(Shape(zoom="fill"))

    host.play(old, 1)
    inbox.await_state(PlayerState.PLAYING, 1)
    television.await_colour(is_red, *TOP)
    host.play(old, 2)
    inbox.await_state(PlayerState.PLAYING, 2)

    television.await_colour(is_red, *TOP)
    television.await_colour(is_red, *EDGE)


def test_a_shape_is_taken_back(host, inbox, television, old):
    host.set_shape(Shape(zoom="stretch"))
    host.play(old, 1)
    inbox.await_state(PlayerState.PLAYING, 1)
    television.await_colour(is_red, *EDGE)

    host.set_shape(Shape())

    television.await_colour(is_black, *EDGE)


def combs(rows):
    """How many points differ from those above and below in the same direction: the teeth of a comb."""
    return sum(
        min(above, below) - here > 60 or here - max(above, below) > 60
        for top, middle, bottom in zip(rows, rows[1:], rows[2:], strict=False)
        for above, here, below in zip(top, middle, bottom, strict=True)
    )


def test_the_film_itself_has_teeth(clips):
    command = ["ffmpeg", "-v", "error", "-ss", "1", "-i", clips / "interlaced.ts", "-frames:v", "1"]
    raw = subprocess.run(
        [*command, "-pix_fmt", "gray", "-f", "rawvideo", "-"], check=True, capture_output=True
    ).stdout
    rows = [raw[y * 720 : (y + 1) * 720] for y in range(280, 300)]

    assert combs(rows) > 100


@pytest.fixture
def combing(television, inbox, server, stream):
    """How many teeth the moving bar has, in the worst of twenty pictures, with such a deinterlacer.

    The first pictures are not looked at: libVLC shows a few before it knows that they are interlaced.
    """

    def measure(machine):
        host = PlayerHost(television.target, inbox.put, machine=machine)
        try:
            host.play(stream(server.address("interlaced.ts")), 1)
            inbox.await_state(PlayerState.PLAYING, 1)
            teeth = []
            while len(teeth) < 40:
                television.await_movement(television.picture())
                teeth.append(combs(television.rows(170, 20)))
            return max(teeth[20:])
        finally:
            host.close()

    return measure


@pytest.mark.parametrize("mode", sorted({chip.deinterlacer for chip in CHIPS} | {COMPUTER.deinterlacer}))
def test_a_moving_bar_has_straight_edges(combing, mode):
    assert combing(Machine(name="", deinterlacer=mode)) == 0
