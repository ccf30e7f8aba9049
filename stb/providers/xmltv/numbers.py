"""Which episode of which season: the systems of ``episode-num``."""

import re
from collections.abc import Iterable

_NS = re.compile(r"\s*(\d*)\s*(?:/\s*\d*\s*)?\.\s*(\d*)\s*(?:/\s*\d*\s*)?(?:\..*)?", re.ASCII | re.DOTALL)
"""``season/of.episode/of.part/of``, each counted from 0, each may be missing (xmltv.dtd)."""
_ONSCREEN = (
    re.compile(
        r"\bS(?:eason)?\s*(\d{1,4})[\s.,:-]*E(?:p(?:isode)?)?\.?\s*(\d{1,5})", re.ASCII | re.IGNORECASE
    ),
    re.compile(r"\b(\d{1,3})x(\d{1,5})\b", re.ASCII | re.IGNORECASE),
    re.compile(r"\b()E(?:p(?:isode)?)?\.?\s*(\d{1,5})\b", re.ASCII | re.IGNORECASE),
)
_MOST = 99_999
"""Beyond it, a number is something else: a date, an id."""


def numbers(found: Iterable[tuple[str, str]]) -> tuple[int, int]:
    """Season and episode, counted from 1; 0 where nobody says.

    Args:
        found: system and text of each ``episode-num``; ``xmltv_ns`` goes before what viewers see, and
            ``dd_progid`` counts nothing.
    """
    shown = (0, 0)
    for system, text in found:
        match system.strip().lower():
            case "xmltv_ns":
                if any(told := _counted(text)):
                    return told
            case "dd_progid":
                continue
            case _:
                shown = shown if any(shown) else _seen(text)
    return shown


def _counted(text: str) -> tuple[int, int]:
    found = _NS.fullmatch(text[:100])
    if not found:
        return 0, 0
    season, episode = (int(part[:6]) + 1 if part else 0 for part in found.groups())
    return _sane(season), _sane(episode)


def _seen(text: str) -> tuple[int, int]:
    for form in _ONSCREEN:
        if found := form.search(text[:100]):
            return _sane(int(found[1] or 0)), _sane(int(found[2]))
    return 0, 0


def _sane(number: int) -> int:
    return number if number <= _MOST else 0
