"""The answers of ``player_api.php``, from bytes to values and errors of ours. Pure.

There are several panels that speak it, and none has a document: what is read here is what they were seen to
send. A panel that lets nobody in says so with any status, and often with a page that looks like another
server's.
"""

import re
from dataclasses import dataclass
from datetime import datetime

from stb.errors import BadReply, LoginRefused, ProviderError, ServerFault
from stb.model import Account, AccountStatus, SourceId
from stb.net import Reply, redacted_text
from stb.providers.decoding import bad, json_value, words
from stb.providers.xtream.scalars import first, seconds, whole, yes
from stb.providers.xtream.zones import wall_clock, zone_named, zone_of

_STATUSES = {
    "expired": AccountStatus.EXPIRED,
    "banned": AccountStatus.DISABLED,
    "blocked": AccountStatus.DISABLED,
    "disabled": AccountStatus.DISABLED,
    "inactive": AccountStatus.DISABLED,
    "suspended": AccountStatus.DISABLED,
}
"""Whatever else an account that may sign in is called, it is active."""
_NO = frozenset({"0", "false", "no", ""})
_BUSY = frozenset({408, 425, 429})
"""HTTP's ways of "not now": the server is there and a later question may be answered."""
_INVENTED = 512
"""5xx from here on are no faults of a server but a panel's own ways to refuse: the standard ends at 511."""
_BROKEN = 500
_WRONG = 400
_FINE = 200
_FORMATS = re.compile(r"m3u8|ts|rtmp", re.IGNORECASE)
_NOT_SHOWN = re.compile(r"<(script|style|title)\b.*?</\1\s*>|<[^>]*>|&\w+;", re.IGNORECASE | re.DOTALL)
_PAGE = 20_000
"""Letters of a page that are looked at for words."""
_RTMP_PORT = 25462


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """What the account's answer says of the server."""

    zone: str
    """A name that `zone_named` knows."""
    formats: frozenset[str]
    """Of live streams: ``ts``, ``m3u8``, ``rtmp``; empty where it does not say."""
    rtmp_port: int


def account(reply: Reply, source: SourceId, now: datetime) -> tuple[Account, Server]:
    """What the question without an action answers: the viewer's account, and the server.

    Args:
        reply: the answer.
        source: whose it is.
        now: by the box's clock; the server's own counts where it says it.

    Raises:
        LoginRefused, ServerFault, BadReply: as their names say.
    """
    answer = _account_answer(reply, source)
    user = _object(answer.get("user_info")) or answer
    told = _object(answer.get("server_info"))
    _admit(reply, user, answer, source)
    zone = zone_of(told)
    expiry = seconds(user.get("exp_date"), zone_named(zone))
    moment = seconds(told.get("timestamp_now")) or int((reply.date or now).timestamp())
    status = _STATUSES.get(words(user.get("status")).lower(), AccountStatus.ACTIVE)
    if status is AccountStatus.ACTIVE and 0 < expiry <= moment:
        status = AccountStatus.EXPIRED  # some panels go on calling it active
    who = Account(
        status=status,
        message=words(user.get("message"), 1000),
        expires=wall_clock(expiry, zone_named(zone)).date() if expiry else None,
        trial=yes(user.get("is_trial")) or words(user.get("status")).lower() == "trial",
        connections=max(0, whole(user.get("max_connections"))),
        connected=max(0, whole(user.get("active_cons"))),
        told_at=reply.date,
    )
    return who, Server(
        zone=zone,
        formats=_formats(user.get("allowed_output_formats")),
        rtmp_port=_port(told.get("rtmp_port")),
    )


def value_of(reply: Reply, source: SourceId) -> object:
    """The JSON of an answer to an action.

    Raises:
        LoginRefused, ServerFault, BadReply: as their names say; a question that was not understood is
            answered with the account, which is a `BadReply` too.
    """
    if reply.status >= _WRONG:
        raise refusal(reply, source)
    value = json_value(reply, source)
    if isinstance(value, dict) and "user_info" in value:
        if _refused(_object(value["user_info"])):
            raise _shut_out(reply, source, _words(value))
        raise bad(reply, source, "body", "user_info", "the account in place of an answer")
    return value


def refusal(reply: Reply, source: SourceId) -> ProviderError:
    """What a status of 400 or more means; its own words come along where it has any."""
    status = reply.status
    said = _body_words(reply)
    if status in _BUSY or _BROKEN <= status < _INVENTED:
        return ServerFault(f"HTTP {status}", source=source, status=status, words=said)
    return _shut_out(reply, source, said)


def no_row(row: dict[str, object], source: SourceId) -> ProviderError:
    """What an object in place of a list means: the account, a refusal, or nothing that is known."""
    if _refused(row):
        return LoginRefused("refused by the operator", source=source, words=_words(row))
    got = redacted_text(_words(row)) or ", ".join(words(name) for name in list(row)[:5])
    return BadReply("another answer in place of a list", where="list", got=got, source=source)


def _account_answer(reply: Reply, source: SourceId) -> dict[str, object]:
    if reply.status >= _WRONG:
        raise refusal(reply, source)
    try:
        value = json_value(reply, source)
    except BadReply:
        if reply.status == _FINE and reply.body.lstrip()[:1] not in (b"{", b"["):  # nothing, a word, a page
            raise _shut_out(reply, source, _body_words(reply)) from None
        raise
    if not isinstance(value, dict):
        raise bad(reply, source, "body", value, "no object")
    return value


def _admit(reply: Reply, user: dict[str, object], answer: dict[str, object], source: SourceId) -> None:
    if _refused(user):
        raise _shut_out(reply, source, _words(user) or _words(answer) or words(user.get("status")))
    if not {"auth", "status", "username", "exp_date"} & user.keys():
        if said := _words(answer):
            raise _shut_out(reply, source, said)
        raise bad(reply, source, "user_info", answer.get("user_info"), "no account")


def _refused(user: dict[str, object]) -> bool:
    auth = user.get("auth")
    if auth is None:
        return False
    return auth is False or words(auth).lower() in _NO


def _shut_out(reply: Reply, source: SourceId, said: str) -> LoginRefused:
    said = redacted_text(said)  # some pages repeat what was asked
    return LoginRefused("refused by the operator", source=source, status=reply.status, words=said)


def _words(answer: dict[str, object]) -> str:
    return first(answer.get("message"), answer.get("error"), answer.get("detail"), limit=1000)


def _body_words(reply: Reply) -> str:
    """The operator's words in an answer that should have been another.

    A page that comes with an error's status is any web server's, or the imitation of one: not its words.
    """
    try:
        value = json_value(reply, SourceId(""))
    except BadReply:
        text = reply.body[:_PAGE].decode("utf-8", "replace")
        if "<" not in text:
            return words(text, 200)
        return words(_NOT_SHOWN.sub(" ", text), 200) if reply.status == _FINE else ""
    return _words(value) if isinstance(value, dict) else words(value, 200)


def _formats(value: object) -> frozenset[str]:
    """Out of a list, an object, or a text of either form."""
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else [value]
    return frozenset(found.lower() for part in list(parts)[:20] for found in _FORMATS.findall(words(part)))


def _port(value: object) -> int:
    port = whole(value)
    return port if 0 < port < 2**16 else _RTMP_PORT


def _object(value: object) -> dict[str, object]:
    return value if isinstance(value, dict) else {}
