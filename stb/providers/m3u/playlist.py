"""A list, line by line: its entries, each with all that was said of it."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from html import unescape
from types import MappingProxyType
from typing import NamedTuple

from stb.model import SCHEMES
from stb.providers.decoding import address, web_address, words
from stb.providers.m3u import directives
from stb.providers.m3u.directives import Info

_HEADERS = frozenset(
    {"user-agent", "http-user-agent", "useragent", "referrer", "referer", "http-referrer", "http-referer"}
)
_NOTHING: Mapping[str, str] = MappingProxyType({})
_SILENT = Info(seconds=-1.0, attributes=_NOTHING, name="")
_TAIL = re.compile(r"([^/?#]+)/*(?:[?#].*)?$")


class Entry(NamedTuple):
    """One address of a list, with what belongs to it."""

    address: str
    name: str
    """White space folded; never empty."""
    group: str
    seconds: float
    """How long it is; 0 and less where it is live or nobody says."""
    attributes: Mapping[str, str]
    """Of its line, names in lower case."""
    headers: Mapping[str, str]
    """HTTP headers its server wants, names in lower case."""


class Playlist:
    """The entries of a list, in its order; read once. No line of it is an error."""

    def __init__(self, lines: Iterable[str], worth: Callable[[str], bool] = bool) -> None:
        """Nothing is read yet.

        Args:
            lines: of the list, none of them empty.
            worth: which addresses are looked at, as they stand there; the entries of others are passed over.
        """
        self._lines = lines
        self._worth = worth
        self.header: dict[str, str] = {}
        """Attributes of ``#EXTM3U``, names in lower case; complete with the first entry."""
        self.refused = 0
        """Addresses so far that a list may not name, or that are none."""
        self._headers: dict[str, str] = {}
        self._group = ""
        self._info = ""
        """What follows ``#EXTINF``, not yet read."""
        self._options: dict[str, str] = {}
        self._used = False

    def __iter__(self) -> Iterator[Entry]:
        """What stands behind each ``#EXTINF``, and addresses that stand alone."""
        for line in self._lines:
            if not line.startswith("#"):
                if entry := self._entry(line):
                    yield entry
            elif line.startswith("#EXTINF"):
                self._begin(line[7:])
            else:
                self._heed(line)

    def _heed(self, line: str) -> None:
        kind = line[:16].upper()
        if kind.startswith("#EXTINF"):
            self._begin(line[7:])
        elif kind.startswith("#EXTM3U"):
            self.header.update(directives.info(line[7:]).attributes)
            self._headers = _spoken(self.header)
        elif kind.startswith("#EXTGRP"):
            self._group = _group(line[7:].lstrip(" :"))
        elif found := directives.options(line):
            self._end()
            self._options |= found

    def _begin(self, info: str) -> None:
        """What was said before it and after the last address is its too."""
        self._end()
        self._info = info
        if self._group and directives.info(info).attributes.get("group-title"):
            self._group = ""

    def _end(self) -> None:
        """Of the entry before, once its address has come."""
        if self._used:
            self._info, self._options, self._used = "", {}, False

    def _entry(self, line: str) -> Entry | None:
        self._used = True
        if not self._worth(line):
            return None
        written, behind = directives.split_address(line) if "|" in line else (line, _NOTHING)
        found = web_address(written) or address(written, SCHEMES)
        if not found:
            self.refused += 1
            return None
        info = directives.info(self._info) if self._info else _SILENT
        said = info.attributes
        spoken = _NOTHING if _HEADERS.isdisjoint(said) else _spoken(said)
        some = self._headers or spoken or self._options or behind
        headers = {**self._headers, **spoken, **self._options, **behind} if some else _NOTHING
        group = _group(said.get("group-title", "")) or self._group
        return Entry(found, _name(info, found), group, info.seconds, said, headers)


def _name(info: Info, address: str) -> str:
    if info.name and (name := words(unescape(info.name))):
        return name
    for written in (info.attributes.get("tvg-name", ""), info.attributes.get("name", "")):
        if name := words(unescape(written)):
            return name
    tail = _TAIL.search(address.partition("://")[2])
    return words(tail[1] if tail else "") or "?"


@lru_cache(maxsize=256)
def _group(written: str) -> str:
    """The first of several."""
    return next((group for part in unescape(written).split(";") if (group := words(part))), "")


def _spoken(attributes: Mapping[str, str]) -> dict[str, str]:
    """Headers that stand among the attributes."""
    return directives.clean({name: attributes[name] for name in sorted(_HEADERS & attributes.keys())})
