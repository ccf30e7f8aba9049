"""Where the time went while the machine started: the kernel's and systemd's own moments, and the box's.

Moments are seconds of the clock that starts with the kernel (CLOCK_MONOTONIC). What the firmware did before
that only some machines tell; the boards do not, so there the table has a budget and no time.
"""

import json
import logging
import os
import subprocess
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from stb.board.files import raw
from stb.board.models import read_machine

_log = logging.getLogger(__name__)

_ASKED = ("FirmwareTimestampMonotonic", "UserspaceTimestampMonotonic", "FinishTimestampMonotonic")
"""systemd's properties of itself in microseconds (org.freedesktop.systemd1(5)); the first counts back."""
_ASK_SECONDS = 10.0
_STARTED_AT = 22 - 3
"""Of the words of /proc/PID/stat after the name in brackets, from field 3 on: ``starttime`` (proc(5))."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """When the box was where, of its first start since the machine's; None: not yet."""

    begun: float
    frame: float
    picture: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Boot:
    """When the machine was where; None: nobody says."""

    firmware: float | None = None
    """How long it took before the kernel."""
    kernel: float | None = None
    finished: float | None = None
    """Everything that systemd was to start had started."""
    marks: Marks | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A row of the table."""

    name: str
    at: float | None
    """When it was over."""
    took: float | None
    budget: float | None


STAGES = ("firmware", "kernel", "system", "first frame", "first picture")
Budget = Mapping[str, float]
"""Seconds that each stage may take."""
BUDGETS: Mapping[str, Budget] = {
    "brcm,bcm2837": dict(zip(STAGES, (4.0, 4.0, 4.0, 6.0, 4.0), strict=True)),
    "brcm,bcm2711": dict(zip(STAGES, (6.0, 2.0, 1.5, 2.5, 2.0), strict=True)),
    "brcm,bcm2712": dict(zip(STAGES, (3.0, 1.5, 1.0, 1.5, 2.0), strict=True)),
}
"""By the board's chip, as `stb.board.models.CHIPS`: the first frame after 18, 12 and 7 seconds."""


class Marker:
    """Writes down when the box had its first frame and its first picture: once, at the first start."""

    def __init__(self, path: Path | None, clock: Callable[[], float] = time.monotonic) -> None:
        """Into this file, which lasts until the next boot; None: nowhere."""
        self._path = None if path is None or path.exists() else path
        self._clock = clock
        self._marks: Marks | None = None

    def frame(self) -> None:
        """The first frame is on the screen."""
        self._marks = Marks(begun=_begun(), frame=self._clock())
        self._write(self._marks)

    def picture(self) -> None:
        """The first channel is seen; what comes later is no news."""
        if self._marks:
            self._write(replace(self._marks, picture=self._clock()))
            self.stop()

    def stop(self) -> None:
        """From now on the viewer decides what is seen, and when."""
        self._path = None

    def _write(self, marks: Marks) -> None:
        if self._path is None:
            return
        told = {"begun": marks.begun, "frame": marks.frame, "picture": marks.picture}
        try:
            self._path.write_text(json.dumps(told), "utf-8")
        except OSError as error:
            _log.warning("start not written down error=%s", error.strerror)


def read_boot(marks: Path) -> Boot:
    """This start of the machine, and what the box wrote down of it there."""
    command = ["systemctl", "show", *(f"--property={name}" for name in _ASKED)]
    said = ""
    with suppress(OSError, subprocess.TimeoutExpired):
        asked = subprocess.run(command, capture_output=True, check=False, text=True, timeout=_ASK_SECONDS)
        said = asked.stdout
    return boot(said, raw(marks))


def boot(said: str, marks: bytes) -> Boot:
    """Made of systemd's properties, a line each, and of the box's file; whatever is in them."""
    moments: dict[str, float | None] = dict.fromkeys(_ASKED)
    for line in said.splitlines():
        name, _, value = line.partition("=")
        if name in moments and value.isdecimal() and int(value):
            moments[name] = int(value) / 1e6
    firmware, kernel, finished = (moments[name] for name in _ASKED)
    return Boot(firmware=firmware, kernel=kernel, finished=finished, marks=_marks(marks))


def table(boot: Boot, budget: Budget) -> tuple[Stage, ...]:
    """The stages in their order; with an empty budget on a machine that is no board of ours."""
    marks = boot.marks
    begun, frame, picture = (marks.begun, marks.frame, marks.picture) if marks else (None, None, None)
    ends = (None if boot.firmware is None else 0.0, boot.kernel, begun, frame, picture)
    took = (boot.firmware, boot.kernel, *map(_between, ends[1:-1], ends[2:]))
    return tuple(
        Stage(name=name, at=at, took=seconds, budget=budget.get(name))
        for name, at, seconds in zip(STAGES, ends, took, strict=True)
    )


def read_budget(root: Path = Path("/")) -> Budget:
    """What this board may take; nothing is said of a machine that is none of ours."""
    names = raw(root / "proc/device-tree/compatible").decode("utf-8", "replace").split("\0")
    return next((BUDGETS[name] for name in names if name in BUDGETS), {})


def board_name(root: Path = Path("/")) -> str:
    """What the board is called; empty for a machine that is none of ours."""
    return read_machine(root).name


def _between(begin: float | None, end: float | None) -> float | None:
    return None if begin is None or end is None else end - begin


def _marks(told: bytes) -> Marks | None:
    try:
        read = json.loads(told)
        picture = read["picture"]
        return Marks(
            begun=float(read["begun"]),
            frame=float(read["frame"]),
            picture=None if picture is None else float(picture),
        )
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


def _begun() -> float:
    """When this process was started."""
    words = Path("/proc/self/stat").read_text("ascii").rpartition(")")[2].split()
    return int(words[_STARTED_AT]) / os.sysconf("SC_CLK_TCK")
