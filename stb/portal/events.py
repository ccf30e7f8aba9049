"""Events: what an operator wants of a box that is on, handed out one at a time when it asks."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from stb.errors import PortalError
from stb.portal.books import Books
from stb.portal.macs import normal

SCHEMA = """
CREATE TABLE IF NOT EXISTS event (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    mac TEXT NOT NULL,
    event TEXT NOT NULL,
    msg TEXT NOT NULL,
    need_confirm INTEGER NOT NULL,
    reboot_after_ok INTEGER NOT NULL,
    auto_hide_timeout INTEGER NOT NULL,
    param1 TEXT NOT NULL,
    priority INTEGER NOT NULL,
    sent INTEGER NOT NULL,
    ends INTEGER NOT NULL
) STRICT
"""
EVENTS = {
    "cut_off": 1,
    "cut_on": 1,
    "send_msg": 2,
    "send_msg_with_video": 2,
    "reboot": 3,
    "reload_portal": 3,
    "update_image": 3,
    "update_channels": 4,
    "update_subscription": 4,
    "update_epg": 4,
    "update_modules": 4,
    "additional_services_status": 4,
    "updated_places": 4,
    "mount_all_storages": 5,
    "show_menu": 5,
    "play_channel": 5,
    "play_radio_channel": 5,
}
"""What a box can be told (the protocol's "Watchdog"), with its turn: the lowest first, then the oldest."""
MESSAGES = {"send_msg", "send_msg_with_video"}
_MESSAGE_S = 7 * 24 * 3600
"""How long a message waits for its box."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One thing that a box is told."""

    id: int
    event: str
    msg: str
    """A text, HTML; the channel's number for ``play_channel``."""
    need_confirm: bool
    """It is told again until the viewer has confirmed it."""
    reboot_after_ok: bool
    auto_hide_timeout: int
    """Seconds; 0: it stays."""
    param1: str
    """Address of the video that goes with it."""
    sent: int
    """Seconds since 1970."""


class Events:
    """The queues of all boxes."""

    def __init__(self, books: Books, clock: Callable[[], datetime]) -> None:
        """Keep them in these books, whose table is there."""
        self._books = books
        self._clock = clock

    def send(  # noqa: PLR0913 # said by name
        self,
        mac: str,
        event: str,
        msg: str = "",
        *,
        need_confirm: bool = False,
        reboot_after_ok: bool = False,
        auto_hide_s: int = 0,
        video: str = "",
        lasts_s: int = 60,
    ) -> None:
        """Put something into a box's queue.

        Args:
            mac: the box.
            event: one of `EVENTS`.
            msg: as in `Event`, like the four after it.
            need_confirm: tell it until it is confirmed.
            reboot_after_ok: the box is to start anew once it is confirmed.
            auto_hide_s: seconds until a message goes away by itself; 0: it stays.
            video: address of what is shown with a message.
            lasts_s: for how many seconds anything but a message may wait; portals wait twice their period.

        Raises:
            PortalError: there is no such event.
        """
        if event not in EVENTS:
            raise PortalError(f"no event {event!r}: {', '.join(EVENTS)}")
        now = int(self._clock().timestamp())
        lasts_s = _MESSAGE_S if event in MESSAGES else lasts_s
        said = (normal(mac), event, msg, need_confirm, reboot_after_ok, auto_hide_s, video)
        with self._books.open() as db:
            db.execute(
                "INSERT INTO event (mac, event, msg, need_confirm, reboot_after_ok, auto_hide_timeout,"
                " param1, priority, sent, ends) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (*said, EVENTS[event], now, now + lasts_s),
            )

    def waiting(self, mac: str) -> tuple[Event, ...]:
        """What a box is still to be told, in the order in which it will be."""
        rows = self._books.rows(
            "SELECT * FROM event WHERE mac = ? AND ends > ? ORDER BY priority, id",
            normal(mac),
            int(self._clock().timestamp()),
        )
        return tuple(_event(row) for row in rows)

    def close(self, mac: str, number: int) -> None:
        """It was told, or confirmed; the number of no event of this box is nothing to close."""
        with self._books.open() as db:
            db.execute("DELETE FROM event WHERE mac = ? AND id = ?", (normal(mac), number))


def _event(row: dict[str, Any]) -> Event:
    return Event(
        id=row["id"],
        event=row["event"],
        msg=row["msg"],
        need_confirm=bool(row["need_confirm"]),
        reboot_after_ok=bool(row["reboot_after_ok"]),
        auto_hide_timeout=row["auto_hide_timeout"],
        param1=row["param1"],
        sent=row["sent"],
    )
