"""A guide channel's programmes out of the tables of `schema.GUIDE`, one after the other."""

import sqlite3
from collections.abc import Iterator

from stb.catalogue.airtimes import DAY
from stb.model import Programme

_PROGRAMME = """
    SELECT station.id, start, stop, title, subtitle, text, category, season, episode, link
    FROM programme JOIN words ON words.key = programme.words JOIN station ON station.key = programme.station
    WHERE day = ? AND station = ? AND """

_DAYS = """
    SELECT coalesce((SELECT min(day) FROM programme), 0), coalesce((SELECT max(day) FROM programme), -1)
"""


def programmes(connection: sqlite3.Connection, station: int, begin: int, end: int) -> Iterator[Programme]:
    """As the guide says them: the last one that began in the day up to ``begin``, and those before ``end``.

    In order of time; asked for bit by bit.
    """
    for day in (begin // DAY, begin // DAY - 1):
        row = connection.execute(
            f"{_PROGRAMME} start BETWEEN ? AND ? ORDER BY start DESC LIMIT 1",
            (day, station, begin - DAY + 1, begin),
        ).fetchone()
        if row:
            yield _programme(row)
            break
    first, last = connection.execute(_DAYS).fetchone()
    for day in range(max(begin // DAY, first), min((end - 1) // DAY, last) + 1):
        for row in connection.execute(
            f"{_PROGRAMME} start > ? AND start < ? ORDER BY start", (day, station, begin, end)
        ):
            yield _programme(row)


def count_programmes(connection: sqlite3.Connection, source: str) -> int:
    """How many programmes of a source there are."""
    (count,) = connection.execute(
        "SELECT count(*) FROM programme WHERE station IN"
        " (SELECT station.key FROM station JOIN source ON source.key = station.source WHERE source.id = ?)",
        (source,),
    ).fetchone()
    return int(count)


def _programme(row: tuple[str, int, int | None, str, str, str, str, int, int, str]) -> Programme:
    channel, start, stop, title, subtitle, text, category, season, episode, link = row
    return Programme(
        channel=channel,
        start=start,
        stop=stop,
        title=title,
        subtitle=subtitle,
        text=text,
        category=category,
        season=season,
        episode=episode,
        link=link,
    )
