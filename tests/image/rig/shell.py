"""A shell inside a machine, over a serial port of its own.

The image stays as it is: the unit that gives the shell comes with the machine, as a credential of its
firmware (systemd.system-credentials(7), ``systemd.extra-unit.*``).
"""

import base64
import secrets
import socket
import time
from contextlib import suppress
from pathlib import Path

PORT = "stb.shell"
UNIT = f"""\
[Unit]
Description=Shell for whoever tests
StartLimitIntervalSec=0
[Service]
ExecStart=/bin/sh
StandardInput=file:/dev/virtio-ports/{PORT}
StandardOutput=file:/dev/virtio-ports/{PORT}
StandardError=journal
Restart=always
RestartSec=1
Nice=-5
"""
_AGAIN = 3.0


class SilentError(Exception):
    """The shell did not answer in time."""


class Shell:
    """Asks the shell at the other end of a machine's serial port."""

    def __init__(self, path: Path) -> None:
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.connect(str(path))
        self._heard = b""

    def ask(self, command: str, seconds: float = 120.0) -> tuple[int, str]:
        """Run a command of the shell; its exit code and what it said on both its outputs.

        Raises:
            SilentError: No end of it was seen in time.
        """
        mark = secrets.token_hex(4)
        packed = base64.b64encode(command.encode()).decode()
        line = f'sh -c "$(echo {packed} | base64 -d)" </dev/null 2>&1; printf "\\n{mark}-%d\\n" $?\n'
        self._socket.settimeout(seconds)
        with suppress(TimeoutError):  # nobody reads yet; then nobody answers either
            self._socket.sendall(line.encode())
        told = self._read_until(f"\n{mark}-".encode(), time.monotonic() + seconds)
        code = self._read_until(b"\n", time.monotonic() + seconds)
        return int(code), told.decode("utf-8", "replace")

    def wait(self, seconds: float) -> None:
        """Wait until there is a shell.

        Raises:
            SilentError: There never was.
        """
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            with suppress(SilentError):
                self.ask("true", _AGAIN)
                return
        raise SilentError(f"no shell in {seconds:.0f} s")

    def close(self) -> None:
        """Hang up."""
        self._socket.close()

    def _read_until(self, end: bytes, deadline: float) -> bytes:
        while end not in self._heard:
            left = deadline - time.monotonic()
            if left <= 0:
                raise SilentError(f"heard only {self._heard[-500:]!r}")
            self._socket.settimeout(left)
            with suppress(TimeoutError):
                if not (new := self._socket.recv(65536)):
                    raise SilentError("the machine is gone")
                self._heard += new
        told, _, self._heard = self._heard.partition(end)
        return told
