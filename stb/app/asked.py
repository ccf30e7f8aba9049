"""A question of a command line verb on its way to the main loop and back."""

from collections.abc import Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Asked:
    """One request of the control socket; the main loop answers by settling the future."""

    verb: str
    keys: tuple[str, ...] = ()
    """For ``press``."""
    reply: Future[Mapping[str, Any]] = field(default_factory=Future, compare=False)
    """A JSON object; an `StbError` where the box cannot do it."""
