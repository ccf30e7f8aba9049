"""Programmes as nearly all generators write them, told at a glance; all others are `reading.read`'s.

A guide may have a million of them: of most, no byte is decoded here. What is told is what `reading.read`
tells of the same bytes.
"""

import re
from collections.abc import Generator, Iterator, Sequence
from itertools import islice, repeat
from operator import lt
from typing import cast

from stb.model import Said
from stb.model.guide import LONG, SHORT
from stb.model.memo import Memo
from stb.model.wording import WESTERN, character_data, one_line, told, visible
from stb.providers.xmltv.numbers import numbers
from stb.providers.xmltv.times import LONGEST_MOMENT, moment, timestamp

# Possessive repeats hold no groups in here: with groups, the `re` of Python 3.11 loses count of their spans.
_VALUE = rb"[^\"<&\x00-\x1f\x7f]{0,%d}+"
_MOMENT, _VALUE = _VALUE % LONGEST_MOMENT, _VALUE % 1024
_LANGUAGE = rb"(?: lang=\"" + _VALUE + rb"\")?+"
_SPACE = rb"[ \t\r\n]{0,1024}+"
_NAME, _TEXT = rb"[^<]{0,1024}+", rb"[^<]{0,16384}+"


def _attribute(name: bytes, value: bytes) -> bytes:
    return rb"(?: " + name + rb"=\"(" + value + rb")\")?"


def _first(name: bytes, text: bytes) -> bytes:
    """The first of several in several languages."""
    one = rb"<" + name + _LANGUAGE + rb">%s</" + name + rb">" + _SPACE
    return one % (rb"(" + text + rb")") + rb"(?:" + one % _TEXT + rb"){0,4}+"


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
_REST = re.compile(rb"(?:" + _NESTED + rb"|" + _flat(b"o") + rb")*")
"""What may stand behind the texts."""
_SCAN = re.compile(
    rb"".join(
        (
            rb"<programme",
            _attribute(b"channel", _VALUE),
            _attribute(b"start", _MOMENT),
            _attribute(b"stop", _MOMENT),
            rb"((?: start_timestamp=\"" + _MOMENT + rb"\")?+(?: stop_timestamp=\"" + _MOMENT + rb"\")?+)",
            rb"(?(1)| channel=\"(" + _VALUE + rb")\")",
            _attribute(b"catchup-id", _VALUE),
            rb" ?>",
            _SPACE,
            _first(b"title", _NAME),
            rb"(?:" + _first(b"sub-title", _NAME) + rb")?",
            rb"(?:" + _first(b"desc", _TEXT) + rb")?",
            rb"((?:<(?!/?programme)" + _TEXT + rb"){0,400}+)</programme>|<",
        )
    )
)
_GROUPS = re.Match.groups
_NOTHING = (None,) * 10
"""What is found of anything else."""
_TOGETHER = 64
"""Programmes that are read together."""
_STAMP = re.compile(rb" (start|stop)_timestamp=\"([^\"]*)\"")
_TOLD = re.compile(
    rb"<(category|episode-num)(?: (?:system=\"(" + _VALUE + rb")\"|[a-z-]*+=\"" + _VALUE + rb"\"))?>"
    rb"(" + _TEXT + rb")</"
)
_SHORT, _LONG = 1024, 64 * 1024
"""Bytes of what stands behind a text: what is remembered, and what is regular, at most."""
STRANGE = b"]]>"
"""What XML forbids in a text, though `_SCAN` lets it pass."""


