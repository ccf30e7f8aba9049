"""What is played, how it goes, and where its picture appears."""

from dataclasses import dataclass, field
from enum import StrEnum

from stb.model.ids import Playable
from stb.model.tracks import Tracks

SCHEMES = frozenset({"http", "https", "rtsp", "rtsps", "rtmp", "rtmps", "udp", "rtp", "mms", "mmsh"})
"""Of addresses that may be played: a server elsewhere, never ``file:`` or a device."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stream:
    """One playable stream, resolved from what the viewer chose; used at once and never kept."""

    ref: Playable
    address: str = field(repr=False)
    """URL; may hold a secret, so it does not appear in the value's text."""
    user_agent: str = ""
    """What the player calls itself to that server; empty: its own name."""
    referrer: str = field(default="", repr=False)
    """Page it claims to come from; empty: none."""
    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    """Further HTTP headers that server wants (``Cookie``, ``Authorization``), name and value."""
    begins: float = 0.0
    """Seconds from the beginning of what was asked for to that of the stream; less than 0 where the stream
    begins before it."""
    ends: float = 0.0
    """Seconds from the stream's beginning to the end of what was asked for; 0: it ends with the stream."""
    fingerprint: str = ""
    """Of the one certificate that is trusted whoever vouches for it, as `Source.fingerprint`."""


class PlayerState(StrEnum):
    """What the player is doing."""

    IDLE = "idle"
    OPENING = "opening"
    BUFFERING = "buffering"
    PLAYING = "playing"
    PAUSED = "paused"
    ENDED = "ended"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlayerStatus:
    """The player's view of the stream it plays."""

    state: PlayerState = PlayerState.IDLE
    decoder: str = ""
    """What decodes the picture, as the viewer knows it: ``H.264``; empty until known."""
    hardware: bool = False
    """Whether the decoder is silicon."""
    why: str = ""
    """Why it is not, in English, for people who look after boxes; empty when it is or nothing is known."""
    width: int = 0
    height: int = 0
    fps: float = 0.0
    """Frames per second the stream declares."""
    displayed: int = 0
    """Pictures shown since the stream began."""
    lost: int = 0
    """Pictures dropped since the stream began."""
    heard: int = 0
    """Blocks of sound decoded since the stream began: what moves where there are no pictures."""
    reason: str = ""
    """Why it failed, in English and without addresses, for people who look after boxes; empty if unknown."""
    refused: int = 0
    """HTTP status with which a server refused the stream; 0 where none did."""
    retry_after: int = 0
    """Seconds after which that server wants to be asked again (RFC 9110, 10.2.3); 0 where it does not say."""
    astray: str = ""
    """Scheme of the address that a server led to and that is none of `SCHEMES`; empty where none did."""
    buffering: int = 100
    """How full the buffer is, per cent."""
    position: float = 0.0
    """Seconds from the beginning of what has one; 0 for live."""
    duration: float = 0.0
    """Seconds from beginning to end; 0 for what has none, and where nobody knows."""
    seekable: bool = False
    """It can be wound."""
    audio: Tracks = Tracks()
    subtitles: Tracks = Tracks()


@dataclass(frozen=True, slots=True, kw_only=True)
class VideoTarget:
    """Where a picture appears: an X window on a display."""

    display: str
    """X display name: ``:0``."""
    xid: int
