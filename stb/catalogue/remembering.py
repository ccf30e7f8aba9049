"""What was put together from a file, for as long as nothing is written to it."""

import sqlite3
from collections.abc import Callable
from typing import Generic, TypeVar

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")
_MOST = 4


class Memory(Generic[_Key, _Value]):
    """The last few such things, for one reader."""

    def __init__(self) -> None:
        """Remember nothing yet."""
        self._state: tuple[sqlite3.Connection, int, int] | None = None
        self._known: dict[_Key, _Value] = {}

    def recalled(self, connection: sqlite3.Connection, key: _Key, made: Callable[[], _Value]) -> _Value:
        """Make it, unless that was done and nothing was written since, by this process or another."""
        (version,) = connection.execute("PRAGMA data_version").fetchone()
        state = (connection, version, connection.total_changes)
        if state != self._state:
            self._state, self._known = state, {}
        value = self._known.pop(key) if key in self._known else made()
        self._known = dict([*self._known.items(), (key, value)][-_MOST:])
        return value
