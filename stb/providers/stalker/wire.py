"""The envelope of a portal's answers, and every way in which one says no. Pure.

``{"js": result, "text": debug}`` is the genuine portal's; the panels' imitation has no ``text``, and may
put ``error`` beside ``js``. What ``js`` holds is the asker's to read: PHP sends ``false``, ``null``,
``[]`` or ``""`` where there is nothing, lists for objects, objects for lists, and numbers as texts.
"""

import html
import re
from dataclasses import dataclass

from stb.errors import AccountDisabled, BadReply, LoginRefused, ServerFault
from stb.model import SourceId
from stb.net import Reply
from stb.providers.decoding import bad, json_value, paragraphs, words

_BUSY = (408, 425, 429)
_UNAUTHORISED = (401, 403)
_REFUSAL = re.compile(
    r"(authorization failed|unauthorized request|identification failed|access denied)[.!]?\s*\d*",
    re.IGNORECASE,
)
"""The whole of a body, perhaps with a number after it."""
_LONGEST_REFUSAL = 100
_BREAK = re.compile(r"<\s*(?:br|/p|/div|/h\d|/li|/tr)\b[^>]*>", re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")
_YES = frozenset({"1", "true", "yes", "on"})


class TokenLost(LoginRefused):
    """The portal does not know the token it was shown; signing in anew may help."""


class Silent(TokenLost):
    """An empty answer: the imitation's way to say so, and to say that it does not know what was asked."""


class NotThere(BadReply):
    """HTTP says that there is nothing at this address: a wrong path, or a ban."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """What came."""

    js: object
    error: str = ""
    """Beside ``js``, where the imitation puts it."""


def envelope(reply: Reply, source: SourceId) -> Envelope:
    """Open an answer.

    Raises:
        TokenLost, Silent, NotThere: as they say.
        AccountDisabled: ``Access denied.``, the genuine portal's word for an account that is off.
        ServerFault: the server is broken, or wants to be asked less often (429).
        BadReply: it is no envelope.
    """
    _refuse_status(reply, source)
    if not reply.body.strip():
        raise Silent("an empty answer", source=source, status=reply.status)
    if len(reply.body) < _LONGEST_REFUSAL:
        _refuse_words(reply.body.decode("ascii", "replace"), source)
    answer = json_value(reply, source)
    if not isinstance(answer, dict) or "js" not in answer:
        raise bad(reply, source, "js", answer, "no envelope")
    js = answer["js"]
    _refuse_words(_told(js), source)
    return Envelope(js, words(answer.get("error")))


def _refuse_status(reply: Reply, source: SourceId) -> None:
    status = reply.status
    if status >= 500 or status in _BUSY:  # noqa: PLR2004 - HTTP's own border
        raise ServerFault(f"HTTP {status}", source=source, status=status)
    if status in _UNAUTHORISED and not page(reply):
        raise TokenLost(f"HTTP {status}", source=source, status=status)
    if status != 200:  # noqa: PLR2004 - the only one a portal gives its answers
        raise NotThere("nothing there", where="status", got=str(status), source=source, status=status)


def page(reply: Reply) -> bool:
    """Whether it is one for browsers."""
    return reply.media_type == "text/html" or reply.body.lstrip()[:1] == b"<"


def _refuse_words(text: str, source: SourceId) -> None:
    found = _REFUSAL.fullmatch(text.strip())
    if found is None:
        return
    said = found[1].lower()
    if said == "access denied":
        raise AccountDisabled(f"refused: {said}", source=source)
    raise TokenLost(f"refused: {said}", source=source)


def _told(js: object) -> str:
    """What an answer says instead of a result, in the forms of resellers; a profile has words of its own."""
    if isinstance(js, dict):
        js = "" if "status" in js else js.get("error") or js.get("msg")
    return js if isinstance(js, str) else ""


def fields(value: object) -> dict[str, object]:
    """An object, where one came; the empty list that PHP makes of an empty one counts as empty."""
    return value if isinstance(value, dict) else {}


def listed(value: object) -> list[object]:
    """A list, also where PHP made an object of it."""
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []


def truth(value: object) -> bool:
    """A flag in any of its forms: 1, "1", true, "true"."""
    return value is True or words(_whole(value)).lower() in _YES


def number(value: object, otherwise: int = 0) -> int:
    """A whole number, also one written as a text or with a point."""
    text = words(_whole(value), 24)
    try:
        return int(float(text)) if text.isascii() else otherwise
    except (ValueError, OverflowError):
        return otherwise


def decimal(value: object) -> float:
    """A number of at most a few digits, not negative; 0 for everything else."""
    text = words(str(value) if isinstance(value, float) else value, 24).replace(",", ".")
    try:
        found = float(text)
    except ValueError:
        return 0.0
    return found if 0 <= found < 1e12 else 0.0  # noqa: PLR2004 - beyond any moment in milliseconds


def identifier(value: object) -> str:
    """An id of anything as text; never taken for a number, since some are ``12:3``."""
    return words(_whole(value), 100)


def spoken(value: object, limit: int = 1000) -> str:
    """The operator's words, written as HTML, as paragraphs of plain text."""
    if not isinstance(value, str):
        return ""
    plain = html.unescape(_TAG.sub("", _BREAK.sub("\n", value[: 4 * limit])))
    return paragraphs(plain, limit)


def _whole(value: object) -> object:
    return int(value) if isinstance(value, float) and value.is_integer() else value
