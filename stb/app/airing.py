"""What is on the tuned channel: the guide is asked when something else may be on, not for every picture."""

from stb.catalogue.guide import Guide, NowNext
from stb.model import Channel, GuideChoice, Programme
from stb.screens.onair import of_told

_Key = tuple[Channel, tuple[Programme, ...], GuideChoice | None]
AT_MOST = 60
"""Seconds for which an answer holds: a new guide may have come."""


class OnAir:
    """Asks the guide, and where it knows nothing takes what the operator told."""

    def __init__(self, guide: Guide) -> None:
        """Know nothing yet."""
        self._guide = guide
        self._key: _Key | None = None
        self._holds = range(0)
        self._both: NowNext | None = None

    def of(self, channel: Channel, told: tuple[Programme, ...], at: int) -> NowNext | None:
        """Now and next at this second since 1970; None where nobody knows."""
        key = channel, told, self._guide.choice(channel.ref)
        if key != self._key or at not in self._holds:
            both = self._guide.now_next((channel,), at).get(channel.ref) or (
                of_told(told, at) if told else None
            )
            now, following = (both.now, both.next) if both else (None, None)
            ends = now.stop if now else following.start if following else None
            self._key, self._both = key, both if now or following else None
            self._holds = range(at, min(ends or at + AT_MOST, at + AT_MOST))
        return self._both
