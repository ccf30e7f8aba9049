"""Channels in list order, all of them or one group's: where a row stands, and which row stands there.

         source a          source b
place    0  1  2  3        0  1  2          as the table has it, without gaps
position 0  1  2  3        4  5  6          as callers count
         `- start 0 -'     `- start 4 -'    one span for each source

Where groups are hidden, places are missing from the whole list: those that are left are in memory.
"""

import json
import sqlite3
from array import array
from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from stb.model import Channel, ChannelId, ChannelRef, SourceId

_CHANNEL = """
    SELECT source.id, channel.id, channel.number, channel.name, grp.name, channel.link, channel.logo,
        channel.has_news, guide_id, guide_name, guide_shift, archive, radio, adult
    FROM source CROSS JOIN channel ON channel.source = source.key JOIN grp ON grp.key = channel.grp
    WHERE """
"""CROSS keeps SQLite's planner from walking all channels to find their few sources."""


class _Span(NamedTuple):
    """Rows that stand together in list order: a source's list, or its part of a group."""

    source: SourceId
    key: int
    """Of the source, or of its part of the group."""
    start: int
    """Position of its first row."""
    places: Sequence[int]
    """In the table, of the rows from that position on; rising."""

    @property
    def end(self) -> int:
        """Position after its last row."""
        return self.start + len(self.places)


def shown_places(connection: sqlite3.Connection, hidden: Collection[str]) -> dict[int, Sequence[int]]:
    """The places of each source's list that are left without the channels of some groups."""
    found: dict[int, list[int]] = {}
    for source, place in connection.execute(
        "SELECT source, place FROM channel"
        " WHERE grp NOT IN (SELECT key FROM grp WHERE name IN (SELECT value FROM json_each(?)))",
        (json.dumps(sorted(hidden)),),
    ):
        found.setdefault(source, []).append(place)
    return {source: array("I", sorted(places)) for source, places in found.items()}


class Listing:
    """One order of channels, as it is in one transaction."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        group: str | None,
        shown: Mapping[int, Sequence[int]] | None = None,
    ) -> None:
        """Look up the spans: a row for each source, so never many.

        Args:
            connection: to the file.
            group: None for all of them.
            shown: as `shown_places`; None: all places are.
        """
        self._connection = connection
        self._owner, self._place = ("source", "place") if group is None else ("grp", "grp_place")
        if group is None:
            rows = connection.execute("SELECT id, key, count FROM source ORDER BY id")
        else:
            rows = connection.execute(
                "SELECT source.id, grp.key, grp.count FROM grp JOIN source ON source.key = grp.source"
                " WHERE grp.name = ? ORDER BY source.id",
                (group,),
            )
        self.total = 0
        """How many channels are in it."""
        self._spans: list[_Span] = []
        for source, key, count in rows:
            places = range(count) if shown is None else shown.get(key, ())
            self._spans.append(_Span(source, key, self.total, places))
            self.total += len(places)

    def rows(self, first: int, limit: int) -> Iterator[Channel]:
        """The channels from a position on, at most so many."""
        owner, place = f"channel.{self._owner}", f"channel.{self._place}"
        for span in self._spans:
            low, high = max(first - span.start, 0), min(first + limit, span.end) - span.start
            if low < high:
                some = span.places[low:high]
                among = f"{place} BETWEEN ? AND ?"
                values: tuple[str | int, ...] = (some[0], some[-1])
                if len(some) <= some[-1] - some[0]:
                    among = f"{place} IN (SELECT value FROM json_each(?))"  # noqa: S608 - a column of ours
                    values = (json.dumps([*some]),)
                yield from channels_where(
                    self._connection,
                    f"source.id = ? AND {owner} = ? AND {among} ORDER BY {place}",
                    (span.source, span.key, *values),
                )

    def position(self, ref: ChannelRef) -> int | None:
        """Where a channel stands; None where it does not."""
        for span in self._spans:
            if span.source == ref.source:
                row = self._connection.execute(
                    f"SELECT {self._place} FROM channel"  # noqa: S608 - column names of ours
                    f" WHERE source = (SELECT key FROM source WHERE id = ?) AND id = ? AND {self._owner} = ?",
                    (*ref, span.key),
                ).fetchone()
                at = bisect_left(span.places, row[0]) if row else len(span.places)
                there = at < len(span.places) and span.places[at] == row[0]
                return span.start + at if there else None
        return None

    def gap(self, ref: ChannelRef) -> int:
        """Where a channel that is not in it would stand: the position of the next higher number.

        A channel that nobody remembers would stand at the start of its source.
        """
        for span in self._spans:
            if span.source == ref.source:
                row = self._connection.execute(
                    f"SELECT {self._place} FROM channel"  # noqa: S608 - column names of ours
                    f" WHERE {self._owner} = ? AND number >= ? ORDER BY number LIMIT 1",
                    (span.key, self._number(ref)),
                ).fetchone()
                return span.start + bisect_left(span.places, row[0]) if row else span.end
            if span.source > ref.source:
                return span.start
        return self.total

    def _number(self, ref: ChannelRef) -> int:
        """A channel's number in the list, or where it has left the list its last one."""
        row = self._connection.execute(
            "SELECT number FROM source JOIN channel ON channel.source = source.key"
            " WHERE source.id = ?1 AND channel.id = ?2 UNION ALL "
            "SELECT number FROM source JOIN former ON former.source = source.key"
            " WHERE source.id = ?1 AND former.id = ?2",
            ref,
        ).fetchone()
        return int(row[0]) if row else 0


def channel_where(
    connection: sqlite3.Connection, condition: str, values: Sequence[str | int]
) -> Channel | None:
    """The first channel for which a condition of ours holds."""
    return next(channels_where(connection, f"{condition} LIMIT 1", values), None)


def channels_where(
    connection: sqlite3.Connection, condition: str, values: Sequence[str | int]
) -> Iterator[Channel]:
    """The channels for which a condition of ours holds."""
    for source, identifier, *row in connection.execute(_CHANNEL + condition, values):
        number, name, group, link, logo, has_news, guide_id, guide_name, shift, archive, radio, adult = row
        yield Channel(
            ref=ChannelRef(SourceId(source), ChannelId(identifier)),
            number=number,
            name=name,
            group=group,
            link=link,
            logo=logo,
            has_news=bool(has_news),
            guide_id=guide_id,
            guide_name=guide_name,
            guide_shift=shift,
            archive=archive,
            radio=bool(radio),
            adult=bool(adult),
        )
