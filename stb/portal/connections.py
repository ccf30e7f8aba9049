"""Who watches what now: counted against each line's limit, shown to the operator, cut when they must be."""

import asyncio
import itertools
import logging
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

log = logging.getLogger(__name__)

_LOOK_S = 1.0
"""How often the right to watch is looked at again."""
HLS_IDLE_S = 8.0
"""A viewer of segments that has not asked for so long has gone away."""
FILE_IDLE_S = 2.0
"""A viewer who winds a film closes one request and opens another."""


class Kind(StrEnum):
    """What is watched, as the addresses call it."""

    LIVE = "live"
    FILM = "movie"
    EPISODE = "series"
    PAST = "timeshift"


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewing:
    """Who wants to watch what."""

    line: str
    """User name, or the hardware address of a box that goes by that."""
    kind: Kind
    stream: int
    """Number of the channel, film or episode."""
    name: str
    """What is shown."""
    extension: str
    begin: int = 0
    """Of what is past: seconds since 1970."""
    seconds: int = 0
    """Of what is past: how long."""
    ip: str = ""
    agent: str = ""
    """What the player calls itself."""


@dataclass(frozen=True, slots=True)
class Connection:
    """Somebody watching something."""

    number: int
    """By which the operator can cut it; a panel calls it ``pid``."""
    viewing: Viewing
    started: datetime


@dataclass(slots=True, eq=False)
class Seat:
    """A connection as the portal holds it. Lives in the event loop."""

    connection: Connection
    idle_s: float
    """How long it is kept after its last request ended."""
    token: str = field(default_factory=secrets.token_urlsafe, repr=False)
    requests: int = 0
    """How many are being answered now."""
    touched: float = field(default_factory=time.monotonic)
    closed: bool = False
    displaced_by: "Seat | None" = None
    """Whose coming cut it."""
    cut: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def lapsed(self) -> bool:
        """Its viewer has gone away."""
        return not self.requests and time.monotonic() - self.touched >= self.idle_s


class Connections:
    """All that lines watch. Belongs to one event loop; `all` may be asked from any thread."""

    def __init__(self) -> None:
        """Begin with nobody."""
        self._seats: dict[int, Seat] = {}
        self._numbers = itertools.count(1)

    def all(self) -> tuple[Connection, ...]:
        """Every connection, the oldest first."""
        return tuple(seat.connection for seat in list(self._seats.values()))

    def count(self, line: str) -> int:
        """How many watch with a line."""
        return sum(connection.viewing.line == line for connection in self.all())

    def open(self, viewing: Viewing, limit: int, idle_s: float = 0.0) -> Seat:
        """Take a viewer in; where the line has ``limit`` already (0: no limit), its oldest is cut."""
        seat = Seat(Connection(next(self._numbers), viewing, datetime.now(UTC)), idle_s)
        while limit and self.count(viewing.line) >= limit:
            oldest = next(
                each for each in self._seats.values() if each.connection.viewing.line == viewing.line
            )
            oldest.displaced_by = seat
            self._cut(oldest, "as one more came than the line may have")
        self._seats[seat.connection.number] = seat
        return seat

    def close(self, seat: Seat) -> None:
        """Its viewer has gone."""
        seat.closed = True
        self._seats.pop(seat.connection.number, None)

    def cut(self, number: int) -> bool:
        """Take what it watches from a viewer; whether there was such a connection."""
        seat = self._seats.get(number)
        if seat is not None:
            self._cut(seat, "by the operator")
        return seat is not None

    @contextmanager
    def used(self, seat: Seat) -> Iterator[None]:
        """Answer a request of a viewer."""
        seat.requests += 1
        try:
            yield
        finally:
            seat.requests -= 1
            seat.touched = time.monotonic()
            if not seat.requests and not seat.idle_s:
                self.close(seat)

    async def watch(self, active: Callable[[str], bool]) -> None:
        """Until cancelled, let go who has left, and cut those whose line is no longer ``active``."""
        while True:
            await asyncio.sleep(_LOOK_S)
            for seat in list(self._seats.values()):
                if seat.lapsed:
                    self.close(seat)
            lines = {connection.viewing.line for connection in self.all()}
            ended = {line for line in lines if not await asyncio.to_thread(active, line)}
            for seat in list(self._seats.values()):
                if seat.connection.viewing.line in ended:
                    self._cut(seat, "as the line is no longer active")

    def _cut(self, seat: Seat, why: str) -> None:
        viewing = seat.connection.viewing
        log.info("%s is taken from line %s, %s", viewing.name, viewing.line, why)
        self.close(seat)
        seat.cut.set()


class Held(Response):
    """An answer that ends at once, whole or not, when its viewer is cut."""

    def __init__(self, connections: Connections, seat: Seat, answer: Response) -> None:
        """Give this answer to the viewer who has this seat."""
        super().__init__()
        self._connections = connections
        self._seat = seat
        self._answer = answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it."""
        with self._connections.used(self._seat):
            sending = asyncio.ensure_future(self._answer(scope, receive, send))
            cut = asyncio.ensure_future(self._seat.cut.wait())
            try:
                await asyncio.wait({sending, cut}, return_when=asyncio.FIRST_COMPLETED)
            finally:
                cut.cancel()
                sending.cancel()
                with suppress(asyncio.CancelledError):
                    await sending
