"""What an entry of a list is, told by its address, and what its name says of it."""

import re
from dataclasses import dataclass
from enum import Enum, auto
from urllib.parse import urlsplit

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
    re.compile(r"(?P<name>.*?)[\s._-]*\bS(?P<s>\d{1,3})[\s._-]*E(?P<e>\d{1,4})\b(?P<rest>.*)", re.IGNORECASE),
    re.compile(r"(?P<name>.*?)[\s._-]*\b(?P<s>\d{1,2})x(?P<e>\d{1,4})\b(?P<rest>.*)", re.IGNORECASE),
    re.compile(
        r"(?P<name>.*?)[\s._-]*\bSeason\s*(?P<s>\d{1,3})[\s,._-]*Episode\s*(?P<e>\d{1,4})\b(?P<rest>.*)",
        re.IGNORECASE,
    ),
)
_YEAR = re.compile(r"[\s._-]*[(\[](19\d\d|20\d\d)[)\]]\s*$", re.ASCII)
_EDGES = " \t.,:;-_|–\"'"


class Sort(Enum):
    """What an entry is."""

    LIVE = auto()
    FILM = auto()
    EPISODE = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbered:
    """A name with the numbers of an episode in it."""

    series: str
    season: int
    episode: int
    title: str
    """What follows the numbers; may be empty."""


def sort(entry: Entry) -> Sort:
    """By the path of its panel, or by what kind of file it is; with the name of an episode it is one."""
    if not _stored(entry):
        return Sort.LIVE
    return Sort.EPISODE if numbered(entry.name) else Sort.FILM


def _stored(entry: Entry) -> bool:
    parts = urlsplit(entry.address)
    folders = parts.path.lower().split("/")[1:-1]
    if {"movie", "series"} & set(folders[:3]):
        return True
    if "live" in folders[:1] or parts.scheme not in {"http", "https"}:
        return False
    ending = (parts.fragment or parts.path).rpartition("/")[2].rpartition(".")[2].lower()
    if parts.fragment and ending in _FILES:
        return True
    said = entry.attributes
    if said.get("media", "").lower() == "true":
        return True
    return ending in _FILES and (entry.seconds > 0 or not any(said.get(name) for name in _LIVE))


def numbered(name: str) -> Numbered | None:
    """``The Name S01E02 Title``, ``The Name 1x02``; None where there are no such numbers behind a name."""
    for form in _NUMBERED:
        if (found := form.fullmatch(name)) and (series := found["name"].strip().rstrip(_EDGES)):
            return Numbered(
                series=series,
                season=int(found["s"]),
                episode=int(found["e"]),
                title=found["rest"].strip(_EDGES),
            )
    return None


def year(name: str) -> int:
    """``The Name (1999)``; 0 where there is none at the end."""
    found = _YEAR.search(name)
    return int(found[1]) if found else 0
