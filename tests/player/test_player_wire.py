"""The language between the box and its player."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stb.errors import PlayerError
from stb.model import PlayerStatus
from stb.player.opening import Opening
from stb.player.wire import (
    Choose,
    Configure,
    Delay,
    Done,
    Fill,
    Pause,
    Ping,
    Play,
    Stop,
    Told,
    Volume,
    decode_command,
    decode_report,
    encode_command,
    encode_report,
)

counts = st.integers(min_value=0)
fractions = st.floats(allow_nan=False, allow_infinity=False)
commands = st.one_of(
    st.builds(Configure, options=st.lists(st.text()).map(tuple)),
    *(st.builds(kind) for kind in (Choose, Delay, Fill, Pause, Ping, Play, Stop, Volume)),
)
reports = st.builds(Done, counts) | st.builds(Told, counts, st.builds(PlayerStatus, fps=fractions))


@given(counts, commands)
def test_a_command_arrives_as_it_was_sent(number, command):
    line = encode_command(number, command)

    assert decode_command(line) == (number, command)
    assert line.index(b"\n") == len(line) - 1


@given(reports)
def test_a_report_arrives_as_it_was_sent(report):
    line = encode_report(report)

    assert decode_report(line) == report
    assert line.index(b"\n") == len(line) - 1


@pytest.mark.parametrize("decode", [decode_command, decode_report], ids=["a command", "a report"])
@given(line=st.binary() | st.recursive(st.none() | st.text(), st.lists).map(lambda each: repr(each).encode()))
def test_anything_else_is_refused(decode, line):
    with pytest.raises(PlayerError):
        decode(line)


@pytest.mark.parametrize(
    "line",
    [
        pytest.param(b'{"tune":1,"state":"dancing"}', id="a state that is none"),
        pytest.param(b'{"tune":1,"state":"idle"}', id="fields are missing"),
        pytest.param(b'{"done":"1"}', id="a number as text"),
        pytest.param(b'{"done":true}', id="a number as truth"),
        pytest.param(b"[" * 100_000, id="too deep"),
    ],
)
def test_a_report_of_other_types_is_refused(line):
    with pytest.raises(PlayerError):
        decode_report(line)


def test_an_address_is_not_in_a_commands_text():
    assert "secret" not in repr(Play(tune=1, opening=Opening(address="http://user:secret@host/")))
