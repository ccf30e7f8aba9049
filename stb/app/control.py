"""The control socket: how the command line drives the box and looks at it.

One JSON object a line each way. A request names its ``verb`` (``status``, ``press`` with ``keys``,
``screenshot``, ``stop``); the answer is the verb's own object, or ``{"error": text}``.
"""

import json
import logging
import os
import socket
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Condition, Thread
from typing import Any

from stb.app.asked import Asked
from stb.errors import ControlError, StbError

_log = logging.getLogger(__name__)
_LONGEST_REQUEST = 16 * 1024
"""Bytes; a longer request is refused."""
ANSWER_SECONDS = 20.0
"""How long a verb waits for the main loop."""
_FAREWELL_SECONDS = 2.0
"""How long the end waits for answers that are on their way."""


class ControlServer:
    """Listens on a socket that only its owner may open."""

    def __init__(self, path: Path, post: Callable[[Asked], None]) -> None:
        """Listen at ``path`` and give requests to ``post``; a socket that nobody serves is taken over.

        Raises:
            ControlError: another box listens there.
        """
        if is_served(path):
            raise ControlError(f"another box is running, its control socket is {path}")
        self._path = path
        self._post = post
        self._owed = 0
        self._answered = Condition()
        path.unlink(missing_ok=True)
        self._socket = _listening(path)
        Thread(target=self._serve, name="control", daemon=True).start()

    def close(self) -> None:
        """Stop listening and take the socket away; who was answered hears it before the process ends."""
        self._path.unlink(missing_ok=True)
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        with self._answered:
            self._answered.wait_for(lambda: self._owed == 0, _FAREWELL_SECONDS)

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            Thread(target=self._answer, args=(connection,), name="control-answer", daemon=True).start()

    def _answer(self, connection: socket.socket) -> None:
        """Answer one request, then hold the line: its end tells ``stop`` that the process has ended."""
        with connection, suppress(OSError):
            connection.settimeout(ANSWER_SECONDS)
            line = _line(connection)
            with self._owing():
                connection.sendall(json.dumps(self._reply(line)).encode() + b"\n")
            connection.settimeout(None)
            connection.recv(1)

    @contextmanager
    def _owing(self) -> Iterator[None]:
        """Somebody waits for an answer."""
        with self._answered:
            self._owed += 1
        try:
            yield
        finally:
            with self._answered:
                self._owed -= 1
                self._answered.notify_all()

    def _reply(self, line: bytes) -> Mapping[str, Any]:
        try:
            asked = _asked(line)
            self._post(asked)
            return asked.reply.result(ANSWER_SECONDS)
        except TimeoutError:
            return {"error": "the box did not answer in time"}
        except StbError as error:
            return {"error": str(error)}


def ask(path: Path, verb: str, keys: tuple[str, ...] = (), *, to_the_end: bool = False) -> dict[str, Any]:
    """Ask the box at this socket; with ``to_the_end`` come back only when its process has ended.

    Raises:
        ControlError: no box listens there, or it refused.
    """
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        try:
            connection.connect(os.fspath(path))
            connection.settimeout(ANSWER_SECONDS * 2)
            connection.sendall(json.dumps({"verb": verb, "keys": keys}).encode() + b"\n")
            reply = _whole_reply(connection)
            if to_the_end:
                connection.recv(1)
        except OSError as error:
            raise ControlError(f"no box answers at {path}: {error.strerror or error}") from error
    if "error" in reply:
        raise ControlError(str(reply["error"]))
    return reply


def _whole_reply(connection: socket.socket) -> dict[str, Any]:
    with connection.makefile("rb") as stream:
        line = stream.readline()
    if not line:
        raise ControlError("the box ended before it answered")
    reply: dict[str, Any] = json.loads(line)
    return reply


def is_served(path: Path) -> bool:
    """Whether a box listens at this socket."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        try:
            probe.connect(os.fspath(path))
        except OSError:
            return False
        return True


def _listening(path: Path) -> socket.socket:
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    before = os.umask(0o177)
    try:
        listener.bind(os.fspath(path))
    except OSError as error:
        listener.close()
        raise ControlError(f"the control socket {path} cannot be made: {error}") from error
    finally:
        os.umask(before)
    listener.listen()
    return listener


def _line(connection: socket.socket) -> bytes:
    with connection.makefile("rb") as stream:
        return stream.readline(_LONGEST_REQUEST)


def _asked(line: bytes) -> Asked:
    try:
        request = json.loads(line)
        keys = tuple(str(key) for key in request.get("keys", ()))
        return Asked(str(request["verb"]), keys)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ControlError("the request is not one JSON object with a verb, on one line") from error
