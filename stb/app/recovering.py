"""What the recovery screen finds out, and what it does for the viewer, while the box itself is down.

Nothing of the viewer's own is thrown away: settings are put aside under another name, passwords, favourites
and what was left where are not touched. What is thrown away can be fetched again.
"""

import errno
import json
import logging
import shutil
import subprocess
from contextlib import suppress
from itertools import count
from pathlib import Path

from stb.app.places import Places
from stb.errors import SettingsError
from stb.net import redacted_text
from stb.screens.recovery import Way
from stb.settings.loading import load
from stb.settings.saving import save
from stb.settings.writing import write

_log = logging.getLogger(__name__)

WAITS = (60.0, 120.0, 300.0, 600.0, 1800.0)
"""Seconds before the first, second, ... time that the box is tried again by itself."""
_FORGET_SECONDS = 3600.0
"""A box that went this long is not the one that failed before."""
_FULL = (errno.ENOSPC, errno.EDQUOT)
_SEALED = (errno.EROFS, errno.EIO)
_UNITS = ("stb.service", "stb-x.service")
_LINES = 60
_LOG_SECONDS = 5.0


def reason(state: Path) -> str:
    """Message id of why the box does not start, as far as its state directory tells."""
    trial = state / "trial"
    try:
        write(trial, b"trial\n")
        trial.unlink()
    except SettingsError as error:
        cause = error.__cause__
        _log.warning("state directory not written: %s", error)
        number = cause.errno if isinstance(cause, OSError) else None
        if number in _FULL:
            return "recovery.full"
        return "recovery.sealed" if number in _SEALED else "recovery.state"
    return "recovery.ended"


class Attempts:
    """How often the box was tried again lately, so that it is tried less and less often."""

    def __init__(self, runtime: Path, now: float) -> None:
        """As the last recovery screen wrote it down.

        Args:
            runtime: the folder that lasts until the next boot.
            now: seconds of a monotonic clock.
        """
        self._path = runtime / "recoveries"
        self._count = 0
        with suppress(OSError, ValueError, KeyError, TypeError):
            told = json.loads(self._path.read_text("utf-8"))
            if 0 <= now - float(told["at"]) < _FORGET_SECONDS:
                self._count = int(told["count"])

    @property
    def wait(self) -> float:
        """Seconds until the box is tried again by itself."""
        return WAITS[min(self._count, len(WAITS) - 1)]

    def note(self, now: float) -> None:
        """It is tried again now."""
        self._path.write_text(json.dumps({"count": self._count + 1, "at": now}), "utf-8")


def last_words() -> tuple[str, ...]:
    """The last lines of the box's log, and of its screen's; none where there is no journal."""
    units = [word for unit in _UNITS for word in ("--unit", unit)]
    command = ["journalctl", "--quiet", "--no-pager", "--boot", "--output=cat", f"--lines={_LINES}", *units]
    try:
        said = subprocess.run(command, capture_output=True, check=False, timeout=_LOG_SECONDS).stdout
    except (OSError, subprocess.TimeoutExpired) as error:
        _log.warning("journal not read: %s", error)
        return ()
    return tuple(redacted_text(said.decode("utf-8", "replace")).splitlines())


def prepare(way: Way, places: Places) -> None:
    """Bring about that the box starts the next time as the viewer wishes.

    Raises:
        OSError: the card refuses.
        SettingsError: the same.
    """
    match way:
        case Way.AS_IT_WAS:
            pass
        case Way.QUIETLY:
            _quiet(places).touch()
        case Way.FRESH_SETTINGS:
            _fresh_settings(places.settings)
        case Way.FRESH_LISTS:
            for file in (places.lists, places.library, places.guide):
                for part in file.parent.glob(f"{file.name}*"):
                    part.unlink()
            shutil.rmtree(places.fetched, ignore_errors=True)


def is_quiet(places: Places) -> bool:
    """Whether this start of the box is to be a quiet one; asked once."""
    try:
        _quiet(places).unlink()
    except OSError:
        return False
    return True


def _quiet(places: Places) -> Path:
    return places.runtime / "quietly"


def _fresh_settings(path: Path) -> None:
    """Put the file aside, whatever is in it; language, place and operators are the viewer's work."""
    old = load(path).settings
    aside = next(
        each for number in count(1) if not (each := path.with_name(f"{path.name}.{number}")).exists()
    )
    with suppress(FileNotFoundError):
        path.replace(aside)
    kept = {"language": old.language, "time_zone": old.time_zone}
    save(path, {**kept, "source": old.sources, "guide": old.guides})
