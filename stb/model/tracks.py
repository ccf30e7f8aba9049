"""What a stream offers to hear and to read, and which of it the viewer wants."""

from dataclasses import dataclass
from enum import StrEnum

OFF = -1
"""The id of no track."""


class TrackKind(StrEnum):
    """What a viewer chooses a track of."""

    AUDIO = "audio"
    SUBTITLES = "subtitles"


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """One language of sound or subtitles."""

    id: int
    """The stream's own; the same whenever the channel is tuned."""
    language: str = ""
    """ISO 639 code as the stream writes it, two or three letters; empty where it writes none."""
    name: str = ""
    """What the stream calls it; empty where it does not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tracks:
    """All of one kind, and which is chosen."""

    offered: tuple[Track, ...] = ()
    chosen: int = OFF


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which tracks to begin a stream with."""

    audio_language: str = ""
    """Where the stream has it; empty: what the stream begins with."""
    subtitle_language: str = ""
    """Where the stream has it; empty: no subtitles."""
    audio: int | None = None
    """The track chosen on this channel; stands above the language."""
    subtitle: int | None = None
    """The same; `OFF` for none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """How a picture fills the screen."""

    aspect: str = "auto"
    """``auto`` as the stream says, ``4:3`` or ``16:9``."""
    zoom: str = "fit"
    """``fit`` with bars, ``fill`` with cut edges, ``stretch`` out of shape."""
