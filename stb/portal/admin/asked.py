"""One thing that is asked of the panel, and how its parameters are read."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from stb.portal.staff import Administrator

Answer = dict[str, Any]
_LARGEST = 2**63 - 1
"""What SQLite can hold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request of somebody who is signed in."""

    who: Administrator
    address: str
    """Of whoever asks."""
    params: Mapping[str, str]

    def has(self, name: str) -> bool:
        """Whether a parameter was given at all."""
        return bool(self.params.get(name))

    def text(self, name: str) -> str:
        """A parameter as it was written; empty where it is missing."""
        return self.params.get(name, "")

    def number(self, name: str) -> int:
        """A parameter as panels read it: whatever is no number, and one that is too large, is 0."""
        text = self.params.get(name, "").strip()
        digits = text.removeprefix("-")
        if not (digits.isascii() and digits.isdecimal() and len(digits) < 20):  # noqa: PLR2004 # of 64 bits
            return 0
        value = int(text)
        return value if abs(value) <= _LARGEST else 0


def said(*, true: bool) -> Answer:
    """The answer that has nothing more to say."""
    return {"result": true}
