"""The short guide of one channel (``get_short_epg``, ``get_simple_data_table``). Pure."""

from collections.abc import Iterator
from datetime import tzinfo

from stb.model import Programme
from stb.providers.xtream.scalars import plain, seconds
from stb.providers.xtream.splitting import Row

_LONGEST_TEXT = 4000
_MOST = 5000
"""Rows; a whole history has some hundred."""


def programmes(value: object, channel: str, zone: tzinfo) -> tuple[Programme, ...]:
    """The programmes of ``epg_listings``, in order of time, each beginning once.

    Args:
        value: the answer, of any shape.
        channel: the id under which the box's guide knows the channel.
        zone: in which the server writes times as text; the seconds since 1970 beside them are preferred.
    """
    listings = value.get("epg_listings") if isinstance(value, dict) else None
    found = {each.start: each for row in _rows(listings) if (each := _programme(row, channel, zone))}
    return tuple(found[start] for start in sorted(found))


def from_now(told: tuple[Programme, ...], now: int) -> tuple[Programme, ...]:
    """Those that are on, or still to come."""
    following = (*(each.start for each in told), now + 1)[1:]
    return tuple(each for each, after in zip(told, following, strict=True) if (each.stop or after) > now)


def _rows(value: object) -> Iterator[Row]:
    """In a list, in an object, or in an object of lists by stream."""
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for part in list(parts)[:_MOST]:
        if isinstance(part, list):
            yield from (row for row in part[:_MOST] if isinstance(row, dict))
        elif isinstance(part, dict):
            yield part


def _programme(row: Row, channel: str, zone: tzinfo) -> Programme | None:
    start = seconds(row.get("start_timestamp")) or seconds(row.get("start"), zone)
    ends = (seconds(row.get("stop_timestamp")), *(seconds(row.get(name), zone) for name in ("stop", "end")))
    stop = next((end for end in ends if end > start), None)
    title = " ".join(plain(row.get("title"), 200).split())
    if not start or not (title or stop):
        return None
    return Programme(
        channel=channel,
        start=start,
        stop=stop,
        title=title,
        text=plain(row.get("description"), _LONGEST_TEXT),
    )
