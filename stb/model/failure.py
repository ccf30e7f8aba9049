"""What went wrong, as a value that messages can carry and screens can show."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """An error after it left the worker that met it."""

    kind: str
    """Class name of the error: ``Unreachable``."""
    advice: str
    """Message id of what the viewer is told: ``error.unreachable``."""
    words: str = ""
    """The operator's own words, where there are any."""
    detail: str = ""
    """One line for the log, without secrets."""
    status: int | None = None
    """HTTP status, where there was one."""
