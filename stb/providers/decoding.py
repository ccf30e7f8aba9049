"""What every operator's answers need: bytes to JSON, and JSON to texts and days that can be trusted.

What comes from a server is data of unknown shape. Nothing in here raises but `BadReply`.
"""

import json
import re
from datetime import UTC, date, datetime
from urllib.parse import urlsplit

from stb.errors import BadReply
from stb.model import SourceId
from stb.model.wording import one_line
from stb.net import Reply, redacted_text

_YEARS = range(1970, 3000)
"""Moments outside them are no dates of television, and cannot be said in every time zone."""
PICTURES = frozenset({"http", "https"})
_LONGEST_ADDRESS = 4096
_USUAL_ADDRESS = re.compile(r"(https?)://[A-Za-z0-9.\-]+(?::[1-9][0-9]{0,3})?/[!-~]{0,2000}", re.ASCII)
"""Most of them, told at a glance: the lists of an operator have hundreds of thousands."""
_LARGEST_ID = 2**63
_GAPS = re.compile(r"\n{3,}")
_LEGACY = re.compile(r"(iso-8859-\d{1,2}|(windows-|cp)125\d|latin-?1)", re.IGNORECASE)
"""Charsets that servers of another age still write; other codecs may take any time for any bytes."""


def json_value(reply: Reply, source: SourceId) -> object:
    """The JSON that an answer holds.

    JSON is UTF-8 whatever the server declares (RFC 8259, 8.1), with or without a byte order mark, or
    UTF-16/32 with its zero bytes; only where that fails is the declared charset believed.

    Raises:
        BadReply: it holds none: empty, HTML, cut short, in no known charset, or nested too deep.
    """
    text = _text(reply)
    if text is None:
        raise bad(reply, source, "body", reply.body, "text in no known charset")
    if not text.strip():
        raise bad(reply, source, "body", "", "nothing")
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise bad(reply, source, "body", text, f"no JSON ({reply.media_type or 'no media type'})") from None


def words(value: object, limit: int = 200) -> str:
    """A text on one line: white space folded, the unprintable taken out, cut at a limit.

    A number becomes its digits; anything else that is no text, or that nobody can see, becomes empty.
    """
    if type(value) is str and value.isprintable() and value[:1].isalnum() and "  " not in value:
        return value[:limit].rstrip()  # as most are
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**limit:
        value = str(value)
    if not isinstance(value, str):
        return ""
    return one_line(value, limit)


def identifier(value: object) -> str:
    """An operator's id of anything, as text; empty where it is none."""
    if type(value) is int and 0 <= value < _LARGEST_ID:
        return str(value)  # as most are
    if isinstance(value, float) and value.is_integer():
        value = int(value)  # some servers know only one kind of number
    return words(value, 100)


def web_address(value: object) -> str:
    """An absolute address of the web, as `address` of `PICTURES` gives it."""
    if type(value) is str and _USUAL_ADDRESS.fullmatch(value):
        return value
    return address(value, PICTURES)


def address(value: object, schemes: frozenset[str]) -> str:
    """An absolute address of one of these schemes with a host in it, spaces escaped; empty for all else."""
    if not value or not isinstance(value, str):
        return ""
    if (usual := _USUAL_ADDRESS.fullmatch(value)) and usual[1] in schemes:
        return value
    text = value.strip().replace(" ", "%20")
    if len(text) > _LONGEST_ADDRESS or text != words(text, _LONGEST_ADDRESS):
        return ""
    try:
        parts = urlsplit(text)
        usable = parts.scheme in schemes and parts.hostname and parts.port != 0
    except ValueError:
        return ""
    return text if usable else ""


def paragraphs(value: object, limit: int) -> str:
    """A text of several lines, each as `words` makes it, at most one empty between them; cut at a limit."""
    if not isinstance(value, str):
        return words(value, limit)
    lines = "\n".join(words(line, limit) for line in value[:limit].splitlines())
    return _GAPS.sub("\n\n", lines).strip()


def moment(value: object) -> datetime | None:
    """An ISO date and time in UTC, which is also meant where no zone is said; None for everything else."""
    if not isinstance(value, str):
        return None
    try:
        said = datetime.fromisoformat(value.strip())
        found = said.astimezone(UTC) if said.tzinfo else said.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None
    return found if found.year in _YEARS else None


def day(value: object) -> date | None:
    """The day of an ISO date or date and time as it is written; None for everything else."""
    if not isinstance(value, str):
        return None
    try:
        return datetime.fromisoformat(value.strip()).date()
    except ValueError:
        return None


def bad(reply: Reply, source: SourceId, where: str, got: object, text: str = "not expected") -> BadReply:
    """The error for an answer that is not as the protocol says, with what stood there, readable."""
    if isinstance(got, bytes):
        got = got[:400].decode("ascii", "replace")
    shown = got if isinstance(got, str) else f"{type(got).__name__} {_short(got)}"
    return BadReply(
        text, where=where, got=redacted_text(words(shown, 400)), source=source, status=reply.status
    )


def _short(value: object) -> str:
    return repr(value) if isinstance(value, bool | float) or value is None else words(value)


def _text(reply: Reply) -> str | None:
    charsets: list[str] = [json.detect_encoding(reply.body)]
    if _LEGACY.fullmatch(reply.charset):
        charsets.append(reply.charset)
    for charset in charsets:
        try:
            return reply.body.decode(charset)
        except (LookupError, ValueError):  # no such charset, or not in it
            continue
    return None
