"""One element of a guide, read by expat: what it says, or that it cannot be read."""

import re
from collections.abc import Mapping
from xml.parsers.expat import ExpatError, ParserCreate

from stb.model import GuideChannel, Programme
from stb.model.guide import LONG, SHORT
from stb.model.wording import WESTERN, one_line, with_references, without_forbidden
from stb.providers.xmltv.numbers import numbers
from stb.providers.xmltv.times import LONGEST_MOMENT, moment, timestamp

Attributes = Mapping[str, str]
Part = tuple[str, Attributes, str]
"""An element within the element: its name, its attributes, all the text in it."""

_READ = frozenset({"display-name", "title", "sub-title", "desc", "category", "episode-num"})
_LESS = re.compile(r"<(?![A-Za-z_/!?])")


def read(element: bytes) -> GuideChannel | Programme | None:
    """What a ``programme`` or ``channel`` says; None where it is damaged, or lacks what makes it one.

    It is read by itself, without the DOCTYPE of its file: there are no entities to expand or to fetch.
    """
    text = element.decode("utf-8", WESTERN)
    found = _parsed(text) or _parsed(_mended(text))
    if found is None:
        return None
    name, attributes, parts = found
    return channel(attributes, parts) if name == "channel" else programme(attributes, parts)


def channel(attributes: Attributes, parts: list[Part]) -> GuideChannel | None:
    """A channel of its own id; None without one."""
    key = attributes.get("id", "").strip()
    names = tuple(
        dict.fromkeys(
            name for part in parts if (name := one_line(part[2], SHORT)) and part[0] == "display-name"
        )
    )
    return GuideChannel(id=key, names=names) if key else None


def programme(attributes: Attributes, parts: list[Part]) -> Programme | None:
    """A programme of a channel with a beginning; None without these. An end that is none is left out.

    Of several titles or texts in several languages, the first that can be read.
    """
    start = timestamp(attributes.get("start_timestamp", "")) or moment(
        attributes.get("start", "")[:LONGEST_MOMENT]
    )
    key = attributes.get("channel", "").strip()
    if start is None or not key:
        return None
    stop = timestamp(attributes.get("stop_timestamp", "")) or moment(
        attributes.get("stop", "")[:LONGEST_MOMENT]
    )
    said: dict[str, str] = {}
    for name, _, text in parts:
        if not said.get(name):
            said[name] = one_line(text, LONG if name == "desc" else SHORT)
    season, episode = numbers(
        (kind.get("system", ""), text) for name, kind, text in parts if name == "episode-num"
    )
    return Programme(
        channel=key,
        start=start,
        stop=stop if stop is not None and stop > start else None,
        title=said.get("title", ""),
        subtitle=said.get("sub-title", ""),
        text=said.get("desc", ""),
        category=said.get("category", ""),
        season=season,
        episode=episode,
        link=attributes.get("catchup-id", "").strip(),
    )


class _Builder:
    """What expat tells of one element."""

    def __init__(self) -> None:
        self.name = ""
        self.attributes: Attributes = {}
        self.parts: list[Part] = []
        self._depth = 0
        self._begun: tuple[str, Attributes] = ("", {})
        self._text: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth == 1:
            self.name, self.attributes = name, attributes
        elif self._depth == 2:  # noqa: PLR2004 - directly within
            self._begun, self._text = (name, attributes), []

    def text(self, text: str) -> None:
        self._text.append(text)

    def end(self, _name: str) -> None:
        self._depth -= 1
        if self._depth == 1 and self._begun[0] in _READ:
            self.parts.append((*self._begun, "".join(self._text)))


def _parsed(text: str) -> tuple[str, Attributes, list[Part]] | None:
    builder = _Builder()
    parser = ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.text
    try:
        parser.Parse(text, True)  # noqa: FBT003 - the last piece
    except ExpatError:
        return None
    return builder.name, builder.attributes, builder.parts


def _mended(text: str) -> str:
    """Without what generators get wrong: bare ``&`` and ``<``, entities of HTML, control characters."""
    return _LESS.sub("&lt;", with_references(without_forbidden(text)))
