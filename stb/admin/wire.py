"""What panels answer, as values; nothing here speaks to anybody.

The same ``false`` is said to a missing right, an unknown sub-action and a dead connection; the same emptiness
to a lost session and to a streaming server that was too slow. What can be told apart is told apart here.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from http import HTTPStatus
from urllib.parse import urlsplit

from stb.admin.dialects import Dialect, Noun
from stb.admin.entries import Entry, from_cells, from_fields, from_page
from stb.admin.pages import Page, plain, read_page
from stb.errors import AdminError, EmptyAnswer, NoPermission, NoSession
from stb.net import Reply

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_DOORS = re.compile(r"(index|login|logout)(\.php)?")
_OBJECT = re.compile(r'\{\s*"')
_TRIES = 5
"""How many braces a document is sought behind: notices of PHP may stand before it."""


class Said(Enum):
    """What an action was answered."""

    DONE = auto()
    """True: of a start or stop only that it was passed on."""
    REFUSED = auto()
    ADDRESS_FORBIDDEN = auto()
    WRONG_KEY = auto()
    NO_SESSION = auto()
    EMPTY = auto()


_WORDS = {
    "IP FORBIDDEN": Said.ADDRESS_FORBIDDEN,
    "KEY WRONG": Said.WRONG_KEY,
    "NOT LOGGED IN": Said.NO_SESSION,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One page of a list."""

    entries: tuple[Entry, ...]
    rows: int
    """How many the panel sent, entries or not."""
    total: int
    """How many there are, as the panel says."""


def said(reply: Reply) -> tuple[Said, str]:
    """What an action was answered, and the panel's own words to it.

    Raises:
        AdminError: it is no answer: another page, another server, an HTTP error.
    """
    if _lost(reply):
        return Said.NO_SESSION, ""
    _refuse_status(reply)
    text = _text(reply)
    if not text:
        return Said.EMPTY, ""
    document = _document(text)
    words = list(_strings(document)) if document is not None else [text]
    for word in words:
        if known := _WORDS.get(word.strip().upper()):
            return known, ""
    if document is None:
        if read_page(text).asks_login:
            return Said.NO_SESSION, ""
        raise AdminError("a page came in place of an answer", words=plain(_without_tags(text)))
    if not isinstance(document.get("result"), bool):
        raise AdminError("no answer of an admin API", words=plain(text))
    own = plain(" ".join(word for word in words if word))
    return (Said.DONE if document["result"] else Said.REFUSED), own


def listing(reply: Reply, noun: Noun, dialect: Dialect) -> Listing:
    """One page of a list.

    Raises:
        NoSession: as its name says.
        EmptyAnswer: nothing at all, which is no empty list.
        NoPermission: the panel says no.
        AdminError: no list.
    """
    answered = _listed(reply)
    rows = next((value for name in ("data", "items") if isinstance(value := answered.get(name), list)), None)
    if rows is None:
        raise (
            NoPermission("the panel does not show this list")
            if answered.get("result") is False
            else AdminError("no list", words=plain(_text(reply)))
        )
    entries = (entry for row in rows for entry in _entries(row, noun, dialect))
    total = next(
        (_count(answered[name]) for name in ("recordsFiltered", "total_count") if name in answered), 0
    )
    return Listing(entries=tuple(entries), rows=len(rows), total=max(total, len(rows)))


def processes(reply: Reply, server: int) -> tuple[Entry, ...]:
    """The processes on the page of the monitor.

    Raises:
        NoSession, EmptyAnswer, AdminError: as `listing` has them.
    """
    if _lost(reply):
        raise NoSession("not logged in")
    if reply.status in _REDIRECTS:
        raise AdminError(f"the panel has no server {server}")
    _refuse_status(reply)
    text = _text(reply)
    if not text:
        raise EmptyAnswer("the panel says nothing")
    page = read_page(text)
    if page.asks_login:
        raise NoSession("not logged in")
    found = (from_page(row, server) for table in page.tables for row in table)
    return tuple({each.id: each for each in found if each}.values())


def welcome(reply: Reply) -> str:
    """Why the form for logging in did not open the door; empty: it did.

    Success is a redirect to the dashboard; everything else is a failure, most with a page of status 200.
    """
    if reply.status in _REDIRECTS:
        return "" if _last(reply.location).startswith("dashboard") else "the panel sends us elsewhere"
    if reply.status != HTTPStatus.OK:
        return f"HTTP {reply.status}"
    page = read_page(_text(reply))
    return _turned_away(page)


def _turned_away(page: Page) -> str:
    if "newpass" in page.fields:
        return "the password is too short for the panel's rules: change it there with a browser"
    if "gauth" in page.fields:
        return "the panel wants a second factor, which this tool does not have"
    if page.alert:
        return page.alert
    if page.captcha:
        return "the panel wants to see a person (reCAPTCHA)"
    if page.asks_login:
        return "user name or password refused"
    return "the panel lets nobody in from here, perhaps after too many failures"


def door(reply: Reply) -> Mapping[str, str] | None:
    """What the form for logging in carries along, by name; None: one does not log in here."""
    page = read_page(_text(reply))
    return page.hidden if reply.status == HTTPStatus.OK and page.asks_login else None


def _lost(reply: Reply) -> bool:
    return reply.status in _REDIRECTS and _DOORS.fullmatch(_last(reply.location)) is not None


def _last(address: str) -> str:
    try:
        return urlsplit(address).path.rpartition("/")[2]
    except ValueError:
        return ""


def _refuse_status(reply: Reply) -> None:
    if reply.status != HTTPStatus.OK:
        raise AdminError(f"no admin API answers there: HTTP {reply.status}")


def _text(reply: Reply) -> str:
    return reply.body.decode("utf-8", "replace").strip("\ufeff\0 \t\r\n")


def _without_tags(text: str) -> str:
    return re.sub(r"<[^<>]*>", " ", text)


def _document(text: str) -> Mapping[str, object] | None:
    """The first JSON object in it, or None."""
    decoder = json.JSONDecoder()
    for _, found in zip(range(_TRIES), _OBJECT.finditer(text), strict=False):
        try:
            document, _ = decoder.raw_decode(text, found.start())
        except (ValueError, RecursionError):
            continue
        if isinstance(document, dict):
            return document
    return None


def _strings(document: Mapping[str, object]) -> Iterator[str]:
    return (value for value in document.values() if isinstance(value, str))


def _listed(reply: Reply) -> Mapping[str, object]:
    if _lost(reply):
        raise NoSession("not logged in")
    _refuse_status(reply)
    text = _text(reply)
    if not text:
        raise EmptyAnswer("the panel says nothing")
    document = _document(text)
    if document is None:
        if read_page(text).asks_login:
            raise NoSession("not logged in")
        raise AdminError("a page came in place of a list", words=plain(_without_tags(text)))
    if any(word.strip().upper() == "NOT LOGGED IN" for word in _strings(document)):
        raise NoSession("not logged in")
    return document


def _entries(row: object, noun: Noun, dialect: Dialect) -> tuple[Entry, ...]:
    if isinstance(row, dict):
        return from_fields(noun, row)
    columns = dialect.columns.get(noun)
    entry = from_cells(noun, columns, row) if columns and isinstance(row, list) else None
    return (entry,) if entry else ()


def _count(value: object) -> int:
    digits = str(value) if isinstance(value, str | int) else ""
    return int(digits) if re.fullmatch(r"\d{1,9}", digits) else 0
