"""A bound on the time of a whole call, however slowly the server drips.

The timeouts of `requests` are for one step each (a connection, one read): a server that sends a
byte every few seconds keeps a worker for ever. Here a timer shuts the call's sockets down when the
time is over, which wakes whatever read is blocked: status line, headers, body, TLS handshake.
"""

import os
import socket
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from contextvars import ContextVar
from functools import partial
from threading import Lock, Timer
from types import TracebackType
from typing import Any, Self, cast

from requests import PreparedRequest
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from stb.net.trust import TrustingConnection

_current: ContextVar["Deadline | None"] = ContextVar("deadline", default=None)


class Deadline:
    """While entered, the connections that were made in `watching` are cut after so many seconds."""

    def __init__(self, seconds: float) -> None:
        """Begin to count when entered, not before."""
        self.passed = False
        """Whether the time was over before the call was; its answer may then be cut anywhere."""
        self._lock = Lock()
        self._watched: list[socket.socket] = []
        self._timer = Timer(seconds, self._cut)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        """Start the clock."""
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop the clock and let the sockets go."""
        self._timer.cancel()
        with self._lock:
            for sock in self._watched:
                sock.close()
            self._watched.clear()

    @contextmanager
    def watching(self) -> Iterator[None]:
        """The connections that this thread makes meanwhile obey it."""
        token = _current.set(self)
        try:
            yield
        finally:
            _current.reset(token)

    @contextmanager
    def in_time(self) -> Iterator[None]:
        """A cut inside reads like an error, or like a short but whole answer: the clock decides.

        Raises:
            TimeoutError: the time was over.
        """
        try:
            yield
        except Exception:
            if not self.passed:
                raise
        if self.passed:
            raise TimeoutError

    def watch(self, sock: socket.socket) -> None:
        """Cut this socket too when the time is over.

        A duplicate of the descriptor is kept, because TLS takes the original over.
        """
        twin = socket.socket(fileno=os.dup(sock.fileno()))
        with self._lock:
            self._watched.append(twin)
            if self.passed:
                _shut(twin)

    def _cut(self) -> None:
        with self._lock:
            self.passed = True
            for sock in self._watched:
                _shut(sock)


class DeadlineAdapter(HTTPAdapter):
    """Connections of `requests` that obey the `Deadline` of the thread that uses them.

    Each call has a connection of its own. On one that was kept, the server may hang up just as the next
    question goes out, and a POST that was lost like that must not be sent again by itself.
    """

    def __init__(self, trusted: str = "") -> None:
        """Believe the certificate of this fingerprint too; empty: none."""
        self._trusted = trusted
        super().__init__()

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - as the library declares it
        """Use our own connection classes."""
        super().init_poolmanager(*args, **kwargs)
        tls = partial(_TlsPool, trusted=self._trusted)
        self.poolmanager.pool_classes_by_scheme = {"http": _PlainPool, "https": tls}

    def greet(self, question: PreparedRequest, *, verify: bool | str | None) -> None:
        """Connect to whom a question is for, TLS included, and hang up without asking it."""
        pool = cast("HTTPConnectionPool", self.get_connection_with_tls_context(question, verify))
        with closing(pool._new_conn()) as connection:  # noqa: SLF001 - it has no public name
            connection.connect()


def _shut(sock: socket.socket) -> None:
    with suppress(OSError):  # the other side may have gone already
        sock.shutdown(socket.SHUT_RDWR)


def _watched(sock: socket.socket) -> socket.socket:
    deadline = _current.get()
    if deadline is not None:
        deadline.watch(sock)
    return sock


class _PlainConnection(HTTPConnection):
    def _new_conn(self) -> socket.socket:
        return _watched(super()._new_conn())

    def request(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        self.close()  # a new connection for every call: see `DeadlineAdapter`
        super().request(*args, **kwargs)


class _TlsConnection(TrustingConnection):
    _used = False

    def _new_conn(self) -> socket.socket:
        return _watched(super()._new_conn())

    def connect(self) -> None:
        super().connect()
        self._used = False

    def request(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        if self._used:  # the pool has shaken hands with a new one already
            self.close()
        self._used = True
        super().request(*args, **kwargs)


class _PlainPool(HTTPConnectionPool):
    ConnectionCls = _PlainConnection


class _TlsPool(HTTPSConnectionPool):
    ConnectionCls = _TlsConnection
