"""What the box is measured against: the least that anybody could do with the same input.

Each is a function that is run in a process of its own and gives the seconds of a processor that count;
what only prepares the rows is not counted.
"""

import re
import sqlite3
import time
from collections.abc import Sequence
from pathlib import Path
from xml.parsers import expat

import orjson

_Row = tuple[str | int, ...]
_PROGRAMME = re.compile(
    rb'start="(\d{14}) [^"]*" stop="(\d{14}) [^"]*" channel="([^"]*)">\s*<title[^>]*>([^<]*)</title>'
    rb"\s*<desc[^>]*>([^<]*)</desc>"
)


def expat_alone(path: Path) -> float:
    """Expat over a guide, without handlers: no program that uses it can be quicker."""
    begun = time.process_time()
    with path.open("rb") as file:
        expat.ParserCreate().ParseFile(file)
    return time.process_time() - begun


def guide(path: Path, database: Path) -> float:
    """Expat without handlers, then the same rows into a bare table and a full-text index of their titles."""
    seconds = expat_alone(path)
    rows = [
        (channel.decode(), int(start), int(stop), title.decode(), text.decode())
        for start, stop, channel, title, text in _PROGRAMME.findall(path.read_bytes())
    ]
    return seconds + _written(database, "channel, start, stop, title, text", rows, 3)


def rows_of_json(path: Path, database: Path) -> float:
    """One `orjson.loads` of a panel's list, then its rows into a bare table and FTS5 of their names."""
    begun = time.process_time()
    rows = orjson.loads(path.read_bytes())
    seconds = time.process_time() - begun
    columns = list(rows[0])
    values = [tuple(str(row[column]) for column in columns) for row in rows]
    return seconds + _written(database, ", ".join(columns), values, columns.index("name"))


def lines_of_m3u(path: Path, database: Path) -> float:
    """The lines of a list read one by one, then each entry into a bare table."""
    begun = time.process_time()
    with path.open(encoding="utf-8") as file:
        lines = [line.rstrip("\n") for line in file]
    seconds = time.process_time() - begun
    rows = list(zip(lines[1::2], lines[2::2], strict=True))
    return seconds + _written(database, "entry, address", rows, None)


def point_query(database: Path, times: int = 2_000) -> float:
    """Seconds of one row found by its key with this machine's SQLite, in a file of a million rows."""
    database.unlink(missing_ok=True)
    with sqlite3.connect(database) as db:
        db.execute("CREATE TABLE row (key INTEGER PRIMARY KEY, value TEXT)")
        db.executemany("INSERT INTO row VALUES (?, ?)", ((n, f"value {n}") for n in range(1_000_000)))
    db.close()
    db = sqlite3.connect(database)
    begun = time.process_time()
    for n in range(times):
        db.execute("SELECT value FROM row WHERE key = ?", (n * 7919 % 1_000_000,)).fetchone()
    seconds = (time.process_time() - begun) / times
    db.close()
    return seconds


def _written(database: Path, columns: str, rows: Sequence[_Row], indexed: int | None) -> float:
    """Seconds of ``executemany`` into a fresh table, and into FTS5 where a column of it is to be searched."""
    marks = ", ".join("?" * len(columns.split(", ")))
    database.unlink(missing_ok=True)
    begun = time.process_time()
    db = sqlite3.connect(database)
    db.execute(f"CREATE TABLE bare ({columns})")
    db.executemany(f"INSERT INTO bare VALUES ({marks})", rows)  # noqa: S608 - columns of ours
    if indexed is not None:
        name = columns.split(", ")[indexed]
        db.execute(f"CREATE VIRTUAL TABLE found USING fts5({name}, content='bare', detail='none')")
        db.execute("INSERT INTO found (found) VALUES ('rebuild')")
    db.commit()
    db.close()
    return time.process_time() - begun
