"""Logging in at a panel, and what is kept of it: the address and the cookie, never the password."""

import json
import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from stb.admin.dialects import DIALECTS, Dialect
from stb.admin.wire import door, welcome
from stb.errors import AdminError, NoSession
from stb.net import HttpClient
from stb.settings.writing import write

_PAGES = re.compile(r"(login|index|dashboard|api|logout)(\.php)?")
"""What an operator may have copied along with the folder."""
_COOKIE = re.compile(r"[\w!#$%&'*+.^`|~-]{1,64}=[!#-+\--:<-\[\]-~]{0,4000}", re.ASCII)
"""Name and value as they may go into a header (RFC 6265, 4.1.1)."""
_MOST = 20
"""Panels whose sessions are kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """Somebody is logged in; the panel ends it after an hour without a question, and with another address."""

    address: str
    """The panel's folder, with a slash at its end."""
    dialect: Dialect
    cookies: Mapping[str, str] = field(repr=False)
    """Whoever has these is logged in."""

    @property
    def headers(self) -> dict[str, str]:
        """Of every question; without the first, ``xc_vm`` says nothing."""
        return _headers(self.cookies)

    def page(self, name: str) -> str:
        """The address of a page."""
        return self.address + name


def folder(url: str) -> str:
    """The panel's folder, of whatever address of it was typed.

    Raises:
        AdminError: it is no address of a panel, or holds a password.
    """
    try:
        parts = urlsplit(url if "//" in url else f"http://{url}")
        _ = parts.port
    except ValueError:
        raise AdminError("not an address of a panel") from None
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise AdminError("not an address of a panel")
    if "@" in parts.netloc:
        raise AdminError("no user name or password in the address, please: everybody on this machine sees it")
    before, _, last = parts.path.rpartition("/")
    path = before if not last or _PAGES.fullmatch(last) else parts.path
    return urlunsplit((parts.scheme, parts.netloc, f"{path.rstrip('/')}/", "", ""))


def log_in(http: HttpClient, url: str, user: str, password: str, dialect: str = "") -> Session:
    """Fill in the panel's form, as a browser does.

    Args:
        http: to speak through.
        url: of the panel; with ``xc_vm`` the folder of the access code belongs to it.
        user: of the administrator or reseller.
        password: theirs; it goes to the panel and nowhere else, a redirect included.
        dialect: the name of one; empty: found out by which form is there.

    Raises:
        AdminError: no panel there, or it lets nobody in; with its own words.
        Unreachable, Untrusted: as their names say.
    """
    address = folder(url)
    for spoken in (DIALECTS[dialect],) if dialect else DIALECTS.values():
        page = address + spoken.page("login")
        shown = http.get(page, _headers({}), follow=False)
        hidden = door(shown)
        if hidden is None:
            _tell_elsewhere(address, shown.location)
            continue
        fields = {**hidden, "username": user, "password": password, "login": "1"}
        reply = http.post_form(page, fields, _headers(shown.cookies))
        if why := welcome(reply):
            raise AdminError("not logged in", words=why)
        cookies = {**shown.cookies, **reply.cookies}
        if not cookies:
            raise AdminError("the panel gave no session")
        return Session(address=address, dialect=spoken, cookies=cookies)
    raise AdminError("no panel to log in at: a folder may be missing in the address (an access code, admin/)")


def log_out(http: HttpClient, session: Session) -> None:
    """End it at the panel.

    Raises:
        Unreachable, Untrusted: as their names say; it ends by itself after an hour.
    """
    http.get(session.page(session.dialect.page("logout")), session.headers, follow=False)


def place() -> Path:
    """The file of sessions, among the user's own (XDG Base Directory Specification)."""
    said = os.environ.get("XDG_STATE_HOME", "")
    state = Path(said) if said.startswith("/") else Path.home() / ".local" / "state"
    return state / "stb" / "admin.json"


def kept(path: Path, url: str = "") -> Session:
    """The session with a panel; without ``url``, with the last one that was logged in at.

    Raises:
        NoSession: there is none.
    """
    sessions = _read(path)
    address = folder(url) if url else ""
    for session in sessions:
        if address in {"", session.address}:
            return session
    raise NoSession("not logged in" + (" there" if url else "") + ": stb admin --url URL login")


def keep(path: Path, session: Session) -> None:
    """Write it down, for its owner's eyes only, before those of other panels.

    Raises:
        SettingsError: the file cannot be written.
    """
    others = (each for each in _read(path) if each.address != session.address)
    _write(path, (session, *others))


def forget(path: Path, session: Session) -> None:
    """Strike it out.

    Raises:
        SettingsError: the file cannot be written.
    """
    _write(path, (each for each in _read(path) if each.address != session.address))


def _headers(cookies: Mapping[str, str]) -> dict[str, str]:
    pairs = (f"{name}={value}" for name, value in cookies.items())
    sent = "; ".join(pair for pair in pairs if _COOKIE.fullmatch(pair))
    return {"X-Requested-With": "XMLHttpRequest", "Accept": "*/*"} | ({"Cookie": sent} if sent else {})


def _tell_elsewhere(address: str, location: str) -> None:
    """A panel that moved to TLS or to another name is asked there only by whoever knows the password."""
    if location and urlsplit(location)[:2] != urlsplit(address)[:2]:
        raise AdminError(f"the panel says that it is at {folder(location)}")


def _read(path: Path) -> tuple[Session, ...]:
    """What is in the file; what nobody can read is as if it were not there."""
    try:
        document = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return ()
    rows = document if isinstance(document, list) else []
    return tuple(
        Session(address=row["address"], dialect=DIALECTS[row["dialect"]], cookies=row["cookies"])
        for row in rows
        if isinstance(row, dict) and _is_session(row)
    )


def _is_session(row: Mapping[str, object]) -> bool:
    cookies = row.get("cookies")
    return (
        isinstance(row.get("address"), str)
        and isinstance(row.get("dialect"), str)
        and row["dialect"] in DIALECTS
        and isinstance(cookies, dict)
        and all(isinstance(value, str) for value in cookies.values())
    )


def _write(path: Path, sessions: Iterable[Session]) -> None:
    rows = [
        {"address": each.address, "dialect": each.dialect.name, "cookies": dict(each.cookies)}
        for _, each in zip(range(_MOST), sessions, strict=False)
    ]
    write(path, json.dumps(rows, indent=1).encode())
