"""What an operator offers."""

from dataclasses import dataclass

from stb.model.ids import ChannelRef


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """One live channel of a source."""

    ref: ChannelRef
    number: int
    """What the viewer types to tune it; positive, unique within a source."""
    name: str
    """As the operator writes it, white space folded; never empty."""
    group: str = ""
    """The operator's category, empty where there is none."""
    link: str
    """What the provider needs to make a stream of it; opaque to everyone else, may hold a secret."""
    logo: str = ""
    """Absolute address of its picture, empty where there is none."""
    has_news: bool = False
    """Whether the operator wants its news shown over this channel."""
