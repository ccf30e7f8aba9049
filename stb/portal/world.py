"""The operator's world: devices, lines, channels, films and news in one SQLite file, and the guide.

Every sentence opens the file, says what it has to say in one transaction, and closes it again. So a
world has no thread of its own and nothing to shut down, and the command line speaks to the same file
while the portal runs.
"""

import secrets
import sqlite3
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from stb.errors import PortalError
from stb.portal import audit, events, library, lines, macs, placements, staff
from stb.portal.audit import Audit
from stb.portal.books import Books, write_rows
from stb.portal.bulletin import Bulletin
from stb.portal.events import Events
from stb.portal.guide import ZONE, Guide
from stb.portal.library import Library
from stb.portal.lines import Line, Lines, LineStatus
from stb.portal.macs import CONNECTIONS, Mac, Macs, MacStatus
from stb.portal.nouns import ALL_TYPES, FREE_TYPES, Device, NewsItem, PortalChannel, Standing
from stb.portal.placements import Content, Placements
from stb.portal.seed import CHANNELS, NEWS
from stb.portal.shelves import CATEGORIES, EPISODES, FILMS, SERIES
from stb.portal.staff import Staff

_VERSION = 5
_SUBSCRIPTION = timedelta(days=365)
DEMO = "demo"
"""User name and password of the line a new world begins with."""
_MADE_ANEW = ("channel", "news", "category", "film", "series", "episode")
"""Tables that hold nothing but what a new world begins with."""
_SCHEMA = """
CREATE TABLE IF NOT EXISTS device (
    duid TEXT PRIMARY KEY,
    activation_code TEXT NOT NULL,
    owner_name TEXT NOT NULL,
    standing TEXT NOT NULL CHECK (standing IN ('pending', 'active', 'disabled')),
    expiry_date TEXT NOT NULL,
    allowed_types TEXT NOT NULL,
    registered_at TEXT NOT NULL
) STRICT;
CREATE TABLE channel (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    logo_url TEXT NOT NULL,
    type TEXT NOT NULL,
    category TEXT NOT NULL,
    has_news INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    picture TEXT NOT NULL,
    delivery TEXT NOT NULL,
    link TEXT NOT NULL,
    archive INTEGER NOT NULL
) STRICT;
CREATE TABLE news (
    id INTEGER PRIMARY KEY,
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL
) STRICT;
"""


