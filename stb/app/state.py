"""All that the box knows between two messages."""

from dataclasses import dataclass
from enum import StrEnum

from stb.app.effects import Effect
from stb.messages import ScreenName
from stb.model import Account, ChannelRef, PlayerStatus
from stb.screens.screen import Notice, Trial
from stb.settings.settings import Settings


class Phase(StrEnum):
    """What the box is about, as ``stb status`` tells it."""

    STARTING = "starting"
    SIGNING_IN = "signing_in"
    ACTIVATION = "activation"
    BROWSING = "browsing"
    TUNING = "tuning"
    WATCHING = "watching"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """Changed only by `step`. Moments are seconds of a monotonic clock."""

    screen: ScreenName = ScreenName.STARTING
    groups_first: bool = False
    notice: Notice | None = None

    account: Account | None = None
    code: str = ""
    """Activation code of the kept registration."""
    was_active: bool = False
    """This box was let in once: "disabled" then means switched off, not pending (AlKarma)."""
    asking: bool = False
    answered_at: float | None = None
    asks_at: float | None = None
    failures: int = 0
    """How often in a row the operator could not be asked."""
    code_refused: str = ""

    has_lists: bool = False
    lists_revision: str = ""
    reading_lists: bool = False

    tune: int = 0
    """Number of the newest zap or reconnect."""
    watching: ChannelRef | None = None
    previous: ChannelRef | None = None
    resume: ChannelRef | None = None
    """What was watched before stand-by."""
    status: PlayerStatus = PlayerStatus()
    showing: bool = False
    """A picture of this tune was seen."""
    pressed_at: float = 0.0
    """When the viewer asked for the channel."""
    tuned: float | None = None
    """Seconds from the key to the picture."""
    losses: int = 0
    """How often in a row the stream was lost."""
    trouble: str = ""
    """Message id of why there is no picture."""
    retry_at: float | None = None

    banner: bool = False
    digits: str = ""
    toast: str = ""
    """Message id; ``{number}`` in it is `toast_number`."""
    toast_number: str = ""
    volume: int = 100
    muted: bool = False
    volume_shown: bool = False

    behind: ScreenName = ScreenName.CHANNELS
    """Where a menu leads back to."""
    seen: tuple[KeySeen, ...] = ()
    """Keys that the remote's tester has seen, newest first."""
    lesson: Lesson = Lesson()
    silent_at: float | None = None
    """When the tester, or the lesson's question, waits no longer."""
    settings: Settings = Settings()
    trial: Trial | None = None

    @property
    def phase(self) -> Phase:
        """Derived, so that it cannot contradict the screen."""
        match self.screen:
            case ScreenName.WELCOME:
                return Phase.STARTING
            case ScreenName.STARTING:
                return Phase.SIGNING_IN if self.asking or self.reading_lists else Phase.STARTING
            case ScreenName.ACTIVATION:
                return Phase.ACTIVATION
            case ScreenName.NOTICE | ScreenName.STANDBY:
                return Phase.NOTICE
            case ScreenName.CHANNELS | ScreenName.HOME | ScreenName.SETTINGS | ScreenName.NEWS:
                return Phase.BROWSING
            case ScreenName.WATCHING:
                return Phase.WATCHING if self.showing else Phase.TUNING


Step = tuple[State, tuple[Effect, ...]]
"""The state after a message, and what the box is to do."""
