"""The player's standard error in the log."""

import logging

import pytest

from stb.player.murmur import LINES_A_MINUTE, MINUTE, Murmur


@pytest.fixture
def log(caplog):
    caplog.set_level(logging.INFO, "stb.player")
    return caplog


def test_what_the_player_says_is_logged(log):
    Murmur().hear(b"no sound\nno picture\n")

    assert log.messages == ["player says 'no sound'", "player says 'no picture'"]


def test_addresses_are_not_logged(log):
    Murmur().hear(b"cannot open http://user:secret@host/live?key=1 now")

    assert log.messages == ["player says 'cannot open <address> now'"]


def test_a_flood_is_only_counted_until_the_minute_is_over(log):
    now = 0.0
    murmur = Murmur(lambda: now)

    murmur.hear(b"again\n" * 10_000)
    assert len(log.messages) == LINES_A_MINUTE
    now += MINUTE
    murmur.hear(b"still\n")

    assert log.messages[-2:] == [f"player said more lines={10_000 - LINES_A_MINUTE}", "player says 'still'"]
