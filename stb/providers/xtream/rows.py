"""Rows of categories, channels, films and series, one by one. Pure.

A bad row costs that one and not the list. There may be hundreds of thousands of them, so the usual shape is
told at a glance.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urljoin

from stb.model import (
    SCHEMES,
    Channel,
    ChannelId,
    ChannelRef,
    Film,
    FilmId,
    FilmRef,
    Series,
    SeriesId,
    SeriesRef,
    SourceId,
)
from stb.providers.decoding import address, identifier, web_address, words
from stb.providers.xtream.scalars import first, rating, seconds, whole, year, yes
from stb.providers.xtream.splitting import Row

Names = Mapping[str, str]
"""Names of categories by their ids, in the operator's order."""

_USUAL = "mp4"
"""What a film is where its extension is not said."""
_RADIO = frozenset({"radio", "radio_streams"})
_EXTENSION = re.compile(r"\s*\.?([A-Za-z0-9]{1,5})\s*")
_ORNAMENT = r"[^\w\s()\[\]{}<>\"'.,:;!?&%$@/\\\U0001f1e6-\U0001f1ff]"
"""Flags, made of two letters of their own, are none."""
_SEPARATOR = re.compile(rf"({_ORNAMENT})\1.*({_ORNAMENT})\2|(?:#{{3}}|={{3}}|-{{3}}|\*{{3}}).*|[\W_]+")
"""``##### UK #####``: a heading among the channels, with nothing to see."""
_FEW = 10
"""Letters of an extension, with what may stand around it."""
_FILES = frozenset({"mkv", "mp4", "avi"})
"""Extensions that most films have."""
_RELEASED = ("year", "releaseDate", "release_date", "releasedate")
_PER_DAY = 24
_LONGEST_ARCHIVE = 366 * _PER_DAY
"""Hours."""


def categories(rows: Iterable[Row]) -> dict[str, str]:
    """Names by ids, in the operator's order."""
    named: dict[str, str] = {}
    for row in rows:
        number, name = identifier(row.get("category_id")), words(row.get("category_name"), 100)
        if number and name:
            named.setdefault(number, name)
    return named


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What the rows of a list are read with."""

    source: SourceId
    names: Names
    """Of the list's categories."""
    base: str
    """The server's address, which relative pictures hang off."""


def channel(row: Row, stream: str, setting: Setting) -> Channel | None:
    """The live channel of an id, its number as the row wishes it (0: none); None for a heading."""
    name = words(row.get("name"))
    if not name[:1].isalnum() and _SEPARATOR.fullmatch(name):
        return None
    kind, guide_id = row.get("stream_type"), row.get("epg_channel_id")
    return Channel(
        ref=ChannelRef(setting.source, ChannelId(stream)),
        number=max(0, whole(row.get("num"))),
        name=name or stream,
        group=_category(row, setting.names),
        link=address(row.get("direct_source"), SCHEMES) or stream,
        logo=picture(row.get("stream_icon"), setting.base),
        guide_id=words(guide_id) if guide_id else "",
        archive=_archive(row),
        radio=kind != "live" and words(kind).lower() in _RADIO,
        adult=yes(row.get("is_adult")),
    )


def film(row: Row, stream: str, setting: Setting) -> Film:
    """The film of an id."""
    return Film(
        ref=FilmRef(setting.source, FilmId(stream)),
        name=words(row.get("name")) or first(row.get("title")) or stream,
        category=_category(row, setting.names),
        link=file_link(row, stream),
        poster=picture(row.get("stream_icon") or row.get("cover"), setting.base),
        year=released(row),
        rating=rating(row),
        added=seconds(row.get("added")),
        adult=yes(row.get("is_adult")),
        genre=first(said) if (said := row.get("genre")) else "",
    )


def series(row: Row, number: str, setting: Setting) -> Series:
    """The series of an id."""
    return Series(
        ref=SeriesRef(setting.source, SeriesId(number)),
        name=first(row.get("name"), row.get("title")) or number,
        category=_category(row, setting.names),
        link=number,
        poster=picture(row.get("cover") or row.get("stream_icon"), setting.base),
        year=released(row),
        rating=rating(row),
        added=seconds(row.get("last_modified") or row.get("added")),
        adult=yes(row.get("is_adult")),
        genre=first(said) if (said := row.get("genre")) else "",
    )


def file_link(row: Row, stream: str) -> str:
    """What a film or an episode is asked for by: the origin's address, or id and extension."""
    said, origin = row.get("container_extension"), row.get("direct_source")
    if not origin and type(said) is str and said in _FILES:
        return f"{stream}.{said}"
    extension = _extension(said) if isinstance(said, str) and len(said) < _FEW else _USUAL
    return (address(origin, SCHEMES) if origin else "") or f"{stream}.{extension}"


@lru_cache(maxsize=64)
def _extension(said: str) -> str:
    found = _EXTENSION.fullmatch(said)
    return found[1] if found else _USUAL


def released(row: Row) -> int:
    """The year in which it came out."""
    for name in _RELEASED:
        if (said := row.get(name)) and (found := year(said)):
            return found
    return 0


def picture(value: object, base: str) -> str:
    """An absolute address of a picture; panels also give paths on their own server, and lists."""
    if found := web_address(value):
        return found
    if isinstance(value, list):
        value = next((item for item in value if item), None)
    if not isinstance(value, str) or not value.startswith("/"):
        return web_address(value)
    try:
        return web_address(urljoin(f"{base}/", value.strip()))
    except ValueError:
        return ""


def _category(row: Row, names: Names) -> str:
    """The name of the row's category, or of the first of its categories that has one."""
    own = row.get("category_id")
    name = names.get(own if isinstance(own, str) else identifier(own))
    if name is not None:
        return name
    several = row.get("category_ids")
    for item in several if isinstance(several, list) else ():
        if name := names.get(identifier(item)):
            return name
    return ""


def _archive(row: Row) -> int:
    """Hours: the wire counts days, and a server that keeps something keeps at least one."""
    if not yes(row.get("tv_archive")):
        return 0
    return min(max(1, whole(row.get("tv_archive_duration"))) * _PER_DAY, _LONGEST_ARCHIVE)
