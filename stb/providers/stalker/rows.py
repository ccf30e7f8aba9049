"""Genres and channels, row by row. Pure; one bad row costs that channel and not the list.

The genuine portal and its imitation give the same names other types: ids are numbers or texts, flags
``"1"`` or ``1``, a logo is a file's name or an address.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from stb.model import Channel, ChannelId, ChannelRef, SourceId
from stb.providers.decoding import words
from stb.providers.stalker.cmd import command
from stb.providers.stalker.crawl import Row
from stb.providers.stalker.links import Link, read, written
from stb.providers.stalker.wire import fields, identifier, listed, number, truth

_PICTURES = frozenset({"http", "https"})
_LOGO_FOLDER = "misc/logos/320/"
"""Beside those of 120, 160 and 240 dots: the largest, for a banner as for a list."""
_LONGEST_ADDRESS = 2048
_HIGHEST = 999_999
"""The highest number a viewer is asked to type."""
_ALL = "*"
_USUAL_ARCHIVE = 24
"""Hours, where a portal says that there is an archive and not how long."""
_RADIO = "radio:"
"""Before the ids of radio channels, which are counted by themselves."""


@dataclass(frozen=True, slots=True)
class Genre:
    """A category of channels or of films."""

    id: str
    title: str
    adult: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """What rows are read with."""

    source: SourceId
    base: str
    """What pictures with a mere name hang off, with a slash at its end."""
    foreign_guide: bool = False
    """The guide is not the portal's: channels have the ids of XMLTV in it."""


def genres(js: object) -> tuple[Genre, ...]:
    """Categories in the portal's order, without the one that stands for all."""
    rows = [fields(row) for row in listed(js)]
    found = (
        Genre(identifier(row.get("id")), words(row.get("title"), 100), truth(row.get("censored")))
        for row in rows
    )
    return tuple(genre for genre in found if genre.id not in {"", _ALL} and genre.title)


def genre_of(row: Row) -> str:
    """Id of a channel's category; empty where it has none."""
    return identifier(row.get("tv_genre_id"))


def channels(rows: Iterable[Row], categories: Iterable[Genre], origin: Origin) -> Iterator[Channel]:
    """Television, each id once, its numbers unique."""
    by_id = {genre.id: genre for genre in categories}
    found = (_channel(row, by_id.get(genre_of(row)), origin) for row in rows)
    return _numbered(_once(channel for channel in found if channel is not None))


def radio(rows: Iterable[Row], origin: Origin, group: str, above: int) -> Iterator[Channel]:
    """Radio, its numbers following those of television."""
    for row in rows:
        channel = _channel(row, None, origin)
        if channel is None:
            continue
        name = ChannelId(f"{_RADIO}{channel.ref.channel}")
        # Nobody makes links of radio: what is no address by itself cannot be heard.
        link = Link(kind="radio", cmd=read(channel.link).cmd, must_ask=False)
        above += 1
        yield channel._replace(
            ref=ChannelRef(origin.source, name),
            number=above,
            group=group,
            link=written(link),
            radio=True,
            guide_id="",
        )


def _channel(row: Row, genre: Genre | None, origin: Origin) -> Channel | None:
    name = identifier(row.get("id"))
    link = _link(row)
    if not name or link is None:
        return None
    guide_id = words(row.get("xmltv_id")) if origin.foreign_guide else name
    return Channel(
        ref=ChannelRef(origin.source, ChannelId(name)),
        number=_wish(row.get("number")),
        name=words(row.get("name")) or name,
        group=genre.title if genre else "",
        link=written(link),
        logo=picture(row.get("logo"), origin.base, _LOGO_FOLDER),
        guide_id=guide_id,
        archive=_archive(row),
        adult=truth(row.get("censored")) or truth(row.get("lock")) or (genre is not None and genre.adult),
    )


def _link(row: Row) -> Link | None:
    """How the channel is played; None for one that is not subscribed to, or is a tuner's."""
    spares = [fields(spare) for spare in listed(row.get("cmds"))]
    cmd = words(row.get("cmd"), 4096) or next(
        filter(None, (words(spare.get("url"), 4096) for spare in spares)), ""
    )
    taken = command(cmd)
    closed = "open" in row and not truth(row["open"])
    if not cmd or taken.address.startswith("dvb:") or (closed and taken.address.startswith("udp://wtf")):
        return None
    flags = ("use_http_tmp_link", "use_load_balancing", "wowza_tmp_link")
    said = [row[flag] for flag in flags if flag in row]
    return Link(cmd=cmd, must_ask=any(map(truth, said)) if said else None)


def _archive(row: Row) -> int:
    """Hours: so says the genuine portal, and the imitation multiplies its days by 24."""
    if not (truth(row.get("enable_tv_archive")) or truth(row.get("archive"))):
        return 0
    hours = number(row.get("tv_archive_duration"))
    return min(hours, 24 * 60) if hours > 0 else _USUAL_ARCHIVE


def _wish(said: object) -> int:
    wish = number(said)
    return wish if 0 < wish <= _HIGHEST else 0


def _once(found: Iterable[Channel]) -> Iterator[Channel]:
    kept: dict[ChannelRef, Channel] = {}
    for channel in found:
        kept.setdefault(channel.ref, channel)
    return iter(kept.values())


def _numbered(found: Iterable[Channel]) -> Iterator[Channel]:
    """Give each channel a number of its own: its wish where it is the first, else one above all wishes."""
    kept = list(found)
    highest = max((channel.number for channel in kept), default=0)
    taken: set[int] = set()
    for channel in kept:
        wish = channel.number
        if not wish or wish in taken:
            highest += 1
            wish = highest
        taken.add(wish)
        yield channel._replace(number=wish)


def picture(said: object, base: str, folder: str) -> str:
    """An absolute address of a picture; a mere name is a file in a folder of the portal's."""
    name = words(said, _LONGEST_ADDRESS + 1)
    if not name or len(name) > _LONGEST_ADDRESS or name.lower().startswith("data:"):
        return ""
    try:
        address = urljoin(base, name if "/" in name else f"{folder}{name}").replace(" ", "%20")
        parts = urlsplit(address)
        usable = parts.scheme in _PICTURES and parts.hostname and parts.port != 0
    except ValueError:
        return ""
    return address if usable else ""
