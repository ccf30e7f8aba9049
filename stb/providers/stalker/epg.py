"""The portal's guide: of all channels at once, read while it comes, and of one channel. Pure.

Moments are ``start_timestamp`` and ``stop_timestamp``, seconds since 1970: the texts beside them are in the
time zone of our cookie.
"""

import codecs
import json
import re
from collections.abc import Iterable, Iterator

from stb.model import Channel, Programme
from stb.providers.decoding import words
from stb.providers.stalker.wire import fields, identifier, listed, number, spoken

_MOMENTS = range(1, 32_503_680_000)
_TOKEN = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|["{}\[\]:]', re.DOTALL)
"""A text in quotes, a bracket, a colon; a quote by itself begins a text whose end has not come yet."""
_DECODER = json.JSONDecoder(strict=False)
_ROW_DEPTH = 5
"""``{"js": {"data": {"<channel>": [{``: the bracket that opens a programme is the fifth."""
_LONGEST_ROW = 1 << 20
"""Characters of one programme; what is longer is no guide."""


def programme(row: object, channel: str = "") -> Programme | None:
    """A programme of a row; None for what is none.

    Args:
        row: of any shape.
        channel: whose it is, where the row does not say.
    """
    said = fields(row)
    start, stop = _moment(said.get("start_timestamp")), _moment(said.get("stop_timestamp"))
    whose = identifier(said.get("ch_id")) or channel
    if not start or not whose:
        return None
    return Programme(
        channel=whose,
        start=start,
        stop=stop if stop > start else None,
        title=words(said.get("name")),
        text=spoken(said.get("descr"), 2000),
        category=words(said.get("category"), 100),
        link=identifier(said.get("id")),
    )


def programmes(js: object, channel: Channel) -> tuple[Programme, ...]:
    """Those of one channel in order of time, from ``get_short_epg`` or a day's table, of any shape."""
    said = fields(js)
    rows = listed(said.get("data")) if "data" in said else listed(js)
    # The guide's id may be another than the portal's, so whose they are is said by us.
    found = (programme(fields(row) | {"ch_id": channel.guide_id}, channel.ref.channel) for row in rows)
    by_start = {one.start: one for one in found if one is not None}
    return tuple(by_start[start] for start in sorted(by_start))


def rows(pieces: Iterable[bytes]) -> Iterator[tuple[str, object]]:
    """The programmes of ``get_epg_info`` as its text comes, each with the channel it stands under.

    The text may be far longer than what the machine can hold, so no more than one programme is held.

    Raises:
        ValueError: it is no JSON.
    """
    reader = _Reader()
    decoder = codecs.getincrementaldecoder("utf-8-sig")("replace")
    for piece in pieces:
        yield from reader.take(decoder.decode(piece))
    if reader.depth or not reader.opened:
        raise ValueError("cut short")


class _Reader:
    """Follows the brackets of a JSON text and cuts the programmes out of it."""

    def __init__(self) -> None:
        self.depth = 0
        self.opened = False
        self._text = ""
        self._place = 0
        """How far the text was followed."""
        self._row: int | None = None
        """Where the programme begins that is being read."""
        self._said = ""
        self._channel = ""

    def take(self, text: str) -> Iterator[tuple[str, object]]:
        """The programmes that end in this piece."""
        self._text += text
        while (token := _TOKEN.search(self._text, self._place)) and token[0] != '"':
            self._place = token.end()
            if self._row is None and token[0] == "{" and self.depth == _ROW_DEPTH - 1:
                whole = self._whole(token.start())
                if whole is not None:
                    yield self._channel, whole
                    continue
            if self._follow(token) and self._row is not None:
                cut, self._row = self._text[self._row : token.end()], None
                yield self._channel, _value(cut)
        self._place = token.start() if token else len(self._text)
        begin = self._place if self._row is None else self._row
        self._text, self._place = self._text[begin:], self._place - begin
        self._row = None if self._row is None else 0
        if len(self._text) > _LONGEST_ROW:
            raise ValueError("a text without end")

    def _whole(self, start: int) -> object:
        """The programme that begins there, if all of it has come: read at once, which is quicker."""
        try:
            value, self._place = _DECODER.raw_decode(self._text, start)
        except (ValueError, RecursionError):
            return None
        return value

    def _follow(self, token: re.Match[str]) -> bool:
        """Go one step; whether a programme ended with it."""
        match token[0]:
            case "{" | "[":
                self.depth += 1
                self.opened = True
                if self.depth == _ROW_DEPTH and token[0] == "{":
                    self._row = token.start()
            case "}" | "]":
                self.depth -= 1
                return self.depth == _ROW_DEPTH - 1
            case ":" if self.depth == _ROW_DEPTH - 2:
                self._channel = identifier(_value(self._said))
            case said if self.depth < _ROW_DEPTH:
                self._said = said
        return False


def _value(text: str) -> object:
    """What a part of the text says; nothing where it is no JSON."""
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None


def _moment(said: object) -> int:
    found = number(said)
    return found if found in _MOMENTS else 0
