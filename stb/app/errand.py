"""The process that reads what an operator offers: asked of systemd, or started by the box itself.

As a service the box may start nothing with limits of its own. So it says what it wants over a socket, and
systemd starts ``stb refresh --asked`` at the other end, in its own place (systemd/stb-refresh.socket):
a line of JSON says what is wanted, the answer is the process's standard output. Closing the socket ends it.
"""

import json
import logging
import signal
import socket
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Thread, main_thread
from typing import IO, Protocol

from stb.messages import Part
from stb.model import SourceId

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is to be read."""

    source: SourceId
    parts: tuple[Part, ...]


class Errand(Protocol):
    """A process that reads."""

    def lines(self) -> Iterator[bytes]:
        """What it says, until it has ended."""
        ...

    def end(self) -> None:
        """Have it stop. Its `lines` end when it has."""
        ...


class Child:
    """A process of the box's own."""

    def __init__(self, wanted: Wanted, environment: Mapping[str, str]) -> None:
        """Start it."""
        parts = [word for part in wanted.parts for word in ("--part", part)]
        self._child = subprocess.Popen(
            [sys.executable, "-m", "stb", "refresh", wanted.source, *parts],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            env=environment,
        )

    def lines(self) -> Iterator[bytes]:
        """As `Errand.lines`."""
        with self._child:
            yield from self._child.stdout or ()

    def end(self) -> None:
        """As `Errand.end`."""
        self._child.terminate()


class Question:
    """A process that systemd starts because somebody connects."""

    def __init__(self, wanted: Wanted, address: Path) -> None:
        """Ask for it.

        Raises:
            OSError: nobody listens there.
        """
        self._socket = socket.socket(socket.AF_UNIX)
        try:
            self._socket.connect(str(address))
            self._socket.sendall(written(wanted))
        except OSError:
            self._socket.close()
            raise

    def lines(self) -> Iterator[bytes]:
        """As `Errand.lines`."""
        with self._socket, self._socket.makefile("rb") as answer:
            try:
                yield from answer
            except OSError as error:
                _log.warning("refresh was cut off error=%s", error.strerror)

    def end(self) -> None:
        """As `Errand.end`."""
        try:
            self._socket.shutdown(socket.SHUT_WR)
        except OSError as error:
            _log.debug("refresh had ended error=%s", error.strerror)


def send(wanted: Wanted, address: Path | None, environment: Mapping[str, str]) -> Errand:
    """Have it read: by systemd where that listens at ``address``, or else by a child."""
    if address is not None:
        try:
            return Question(wanted, address)
        except OSError as error:
            _log.warning(
                "refresh without limits: nobody listens address=%s error=%s", address, error.strerror
            )
    return Child(wanted, environment)


def written(wanted: Wanted) -> bytes:
    """The question as a line."""
    return json.dumps({"source": wanted.source, "parts": wanted.parts}).encode() + b"\n"


def heard(line: str) -> Wanted:
    """The question that a line asks.

    Raises:
        ValueError: it asks none.
    """
    asked = json.loads(line)
    try:
        return Wanted(source=SourceId(asked["source"]), parts=tuple(map(Part, asked["parts"])))
    except (KeyError, TypeError) as error:
        raise ValueError(f"no question: {error}") from error


def end_with(asker: IO[str]) -> None:
    """End this process as if it were told to when whoever asked is gone."""

    def wait(lines: Iterable[str]) -> None:
        for _ in lines:
            pass
        signal.pthread_kill(main_thread().ident or 0, signal.SIGTERM)

    Thread(target=wait, args=(asker,), name="asker", daemon=True).start()
