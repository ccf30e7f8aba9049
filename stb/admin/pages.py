"""What stands in a panel's HTML: its tables, what it warns of, and which form it wants filled in."""

import html
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

_LONGEST = 200
"""Letters of what a panel says that are repeated."""
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
    """Read a page; whatever it is, something comes of it."""
    reader = _Reader()
    try:
        reader.feed(markup)
        reader.close()
    except (AssertionError, ValueError):  # the library's, over markup that no browser would read either
        pass
    return Page(
        tables=tuple(tuple(tuple(row) for row in table) for table in reader.tables),
        alert=plain(" ".join(reader.alert)),
        fields=frozenset(reader.fields),
        hidden=reader.hidden,
        captcha=reader.captcha,
    )


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[list[list[str]]] = []
        self.alert: list[str] = []
        self.fields: set[str] = set()
        self.hidden: dict[str, str] = {}
        self.captcha = False
        self._in_cell = False
        self._alert_depth = 0
        self._quiet = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        look = said.get("class", "").split()
        self._quiet = self._quiet or tag in {"script", "style", "button"}
        if tag in {"div", "p"} and (self._alert_depth or {"alert-danger", "text-danger"} & set(look)):
            self._alert_depth += 1
        if tag in {"input", "select"}:
            self.fields.add(said.get("name", ""))
            if said.get("type", "").lower() == "hidden":
                self.hidden[said.get("name", "")] = said.get("value", "")
        self.captcha = self.captcha or "g-recaptcha" in look
        self._in_table(tag)

    def _in_table(self, tag: str) -> None:
        if tag == "table":
            self.tables.append([])
        elif self.tables and tag == "tr":
            self.tables[-1].append([])
        elif self.tables and self.tables[-1] and tag == "td":
            self.tables[-1][-1].append("")
        self._in_cell = tag != "tr" and (self._in_cell or tag == "td")

    def handle_endtag(self, tag: str) -> None:
        if tag in {"script", "style", "button"}:
            self._quiet = False
        if tag in {"div", "p"} and self._alert_depth:
            self._alert_depth -= 1
        if tag in {"td", "tr", "table"}:
            self._in_cell = False

    def handle_data(self, data: str) -> None:
        if self._quiet:
            return
        if self._alert_depth:
            self.alert.append(data)
        if self._in_cell and self.tables and self.tables[-1] and self.tables[-1][-1]:
            self.tables[-1][-1][-1] = plain(f"{self.tables[-1][-1][-1]} {data}")
