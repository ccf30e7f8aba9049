"""An operator on this machine, for the box in the other one."""

import subprocess
import sys
from pathlib import Path
from typing import Self

from rig.machine import HOST

_SAYS = b"portal http://127.0.0.1:"


class Operator:
    """`stb portal` in a process of its own; it lets every box in after a moment."""

    def __init__(self, home: Path) -> None:
        """Begin, and wait until it is on the air."""
        command = [sys.executable, "-m", "stb", "portal", "--port", "0", "--with-parent"]
        kept = ["--state", str(home / "portal"), "--cache", str(home / "clips"), "--activate-after", "3"]
        self._process = subprocess.Popen(
            [*command, *kept], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        assert self._process.stdout
        line = self._process.stdout.readline()
        assert line.startswith(_SAYS), line
        self.address = f"http://{HOST}:{int(line.removeprefix(_SAYS).split()[0])}"
        """As the machine sees it."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait(30)
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                pipe.close()

    def settings(self) -> str:
        """A box's settings that name it."""
        return (
            'language = "en"\ntime_zone = "UTC"\n\n[[source]]\nid = "home"\nkind = "alkarma"\n'
            f'name = "Home Portal"\naddress = "{self.address}"\n'
        )
