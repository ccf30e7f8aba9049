"""A panel: its lists, and its actions with what came of them."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from time import monotonic, sleep
from urllib.parse import urlencode

from stb.admin.dialects import ALL_SERVERS, RIGHTS, SERVED, SHORT_LISTS, Deed, Noun
from stb.admin.entries import Entry
from stb.admin.session import Session
from stb.admin.verdicts import Verdict, judge
from stb.admin.wire import Said, listing, processes, said
from stb.errors import (
    AddressForbidden,
    AdminError,
    BadReply,
    EmptyAnswer,
    NoPermission,
    NoSession,
    Unreachable,
    WrongKey,
)
from stb.net import HttpClient, Limits, Reply

log = logging.getLogger(__name__)

LIMITS = Limits(connect=10.0, read=30.0, whole=60.0, size=32 * 1024 * 1024)
"""A panel waits 5 s for its streaming server before it answers, and sends a thousand rows at once."""
_LENGTH = 1000
"""Rows of a list asked for at once: the most that panels give."""
_MOST = 500
"""Pages of a list: half a million rows."""
_PAUSE = 0.5
"""Seconds between two looks at a list."""
_NOTHING = "stb-nothing"
"""An action that no panel has: ``false`` is said to it, and nothing, or a complaint, without a session."""
_LOST = "not logged in, or no longer: stb admin login"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of an action that the panel did not refuse."""

    verified: bool
    """Whether it is to be seen in the panel's lists."""
    answered: bool
    """Whether the panel said anything to it: the streaming server behind it may be slow."""
    words: str
    """What is seen, or why nothing is."""
    entries: tuple[Entry, ...] = ()
    """What was acted on, as the panel shows it afterwards."""


