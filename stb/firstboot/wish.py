"""What somebody wishes for the box, wherever it was written."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace

from stb.model import GuideSource, Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Wifi:
    """A network without a wire."""

    name: bytes
    """1 to 32 octets, mostly UTF-8 (IEEE 802.11, SSID)."""
    password: str = field(default="", repr=False)
    """A passphrase of 8 to 63 characters, or a key of 64 hexadecimal digits; empty: as it was, else open."""
    hidden: bool = False
    """It does not tell its name, and has to be asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fixed:
    """An address that no router gives."""

    address: str
    """With the length of its network: ``192.168.1.50/24``."""
    gateway: str = ""
    dns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """An operator, and the password that came with it."""

    source: Source
    row: int
    """Which it is in the file, from 0 on."""
    password: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """All that may be said; what was not said is empty, or None where empty means something."""

    hostname: str = ""
    country: str = ""
    """Where the radio is: two letters, ISO 3166-1."""
    wifi: Wifi | None = None
    fixed: Fixed | None = None
    """Of the Wi-Fi where one is named, else of the wire."""
    keys: tuple[str, ...] | None = None
    """Who may come in by SSH; none: nobody any more."""
    mode: str = ""
    """The picture's size, where it is not to be the TV's choice: ``1280x720``."""
    settings: Mapping[str, object] = field(default_factory=dict)
    """Of the box, by their place in its file: ``sound.output``."""
    given: tuple[Given, ...] = ()
    """Operators."""
    guides: tuple[GuideSource, ...] = ()
    """Guides besides those of the operators."""

    def over(self, other: "Wish") -> "Wish":
        """This wish, and the other's where this one says nothing."""
        nothing = Wish()
        all_of_it = {one.name: getattr(self, one.name) for one in fields(self)}
        said = {name: value for name, value in all_of_it.items() if value != getattr(nothing, name)}
        return replace(other, **said | {"settings": {**other.settings, **self.settings}})


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What was understood of one file."""

    wish: Wish = Wish()
    problems: tuple[str, ...] = ()
    """What is wrong with it, a line each: the place in the file, what is wrong, the near word."""
    notes: tuple[str, ...] = ()
    """What this box does otherwise than the file says."""
