"""Texts as they are shown, and as the character data of XML in which guides tell them."""

import codecs
import html
import re
import sys
from unicodedata import category

_UNPRINTABLE = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069]"
)
"""Control characters and halves of surrogate pairs, which no database keeps and no font draws; spaces of
no width; and what turns the order of a line round (UAX 9), which is the menu's to say. Joiners stay:
Arabic script needs them.
"""
_VISIBLE = frozenset("LNPS")
"""First letters of the categories of characters that can be seen (UAX 44)."""
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""No XML may have them (XML 1.0, 2.2)."""
_REFERENCE = re.compile(r"&(?:(amp|lt|gt|quot|apos);|#(\d{1,7});|#[xX]([0-9A-Fa-f]{1,6});|(\w{1,32});)?")
WESTERN = "western"
"""How bytes are decoded that are no UTF-8, though their file says so: most likely of western Europe."""


def one_line(text: str, limit: int) -> str:
    """White space folded, the unprintable taken out, cut at a limit; empty where nobody can see any of it."""
    if text.isprintable() and text[:1].isalnum() and "  " not in text:
        return text[:limit].rstrip()  # as most are
    line = " ".join(_UNPRINTABLE.sub("", text).split())[:limit].strip()
    return line if visible(line) else ""


def visible(text: str) -> bool:
    """Whether there is anything to see."""
    return any(category(letter)[0] in _VISIBLE for letter in text)


def character_data(text: str) -> bytes:
    """A text as XML has it between two tags: there is no ``<`` in it."""
    return text.replace("&", "&amp;").replace("<", "&lt;").encode("utf-8", "replace")


def told(data: bytes) -> str:
    """What character data say: of what generators get wrong, as much as can be understood.

    That is ``&`` by itself, entities of HTML, control characters, and bytes that are no UTF-8.
    """
    text = data.decode("utf-8", WESTERN)
    if "&" in text:
        return _REFERENCE.sub(_meant, without_forbidden(text))
    return text if text.isprintable() else without_forbidden(text)


def without_forbidden(text: str) -> str:
    """Without the characters that no XML may have."""
    return _FORBIDDEN.sub("", text)


def with_references(text: str) -> str:
    """XML in which every ``&`` begins a reference that its readers know."""
    return _REFERENCE.sub(lambda found: found[0] if found[1] else _escaped(_meant(found)), text)


def _meant(found: re.Match[str]) -> str:
    known, number, hexadecimal, name = found.groups()
    if number or hexadecimal:
        return _numbered(int(number) if number else int(hexadecimal, 16))
    return html.unescape(found[0]) if known or name else found[0]


def _numbered(code: int) -> str:
    return "" if code > sys.maxunicode or 0xD800 <= code <= 0xDFFF else without_forbidden(chr(code))  # noqa: PLR2004


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def _western(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error(WESTERN, _western)
