"""The box inside a container or a machine, asked as somebody with a shell would ask it."""

import json
from collections.abc import Mapping
from typing import Any, Protocol

from rig.patience import until


class Room(Protocol):
    """Where commands are run."""

    def ask(self, command: str, seconds: float = ...) -> tuple[int, str]:
        """Run a command of the shell; its exit code and what it said."""


class Box:
    """The television in a room, as `stb` and `systemctl` see it."""

    def __init__(self, room: Room, patience: float) -> None:
        self._room = room
        self._patience = patience
        """Seconds that anything may take."""

    def status(self) -> Mapping[str, Any]:
        """What `stb status` says; nothing while nobody answers."""
        code, told = self._room.ask("stb status --json 2>/dev/null")
        said: Mapping[str, Any] = json.loads(told) if code == 0 and told.startswith("{") else {}
        return said

    def press(self, *keys: str) -> None:
        """Press keys of the remote, by way of the box's own socket."""
        code, told = self._room.ask(f"stb press {' '.join(keys)}")
        assert code == 0, told

    def until(self, what: str, **wanted: object) -> Mapping[str, Any]:
        """Wait until the status says all that is wanted; ``channel=3`` is a channel's number."""

        last: Mapping[str, Any] = {}

        def seen() -> Mapping[str, Any]:
            nonlocal last
            last = self.status()
            return last if _says(last, wanted) else {}

        try:
            return until(seen, what, self._patience)
        except AssertionError as error:
            raise AssertionError(f"{error}; it said {last}\n{self.journal()[-4000:]}") from None

    def journal(self, unit: str = "stb") -> str:
        """What a unit said since the system came up."""
        return self._room.ask(f"journalctl --boot --no-pager --output=cat --unit={unit}")[1]

    def unit(self, name: str, what: str) -> str:
        """A property of a unit, such as ``ActiveState`` or ``NRestarts``."""
        return self._room.ask(f"systemctl show --value --property={what} {name}")[1].strip()

    def until_unit(self, name: str, what: str, value: str) -> None:
        """Wait until a property of a unit has a value."""
        until(lambda: self.unit(name, what) == value, f"{what}={value} of {name}", self._patience)


def _says(status: Mapping[str, Any], wanted: Mapping[str, object]) -> bool:
    if not status:
        return False
    said = dict(status, channel=(status["channel"] or {}).get("number"), playing=status["player"]["state"])
    return all(said[name] == value for name, value in wanted.items())
