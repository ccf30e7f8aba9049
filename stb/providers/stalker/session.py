"""One device's session with one portal: who is asked, with which token, and what happens when it is lost."""

import os
import time
from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import TypeVar

from stb.errors import AccountDisabled, LoginRefused, NoSuchItem, ProviderError, ServerFault
from stb.net import Limits, Reply
from stb.providers.access import Access
from stb.providers.stalker import wire
from stb.providers.stalker.discovery import Endpoint
from stb.providers.stalker.entering import Caller, Entry, Step, entering
from stb.providers.stalker.finding import Finder
from stb.providers.stalker.mag import Pass, the_mag
from stb.providers.stalker.profile import ACTIVE, Profile, is_zone
from stb.providers.stalker.question import Question
from stb.providers.stalker.resting import Rest
from stb.providers.stalker.wire import Envelope

_SYSTEM = Path("/etc/localtime")
_TOO_MANY = 429
_SHORT = 4096
"""Bytes in which any refusal fits."""
T = TypeVar("T")


class Session:
    """Asks; signs in where it must. Threads may share it.

    What it learnt is in the source's memory, so that the refresh process goes on with the box's token, and
    the box with its.
    """

    def __init__(self, access: Access, clock: Callable[[], float] = time.monotonic) -> None:
        """Prepare to ask; nothing is sent yet.

        Raises:
            SettingsError: the source's address is none.
        """
        self._access = access
        self.source = access.source.id
        self.mag = the_mag(access.source, access.identity)
        self._finder = Finder(access, self.mag)
        self._lock = Lock()
        self._rest = Rest(clock)
        self.shown = self._kept()
        self.zone = access.memory.get("zone") or own_zone()
        self.profile: Profile | None = None

    @property
    def endpoint(self) -> Endpoint:
        """Where the portal is; where it most likely is until that is known."""
        return self._finder.likely

    @property
    def imitation(self) -> bool:
        """Whether the portal is a panel's imitation, as its token shows; signs in where there is none.

        Raises:
            ProviderError: as in `entering`.
        """
        shown, _ = self._hold()
        return bool(shown.token) and not shown.genuine

    @property
    def asks_for_links(self) -> bool:
        """Whether every link must be asked for, as far as is known."""
        if self.profile is not None:
            return self.profile.ask_for_links
        return self._access.memory.get("links") == "1"

    def sign_in(self) -> Entry:
        """Tell the portal who we are, whatever is known; see `entering`."""
        with self._lock:
            entry = self._enter()
            self._rest.interrupt()
            return entry

    def ask(self, question: Question, limits: Limits | None = None) -> Envelope:
        """Ask; where the token is lost, sign in once and ask once more.

        Raises:
            NoSuchItem: the portal answers nothing to this question.
            ProviderError: as in `entering` and `wire.envelope`; a portal that refused is left alone for
                a while, and the same error is raised without asking it.
        """
        return self._signed_in(lambda shown: self._opened(self._send(question, shown, limits)))

    def fetch(self, question: Question, path: Path, limits: Limits) -> None:
        """Ask for what may be very long, and have it in a file; else as `ask`."""
        self._signed_in(lambda shown: self._fetched(question, shown, path, limits))

    def _signed_in(self, ask: Callable[[Pass], T]) -> T:
        shown, entered = self._hold()
        while True:
            try:
                answer = ask(shown)
            except wire.TokenLost as lost:
                if entered:
                    raise self._given_up(lost) from None
                shown, entered = self._renew(shown)
            else:
                self._rest.end()
                return answer

    def tell(self, question: Question) -> Envelope:
        """Ask with what we have, without signing in; a refusal is no reason to leave the portal alone.

        Raises:
            ProviderError: as in `wire.envelope`.
        """
        return wire.envelope(self._send(question, self.shown), self.source)

    def _opened(self, reply: Reply) -> Envelope:
        try:
            return wire.envelope(reply, self.source)
        except wire.NotThere as error:
            refused = LoginRefused(
                f"{error}: banned, or moved", source=self.source, status=error.status, words=""
            )
            self._rest.begin(refused)
            raise refused from None
        except ServerFault as error:
            if error.status == _TOO_MANY:
                self._rest.begin(error)
            raise

    def _given_up(self, lost: wire.TokenLost) -> ProviderError:
        """The error for a question that is refused though we are let in."""
        if isinstance(lost, wire.Silent):
            return NoSuchItem("the portal says nothing to that", source=self.source, status=lost.status)
        refused = LoginRefused(f"{lost}, after signing in", source=self.source, status=lost.status)
        self._rest.begin(refused)
        return refused

    def _hold(self) -> tuple[Pass, bool]:
        """A pass to show, and whether it was got just now."""
        with self._lock:
            self._rest.keep()
            if self._finder.found and (self.shown.token or self.profile is not None):
                return self.shown, False
            return self._enter_to_ask(), True

    def _renew(self, lost: Pass) -> tuple[Pass, bool]:
        """Another pass than the lost one: another thread's, the other process's, or a new one."""
        with self._lock:
            self._rest.keep()
            if self.shown != lost:
                return self.shown, False
            kept = self._kept()
            if kept.token and kept != lost:
                self.shown = kept
                return kept, False
            return self._enter_to_ask(), True

    def _enter_to_ask(self) -> Pass:
        try:
            entry = self._enter()
            if entry.profile.status != ACTIVE:
                raise AccountDisabled(
                    "the portal has switched this device off", source=self.source, words=entry.profile.words
                )
        except ProviderError as error:
            self._rest.begin(error)
            raise
        return entry.shown

    def _enter(self) -> Entry:
        """Find the portal if need be, and sign in."""
        first = self._found()
        if first is None:
            self._finder.greet(self.zone)
        caller = Caller(
            mag=self.mag,
            source=self.source,
            login=self._access.source.user,
            password=self._access.password,
            now=int(time.time()),
        )
        # A place that was just found has answered a handshake: that answer is used, not asked for again.
        asking = entering(caller, Pass() if first else self._kept())
        try:
            step = next(asking)
            while True:
                step = asking.send(first or self._send_step(step))
                first = None
        except StopIteration as ended:
            entry: Entry = ended.value
        except wire.NotThere as error:
            self._finder.forget()
            raise LoginRefused(
                "no portal there any more, or banned", source=self.source, status=error.status
            ) from None
        except wire.TokenLost as error:
            raise LoginRefused(str(error), source=self.source, status=error.status) from None
        self._keep(entry)
        return entry

    def _found(self) -> Reply | None:
        """Find the portal; its answer to our handshake, or None where it was found before."""
        if self._finder.found is None:
            self._finder.recall()  # the other process may have found it
        return self._finder.find(self.zone) if self._finder.found is None else None

    def _send_step(self, step: Step) -> Reply:
        return self._send(step.question, step.shown)

    def _send(self, question: Question, shown: Pass, limits: Limits | None = None) -> Reply:
        endpoint = self.endpoint
        headers = self.mag.headers(endpoint.page, shown, self.zone)
        http = self._access.http.within(limits) if limits else self._access.http
        return http.get(f"{endpoint.api}?{question.query}", headers)

    def _fetched(self, question: Question, shown: Pass, path: Path, limits: Limits) -> None:
        """What is short is opened at once, since it may be a refusal."""
        headers = self.mag.headers(self.endpoint.page, shown, self.zone)
        http = self._access.http.within(limits)
        with http.opened(f"{self.endpoint.api}?{question.query}", headers) as opened, path.open("wb") as file:
            size = sum(file.write(piece) for piece in opened.pieces())
            status = opened.status
        if size < _SHORT or status != 200:  # noqa: PLR2004 - HTTP's own
            self._opened(Reply(status=status, body=path.read_bytes()[:_SHORT]))

    def _kept(self) -> Pass:
        """What was kept for this hardware address, by this process or the other."""
        memory = self._access.memory
        if memory.get("mac") != self.mag.mac or self._finder.found is None:
            return Pass()
        return Pass(token=memory.get("token"), random=memory.get("random"))

    def _keep(self, entry: Entry) -> None:
        self.shown, self.profile = entry.shown, entry.profile
        self.zone = entry.profile.zone or self.zone
        if entry.profile.status == ACTIVE:
            self._access.memory.put(
                mac=self.mag.mac,
                token=entry.shown.token,
                random=entry.shown.random,
                zone=entry.profile.zone,
                links="1" if entry.profile.ask_for_links else "",
            )


def own_zone() -> str:
    """The system's time zone, an IANA name; UTC where it does not say."""
    try:
        name = os.fspath(_SYSTEM.readlink()).partition("zoneinfo/")[2]
    except OSError:
        return "UTC"
    return name if is_zone(name) else "UTC"
