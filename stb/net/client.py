"""One operator's HTTP: a session, its limits, and the one seam where the library's errors become ours."""

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from copy import copy
from email.message import Message
from functools import partial
from http import HTTPStatus
from http.cookiejar import DefaultCookiePolicy
from urllib.parse import urljoin, urlsplit

import requests
from requests.exceptions import ContentDecodingError

from stb import __version__
from stb.errors import BadReply, NoSuchItem, ServerFault
from stb.model import SourceId
from stb.net.answers import PIECE, Limits, Opened, Reply, date_of, location_of
from stb.net.deadline import Deadline, DeadlineAdapter
from stb.net.redaction import redacted
from stb.net.troubles import BELOW, trouble

log = logging.getLogger(__name__)
logging.getLogger("urllib3").setLevel(logging.ERROR)  # its lines repeat addresses with their secrets

USER_AGENT = f"stb/{__version__}"
"""What the box calls itself where nobody says otherwise."""
REDIRECTS = 5
"""How often an operator may send us elsewhere before it is a circle."""
_WEB = frozenset({"http", "https"})
_CODINGS = frozenset({"", "identity", "gzip", "x-gzip", "deflate"})
"""Each by itself: nested ones unpack without end."""


class HttpClient:
    """HTTP with one operator; its calls block and raise `ProviderError`. Threads may share it.

    Only looking the operator's name up stays outside the bounds: the system's resolver cannot be cut.
    """

    def __init__(
        self,
        source: SourceId,
        *,
        user_agent: str = USER_AGENT,
        limits: Limits | None = None,
        fingerprint: str = "",
        knows_time: Callable[[], bool] = lambda: True,
    ) -> None:
        """Prepare a session; nothing is sent yet.

        Args:
            source: whose server it is; kept on every error.
            user_agent: what the box calls itself.
            limits: how long and how large; the defaults are for small JSON answers.
            fingerprint: of the one certificate (SHA-256, hexadecimal) that is trusted whoever vouches for it
                and whatever it says; empty: none.
            knows_time: whether the machine's clock was set; a certificate from the future is then not for
                want of the time.
        """
        self.source = source
        self.limits = limits or Limits()
        """How long and how large; see `within`."""
        self._knows_time = knows_time
        self._session = requests.Session()
        # A proxy variable or a .netrc on a developer's machine must not change whom the box speaks to or
        # add a password to what it says; the box itself has neither.
        self._session.trust_env = False
        # Pictures come from anywhere, and no operator's protocol needs what a server asks to be kept.
        self._session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=()))
        self._session.headers.update(
            {"User-Agent": user_agent, "Accept-Encoding": "gzip, identity", "Connection": "close"}
        )
        self._adapter = DeadlineAdapter(fingerprint)
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, self._adapter)

    def post_json(self, address: str, body: Mapping[str, object]) -> Reply:
        """Send a JSON object and hear the whole answer, of any status but a redirect.

        Never sent twice by itself: a POST that was cut off may have been obeyed.

        Raises:
            Unreachable, Untrusted: as their names say.
            BadReply: endless redirects, an answer over the limit, a coding nobody can unpack.
        """
        return self._ask("POST", address, self.limits.size, json=body, headers={"Accept": "application/json"})

    def post_form(
        self, address: str, fields: Mapping[str, str], headers: Mapping[str, str] | None = None
    ) -> Reply:
        """Send a form as a browser does, once, and hear the whole answer; a redirect is an answer too.

        Raises:
            Unreachable, Untrusted: as their names say.
            BadReply: another scheme, an answer over the limit, a coding nobody can unpack.
        """
        self._refuse_others(address)
        return self._ask("POST", address, self.limits.size, follow=False, data=fields, headers=headers or {})

    def get(self, address: str, headers: Mapping[str, str] | None = None, *, follow: bool = True) -> Reply:
        """Ask, and hear the whole answer, of any status but a redirect, or of that too without ``follow``.

        Raises:
            Unreachable, Untrusted: as their names say.
            BadReply: another scheme, endless redirects, an answer over the limit, a coding nobody can unpack.
        """
        self._refuse_others(address)
        return self._ask("GET", address, self.limits.size, follow=follow, headers=headers or {})

    @contextmanager
    def opened(self, address: str, headers: Mapping[str, str] | None = None) -> Iterator[Opened]:
        """Ask, and read the answer piece by piece inside the ``with``: for what may be very long.

        Raises:
            Unreachable, Untrusted: as their names say, also while it is read.
            BadReply: another scheme, endless redirects, a coding nobody can unpack.
        """
        self._refuse_others(address)
        with ExitStack() as stack:
            deadline = stack.enter_context(Deadline(self.limits.whole))
            with self._seam(address, deadline):
                answer = stack.enter_context(self._answered("GET", address, deadline, headers=headers or {}))
                self._coding(answer)
            # What goes wrong in the caller's hands is no trouble of the operator's.
            bounded = partial(self._bounded, self.limits.size, answer.status_code)
            yield Opened(answer, partial(self._seam, address, deadline), bounded)

    def greet(self, address: str) -> None:
        """Connect and see that the server is whose it should be; nothing is asked.

        Raises:
            Unreachable, Untrusted: as their names say.
        """
        with Deadline(self.limits.whole) as deadline, self._seam(address, deadline), deadline.watching():
            question = self._session.prepare_request(requests.Request("GET", address))
            self._adapter.greet(question, verify=self._session.verify)

    def _refuse_others(self, address: str) -> None:
        if urlsplit(address).scheme not in _WEB:
            raise self._bad("not an address of the web", where="address", got=redacted(address))

    def get_bytes(self, address: str, limit: int) -> bytes:
        """Fetch a file of at most so many bytes from any server: http and https only.

        Raises:
            Unreachable, Untrusted: as their names say.
            NoSuchItem: the server does not give it (4xx).
            ServerFault: the server is broken (5xx).
            BadReply: another scheme, endless redirects, more bytes, a coding nobody can unpack.
        """
        self._refuse_others(address)
        reply = self._ask("GET", address, limit, headers={"Accept": "*/*"})
        if reply.status == HTTPStatus.OK:
            return reply.body
        kinds = {4: NoSuchItem, 5: ServerFault}
        if kind := kinds.get(reply.status // 100):
            raise kind(f"HTTP {reply.status}", source=self.source, status=reply.status)
        raise self._bad("no file", where="status", got=str(reply.status), status=reply.status)

    def within(self, limits: Limits) -> "HttpClient":
        """The same client with other limits, for answers that take longer or are larger."""
        other = copy(self)
        other.limits = limits
        return other

    def close(self) -> None:
        """Give connections back. Safe to call twice."""
        self._session.close()

    def _ask(
        self, method: str, address: str, size: int, *, follow: bool = True, **how: Mapping[str, object]
    ) -> Reply:
        with (
            Deadline(self.limits.whole) as deadline,
            self._seam(address, deadline),
            self._answered(method, address, deadline, follow=follow, **how) as answer,
        ):
            reply = self._reply(answer, size)
        log.debug("%s %s status=%d bytes=%d", method, redacted(address), reply.status, len(reply.body))
        return reply

    @contextmanager
    def _answered(
        self,
        method: str,
        address: str,
        deadline: Deadline,
        *,
        follow: bool = True,
        **how: Mapping[str, object],
    ) -> Iterator[requests.Response]:
        """The answer, after all redirects with ``follow``; its body is not read yet."""
        for _ in range(REDIRECTS + 1):
            with self._sent(method, address, deadline, how) as answer:
                elsewhere = self._redirect(answer, address) if follow else ""
                if not elsewhere:
                    yield answer
                    return
            address = elsewhere
        raise self._bad("the operator sends us in circles", where="Location", got=redacted(address))

    def _sent(
        self, method: str, address: str, deadline: Deadline, how: Mapping[str, Mapping[str, object]]
    ) -> requests.Response:
        with deadline.watching():
            return self._session.request(
                method,
                address,
                **how,  # type: ignore[arg-type]
                timeout=(self.limits.connect, self.limits.read),
                stream=True,
                allow_redirects=False,
            )

    def _redirect(self, answer: requests.Response, address: str) -> str:
        """Where the same question is to be asked again; empty where this is the answer.

        The question stays a POST for 301 and 302 too (RFC 9110, 15.4 leaves it open): a browser's GET
        would lose it, and the usual reason is a server that moved from http to https.
        """
        location = answer.headers.get("Location", "")
        if answer.status_code not in {301, 302, 307, 308} or not location:
            return ""
        target = urljoin(address, location)
        schemes = frozenset({"https"}) if urlsplit(address).scheme == "https" else _WEB
        if urlsplit(target).scheme not in schemes:
            raise self._bad("the operator sends us elsewhere", where="Location", got=redacted(target))
        return target

    def _reply(self, answer: requests.Response, size: int) -> Reply:
        said = Message()
        said["Content-Type"] = answer.headers.get("Content-Type", "")
        return Reply(
            status=answer.status_code,
            media_type=said.get_content_type(),
            charset=(said.get_content_charset() or ""),
            body=self._body(answer, size),
            date=date_of(answer.headers.get("Date", "")),
            location=location_of(answer),
            cookies={cookie.name: cookie.value or "" for cookie in answer.cookies},
        )

    def _body(self, answer: requests.Response, size: int) -> bytes:
        coding = self._coding(answer)
        body = bytearray()
        try:
            for piece in self._bounded(size, answer.status_code, answer.iter_content(PIECE)):
                body += piece
        except ContentDecodingError:
            raise self._bad("garbled coding", where="body", got=coding, status=answer.status_code) from None
        return bytes(body)

    def _bounded(self, size: int, status: int, pieces: Iterator[bytes]) -> Iterator[bytes]:
        left = size
        for piece in pieces:
            left -= len(piece)
            if left < 0:
                raise self._bad(f"more than {size} bytes", where="body", got="", status=status)
            yield piece

    def _coding(self, answer: requests.Response) -> str:
        """How the body is packed.

        Raises:
            BadReply: in a way nobody can unpack.
        """
        coding = answer.headers.get("Content-Encoding", "identity").strip().lower()
        if coding not in _CODINGS:
            raise self._bad("unknown coding", where="Content-Encoding", got=coding, status=answer.status_code)
        return coding

    def _bad(self, text: str, *, where: str, got: str, status: int | None = None) -> BadReply:
        return BadReply(text, where=where, got=got, source=self.source, status=status)

    @contextmanager
    def _seam(self, address: str, deadline: Deadline) -> Iterator[None]:
        """Turn what the library below raises into our errors, the root of the trouble as their cause."""
        try:
            with deadline.in_time():
                yield
        except BELOW as error:
            met, root = trouble(error, address, self.source, knows_time=self._knows_time())
            raise met from root
