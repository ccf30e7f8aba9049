"""What the box says, in the viewer's language."""

from stb.i18n.words import LANGUAGES, Words

__all__ = ["LANGUAGES", "Words"]