class Regular:
    """Reads regular programmes, and remembers what it met."""

    def __init__(self) -> None:
        """Nothing was met yet."""
        self._moments = Memo(_moment, 1 << 13)
        self._channels = Memo(_channel, 1 << 10)
        self._rests = Memo(_rest, 1 << 12)
        self._seen = Memo(_seen, 1 << 12)

    def scan(self, buffer: bytes, position: int) -> Generator[Said, None, int]:
        """Tell the programmes from a position on, up to one that is not regular.

        Returns:
            Where anything else begins; the end, where there is no ``<`` any more.
        """
        matches = _SCAN.finditer(buffer, position)
        while some := list(islice(matches, _TOGETHER)):
            groups = list(map(_GROUPS, some))
            count = groups.index(_NOTHING) if _NOTHING in groups else len(groups)
            together = self._together(groups[:count]) if count else ()
            if together is not None:
                yield from together
            else:
                for found in some[:count]:
                    said = self._one(found)
                    if said is None:
                        return found.start()
                    yield said
            if count < len(some):
                return some[count].start()
        return len(buffer)

    def _together(self, groups: Sequence[tuple[bytes, ...]]) -> Iterator[Said] | None:
        """Several programmes, column by column; None where one of them has to be looked at by itself.

        That no step of Python's is taken for each of them halves the time.
        """
        before, start, stop, stamps, behind, link, title, subtitle, text, rest = zip(*groups, strict=True)
        seen = self._seen.__getitem__
        if any(before) or any(stamps) or any(link) or max(map(len, rest)) > _SHORT:
            return None
        if not all(map(seen, [one and one[:4] for one in (*title, *subtitle, *text)])):
            return None
        begins = list(map(self._moments.__getitem__, start))
        ends = list(map(self._moments.__getitem__, stop))
        channels = list(map(self._channels.__getitem__, behind))
        about = list(map(self._rests.__getitem__, rest))
        if not (all(begins) and all(channels) and all(about)):
            return None
        if not all(map(lt, begins, ends)):
            ends = [end if begin < end else 0 for begin, end in zip(begins, ends, strict=True)]
        return zip(
            channels,
            begins,
            ends,
            title,
            [one or b"" for one in subtitle],
            [one or b"" for one in text],
            *zip(*about, strict=True),
            repeat(b"", len(begins)),
            strict=True,
        )

    def _one(self, found: re.Match[bytes]) -> Said | None:
        """One programme; None where it is not regular."""
        before, start, stop, stamps, behind, link, title, subtitle, text, rest = found.groups()
        begin, end, channel = self._moments[start], self._moments[stop], self._channels[before or behind]
        if stamps:
            begin, end = _stamped(stamps, begin, end)
        texts = (
            _readable(title, SHORT, b"<title", found),
            _readable(subtitle, SHORT, b"<sub-title", found),
            _readable(text, LONG, b"<desc", found),
        )
        about = self._rests[rest] if len(rest) <= _SHORT else _rest(rest)
        if not (begin and channel and texts[0] and about) or None in texts:
            return None
        return (
            channel,
            begin,
            end if end > begin else 0,
            *cast("tuple[bytes, bytes, bytes]", texts),
            *about,
            character_data(told(link).strip()) if link else b"",
        )


def _readable(text: bytes | None, limit: int, opening: bytes, found: re.Match[bytes]) -> bytes | None:
    """A text that may be empty to the eye; None where there is another in its place."""
    if text is None or one_line(told(text), limit):
        return text or b""
    return None if found[0].count(opening) > 1 else b""


def _seen(begin: bytes | None) -> bool:
    """Whether a text that begins so can be seen, whatever follows; or whether there is none."""
    return begin is None or (begin[:1] != b"&" and visible(begin.decode("utf-8", WESTERN)[:1]))


def _moment(written: bytes | None) -> int:
    return moment(told(written)) or 0 if written else 0


def _stamped(stamps: bytes, begin: int, end: int) -> tuple[int, int]:
    said = {name: timestamp(told(stamp)) for name, stamp in _STAMP.findall(stamps)}
    return said.get(b"start") or begin, said.get(b"stop") or end


def _channel(written: bytes) -> str:
    return told(written).strip()


def _rest(rest: bytes) -> tuple[bytes, int, int] | None:
    """The first category that can be read, season and episode; None of what is not regular."""
    if len(rest) > _LONG or not _REST.fullmatch(rest):
        return None
    category, counted = "", list[tuple[str, str]]()
    for name, system, text in _TOLD.findall(rest):
        if name == b"episode-num":
            counted.append((told(system), told(text)))
        else:
            category = category or one_line(told(text), SHORT)
    return (character_data(category), *numbers(counted))
