"""The two dialects in which panels of this family speak: what each calls a thing, and what it lacks.

``xtream-ui`` has the names of the admin API's document; ``xc_vm`` renamed half of them. What the lists are
called, and in which column of them a name or a state stands, was read in both panels' own pages.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class Noun(StrEnum):
    """What an operator speaks of."""

    STREAM = "stream"
    MOVIE = "movie"
    EPISODE = "episode"
    USER = "user"
    CONNECTION = "connection"
    PROCESS = "process"

    @property
    def many(self) -> str:
        """Its plural."""
        return "processes" if self is Noun.PROCESS else f"{self}s"


SERVED = frozenset({Noun.STREAM, Noun.MOVIE, Noun.EPISODE})
"""What is on servers: each action names one."""
VERBS: Mapping[Noun, tuple[str, ...]] = MappingProxyType(
    {
        Noun.STREAM: ("start", "stop", "restart", "delete"),
        Noun.MOVIE: ("start", "stop", "delete"),
        Noun.EPISODE: ("start", "stop", "delete"),
        Noun.USER: (
            *("delete", "enable", "disable", "ban", "unban", "kill"),
            *("resetispuser", "lock", "unlock"),
        ),
        Noun.CONNECTION: ("kill",),
        Noun.PROCESS: ("kill",),
    }
)
"""What can be done with it."""
SUBS: Mapping[str, str] = MappingProxyType({"lock": "lockk", "unlock": "unlockk"})
"""Where the wire says a verb otherwise than we do."""
SHORT_LISTS: Mapping[Noun, str] = MappingProxyType(
    {
        Noun.STREAM: "streamlist",
        Noun.MOVIE: "movies",
        Noun.EPISODE: "episodes",
        Noun.USER: "userlist",
        Noun.CONNECTION: "live_connections",
        Noun.PROCESS: "processes",
    }
)
"""Actions that list, where a panel has no pages to read from: ids and texts, and what else it likes to tell.

Both dialects have those of streams and users; the others are of the portal that comes with the box.
"""
RIGHTS: Mapping[Noun, str] = MappingProxyType(
    {
        Noun.STREAM: "edit_stream",
        Noun.MOVIE: "edit_movie",
        Noun.EPISODE: "edit_episode",
        Noun.USER: "edit_user, and delete_users for a reseller who deletes",
        Noun.CONNECTION: "connection_logs",
        Noun.PROCESS: "process_monitor",
    }
)
"""The permission that the panel asks for."""


ALL_SERVERS = -1
"""As a server's number, where a dialect has that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """What an operator wants to be done."""

    noun: Noun
    verb: str
    """One of `VERBS`."""
    which: str
    """The id in the panel's list."""
    server: int = 0
    """On which one, of what is `SERVED` and of processes."""

    def __str__(self) -> str:
        """As it is said: ``stream 7 on server 1``."""
        where = {0: "", ALL_SERVERS: " on all servers"}.get(self.server, f" on server {self.server}")
        return f"{self.noun} {self.which}{where}"

    @property
    def parameters(self) -> dict[str, str]:
        """On the wire, without the action's name."""
        sub = SUBS.get(self.verb, self.verb)
        if self.noun in SERVED:
            return {"sub": sub, "stream_id": self.which, "server_id": str(self.server)}
        if self.noun is Noun.PROCESS:
            return {"server": str(self.server), "pid": self.which}
        return {"sub": sub, "user_id" if self.noun is Noun.USER else "pid": self.which}


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Where in a row of a list something stands, from 0; None: nowhere."""

    name: int
    state: int | None = None
    server: int | None = None
    user: int | None = None
    address: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """How one kind of panel is spoken to."""

    name: str
    suffix: str
    """Of its pages: ``.php``, or nothing."""
    table: str
    """The page of its lists."""
    actions: Mapping[Noun, str]
    """What its ``action`` is called."""
    lists: Mapping[Noun, str]
    """What the list of it is called; of processes there is a page instead."""
    columns: Mapping[Noun, Columns]
    single: Mapping[str, str]
    """What else to ask a list for: a row of its own for each server, and every user."""
    lacks: frozenset[tuple[Noun, str]] = frozenset()
    """What it cannot do."""
    all_servers: bool = False
    """Whether server -1 means all of them."""

    def page(self, name: str) -> str:
        """The last part of the address of a page: ``login.php``."""
        return f"{name}{self.suffix}"


_VOD_UI = Columns(name=1, server=2, state=4)
_VOD_XC = Columns(name=2, server=3, state=5)
_STREAM = Columns(name=2, server=3, state=5)

XTREAM_UI = Dialect(
    name="xtream-ui",
    suffix=".php",
    table="table_search.php",
    actions=MappingProxyType({noun: noun.value for noun in Noun} | {Noun.CONNECTION: "user_activity"}),
    lists=MappingProxyType(
        {
            Noun.STREAM: "streams",
            Noun.MOVIE: "movies",
            Noun.EPISODE: "episodes",
            Noun.USER: "users",
            Noun.CONNECTION: "live_connections",
        }
    ),
    columns=MappingProxyType(
        {
            Noun.STREAM: _STREAM,
            Noun.MOVIE: _VOD_UI,
            Noun.EPISODE: _VOD_UI,
            Noun.USER: Columns(name=1, state=4),
            Noun.CONNECTION: Columns(name=3, user=2, server=4, address=7),
        }
    ),
    single=MappingProxyType({"showall": "1"}),
)
XC_VM = Dialect(
    name="xc_vm",
    suffix="",
    table="table",
    actions=MappingProxyType(
        {noun: noun.value for noun in Noun} | {Noun.USER: "line", Noun.CONNECTION: "line_activity"}
    ),
    lists=MappingProxyType({**XTREAM_UI.lists, Noun.USER: "lines"}),
    columns=MappingProxyType(
        {
            Noun.STREAM: _STREAM,
            Noun.MOVIE: _VOD_XC,
            Noun.EPISODE: _VOD_XC,
            Noun.USER: Columns(name=1, state=4),
            Noun.CONNECTION: Columns(name=3, user=2, server=4, address=7),
        }
    ),
    lacks=frozenset((Noun.USER, verb) for verb in ("lock", "unlock", "resetispuser")),
    single=MappingProxyType({"single": "1"}),
    all_servers=True,
)

DIALECTS: Mapping[str, Dialect] = MappingProxyType({one.name: one for one in (XTREAM_UI, XC_VM)})
"""By their names, in the order in which a panel is tried."""
