"""The box outlives its player, and the player does not outlive the box."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from stb.messages import PlayerDied
from stb.model import PlayerState, Shape, VideoTarget
from stb.player import PlayerHost
from stb.player.host import LONGEST_REST, rest_before

LONG = 60.0
NOWHERE = VideoTarget(display=":none", xid=1)
PARROT = Path(__file__).with_name("parrot.py")

BOX = """
import sys
from stb.model import VideoTarget
from stb.player import PlayerHost

host = PlayerHost(VideoTarget(display=sys.argv[1], xid=int(sys.argv[2])), print)
sys.stdin.read()
"""

DEAF = """
import sys, time

sys.stdin.buffer.readline()
print('{"done":0}', flush=True)
time.sleep(1000)
"""


@pytest.fixture
def hosts(inbox):
    """Starts hosts of made-up players; ends them afterwards."""
    started = []

    def start(*command, patience=LONG):
        started.append(PlayerHost(NOWHERE, inbox.put, command=command, patience=patience))
        return started[-1]

    yield start
    for host in started:
        host.close()


def play_red(host, inbox, server, stream, tune):
    host.play(stream(server.address("red.ts")), tune)
    return inbox.await_state(PlayerState.PLAYING, tune)


def test_a_killed_player_is_told_and_replaced(host, inbox, server, stream, player_of):
    play_red(host, inbox, server, stream, 1)

    os.kill(player_of(os.getpid()), signal.SIGKILL)

    assert inbox.await_death() == PlayerDied("ended by signal 9")
    play_red(host, inbox, server, stream, 2)


def test_a_player_that_does_not_answer_is_replaced(television, inbox, server, stream, player_of):
    host = PlayerHost(television.target, inbox.put, patience=4.0)
    play_red(host, inbox, server, stream, 1)
    os.kill(player_of(os.getpid()), signal.SIGSTOP)

    host.ping()

    assert inbox.await_death() == PlayerDied("did not answer ping")
    play_red(host, inbox, server, stream, 2)
    host.close()


def test_a_player_ends_with_a_box_that_was_killed(television, player_of, gone):
    target = television.target
    with subprocess.Popen(
        [sys.executable, "-c", BOX, target.display, str(target.xid)], stdin=subprocess.PIPE
    ) as box:
        player = player_of_started(box, player_of)
        box.kill()
        gone(player)


def player_of_started(box, player_of):
    while True:
        try:
            return player_of(box.pid)
        except ValueError:  # it has none yet
            assert box.poll() is None


def test_close_leaves_no_process(television, inbox, server, stream, player_of):
    host = PlayerHost(television.target, inbox.put)
    play_red(host, inbox, server, stream, 1)
    player = player_of(os.getpid())

    host.close()
    host.close()

    assert not Path(f"/proc/{player}").exists()


def test_verbs_after_close_do_nothing(hosts, inbox, stream):
    host = hosts("cat")
    host.close()

    host.play(stream("http://somewhere/"), 1)
    host.stop()
    host.set_volume(50, muted=True)
    host.ping()

    assert inbox.drain() == []


def test_addresses_are_not_in_the_process_list(host, inbox, server, stream, player_of, offspring):
    play_red(host, inbox, server, stream, 1)

    assert "127.0.0.1" not in offspring(os.getpid())[player_of(os.getpid())]


def test_what_holds_is_put_back_into_a_new_player(hosts, inbox, stream, tmp_path):
    heard = tmp_path / "heard"
    host = hosts(sys.executable, PARROT, heard)

    host.set_volume(40, muted=True)
    host.set_delay(80)
    host.set_shape(Shape(zoom="fill"))
    host.play(stream("die:"), 1)
    inbox.await_death()
    host.play(stream("die:"), 2)
    inbox.await_death()

    life = ["Configure", "Volume(percent=40, muted=True)", "Delay(milliseconds=80)", "Fill", "Play"]
    assert all(
        line.startswith(word) for line, word in zip(heard.read_text().splitlines(), life * 2, strict=True)
    )


def test_the_player_is_asked_only_for_what_is_still_wanted(hosts, inbox, stream, tmp_path):
    heard, gate = tmp_path / "heard", tmp_path / "gate"
    os.mkfifo(gate)
    host = hosts(sys.executable, PARROT, heard, gate)

    for tune in range(1, 50):
        host.play(stream("http://somewhere/"), tune)
        host.pause(paused=True)
    host.play(stream("die:"), 50)
    gate.write_bytes(b"")
    inbox.await_death()

    configure, play = heard.read_text().splitlines()
    assert configure.startswith("Configure")
    assert play.startswith("Play(tune=50,")


def test_asking_does_not_wait_for_a_player_that_does_not_read(hosts, inbox, stream):
    host = hosts("sleep", "1000", patience=0.25)

    host.play(stream("http://somewhere/" + "x" * 1_000_000), 1)

    assert inbox.await_death() == PlayerDied("did not answer configure")


def test_a_full_pipe_does_not_block_the_watch(hosts, inbox, stream):
    host = hosts(sys.executable, "-c", DEAF, patience=2.0)

    host.play(stream("http://somewhere/" + "x" * 1_000_000), 1)

    assert inbox.await_death() == PlayerDied("did not answer play")


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        pytest.param("print('hello')", "not the player's language: 5 bytes", id="another language"),
        pytest.param("print('x' * 100_000, end='')", "tells something that never ends", id="no end of line"),
        pytest.param("raise SystemExit(3)", "ended with status 3", id="gone at once"),
    ],
)
def test_why_a_player_died_is_told(words, reason, hosts, inbox):
    hosts(sys.executable, "-c", f"{words}\nimport sys; sys.stdout.flush(); sys.stdin.read()")

    assert inbox.await_death().reason.startswith(reason)


def test_a_player_that_cannot_be_started_is_told(hosts, inbox):
    hosts("/no/such/player")

    assert inbox.await_death() == PlayerDied("cannot be started: No such file or directory")


def test_players_that_keep_dying_are_started_ever_more_rarely(hosts, inbox):
    hosts("false")

    reasons = [inbox.await_death().reason for _ in range(2)]

    assert reasons == [
        "ended with status 1",
        "ended with status 1; it keeps dying, the next one starts in 1 s",
    ]


def test_the_rest_between_dying_players_grows_to_a_limit():
    assert [rest_before(deaths) for deaths in range(6)] == [0, 0, 1, 2, 4, 8]
    assert rest_before(10_000) == LONGEST_REST
