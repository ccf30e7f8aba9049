"""What stands in a panel's HTML: its tables, what it warns of, and which form it wants filled in."""

import html
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

_LONGEST = 200
"""Letters of what a panel says that are repeated."""
_LONGEST_TAG = 4000
"""Letters of a tag, or of a text between two, that are looked at."""
_SILENT = frozenset({"script", "style", "button"})
"""What stands in these is not read."""
_TOKEN = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,9})\b([^<>]*)>|([^<]+)|<")
_ATTRIBUTE = re.compile(r"([\w-]{1,40})\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_TAG = re.compile(r"<[^<>]*>")
_BREAK = re.compile(r"<br\b[^<>]*>", re.IGNORECASE)
_JOINERS = frozenset({"\u200c", "\u200d"})
"""Letters that are not seen and belong into names in Arabic and Persian."""


def plain(text: str) -> str:
    """A line that may stand in a terminal: nothing that moves the cursor or turns the line around."""
    shown = (each if each in _JOINERS or unicodedata.category(each)[0] != "C" else " " for each in text)
    return " ".join("".join(shown).split())[:_LONGEST]


def first_line(markup: str) -> str:
    """What is read in a cell before its first line break: of a stream its name, without the category."""
    lines = (plain(html.unescape(_TAG.sub(" ", line))) for line in _BREAK.split(markup))
    return next((line for line in lines if line), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page as far as it matters here."""

    tables: tuple[tuple[tuple[str, ...], ...], ...] = ()
    """Rows of cells, as they are read."""
    alert: str = ""
    """What it warns of: why nobody is let in."""
    fields: frozenset[str] = frozenset()
    """Names of the fields of its forms."""
    hidden: Mapping[str, str] = field(default_factory=dict)
    """Of those, the ones that come filled in and are not seen."""
    captcha: bool = False

    @property
    def asks_login(self) -> bool:
        """Whether somebody is to log in here."""
        return {"username", "password"} <= self.fields


def read_page(markup: str) -> Page:
    """Read a page; whatever it is, something comes of it, in a time that grows with its length only.

    The library's parser is not used: pieces of tags without an end keep it busy for minutes.
    """
    reader = _Reader()
    for found in _TOKEN.finditer(markup):
        end, tag, attributes, text = found.groups()
        if text is not None:
            reader.hear(text)
        elif tag and end:
            reader.end(tag.lower())
        elif tag:
            reader.begin(tag.lower(), _read_attributes(attributes))
    return Page(
        tables=tuple(
            tuple(tuple(plain(html.unescape(cell)) for cell in row) for row in table)
            for table in reader.tables
        ),
        alert=plain(html.unescape(reader.alert)),
        fields=frozenset(reader.fields),
        hidden=reader.hidden,
        captcha=reader.captcha,
    )


def _read_attributes(attributes: str) -> dict[str, str]:
    found = _ATTRIBUTE.findall(attributes[:_LONGEST_TAG])
    return {name.lower(): html.unescape(double or single or bare) for name, double, single, bare in found}


class _Reader:
    """What was read so far."""

    def __init__(self) -> None:
        self.tables: list[list[list[str]]] = []
        self.alert = ""
        self.fields: set[str] = set()
        self.hidden: dict[str, str] = {}
        self.captcha = False
        self._cell: list[str] | None = None
        """The row whose last cell is being read."""
        self._alerts = 0
        self._silent = ""

    def begin(self, tag: str, said: dict[str, str]) -> None:
        if self._silent:
            return
        look = said.get("class", "").split()
        if tag in _SILENT:
            self._silent = tag
        if tag in {"div", "p"} and (self._alerts or {"alert-danger", "text-danger"} & set(look)):
            self._alerts += 1
        if tag in {"input", "select"}:
            self.fields.add(said.get("name", ""))
            if said.get("type", "").lower() == "hidden":
                self.hidden[said.get("name", "")] = said.get("value", "")
        self.captcha = self.captcha or "g-recaptcha" in look
        self._in_table(tag)

    def _in_table(self, tag: str) -> None:
        if tag == "table":
            self.tables.append([])
        elif tag == "tr" and self.tables:
            self.tables[-1].append([])
        elif tag == "td" and self.tables and self.tables[-1]:
            self._cell = self.tables[-1][-1]
            self._cell.append("")

    def end(self, tag: str) -> None:
        if tag == self._silent:
            self._silent = ""
        if tag in {"div", "p"} and self._alerts:
            self._alerts -= 1
        if tag in {"td", "tr", "table"}:
            self._cell = None

    def hear(self, text: str) -> None:
        if self._silent:
            return
        if self._alerts and len(self.alert) < _LONGEST:
            self.alert += f" {text[:_LONGEST_TAG]}"
        if self._cell and len(self._cell[-1]) < _LONGEST:
            self._cell[-1] += f" {text[:_LONGEST_TAG]}"
