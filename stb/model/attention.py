"""What an operator has for one box while it is on, and what the box says of itself when it asks."""

from dataclasses import dataclass
from enum import StrEnum


class PlayKind(StrEnum):
    """What the viewer is about."""

    NOTHING = "nothing"
    CHANNEL = "channel"
    RADIO = "radio"
    FILM = "film"
    """Or an episode."""
    PAST = "past"


class EventKind(StrEnum):
    """What the box is asked to do."""

    MESSAGE = "message"
    """Show words."""
    CHANNELS = "channels"
    """The channels changed, or which of them are subscribed to."""
    GUIDE = "guide"
    """The guide changed."""
    CUT_OFF = "cut_off"
    """Play nothing."""
    CUT_ON = "cut_on"
    """Play again."""
    PLAY_CHANNEL = "play_channel"
    RELOAD = "reload"
    """Sign in anew."""
    REBOOT = "reboot"
    UPDATE = "update"
    """Fetch another software."""
    OTHER = "other"
    """Nothing that this box does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OperatorEvent:
    """One thing that an operator wants of this box."""

    id: str
    """The operator's own; empty where it gives none."""
    kind: EventKind
    name: str
    """As the operator calls it, for the log."""
    words: str = ""
    """What the viewer is told, the operator's own; paragraphs."""
    number: str = ""
    """Digits of the channel that is to be played."""
    confirm: bool = False
    """The operator wants to know that the viewer read it, and says it again until then."""
    reboots: bool = False
    """The box is to start anew when the viewer has read it."""
    seconds: int = 0
    """For how long it is shown; 0: until it was read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attention:
    """An operator's answer to a box that is on."""

    again: float
    """Seconds until it is to be asked again."""
    event: OperatorEvent | None = None
    """One at a time; the next one comes with the next answer."""
