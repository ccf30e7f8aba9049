"""From the entries of a list to channels, films, series and episodes."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from html import unescape
from urllib.parse import urlsplit

from stb.model import (
    Channel,
    ChannelId,
    ChannelRef,
    Episode,
    EpisodeId,
    EpisodeRef,
    Film,
    FilmId,
    FilmRef,
    Season,
    Series,
    SeriesDetails,
    SeriesId,
    SeriesRef,
    SourceId,
)
from stb.providers.decoding import PICTURES, address, words
from stb.providers.m3u import catchup
from stb.providers.m3u.directives import info
from stb.providers.m3u.link import Link, entry_link
from stb.providers.m3u.naming import Numbered, Sort, numbered, sort, year
from stb.providers.m3u.playlist import Entry

_HIGHEST = 99_999
"""The highest number that a viewer may type."""
_DIGITS = 9
_NUMBERS = ("tvg-chno", "ch-number", "channel-number", "tvg-num")
_GIVEN = re.compile(rf"^#EXTINF.*\b({'|'.join(_NUMBERS)})\s*=", re.IGNORECASE)
_GUIDE_IDS = ("tvg-id", "channel-id", "ch-id", "cuid")
_PICTURES = ("tvg-logo", "logo", "url-logo", "tvg-logo-small", "logo-small")
_ADULT = ("adult", "parent-code", "censored", "parental")
_NO = frozenset({"", "0", "false", "no"})


@dataclass(slots=True)
class Ids:
    """Ids that stay from one list to the next: what an entry is called, and the end of its address.

    The account in an address may change, and its server. Entries alike are told apart by their order.
    """

    _seen: Counter[str] = field(default_factory=Counter)

    def of(self, entry: Entry) -> str:
        """Never the same twice."""
        path = entry.address.partition("#")[0].partition("?")[0]
        tail = path.rstrip("/").rpartition("/")[2]
        key = _digest(entry.name, entry.attributes.get("tvg-id", ""), tail)
        self._seen[key] += 1
        return key if self._seen[key] == 1 else f"{key}-{self._seen[key]}"


def claimed(lines: Iterable[str]) -> Counter[int]:
    """The numbers that a list gives to its channels, and to how many each."""
    likely = (line for line in lines if "-num" in (low := line.lower()) or "chno" in low)
    given = (info(line[7:]).attributes for line in likely if _GIVEN.search(line))
    return Counter(number for said in given if (number := _number(said)))


def only_channel(written: str, source: SourceId) -> Channel:
    """The channel that an HLS playlist is, which somebody took for a list."""
    ref = ChannelRef(source, ChannelId(_digest(written.partition("?")[0])))
    name = words(urlsplit(written).hostname) or source
    return Channel(ref=ref, number=1, name=name, link=Link(address=written).written())


def channels(
    entries: Iterable[Entry], header: Mapping[str, str], source: SourceId, taken: Counter[int]
) -> Iterator[Channel]:
    """The live ones, in the order of the list; what stands there twice is one.

    Args:
        entries: of the list.
        header: attributes of its first line.
        source: whose they are.
        taken: as `claimed` of the same list: who has a number alone keeps it, the others are counted on.
    """
    ids, last = Ids(), 0
    for entry in _once(entries, Sort.LIVE):
        number = _number(entry.attributes)
        if taken[number] != 1:
            number = last + 1
            while taken[number] == 1:
                number += 1
        last = max(last, number)
        yield _channel(entry, header, ChannelRef(source, ChannelId(ids.of(entry))), number)


def films(entries: Iterable[Entry], source: SourceId) -> Iterator[Film]:
    """The films, in the order of the list."""
    ids = Ids()
    for entry in _once(entries, Sort.FILM):
        yield Film(
            ref=FilmRef(source, FilmId(ids.of(entry))),
            name=entry.name,
            category=entry.group,
            link=entry_link(entry),
            poster=_picture(entry),
            year=year(entry.name),
            adult=_adult(entry),
        )


def series(entries: Iterable[Entry], source: SourceId) -> Iterator[Series]:
    """The series that the episodes of a list belong to, in the order of their first ones."""
    seen = set[str]()
    for entry in _once(entries, Sort.EPISODE):
        name = _numbers(entry).series
        key = _series_key(name)
        if key not in seen:
            seen.add(key)
            yield Series(
                ref=SeriesRef(source, SeriesId(key)),
                name=name,
                category=entry.group,
                link=name,
                poster=_picture(entry),
                year=year(name),
                adult=_adult(entry),
            )


def seasons(entries: Iterable[Entry], of: Series) -> SeriesDetails:
    """A series with its episodes, by their numbers; specials last."""
    ids = Ids()
    found: dict[int, list[Episode]] = {}
    for entry in _once(entries, Sort.EPISODE):
        told = _numbers(entry)
        if _series_key(told.series) == of.ref.series:
            ref = EpisodeRef(of.ref, EpisodeId(ids.of(entry)))
            found.setdefault(told.season, []).append(_episode(entry, told, ref))
    ordered = sorted(found, key=lambda number: (number == 0, number))
    return SeriesDetails(
        series=of,
        seasons=tuple(
            Season(number=number, episodes=tuple(sorted(found[number], key=lambda each: each.number)))
            for number in ordered
        ),
    )


def _once(entries: Iterable[Entry], wanted: Sort) -> Iterator[Entry]:
    """Those of one sort; one for each category of a panel, as it lists them, and no more."""
    seen = set[str]()
    for entry in entries:
        if sort(entry) is wanted:
            key = _digest(entry.address, entry.name, entry.group)
            if key not in seen:
                seen.add(key)
                yield entry


def _digest(*told: str) -> str:
    return blake2b("\n".join(told).encode("utf-8", "replace"), digest_size=8).hexdigest()


def _series_key(name: str) -> str:
    return _digest(name.casefold())


def _numbers(entry: Entry) -> Numbered:
    return numbered(entry.name) or Numbered(series=entry.name, season=1, episode=0, title="")


def _episode(entry: Entry, told: Numbered, ref: EpisodeRef) -> Episode:
    return Episode(
        ref=ref,
        season=told.season,
        number=told.episode,
        name=told.title or entry.name,
        link=entry_link(entry),
        seconds=max(0, int(entry.seconds)),
        poster=_picture(entry),
    )


def _channel(entry: Entry, header: Mapping[str, str], ref: ChannelRef, number: int) -> Channel:
    said = entry.attributes
    archive = catchup.archive(entry, header)
    guide_name = words(unescape(said.get("tvg-name", "")))
    link = Link(
        address=entry.address,
        headers=dict(entry.headers),
        mode=archive.mode,
        source=archive.source,
        correction=archive.correction,
    )
    return Channel(
        ref=ref,
        number=number,
        name=entry.name,
        group=entry.group,
        link=link.written(),
        logo=_picture(entry),
        guide_id=next((found for name in _GUIDE_IDS if (found := words(unescape(said.get(name, ""))))), ""),
        guide_name=guide_name if guide_name != entry.name else "",
        guide_shift=catchup.hours(said.get("tvg-shift") or header.get("tvg-shift", "")),
        archive=24 * archive.days,
        radio=said.get("radio", "").lower() not in _NO,
        adult=_adult(entry),
    )


def _number(said: Mapping[str, str]) -> int:
    """What the list says; 0 where it says none."""
    written = next((said[name] for name in _NUMBERS if name in said), "")
    number = int(written) if written.isascii() and written.isdigit() and len(written) < _DIGITS else 0
    return number if number <= _HIGHEST else 0


def _picture(entry: Entry) -> str:
    written = (unescape(entry.attributes.get(name, "")) for name in _PICTURES)
    return next((found for text in written if (found := address(text, PICTURES))), "")


def _adult(entry: Entry) -> bool:
    return any(entry.attributes.get(name, "").lower() not in _NO for name in _ADULT)
