"""What a step asks the box to do: a closed union of frozen values, performed in `box.py`."""

from dataclasses import dataclass
from datetime import datetime

from stb.messages import Alarm, CheckStep
from stb.model import ChannelRef, Source, Stream


@dataclass(frozen=True, slots=True)
class SignIn:
    """Ask the operator what it thinks of us."""


@dataclass(frozen=True, slots=True)
class Register:
    """Make this device known to the operator."""


@dataclass(frozen=True, slots=True)
class Activate:
    """Give the operator the code the viewer typed."""

    code: str


@dataclass(frozen=True, slots=True)
class Keep:
    """Write down for good how this device stands with the operator."""

    code: str
    was_active: bool


@dataclass(frozen=True, slots=True)
class ReadLists:
    """Start the refresh process."""


@dataclass(frozen=True, slots=True)
class TuneFirst:
    """Find the channel to begin with: the one watched last, or else the first."""


@dataclass(frozen=True, slots=True)
class TuneNumber:
    """Find the channel with this number."""

    digits: str


@dataclass(frozen=True, slots=True)
class Resolve:
    """Have the operator make a stream of a channel."""

    tune: int
    ref: ChannelRef


@dataclass(frozen=True, slots=True)
class Play:
    """Play a stream."""

    tune: int
    stream: Stream


@dataclass(frozen=True, slots=True)
class StopPlaying:
    """Close the stream."""


@dataclass(frozen=True, slots=True)
class SetVolume:
    """Set the loudness."""

    percent: int
    muted: bool


@dataclass(frozen=True, slots=True)
class KeepVolume:
    """Write down the loudness for the next start."""

    percent: int
    muted: bool


@dataclass(frozen=True, slots=True)
class Remember:
    """Write down the channel to begin with at the next start."""

    ref: ChannelRef


@dataclass(frozen=True, slots=True)
class SetAlarm:
    """Ring once after so many seconds; an alarm of that name set before is forgotten."""

    alarm: Alarm
    seconds: float


@dataclass(frozen=True, slots=True)
class ClearAlarm:
    """Do not ring."""

    alarm: Alarm


@dataclass(frozen=True, slots=True)
class KeepSetting:
    """Write one choice of the viewer down."""

    path: str
    value: str | int | bool


@dataclass(frozen=True, slots=True)
class KeepSources:
    """Write the operators down."""

    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Check:
    """Try one step of an operator."""

    trial: int
    step: CheckStep
    source: Source


@dataclass(frozen=True, slots=True)
class Restart:
    """Begin anew, with the settings on the disk."""


@dataclass(frozen=True, slots=True)
class HearTime:
    """An operator's server said what time it is."""

    told: datetime


@dataclass(frozen=True, slots=True)
class TrustClock:
    """The system's clock was set: what was heard before counts no more."""


@dataclass(frozen=True, slots=True)
class SwitchTv:
    """Put the TV on, or off."""

    on: bool
    cec: bool
    """By HDMI-CEC too, not only by taking the picture away."""


@dataclass(frozen=True, slots=True)
class Quit:
    """End the box."""


Effect = (
    SignIn
    | Register
    | Activate
    | Keep
    | ReadLists
    | TuneFirst
    | TuneNumber
    | Resolve
    | Play
    | StopPlaying
    | SetVolume
    | KeepVolume
    | Remember
    | SetAlarm
    | ClearAlarm
    | KeepSetting
    | KeepSources
    | Check
    | Restart
    | HearTime
    | TrustClock
    | SwitchTv
    | Quit
)
