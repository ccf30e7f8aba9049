"""What a provider is made of: whose operator, over which connections, and what it may remember."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import tzinfo
from pathlib import Path
from typing import Protocol

from stb.model import Identity, Source
from stb.net import HttpClient


class Memory(Protocol):
    """What a provider learnt of its operator: kept across starts, sealed, shared with the refresh process.

    A token, an address that answers, the form of a link that works.
    """

    def get(self, name: str) -> str:
        """What was put there; empty where nothing was."""
        ...

    def put(self, **values: str) -> None:
        """Keep these texts beside what is there."""
        ...


class Unkept:
    """A `Memory` for as long as it lives."""

    def __init__(self) -> None:
        """Know nothing."""
        self._values: dict[str, str] = {}

    def get(self, name: str) -> str:
        """What was put there; empty where nothing was."""
        return self._values.get(name, "")

    def put(self, **values: str) -> None:
        """Keep these texts beside what is there."""
        self._values.update(values)


Zone = Callable[[], tzinfo | None]
"""Tells the time zone that the box is set to at the moment; None: the system's."""


def systems_zone() -> None:
    """The `Zone` of a box that nobody set to another one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """All that a provider is made of."""

    source: Source
    identity: Identity
    http: HttpClient
    password: str = field(default="", repr=False)
    memory: Memory = field(default_factory=Unkept)
    folder: Path
    """Where it may keep files that can be fetched again; its own, and perhaps not there yet."""
    zone: Zone = systems_zone
    """Asked whenever a wall clock is to be written into an address."""
