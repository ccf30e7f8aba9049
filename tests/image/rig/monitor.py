"""QEMU's monitor: what may be done to a machine from outside, as its owner's hands would."""

import asyncio
from pathlib import Path
from typing import Any

from qemu.qmp import QMPClient

ANSWER = 120.0
"""Seconds in which the machine answers; an emulated one is slow, not silent."""


class Monitor:
    """Speaks QMP to one machine (QEMU's docs/interop/qmp-spec)."""

    def __init__(self, socket: Path) -> None:
        """Connect; the socket is there.

        Raises:
            TimeoutError: Nobody answers.
        """
        self._runner = asyncio.Runner()
        self._client = QMPClient("machine")
        self._runner.run(asyncio.wait_for(self._client.connect(str(socket)), ANSWER))

    def do(self, command: str, **arguments: object) -> Any:  # each command answers otherwise
        """Execute a command.

        Raises:
            qemu.qmp.ExecuteError: It was refused.
            TimeoutError: It did not end in time.
        """
        return self._runner.run(asyncio.wait_for(self._client.execute(command, arguments), ANSWER))

    def say(self, line: str) -> str:
        """Execute a line of the monitor for people, for what the other one lacks."""
        return str(self.do("human-monitor-command", **{"command-line": line}))

    def key(self, name: str, *, down: bool) -> None:
        """Move a key of the keyboard; names are QEMU's qcodes."""
        event = {"type": "key", "data": {"down": down, "key": {"type": "qcode", "data": name}}}
        self.do("input-send-event", events=[event])

    def close(self) -> None:
        """Hang up."""
        self._runner.run(self._client.disconnect())
        self._runner.close()
