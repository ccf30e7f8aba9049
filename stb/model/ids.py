"""Names for things that are numbers or texts on the wire."""

from typing import NamedTuple, NewType

SourceId = NewType("SourceId", str)
"""The box's own short name of one operator's account, stable for its life: ``alkarma``."""

ChannelId = NewType("ChannelId", str)
"""The operator's own id of a channel as text; the same across refreshes."""

NewsId = NewType("NewsId", str)
"""The operator's own id of one of its messages, as text; the same across refreshes."""

Duid = NewType("Duid", str)
"""Device Unique Identifier: 15 upper-case hexadecimal digits, as in the AlKarma document."""


class ChannelRef(NamedTuple):
    """Which channel of which source."""

    source: SourceId
    channel: ChannelId


class NewsRef(NamedTuple):
    """Which message of which source."""

    source: SourceId
    item: NewsId
