"""Programmes as nearly all generators write them, read at a glance; all others are `reading.read`'s.

A guide may have a million of them. What is told here is what `reading.read` tells of the same bytes.
"""

import re
from functools import lru_cache

from stb.model import Programme
from stb.providers.decoding import words
from stb.providers.xmltv.numbers import numbers
from stb.providers.xmltv.reading import LONGEST
from stb.providers.xmltv.times import LONGEST_MOMENT, moment, timestamp

# Possessive repeats hold no groups in here: with groups, the `re` of Python 3.11 loses count of their spans.
_VALUE = rb"[^\"<&\x00-\x1f\x7f]*+"
_LANGUAGE = rb"(?: lang=\"" + _VALUE + rb"\")?+"
_SPACE = rb"[ \t\r\n]*+"
_RUN = rb"[^<&\x00-\x08\x0b\x0c\x0e-\x1f]*+"
_TEXT = _RUN + rb"(?:&(?:amp|lt|gt|quot|apos);" + _RUN + rb")*+"


def _attribute(name: bytes) -> bytes:
    return rb"(?: " + name + rb"=\"(" + _VALUE + rb")\")?"


def _first(name: bytes) -> bytes:
    """The first of several in several languages."""
    one = rb"<" + name + _LANGUAGE + rb">%s</" + name + rb">" + _SPACE
    return one % (rb"(" + _TEXT + rb")") + rb"(?:" + one % _TEXT + rb")*+"


def _flat(key: bytes) -> bytes:
    """An element with text in it or with nothing, of up to three attributes, each once."""
    a, b = key + b"a", key + b"b"
    attributes = (
        rb"(?: (?P<%(a)s>[a-z][a-z_-]*+)=\"%(v)s\""
        rb"(?: (?!(?P=%(a)s)=)(?P<%(b)s>[a-z][a-z_-]*+)=\"%(v)s\""
        rb"(?: (?!(?P=%(a)s)=|(?P=%(b)s)=)[a-z][a-z_-]*+=\"%(v)s\")?)?)?"
    ) % {b"a": a, b"b": b, b"v": _VALUE}
    name = rb"<(?P<" + key + rb">(?!programme|channel|title|sub-title|desc)[a-z][a-z-]*+)"
    return name + attributes + rb" ?(?:/>|>" + _TEXT + rb"</(?P=" + key + rb")>)" + _SPACE


_NESTED = (
    rb"<(?P<n>credits|rating|star-rating|video|audio|subtitles)(?: system=\"" + _VALUE + rb"\")?+>" + _SPACE
)
_NESTED += rb"(?:" + _flat(b"i") + rb")*</(?P=n)>" + _SPACE
REGULAR = re.compile(
    rb"".join(
        (
            _SPACE,
            rb"<programme",
            *map(_attribute, (b"channel", b"start", b"stop", b"start_timestamp", b"stop_timestamp")),
            *map(_attribute, (b"channel", b"catchup-id")),
            rb" ?>",
            _SPACE,
            _first(b"title"),
            rb"(?:" + _first(b"sub-title") + rb")?",
            rb"(?:" + _first(b"desc") + rb")?",
            rb"((?:" + _NESTED + rb"|" + _flat(b"o") + rb")*)",
            rb"</programme>",
        )
    )
)
_TOLD = re.compile(
    rb"<(category|episode-num)(?: (?:system=\"(" + _VALUE + rb")\"|[a-z-]*+=\"" + _VALUE + rb"\"))?>"
    rb"(" + _TEXT + rb")</"
)
_REFERENCES = (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&"))
_GROUPS = tuple(range(1, 12))
_NOTHING = ("", 0, 0)
_SHORT = 1024
"""Bytes of what is remembered, at most: thousands of long ones would fill the memory."""
_programme = Programme._make
STRANGE = (b"]]>", b"\xef\xbf\xbe", b"\xef\xbf\xbf")
"""What XML forbids in a text, though `REGULAR` lets it pass."""


def programme(found: re.Match[bytes]) -> Programme | None:
    """What a match of `REGULAR` says; None where `read` has to look at it."""
    before, start, stop, begins, ends, behind, key, title, subtitle, text, rest = found.group(*_GROUPS)
    channel = behind if before is None else before
    if not channel or (before is not None and behind is not None) or found.end(8) - found.start() > _SHORT:
        return None
    try:
        began, ended = _times(begins, start, ends, stop)
        name = _title(title)
        under = words(_text(subtitle)) if subtitle else ""
        about = _about(text) if text else ""
        if began is None or not name or (subtitle and not under) or (text and not about):
            return None
        said = (_rest(rest) if len(rest) <= _SHORT else _rest.__wrapped__(rest)) if rest else _NOTHING
        link = key.decode().strip() if key else ""
        # As a tuple: of a million calls, those with names would take a second.
        return _programme((_channel(channel), began, ended, name, under, about, *said, link))
    except UnicodeDecodeError:
        return None


def _text(written: bytes) -> str:
    if b"&" in written and written.count(b"&") == written.count(b"&amp;"):
        return written.replace(b"&amp;", b"&").decode()  # as most have no other
    text = written.decode()
    if "&" in text:
        for reference, meant in _REFERENCES:
            text = text.replace(reference, meant)
    return text


def _about(written: bytes) -> str:
    text = _text(written)
    if len(text) <= LONGEST and text.isprintable() and text[:1].isalnum() and "  " not in text:
        return text.rstrip()  # as `words` would find
    return words(text, LONGEST)


@lru_cache(maxsize=1 << 14)
def _times(
    begins: bytes | None, start: bytes | None, ends: bytes | None, stop: bytes | None
) -> tuple[int | None, int | None]:
    """When it begins, and when it ends if that is later."""
    began, ended = _moment(begins, start), _moment(ends, stop)
    return began, ended if began is not None and ended is not None and ended > began else None


@lru_cache(maxsize=1 << 13)
def _moment(stamp: bytes | None, written: bytes | None) -> int | None:
    return timestamp((stamp or b"").decode()) or moment((written or b"")[:LONGEST_MOMENT].decode())


@lru_cache(maxsize=1 << 14)
def _title(written: bytes) -> str:
    """Remembered: a few thousand fill most hours of a guide."""
    return words(_text(written))


@lru_cache(maxsize=1 << 10)
def _channel(written: bytes) -> str:
    return written.decode().strip()


@lru_cache(maxsize=1 << 12)
def _rest(rest: bytes) -> tuple[str, int, int]:
    """The first category that can be read, season and episode."""
    category, counted = "", list[tuple[str, str]]()
    for name, system, text in _TOLD.findall(rest):
        if name == b"episode-num":
            counted.append((system.decode(), _text(text)))
        else:
            category = category or words(_text(text))
    return (category, *numbers(counted))
