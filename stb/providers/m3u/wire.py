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
from stb.providers.decoding import web_address, words
from stb.providers.m3u import catchup
from stb.providers.m3u.directives import info
from stb.providers.m3u.link import Link, entry_link
from stb.providers.m3u.naming import Numbered, is_file, numbered, year
from stb.providers.m3u.playlist import Entry

_HIGHEST = 99_999
"""The highest number that a viewer may type."""
_DIGITS = 9
_NUMBERS = ("tvg-chno", "ch-number", "channel-number", "tvg-num")
_NUMBERED = frozenset(_NUMBERS)
NEAR_NUMBERS = (b"-num", b"chno")
_GIVEN = re.compile(rf"^#EXTINF.*\b({'|'.join(_NUMBERS)})\s*=", re.IGNORECASE)
_GUIDE_IDS = ("tvg-id", "channel-id", "ch-id", "cuid")
_PICTURES = ("tvg-logo", "logo", "url-logo", "tvg-logo-small", "logo-small")
_ADULT = frozenset({"adult", "parent-code", "censored", "parental"})
_NO = frozenset({"", "0", "false", "no"})


@dataclass(slots=True)
class Ids:
    """Ids that stay from one list to the next: what an entry is called, and the end of its address.

    The account in an address may change, and its server. Entries alike are told apart by their order.
    """

    _seen: set[str] = field(default_factory=set)
    _again: Counter[str] = field(default_factory=Counter)

    def of(self, entry: Entry) -> str:
        """Never the same twice."""
        path = entry.address
        if "#" in path or "?" in path:
            path = path.partition("#")[0].partition("?")[0]
        tail = path.rstrip("/").rpartition("/")[2]
        key = _digest(entry.name, entry.attributes.get("tvg-id", ""), tail)
        if key not in self._seen:
            self._seen.add(key)
            return key
        self._again[key] += 1
        return f"{key}-{self._again[key] + 1}"


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
    for entry in _once(entries, of_files=False):
        number = _number(entry.attributes)
        if taken.get(number) != 1:
            number = last + 1
            while taken.get(number) == 1:
                number += 1
        last = max(last, number)
        yield _channel(entry, header, ChannelRef(source, ChannelId(ids.of(entry))), number)


def stored(entries: Iterable[Entry], source: SourceId) -> Iterator[Film | Series]:
    """The films, and the series that the episodes belong to, in the order of the list; each series once."""
    ids, seen = Ids(), set[str]()
    for entry in _once(entries, of_files=True):
        told = numbered(entry.name)
        if told is None:
            yield _film(entry, FilmRef(source, FilmId(ids.of(entry))))
        elif told.series not in seen:
            seen.add(told.series)
            key = _series_key(told.series)
            if key not in seen:
                seen.add(key)
                yield _series(entry, told.series, SeriesRef(source, SeriesId(key)))


def seasons(entries: Iterable[Entry], of: Series) -> SeriesDetails:
    """A series with its episodes, by their numbers; specials last."""
    ids = Ids()
    found: dict[int, list[Episode]] = {}
    for entry in _once(entries, of_files=True):
        told = numbered(entry.name)
        if told and _series_key(told.series) == of.ref.series:
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


def _once(entries: Iterable[Entry], *, of_files: bool) -> Iterator[Entry]:
    """The films and episodes, or the channels; one for each category of a panel that lists it in several."""
    seen = set[int]()
    for entry in entries:
        if is_file(entry) is of_files:
            key = hash(
                (entry.address, entry.name, entry.group)
            )  # of 64 bits: nothing else comes out the same
            if key not in seen:
                seen.add(key)
                yield entry


def _film(entry: Entry, ref: FilmRef) -> Film:
    return Film(
        ref=ref,
        name=entry.name,
        category=entry.group,
        link=entry_link(entry),
        poster=_picture(entry),
        year=year(entry.name),
        adult=_adult(entry),
    )


def _series(entry: Entry, name: str, ref: SeriesRef) -> Series:
    return Series(
        ref=ref,
        name=name,
        category=entry.group,
        link=name,
        poster=_picture(entry),
        year=year(name),
        adult=_adult(entry),
    )


def _digest(*told: str) -> str:
    return blake2b("\n".join(told).encode("utf-8", "replace"), digest_size=8).hexdigest()


def _series_key(name: str) -> str:
    return _digest(name.casefold())


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
    guide_name = said.get("tvg-name", "")
    if guide_name != entry.name:
        guide_name = words(unescape(guide_name))
    return Channel(
        ref=ref,
        number=number,
        name=entry.name,
        group=entry.group,
        link=_link(entry, archive),
        logo=_picture(entry),
        guide_id=_guide_id(said),
        guide_name=guide_name if guide_name != entry.name else "",
        guide_shift=catchup.hours(said.get("tvg-shift") or header.get("tvg-shift", "")),
        archive=24 * archive.days,
        radio="radio" in said and said["radio"].lower() not in _NO,
        adult=_adult(entry),
    )


def _link(entry: Entry, archive: catchup.Archive) -> str:
    if not archive.mode:
        return entry_link(entry)
    return Link(
        address=entry.address,
        headers=dict(entry.headers),
        mode=archive.mode,
        source=archive.source,
        correction=archive.correction,
    ).written()


def _guide_id(said: Mapping[str, str]) -> str:
    for name in _GUIDE_IDS:
        if (text := said.get(name)) and (found := words(unescape(text))):
            return found
    return ""


def _number(said: Mapping[str, str]) -> int:
    """What the list says; 0 where it says none."""
    if _NUMBERED.isdisjoint(said):
        return 0
    written = next((said[name] for name in _NUMBERS if name in said), "")
    number = int(written) if written.isascii() and written.isdigit() and len(written) < _DIGITS else 0
    return number if number <= _HIGHEST else 0


def _picture(entry: Entry) -> str:
    said = entry.attributes
    for name in _PICTURES:
        if (text := said.get(name)) and (found := web_address(unescape(text))):
            return found
    return ""


def _adult(entry: Entry) -> bool:
    said = entry.attributes
    return not _ADULT.isdisjoint(said) and any(said.get(name, "").lower() not in _NO for name in _ADULT)
