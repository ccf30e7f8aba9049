"""Guide channels to choose from: looked up once for each question, not for every picture."""

from stb.catalogue.guide import Guide
from stb.catalogue.reviewing import Proposal
from stb.model import Channel

AT_MOST = 30
"""Seconds for which an answer holds: another guide may have come."""
_LIMIT = 30


class Proposing:
    """Asks the guide in the main loop: a question is some milliseconds."""

    def __init__(self, guide: Guide) -> None:
        """Know nothing yet."""
        self._guide = guide
        self._of: tuple[tuple[Channel, int] | None, tuple[Proposal, ...]] = (None, ())
        self._called: tuple[tuple[str, int] | None, tuple[Proposal, ...]] = (None, ())

    def of(self, channel: Channel, at: int) -> tuple[Proposal, ...]:
        """What a channel may be, at this second since 1970; the likeliest first."""
        key = channel, at // AT_MOST
        if key != self._of[0]:
            self._of = key, self._guide.proposals(channel, _LIMIT)
        return self._of[1]

    def called(self, text: str, at: int) -> tuple[Proposal, ...]:
        """What is called like a text; the best first."""
        key = text, at // AT_MOST
        if key != self._called[0]:
            self._called = key, self._guide.stations_called(text, _LIMIT)
        return self._called[1]
