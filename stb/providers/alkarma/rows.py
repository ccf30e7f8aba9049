"""The channel list of an AlKarma answer, row by row. Pure.

One bad row costs that channel and not the list. What a row holds is data: an address that would make
the player open something on the box itself is refused.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urljoin

from stb.model import SCHEMES, Channel, ChannelId, ChannelRef, SourceId
from stb.providers.decoding import PICTURES, address, identifier, words

_YES = frozenset({"1", "true"})
_HIGHEST = 999_999
"""The highest number a viewer is asked to type."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelList:
    """The channels of an answer, and what of it was of no use."""

    channels: tuple[Channel, ...]
    """By number."""
    skipped: tuple[str, ...]
    """One line for each row left out: ``data.channels[3].url``, without what stood there."""


class _BadRowError(Exception):
    """A row that is no channel; its text is the field."""


def channel_list(rows: Sequence[object], source: SourceId, origin: str) -> ChannelList:
    """Read the rows of ``data.channels``.

    Args:
        rows: what the server sent, of any shape.
        source: whose channels they are.
        origin: scheme and server that relative logos hang off: ``http://tv.example:5000``.
    """
    found: dict[ChannelRef, Channel] = {}
    skipped = []
    for index, row in enumerate(rows):
        try:
            channel = _channel(row, source, origin)
            if channel.ref in found:
                raise _BadRowError("id")  # noqa: TRY301 - one place that notes what is left out
            found[channel.ref] = channel
        except _BadRowError as error:
            skipped.append(f"data.channels[{index}].{error}")
    channels = sorted(_numbered(found.values()), key=lambda channel: channel.number)
    return ChannelList(channels=tuple(channels), skipped=tuple(skipped))


def _channel(row: object, source: SourceId, origin: str) -> Channel:
    if not isinstance(row, dict):
        raise _BadRowError("row")
    name = identifier(row.get("id"))
    link = address(row.get("url"), SCHEMES)
    if not name:
        raise _BadRowError("id")
    if not link:
        raise _BadRowError("url")
    return Channel(
        ref=ChannelRef(source, ChannelId(name)),
        number=_wish(name),
        name=words(row.get("name")) or name,
        group=words(row.get("category"), 100),
        link=link,
        logo=_logo(row.get("logo_url"), origin),
        has_news=words(row.get("has_news")).lower() in _YES or row.get("has_news") is True,
    )


def _wish(name: str) -> int:
    """The number a channel would like: the operator's id; 0 where it is no number to type.

    The document has no channel numbers. The place in the list changes with every channel that comes or
    goes; the id stays, so a viewer's "7" is the same channel tomorrow.
    """
    if not (name.isascii() and name.isdecimal()):
        return 0
    return number if (number := int(name)) <= _HIGHEST else 0


def _numbered(channels: Iterable[Channel]) -> Iterator[Channel]:
    """Give each channel a number of its own: its wish where it is the first, else one above all wishes."""
    holders: dict[int, Channel] = {}
    others = []
    for channel in channels:
        if channel.number and channel.number not in holders:
            holders[channel.number] = channel
        else:
            others.append(channel)
    yield from holders.values()
    for number, channel in enumerate(others, start=max(holders, default=0) + 1):
        yield channel._replace(number=number)


def _logo(value: object, origin: str) -> str:
    """An absolute address of a picture; the document's ones are paths on its own server."""
    if not isinstance(value, str) or not value.strip():
        return ""
    try:
        return address(urljoin(f"{origin}/", value.strip()), PICTURES)
    except ValueError:
        return ""
