"""What the viewer chose; frozen, with the values that apply where nothing was chosen."""

from dataclasses import dataclass

from stb.model import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The box's settings; each field is a key of the file of the same name."""

    language: str = "en"
    """Language of the menu, as in BCP 47: ``en``, ``ar``."""
    volume: int = 70
    """Per cent, on a box that has not been used yet; afterwards it keeps what the viewer last chose."""
    sources: tuple[Source, ...] = ()
    """The operators, in the viewer's order; ``[[source]]`` in the file."""
