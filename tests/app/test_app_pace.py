"""Whether things may move on this board."""

from stb.app.pace import FRAME_BUDGET, SLOW_SECONDS, Pace

FRAME = 0.04


def drawn(pace, work, again_in=FRAME, pictures=20):
    """So many pictures, each so many seconds of work; the moment after them."""
    for number in range(pictures):
        pace.note(number * FRAME, number * FRAME + work, again_in)
    return pictures * FRAME


def test_a_quick_board_moves():
    pace = Pace()
    assert pace.smooth(drawn(pace, FRAME_BUDGET / 2))


def test_a_slow_board_turns_pages_and_tries_again_later():
    pace = Pace()
    now = drawn(pace, FRAME_BUDGET * 2)
    assert not pace.smooth(now)
    assert pace.smooth(now + SLOW_SECONDS)


def test_one_slow_picture_among_many_is_no_slow_board():
    pace = Pace()
    drawn(pace, FRAME_BUDGET / 4)
    pace.note(1.0, 1.0 + FRAME_BUDGET * 3, FRAME)
    assert pace.smooth(2.0)


def test_pictures_that_do_not_move_say_nothing():
    pace = Pace()
    assert pace.smooth(drawn(pace, 1.0, again_in=None))
    assert pace.smooth(drawn(pace, 1.0, again_in=60.0))