class Panel:
    """A panel that somebody is logged in at. Its calls block."""

    def __init__(
        self,
        http: HttpClient,
        session: Session,
        *,
        patience: float = 10.0,
        clock: Callable[[], float] = monotonic,
        pause: Callable[[float], None] = sleep,
    ) -> None:
        """Prepare; nothing is sent yet.

        Args:
            http: to speak through.
            session: from `log_in` or `kept`.
            patience: seconds for which an action may take to be seen in the lists.
            clock: seconds that go by.
            pause: lets some of them go by.
        """
        self._http = http
        self._session = session
        self._dialect = session.dialect
        self._patience = patience
        self._clock = clock
        self._pause = pause

    def entries(
        self, noun: Noun, *, server: int = 0, narrow: dict[str, str] | None = None
    ) -> tuple[Entry, ...]:
        """A list, whole.

        Args:
            noun: of what.
            server: which one's, of processes.
            narrow: what the panel is asked to leave the list to, ``user_id`` or ``stream_id``; it may not.

        Raises:
            NoSession, NoPermission: as their names say.
            AdminError: no list.
            Unreachable, Untrusted: as their names say.
        """
        try:
            found = self._processes(server) if noun is Noun.PROCESS else self._listed(noun, narrow or {})
        except EmptyAnswer:
            self._need_session()
            raise NoPermission(f"the panel does not show its list of {noun.many} to this account") from None
        if not found:
            self._need_session()  # a list is empty for want of a session too
        return found

    def find(self, deed: Deed) -> tuple[Entry, ...]:
        """What is meant: a stream on each of its servers, or on one; a user, a connection, a process.

        Raises:
            NoSession, NoPermission, AdminError, Unreachable, Untrusted: as `entries` has them.
        """
        narrow = {"stream_id": deed.which} if deed.noun in SERVED else {}
        found = (
            each
            for each in self.entries(deed.noun, server=deed.server, narrow=narrow)
            if each.id == deed.which
        )
        if deed.noun not in SERVED or deed.server in {0, ALL_SERVERS}:
            return tuple(found)
        return tuple(each for each in found if each.server in {deed.server, None})

    def act(self, deed: Deed) -> Outcome:
        """Do something, once, and see what came of it.

        What the panel shows before is looked at first: nothing is asked about what is not there.

        Raises:
            NoSession, NoPermission, AddressForbidden, WrongKey: as their names say.
            AdminError: the panel cannot, does not have it, or answers nonsense.
            Unreachable, Untrusted: as their names say.
        """
        self._need_able(deed)
        self._need_there(deed)
        before = self._seen(deed)
        answered = self._ask(deed)
        until = self._clock() + self._patience
        while True:
            after = self._seen(deed)
            verdict = _verdict(deed, before, after)
            if verdict.seen is not False or self._clock() >= until:
                break
            self._pause(_PAUSE)
        return Outcome(
            verified=verdict.seen is True, answered=answered, words=verdict.words, entries=after or ()
        )

    def _need_able(self, deed: Deed) -> None:
        name = self._dialect.name
        if (deed.noun, deed.verb) in self._dialect.lacks:
            raise AdminError(f"panels that speak {name} have no {deed.verb} of a {deed.noun}")
        if deed.server == ALL_SERVERS and not self._dialect.all_servers:
            raise AdminError(f"panels that speak {name} take one server at a time")

    def _need_there(self, deed: Deed) -> None:
        try:
            there = self.find(deed)
        except NoPermission:
            return
        if not there:
            raise AdminError(f"the panel has no {deed}; nothing was asked of it")

    def _seen(self, deed: Deed) -> tuple[Entry, ...] | None:
        """What the verdict is about; None: this account may not see it."""
        try:
            if (deed.noun, deed.verb) != (Noun.USER, "kill"):
                return self.find(deed)
            live = self.entries(Noun.CONNECTION, narrow={"user_id": deed.which})
        except NoPermission:
            return None
        return tuple(each for each in live if each.user_id in {deed.which, ""})

    def _ask(self, deed: Deed) -> bool:
        """Send the one question that does something. Whether it was answered."""
        question = {"action": self._dialect.actions[deed.noun], **deed.parameters}
        log.debug("asked action=%s verb=%s id=%s", question["action"], deed.verb, deed.which)
        try:
            answer, words = said(self._get(self._dialect.page("api"), question))
        except (Unreachable, BadReply):
            return False  # it may have been obeyed: the lists will tell, or are as silent
        match answer:
            case Said.DONE:
                return True
            case Said.EMPTY:
                self._need_session()
                return False
            case Said.NO_SESSION:
                raise NoSession(_LOST)
            case Said.ADDRESS_FORBIDDEN:
                raise AddressForbidden("the streaming server does not listen to the panel (IP FORBIDDEN)")
            case Said.WRONG_KEY:
                raise WrongKey("the streaming server does not take the panel's key (KEY WRONG)")
            case Said.REFUSED:
                right = RIGHTS[deed.noun]
                raise NoPermission(f"the panel says no, and not why; it asks for {right}", words=words)

    def _listed(self, noun: Noun, narrow: dict[str, str]) -> tuple[Entry, ...]:
        found: dict[tuple[str, int | None], Entry] = {}
        rows = 0
        for turn in range(1, _MOST + 1):
            page = listing(self._page(noun, narrow, turn, rows), noun, self._dialect)
            fresh = {(each.id, each.server): each for each in page.entries}
            rows += page.rows
            if not fresh.keys() - found.keys() or rows >= page.total:
                return tuple((found | fresh).values())
            found |= fresh
        raise AdminError("the panel's list has no end")

    def _page(self, noun: Noun, narrow: dict[str, str], turn: int, start: int) -> Reply:
        """One page of a list as the panel's own page asks for it, or, where there is none, as an action."""
        if noun in self._dialect.lists:
            question = {
                "id": self._dialect.lists[noun],
                "draw": str(turn),
                "start": str(start),
                "length": str(_LENGTH),
                "order[0][column]": "0",
                "order[0][dir]": "asc",
                "search[value]": "",
                **self._dialect.single,
                **narrow,
            }
            reply = self._get(self._dialect.table, question)
            if reply.status != HTTPStatus.NOT_FOUND:
                return reply
        question = {"action": SHORT_LISTS[noun], "search": "", "page": str(turn), **narrow}
        return self._get(self._dialect.page("api"), question)

    def _processes(self, server: int) -> tuple[Entry, ...]:
        which = {"server": str(server)}
        reply = self._get(self._dialect.page("process_monitor"), which)
        if reply.status != HTTPStatus.NOT_FOUND:
            return processes(reply, server)
        return tuple(each for each in self._listed(Noun.PROCESS, which) if each.server in {server, None})

    def _need_session(self) -> None:
        """Raise `NoSession` unless somebody is logged in."""
        answer, _ = said(self._get(self._dialect.page("api"), {"action": _NOTHING}))
        if answer in {Said.EMPTY, Said.NO_SESSION}:
            raise NoSession(_LOST)

    def _get(self, page: str, question: dict[str, str]) -> Reply:
        address = f"{self._session.page(page)}?{urlencode(question)}"
        return self._http.get(address, self._session.headers, follow=False)


def _verdict(deed: Deed, before: Sequence[Entry] | None, after: Sequence[Entry] | None) -> Verdict:
    if before is None or after is None:
        return Verdict(seen=None, words="this account may not see the list in which it would show")
    return judge(deed, before, after)
