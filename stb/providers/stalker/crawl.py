"""Lists that come in pages of a few rows. Pure, but for the asking that is handed in."""

import math
from collections.abc import Callable, Generator
from dataclasses import dataclass

from stb.net import headway
from stb.providers.stalker.wire import fields, identifier, listed, number

Row = dict[str, object]


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list."""

    rows: tuple[Row, ...]
    total: int = 0
    """How many rows all pages have together; 0 where the portal does not say."""
    lost: bool = False
    """The portal did not give it; there may be others behind it."""


def page(js: object) -> Page:
    """Read a page of any shape: an object with ``data``, or the list itself."""
    said = fields(js)
    rows = listed(said.get("data")) if said else listed(js)
    return Page(
        tuple(row for row in rows if isinstance(row, dict)),
        total=max(number(said.get("total_items")), 0),
    )


def crawl(ask: Callable[[int], Page], limit: int, first: int = 1) -> Generator[Row, None, bool]:
    """All rows of a list, each id once, as its pages are asked for one after the other.

    The first page has number 1: 0 is the one with the channel watched last. A portal that takes no notice
    of the number sends the same page again and again: a page without anything new is the last. So is the
    one with which all are there, or the ``limit``-th from the ``first``.

    Returns:
        Whether these are all that there is, as far as can be known.
    """
    seen: set[str] = set()
    whole = True
    for place in range(first, first + limit):
        got = ask(place)
        if got.lost:
            whole = False
            continue
        found = len(seen)
        for row in got.rows:
            name = identifier(row.get("id"))
            if name and name not in seen:
                seen.add(name)
                yield row
        headway(len(seen), got.total)
        total = got.total or math.inf
        if len(seen) == found or len(seen) >= total or place * len(got.rows) >= total:
            return whole and len(seen) >= got.total
    return False
