"""All channels of a portal, in one answer or page by page."""

from collections.abc import Callable, Iterator

from stb.errors import NoSuchItem
from stb.model import Channel
from stb.net import Limits
from stb.providers.stalker import rows
from stb.providers.stalker.crawl import Page, Row, crawl, page
from stb.providers.stalker.question import question
from stb.providers.stalker.rows import Genre, Origin
from stb.providers.stalker.session import Session

_LONG = Limits(connect=5.0, read=60.0, whole=180.0, size=64 * 1024 * 1024)
"""All channels at once."""
_PAGES = 500
"""Of all channels, where they come in pages."""
_GENRE_PAGES = 60
_PAUSE = 0.1
"""Seconds between two pages."""


def television(session: Session, origin: Origin, pause: Callable[[float], None]) -> Iterator[Channel]:
    """All channels in the portal's order.

    A portal without a list of all is read page by page, and so are the genres whose channels are not in
    that list: the genuine portal leaves out those for adults. Radio is the genuine portal's alone.

    Args:
        session: with the portal.
        origin: what rows are read with.
        pause: waits for so many seconds between two pages.
    """
    genres = rows.genres(session.ask(question("itv", "get_genres")).js)
    channels = list(rows.channels(_rows(session, genres, pause), genres, origin))
    yield from channels
    if not session.imitation:
        above = max((channel.number for channel in channels), default=0)
        yield from rows.radio(_crawled(session, "radio", "*", _GENRE_PAGES, pause), origin, "Radio", above)


def _rows(session: Session, genres: tuple[Genre, ...], pause: Callable[[float], None]) -> list[Row]:
    """Rows of all channels, those of genres that were left out at the end."""
    try:
        found = list(page(session.ask(question("itv", "get_all_channels"), _LONG).js).rows)
    except NoSuchItem:
        found = []
    if not found:
        return list(_crawled(session, "itv", "*", _PAGES, pause))
    there = {rows.genre_of(row) for row in found}
    for genre in genres:
        if genre.id not in there and genre.id != "dvb":
            left_out = _crawled(session, "itv", genre.id, _GENRE_PAGES, pause)
            found += [row | {"tv_genre_id": rows.genre_of(row) or genre.id} for row in left_out]
    return found


def _crawled(
    session: Session, kind: str, genre: str, limit: int, pause: Callable[[float], None]
) -> Iterator[Row]:
    def ask(place: int) -> Page:
        if place > 1:
            pause(_PAUSE)
        asked = question(
            kind,
            "get_ordered_list",
            genre=genre,
            force_ch_link_check=0,
            fav=0,
            sortby="number",
            hd=0,
            p=place,
        )
        try:
            return page(session.ask(asked).js)
        except NoSuchItem:
            return Page(())

    return crawl(ask, limit)
