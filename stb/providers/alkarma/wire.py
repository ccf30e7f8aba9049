"""The answers of the AlKarma client API, from bytes to values and errors of ours. Pure.

Source: "AlKarma TV IPTV - Client API Documentation", sections of the same names. Fields that the document
does not have are passed over; those it has and we do not need may be missing or of any type.
"""

import hashlib
import json
from dataclasses import replace

from stb.errors import AccountDisabled, LoginRefused, NotRegistered, ProviderError, ServerFault
from stb.model import Account, AccountStatus, Duid, NewsItem, Registration, SourceId
from stb.net import Reply
from stb.providers.alkarma.news import news_list
from stb.providers.alkarma.rows import ChannelList, channel_list
from stb.providers.decoding import bad, day, json_value, words

_READING = 2
"""Raised when more of a row is read than before, so that lists on the box's disk are read again."""
_STATUSES = {
    "active": AccountStatus.ACTIVE,
    "expired": AccountStatus.EXPIRED,
    "disabled": AccountStatus.DISABLED,
}
_BUSY = (408, 425, 429)
"""HTTP's ways of "not now": the server is there and a later question may be answered."""
_CODE_DIGITS = 4


def account(reply: Reply, source: SourceId, origin: str) -> Account:
    """What ``check-device`` says of this device ("Check Device Status").

    Raises:
        LoginRefused, ServerFault, BadReply: as their names say.
    """
    answer = _answer(reply, source)
    who = _account(reply, answer, source)
    revision = _revision(reply, _object(answer.get("data")), source, origin)
    return replace(who, revision=revision, told_at=reply.date)


def channels(reply: Reply, source: SourceId, origin: str) -> ChannelList:
    """The channels of a ``check-device`` answer; an expired device has those the server still gives.

    Raises:
        NotRegistered, AccountDisabled: the device gets none; ``.words`` are the operator's.
        LoginRefused, ServerFault, BadReply: as their names say.
    """
    answer = _answer(reply, source)
    admit(_account(reply, answer, source), source)
    rows = _object(answer.get("data")).get("channels")
    if not isinstance(rows, list):
        raise bad(reply, source, "data.channels", rows, "no list")
    found = channel_list(rows, source, origin)
    if found.skipped and not found.channels:
        # Nothing in it reads like a channel: not a list of bad rows but another protocol.
        raise bad(reply, source, found.skipped[0], rows[0], "no channel in the list")
    return found


def news(reply: Reply, source: SourceId) -> tuple[NewsItem, ...]:
    """The news of a ``check-device`` answer, newest first; none where the answer has no list of them.

    Raises:
        LoginRefused, ServerFault, BadReply: as their names say.
    """
    rows = _object(_answer(reply, source).get("data")).get("news")
    return news_list(rows, source) if isinstance(rows, list) else ()


def admit(who: Account, source: SourceId) -> None:
    """Let a device that may watch pass.

    Raises:
        NotRegistered, AccountDisabled: it may not; ``.words`` are the operator's.
    """
    if who.status is AccountStatus.UNREGISTERED:
        raise NotRegistered("the operator does not know this device", source=source, words=who.message)
    if who.status is AccountStatus.DISABLED:
        raise AccountDisabled("the operator has disabled this device", source=source, words=who.message)


def registration(reply: Reply, source: SourceId, duid: Duid) -> Registration:
    """What ``register-device`` gave ("Register New Device").

    Raises:
        LoginRefused, ServerFault, BadReply: as their names say.
    """
    answer = _answer(reply, source)
    _refuse(reply, answer, source)
    data = _object(answer.get("data"))
    given = words(data.get("duid")) or duid
    if given.upper() != duid:
        raise bad(reply, source, "data.duid", given, "another device's registration")
    # A server that sends the code as a number has lost its leading zeros.
    code = words(data.get("activation_code"), 32)
    if not code:
        raise bad(reply, source, "data.activation_code", data.get("activation_code"), "no code")
    return Registration(duid=duid, code=code.zfill(_CODE_DIGITS))


def activated(reply: Reply, source: SourceId) -> None:
    """Pass when ``activate-device`` made the device active, or found it so ("Activate Device").

    Raises:
        LoginRefused: the code is wrong, or missing.
        NotRegistered: the operator does not know this device.
        ServerFault, BadReply: as their names say.
    """
    answer = _answer(reply, source)
    if "already activated" in words(answer.get("error")).casefold():
        return
    if _unknown_device(answer):
        raise NotRegistered(
            "the operator does not know this device",
            source=source,
            status=reply.status,
            words=_message(answer),
        )
    _refuse(reply, answer, source)
    status = _object(answer.get("data")).get("status")
    if words(status).lower() != "active":
        raise bad(reply, source, "data.status", status, "not activated")


def _account(reply: Reply, answer: dict[str, object], source: SourceId) -> Account:
    if _unknown_device(answer):
        return Account(status=AccountStatus.UNREGISTERED, message=_message(answer))
    _refuse(reply, answer, source)
    device = _object(_object(answer.get("data")).get("device"))
    said = answer.get("status") or device.get("status")
    status = _STATUSES.get(words(said).lower())
    if status is None:
        raise bad(reply, source, "status", said, "unknown status")
    return Account(
        status=status,
        message=_message(answer),
        owner=words(device.get("owner_name")),
        expires=day(device.get("expiry_date")),
    )


def _answer(reply: Reply, source: SourceId) -> dict[str, object]:
    """The JSON object of an answer; a server in trouble is told by its status, whatever it sends along."""
    if reply.status >= 500 or reply.status in _BUSY:  # noqa: PLR2004 - HTTP's own border
        raise _fault(reply, source)
    value = json_value(reply, source)
    if not isinstance(value, dict):
        raise bad(reply, source, "body", value, "no object")
    return value


def _fault(reply: Reply, source: SourceId) -> ServerFault:
    try:
        said = _message(_object(json_value(reply, source)))
    except ProviderError:  # a page for browsers; the status says it all
        said = ""
    return ServerFault(f"HTTP {reply.status}", source=source, status=reply.status, words=said)


def _refuse(reply: Reply, answer: dict[str, object], source: SourceId) -> None:
    """Raise what an answer other than success means ("Error Handling": each has an ``error`` text)."""
    error = words(answer.get("error"))
    if error and reply.status != 404:  # noqa: PLR2004 - a 404 that names no device is a wrong address
        raise LoginRefused(f"refused: {error}", source=source, status=reply.status, words=_message(answer))
    if reply.status not in {200, 201}:
        raise bad(reply, source, "status", error or f"HTTP {reply.status}")


def _unknown_device(answer: dict[str, object]) -> bool:
    """Whether it says "Device not registered" or "Device not found"; a wrong address says neither."""
    error = words(answer.get("error")).casefold()
    return "device" in error and ("not registered" in error or "not found" in error)


def _revision(reply: Reply, data: dict[str, object], source: SourceId, origin: str) -> str:
    """A name for exactly these lists as read from exactly this server; empty where there are none."""
    rows = data.get("channels")
    if not isinstance(rows, list):
        return ""
    lists = [_READING, origin, rows, data.get("news")]
    try:
        canonical = json.dumps(lists, sort_keys=True, separators=(",", ":"))
    except RecursionError:
        raise bad(reply, source, "data", "", "nested too deep") from None
    return hashlib.sha256(canonical.encode()).hexdigest()


def _message(answer: dict[str, object]) -> str:
    """The operator's words for the viewer: the message, or the error where there is none."""
    return words(answer.get("message"), 1000) or words(answer.get("error"), 1000)


def _object(value: object) -> dict[str, object]:
    return value if isinstance(value, dict) else {}
