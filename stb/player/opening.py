"""How a stream is to be opened: what of a `Stream` reaches the player's process."""

from dataclasses import dataclass, field
from typing import Self

from stb.model import ChannelRef, Stream


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """An address and how to ask for it; fields as in `Stream`."""

    address: str = field(repr=False)
    user_agent: str = ""
    referrer: str = field(default="", repr=False)
    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    fingerprint: str = ""
    lasts: bool = False
    """It has a beginning and an end."""
    at: float = 0.0
    """Begin so many seconds after the beginning, of what has one."""
    ends: float = 0.0

    @classmethod
    def of(cls, stream: Stream, at: float = 0.0) -> Self:
        """How to open this stream."""
        return cls(
            address=stream.address,
            user_agent=stream.user_agent,
            referrer=stream.referrer,
            headers=stream.headers,
            fingerprint=stream.fingerprint,
            lasts=not isinstance(stream.ref, ChannelRef),
            at=at,
            ends=stream.ends,
        )
