"""What the viewer chose; frozen, with the values that apply where nothing was chosen.

Each field is a key of the file of the same name, each dataclass below `Settings` a table of it:

    ==================  =========================  =======================================================
    key of the file     values                     what it decides
    ==================  =========================  =======================================================
    language            BCP 47: ``en``, ``ar``     the menu's language and direction
    time_zone           IANA; empty: the system's  the clock, the guide, wall clocks in addresses
    volume              0 to 100 (per cent)        loudness of a box that was not used yet
    sound.output        `SoundOutput`              where sound leaves the board
    sound.passthrough   true, false                AC-3 goes to the TV as it is, where the TV can
    sound.delay_ms      -2000 to 2000              sound later (or earlier) than the picture
    picture.aspect      `Aspect`                   the shape of pictures
    picture.zoom        `Zoom`                     what becomes of bars beside a picture
    picture.rate        `Rate`                     how many pictures a second the TV is given
    standby.tv_off      true, false                the TV goes to stand-by with the box (HDMI-CEC)
    standby.tv_on       true, false                the TV wakes with the box (HDMI-CEC)
    remote.grab         true, false                the service keeps remotes and keyboards to itself
    policy.reboot       true, false                an operator may have the box begin anew
    refresh...._hours   1 to 168 (hours)           how old what operators gave may become
    source              `stb.model.Source`, a row  the operators, in the viewer's order: ``[[source]]``
    guide               `GuideSource`, a row       guides besides those of the operators: ``[[guide]]``
    ==================  =========================  =======================================================

Secrets are not here: the `Vault` keeps them, in a section named after the source.
"""

from dataclasses import dataclass
from typing import Literal
from zoneinfo import ZoneInfo

from stb.model import GuideSource, Source, SourceId

SoundOutput = Literal["auto", "hdmi0", "hdmi1", "jack", "null"]
"""Where sound goes: ``auto`` is the port the TV is at, ``null`` is nowhere."""
Aspect = Literal["auto", "4:3", "16:9"]
"""The picture's shape: ``auto`` is what the stream says."""
Zoom = Literal["fit", "fill", "stretch"]
"""All of it with bars; no bars, its edges cut; no bars, its shape bent."""
Rate = Literal["auto", "50", "60"]
"""Pictures a second (Hz): ``auto`` is what the TV likes best."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sound:
    """The table ``[sound]``."""

    output: SoundOutput = "auto"
    passthrough: bool = False
    """Off means stereo, which every TV plays."""
    delay_ms: int = 0
    """Milliseconds; a negative one makes the sound earlier."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """The table ``[picture]``: what applies until the viewer presses ZOOM."""

    aspect: Aspect = "auto"
    zoom: Zoom = "fit"
    rate: Rate = "auto"
    """Of the display; ZOOM leaves it alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standby:
    """The table ``[standby]``."""

    tv_off: bool = True
    tv_on: bool = False
    """Off, because many a TV then also wakes when nobody asked it to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remote:
    """The table ``[remote]``."""

    grab: bool = True
    """Only the service does; in a window nothing is grabbed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refresh:
    """The table ``[refresh]``: after so many hours it is asked for again, in the background."""

    categories_hours: int = 24
    """The library: films and series, and their categories."""
    streams_hours: int = 1
    """The channels."""
    guide_hours: int = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """The table ``[policy]``: what an operator may do to the box from afar."""

    reboot: bool = False
    """Have it begin anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The box's settings."""

    language: str = "en"
    time_zone: str = ""
    volume: int = 70
    """Afterwards the box keeps what the viewer last chose."""
    sound: Sound = Sound()
    picture: Picture = Picture()
    standby: Standby = Standby()
    remote: Remote = Remote()
    policy: Policy = Policy()
    refresh: Refresh = Refresh()
    sources: tuple[Source, ...] = ()
    guides: tuple[GuideSource, ...] = ()

    @property
    def zone(self) -> ZoneInfo | None:
        """The time zone the viewer chose; None: the system's."""
        return ZoneInfo(self.time_zone) if self.time_zone else None

    def guides_of(self, source: SourceId) -> tuple[GuideSource, ...]:
        """The viewer's own guides to an operator's channels, in the order in which they are asked."""
        about = (guide for guide in self.guides if not guide.sources or source in guide.sources)
        return tuple(sorted(about, key=lambda guide: guide.order))
