"""What a portal is asked: one GET, its parameters in the order in which a MAG box sends them."""

from dataclasses import dataclass
from urllib.parse import quote


@dataclass(frozen=True, slots=True)
class Question:
    """One action of one part of the portal."""

    kind: str
    """``stb``, ``itv``, ``vod`` ...: the parameter ``type``."""
    action: str
    fields: tuple[tuple[str, str], ...] = ()
    """Further parameters."""

    @property
    def query(self) -> str:
        """As it stands in the address; the constant at its end is a MAG's mark, which no server reads."""
        pairs = (("type", self.kind), ("action", self.action), *self.fields, ("JsHttpRequest", "1-xml"))
        return "&".join(f"{name}={_encoded(name, value)}" for name, value in pairs)


def question(kind: str, action: str, **fields: str | int) -> Question:
    """A question with these parameters, in this order."""
    return Question(kind, action, tuple((name, str(value)) for name, value in fields.items()))


def _encoded(name: str, value: str) -> str:
    """A value for the address.

    A MAG sends ``cmd`` as it is, so the portal's single decoding gives back the text it once wrote: what is
    per-cent encoded in it already must not be encoded twice.
    """
    return quote(value, safe="/:%" if name == "cmd" else "")