class World:
    """Sentences an operator says; a test and the command line say the same ones."""

    def __init__(  # noqa: PLR0913 # said by name
        self,
        path: Path,
        *,
        channels: Sequence[PortalChannel] = CHANNELS,
        news: Sequence[NewsItem] = NEWS,
        own: Sequence[PortalChannel] = (),
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        zone: ZoneInfo = ZONE,
    ) -> None:
        """Open a world, or make one at ``path`` with these channels and news, and one line, `DEMO`.

        What is a person's ``own`` is on the air behind the operator's, and not in the books. The guide
        and all that the operator says of times is in this ``zone``.

        Raises:
            PortalError: the file cannot be used, or was written by a newer version.
        """
        self._books = Books(path)
        self._own = own
        self.clock = clock
        self.lines = Lines(self._books, clock)
        self.macs = Macs(self._books, clock)
        self.events = Events(self._books, clock)
        self.bulletin = Bulletin(self._books, clock)
        self.staff = Staff(self._books, clock)
        self.audit = Audit(self._books, clock)
        self.placements = Placements(self._books)
        self.library = Library(self._books, own)
        self.guide = Guide(zone)
        with self._books.open() as db:
            new = self._found(db, channels, news)
        if new and self.lines.find(DEMO) is None:
            self.lines.add(DEMO, password=DEMO, days=None, connections=2)

    # --- devices ------------------------------------------------------------------------------

    def devices(self) -> tuple[Device, ...]:
        """Every device, the longest known first."""
        with self._books.open() as db:
            rows = db.execute("SELECT * FROM device ORDER BY registered_at, duid").fetchall()
        return tuple(self._device(row) for row in rows)

    def find(self, duid: str) -> Device | None:
        """A device, or None when the operator does not know it."""
        with self._books.open() as db:
            return self._find(db, duid)

    def device(self, duid: str) -> Device:
        """A device the operator knows.

        Raises:
            PortalError: there is no such device.
        """
        device = self.find(duid)
        if device is None:
            raise PortalError(f"no device {duid!r}")
        return device

    def register(self, duid: str, *, code: str | None = None) -> Device:
        """Make a device known, pending; one that is known already stays as it is.

        Args:
            duid: who it is.
            code: activation code of a new device; None draws one.
        """
        now = self.clock()
        with self._books.open() as db:
            db.execute(
                "INSERT INTO device VALUES (?, ?, '', 'pending', ?, ?, ?) ON CONFLICT DO NOTHING",
                (
                    duid,
                    _new_code() if code is None else code,
                    (now.date() + _SUBSCRIPTION).isoformat(),
                    ",".join(ALL_TYPES),
                    now.isoformat(),
                ),
            )
        return self.device(duid)

    def activate(self, duid: str) -> Device:
        """Turn a device on, and begin a new subscription where the old one has ended."""
        today = self._today()
        return self._change(
            duid,
            "standing = 'active', expiry_date = CASE WHEN expiry_date < ? THEN ? ELSE expiry_date END",
            today.isoformat(),
            (today + _SUBSCRIPTION).isoformat(),
        )

    def disable(self, duid: str) -> Device:
        """Switch a device off; its code changes too, else its viewer could switch it on again."""
        return self._change(duid, "standing = 'disabled', activation_code = ?", _new_code())

    def expire(self, duid: str, *, last_day: date | None = None) -> Device:
        """End the subscription of a device; without a last day, yesterday was it."""
        last_day = last_day or self._today() - timedelta(days=1)
        return self._change(duid, "standing = 'active', expiry_date = ?", last_day.isoformat())

    def rename(self, duid: str, owner_name: str) -> Device:
        """Say whose device it is."""
        return self._change(duid, "owner_name = ?", owner_name)

    def allow(self, duid: str, *types: str) -> Device:
        """Say which types of channels the subscription of a device is for."""
        return self._change(duid, "allowed_types = ?", ",".join(types))

    def forget(self, duid: str) -> None:
        """Take a device out of the books, as if it had never registered.

        Raises:
            PortalError: there is no such device.
        """
        with self._books.open() as db:
            if not db.execute("DELETE FROM device WHERE duid = ?", (duid,)).rowcount:
                raise PortalError(f"no device {duid!r}")

    # --- channels and news --------------------------------------------------------------------

    def channels(self, types: frozenset[str] | None = None) -> tuple[PortalChannel, ...]:
        """The channels of these types (None: every type) by name, the order a viewer finds them in."""
        with self._books.open() as db:
            rows = db.execute("SELECT * FROM channel ORDER BY name, id").fetchall()
        channels = (*(PortalChannel(**row) for row in rows), *self._own)
        gone = self.placements.gone(Content.STREAM)
        known = (each for each in channels if each.id not in gone)
        return tuple(each for each in known if types is None or each.type in types)

    def news(self) -> tuple[NewsItem, ...]:
        """The operator's news, newest first."""
        return self.bulletin.all()

    def may_watch(self, duid: str | None, channel: PortalChannel) -> bool:
        """Whether a device may watch a channel; free channels are anybody's who does not say who they are."""
        if duid is None:
            return channel.type in FREE_TYPES
        device = self.find(duid)
        return device is not None and channel.type in device.types

    def line_of(self, viewer: str) -> Line | None:
        """The line somebody watches with: named, or that of the box with this address."""
        return self._line(viewer, self.macs.find(viewer))

    def connections_of(self, viewer: str) -> int | None:
        """How many may watch at once with a line or a box (0: any number); None: it may not watch."""
        mac = self.macs.find(viewer)
        line = self._line(viewer, mac)
        if mac is not None and mac.status is not MacStatus.ACTIVE:
            return None
        if line is not None:
            return line.max_connections if line.status is LineStatus.ACTIVE else None
        return CONNECTIONS if mac is not None and not mac.login else None

    def _line(self, viewer: str, mac: Mac | None) -> Line | None:
        return self.lines.find(viewer if mac is None else mac.login)

    # --- the file -----------------------------------------------------------------------------

    def _found(
        self, db: sqlite3.Connection, channels: Sequence[PortalChannel], news: Sequence[NewsItem]
    ) -> bool:
        """Make tables and first rows where there are none yet; tells whether it did.

        Version 2 gave channels other ways to come in, version 3 an archive, and made lines, films and
        series, version 4 boxes known by their hardware address. What an older version had on the
        air gives way to what there is now; the devices, and so the boxes in their homes, stay.
        """
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("BEGIN IMMEDIATE")
        version = db.execute("PRAGMA user_version").fetchone()["user_version"]
        if version > _VERSION:
            raise PortalError(f"the portal's file {self._books.path} was written by a newer version")
        if version == _VERSION:
            return False
        for table in _MADE_ANEW:
            db.execute(f"DROP TABLE IF EXISTS {table}")
        schemas = (_SCHEMA, lines.SCHEMA, library.SCHEMA, macs.SCHEMA, events.SCHEMA)
        staffed = (staff.SCHEMA, audit.SCHEMA, placements.SCHEMA)
        for statement in ";".join((*schemas, *staffed)).split(";"):
            db.execute(statement)
        lines.mend(db)
        write_rows(db, "channel", channels)
        write_rows(db, "news", news)
        write_rows(db, "category", CATEGORIES)
        write_rows(db, "film", FILMS)
        write_rows(db, "series", SERIES)
        write_rows(db, "episode", EPISODES)
        db.execute(f"PRAGMA user_version = {_VERSION}")
        return True

    def _change(self, duid: str, assignments: str, *values: str) -> Device:
        with self._books.open() as db:
            db.execute(f"UPDATE device SET {assignments} WHERE duid = ?", (*values, duid))  # noqa: S608 # ours
        return self.device(duid)

    def _find(self, db: sqlite3.Connection, duid: str) -> Device | None:
        row = db.execute("SELECT * FROM device WHERE duid = ?", (duid,)).fetchone()
        return None if row is None else self._device(row)

    def _device(self, row: dict[str, str]) -> Device:
        expiry_date = date.fromisoformat(row["expiry_date"])
        standing = Standing(row["standing"])
        if standing is Standing.ACTIVE and expiry_date < self._today():
            standing = Standing.EXPIRED
        return Device(
            duid=row["duid"],
            activation_code=row["activation_code"],
            owner_name=row["owner_name"],
            standing=standing,
            expiry_date=expiry_date,
            allowed_types=row["allowed_types"],
            registered_at=datetime.fromisoformat(row["registered_at"]),
        )

    def _today(self) -> date:
        return self.clock().date()


def _new_code() -> str:
    return f"{secrets.randbelow(10_000):04}"
