"""The box's side of the player: keeps one child process alive and talks to it.

The verbs only write down what is wished and wake the thread ``player``, which does everything else. A
wish that was not sent yet gives way to the next of its kind, so however fast the viewer zaps, the child
is asked one thing at a time and then for what is wanted now.

A child that ends, or leaves a command unanswered for too long, is killed and another one started; what
it played is not played again by itself: `PlayerDied` asks the box, which knows what is wanted by then.
"""

import logging
import sys
import threading
import time
from collections.abc import Callable, Sequence

from stb.errors import PlayerError
from stb.messages import Event, PlayerChanged, PlayerDied
from stb.model import Machine, Shape, SoundOut, Stream, TrackKind, VideoTarget, Wanted
from stb.player.decoders import options
from stb.player.life import Bell, Life, Owner
from stb.player.opening import Opening
from stb.player.wire import (
    Choose,
    Command,
    Configure,
    Delay,
    Fill,
    Pause,
    Ping,
    Play,
    Seek,
    Stop,
    Told,
    Volume,
)

_log = logging.getLogger(__name__)

COMMAND = (sys.executable, "-m", "stb.player.child")
"""What starts the player's process."""

COMPUTER = Machine(name="")
SILENCE = SoundOut(name="null")

HALE = 10.0
"""Seconds a child must have lived for its end not to count as dying at once."""
LONGEST_REST = 30.0
"""Seconds between two starts of children that die at once, at most."""


def rest_before(deaths: int) -> float:
    """Seconds to wait before the next child, after so many that died at once: 0 0 1 2 4 ... 30."""
    return min(LONGEST_REST, 2.0 ** min(deaths - 2, 10)) if deaths > 1 else 0.0


class PlayerHost:
    """`stb.player.Player` by libVLC in a child process."""

    def __init__(  # noqa: PLR0913 - each by its name
        self,
        target: VideoTarget,
        post: Callable[[Event], None],
        *,
        machine: Machine = COMPUTER,
        sound: SoundOut = SILENCE,
        command: Sequence[str] = COMMAND,
        patience: float = 5.0,
    ) -> None:
        """Start the child; returns at once.

        Args:
            target: where pictures appear; must be visible when something is played.
            post: takes `PlayerChanged` and `PlayerDied`, in the player's thread.
            machine: what it runs on.
            sound: where sound leaves it.
            command: what starts the player's process.
            patience: seconds that a command may stay unanswered; the first, which loads libVLC, has
                four times that.
        """
        self._target = target
        self._machine = machine
        self._sound = sound
        self._post = post
        self._command = command
        self._lock = threading.Lock()
        self._wishes: dict[str, Command] = {}
        self._standing: dict[str, Command] = {}
        self._heard_at = sound
        self._tune: int | None = None
        self._closing = threading.Event()
        self._bell = Bell()
        self._owner = Owner(
            bell=self._bell,
            next_wish=self._next_wish,
            told=self._told,
            over=self._closing.is_set,
            patience=patience,
        )
        self._thread = threading.Thread(target=self._run, name="player", daemon=True)
        self._thread.start()

    def play(self, stream: Stream, tune: int, wanted: Wanted = Wanted(), at: float = 0.0) -> None:
        """Close what plays, then play this; every `PlayerChanged` about it carries ``tune``.

        It begins with the wanted tracks, where it has them, and ``at`` seconds from its beginning, where it
        can be wound.
        """
        self._tuned(tune, Play(tune=tune, opening=Opening.of(stream, at), wanted=wanted))

    def stop(self) -> None:
        """Close what plays; nothing further is told of it."""
        self._tuned(None, Stop())

    def pause(self, *, paused: bool) -> None:
        """Hold the picture, or go on."""
        self._wish("pause", Pause(paused=paused))

    def seek(self, to: float) -> None:
        """Go on there, in seconds from the beginning; what cannot be wound goes on as it was."""
        self._wish("seek", Seek(to=to))

    def set_volume(self, percent: int, *, muted: bool) -> None:
        """Loudness 0 to 100; kept across streams and across a respawn."""
        self._stand("volume", Volume(percent=percent, muted=muted))

    def set_delay(self, milliseconds: int) -> None:
        """Sound so much later than the picture, or earlier; kept like the volume."""
        self._stand("delay", Delay(milliseconds=milliseconds))

    def set_shape(self, shape: Shape) -> None:
        """How pictures fill the screen; kept like the volume. Say it again when the screen changes."""
        self._stand("shape", Fill(shape=shape))

    def set_sound(self, sound: SoundOut) -> None:
        """Have sound leave the machine there; a child that plays elsewhere makes way for another one."""
        with self._lock:
            self._sound = sound
        self._bell.ring()

    def choose(self, kind: TrackKind, track: int) -> None:
        """Hear or read this track of what plays; `OFF` is none."""
        self._wish(kind.value, Choose(kind=kind, track=track))

    def ping(self) -> None:
        """See whether the child answers; one that does not is replaced like any other."""
        self._wish("ping", Ping())

    def close(self) -> None:
        """End the child and the thread. Safe to call twice."""
        if self._closing.is_set():
            return
        self._closing.set()
        self._bell.ring()
        self._thread.join(timeout=self._owner.patience)
        if self._thread.is_alive():
            _log.error("thread did not end name=%s", self._thread.name)
        else:
            self._bell.close()

    def _tuned(self, tune: int | None, stream: Play | Stop) -> None:
        with self._lock:
            self._tune = tune
            for kind in ("pause", "seek", *TrackKind):
                self._wishes.pop(kind, None)
        self._wish("stream", stream)

    def _wish(self, kind: str, command: Command) -> None:
        if self._closing.is_set():
            return
        with self._lock:
            self._wishes[kind] = command
        self._bell.ring()

    def _stand(self, kind: str, command: Command) -> None:
        """Wish it of this child and of each that follows."""
        with self._lock:
            self._standing[kind] = command
        self._wish(kind, command)

    def _next_wish(self) -> Command | None:
        with self._lock:
            if self._sound != self._heard_at:
                raise PlayerError(f"makes way: sound goes to {self._sound.name} now")
            return self._wishes.pop(next(iter(self._wishes))) if self._wishes else None

    def _told(self, told: Told) -> None:
        with self._lock:
            current = told.tune == self._tune
        if current:
            self._post(PlayerChanged(told.tune, told.status))

    def _run(self) -> None:
        deaths = 0
        while not self._closing.wait(rest_before(deaths)):
            begun = time.monotonic()
            reason = self._live()
            if self._closing.is_set():
                return
            deaths = deaths + 1 if time.monotonic() - begun < HALE else 0
            self._mourn(reason, rest_before(deaths))

    def _live(self) -> str:
        try:
            life = Life(self._owner, self._command)
        except OSError as error:
            return f"cannot be started: {error.strerror}"
        with self._lock:
            sound = self._heard_at = self._sound
        return life.live(
            Configure(
                display=self._target.display,
                xid=self._target.xid,
                machine=self._machine,
                options=options(self._machine, sound),
            )
        )

    def _mourn(self, reason: str, rest: float) -> None:
        with self._lock:
            self._tune = None
            self._wishes = dict(self._standing)
        if rest:
            reason = f"{reason}; it keeps dying, the next one starts in {rest:g} s"
        _log.warning("player died reason=%r", reason)
        self._post(PlayerDied(reason))
