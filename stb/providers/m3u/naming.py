"""What an entry of a list is, told by its address, and what its name says of it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from stb.providers.m3u.playlist import Entry

_FILES = frozenset(
    {"mp4", "mkv", "avi", "mov", "m4v", "wmv", "mpg", "mpeg", "divx", "vob", "webm", "3gp", "rmvb", "ogm"}
)
"""Endings of files; live channels have none of them."""
_LIVE = (
    "catchup",
    "catchup-type",
    "catchup-source",
    "catchup-days",
    "tvg-chno",
    "tvg-rec",
    "timeshift",
    "tvg-id",
)
"""What is said of live channels only."""
_NUMBERED = (
    re.compile(r"\bS(\d{1,3})[\s._-]*E(\d{1,4})\b", re.IGNORECASE),
    re.compile(r"\b(\d{1,2})x(\d{1,4})\b", re.IGNORECASE),
    re.compile(r"\bSeason\s*(\d{1,3})[\s,._-]*Episode\s*(\d{1,4})\b", re.IGNORECASE),
)
_LIKELY = re.compile(r"\d[\s._-]*e\d|\dx\d|season", re.IGNORECASE)
"""In all of them."""
_YEAR = re.compile(r"[(\[](19\d\d|20\d\d)[)\]]", re.ASCII)
_YEAR_LETTERS = 6
_WORD = re.compile(r"\w+")
_BEFORE = 20
"""Lines that may belong to an entry and stand before it."""
_EDGES = " \t.,:;-_|–\"'"


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbered:
    """A name with the numbers of an episode in it."""

    series: str
    season: int
    episode: int
    title: str
    """What follows the numbers; may be empty."""


def may_be_live(address: str) -> bool:
    """Whether an entry of this address can be a channel."""
    return not _placed(address)


def may_be_stored(address: str) -> bool:
    """Whether an entry of this address can be a film or an episode."""
    return _placed(address) is not False


@lru_cache(maxsize=1)  # it is asked twice of each
def _placed(address: str) -> bool | None:
    """Whether a panel's path says that it is stored; None where it does not say."""
    lower = address.lower()
    if "?" in lower or "#" in lower:
        lower = lower.partition("#")[0].partition("?")[0]
    folders = lower.split("/")[3:-1]
    if "movie" in folders[:3] or "series" in folders[:3]:
        return True
    if not lower.startswith("http") or folders[:1] == ["live"]:
        return False
    return None


def is_file(entry: Entry) -> bool:
    """Whether an entry is a film or an episode: by the path of its panel, or by what kind of file it is."""
    placed = _placed(entry.address)
    if placed is not None:
        return placed
    place, _, fragment = entry.address.partition("#")
    if _ending(fragment) in _FILES or entry.attributes.get("media", "").lower() == "true":
        return True
    return _ending(place.partition("?")[0].rpartition("/")[2].lower()) in _FILES and (
        entry.seconds > 0 or not any(entry.attributes.get(name) for name in _LIVE)
    )


def _ending(file: str) -> str:
    return file.rpartition(".")[2].lower()


def numbered(name: str) -> Numbered | None:
    """``The Name S01E02 Title``, ``The Name 1x02``; None where there are no such numbers behind a name."""
    if not _LIKELY.search(name):
        return None
    for form in _NUMBERED:
        if (found := form.search(name)) and (series := name[: found.start()].strip().rstrip(_EDGES)):
            return Numbered(
                series=series,
                season=int(found[1]),
                episode=int(found[2]),
                title=name[found.end() :].strip(_EDGES),
            )
    return None


def year(name: str) -> int:
    """``The Name (1999)``; 0 where there is none at the end."""
    found = _YEAR.fullmatch(name.rstrip()[-_YEAR_LETTERS:])
    return int(found[1]) if found else 0


def about(lines: Iterable[str], name: str) -> Iterator[str]:
    """The lines of a list that may be of a series, and their context: quicker than reading them all."""
    word = max(_WORD.findall(name.casefold()), key=len, default="")
    kept, done, before = False, False, list[str]()
    for line in lines:
        if line[:7].upper() == "#EXTINF":
            kept, done = word in line.casefold(), False
            if kept:
                yield from before
            before.clear()
        elif not line.startswith("#"):
            done = True
            if kept:
                yield line
            continue
        elif not kept or done:  # of the next one
            before = [*before[-_BEFORE:], line]
            continue
        if kept:
            yield line
