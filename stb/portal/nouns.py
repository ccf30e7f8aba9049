"""The portal's nouns: devices, channels and news as the operator's books have them."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

FREE_TYPES = ("FTA", "Local")
"""What an expired device still sees (document, "Expired Device")."""
ALL_TYPES = (*FREE_TYPES, "BeIN")
"""Every type of channel there is; the document names these three."""


class Picture(StrEnum):
    """What a channel shows."""

    HD_720 = "720p"
    HD_1080 = "1080p"
    HEVC = "hevc"
    """720p."""
    SD_576I = "576i"
    """MPEG-2, interlaced, top field first."""
    LANGUAGES = "languages"
    """Two sounds and two subtitles."""
    RADIO = "radio"
    """Sound only."""
    CLOCK = "clock"
    OWN = "own"
    """Whatever a person has: a film of theirs, a channel of their list."""


class Delivery(StrEnum):
    """How a channel comes to its viewers."""

    TS = "ts"
    """An MPEG transport stream over HTTP."""
    HLS = "hls"
    RTSP = "rtsp"
    RTMP = "rtmp"
    UDP = "udp"
    """To one port of this machine."""
    FILE = "file"
    """A file over HTTP, any part of it."""
    LINK = "link"
    """From somebody else's server."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PortalChannel:
    """One channel as the operator's books have it."""

    id: int
    name: str
    logo_url: str
    """Path of its picture on the portal."""
    type: str
    """``FTA``, ``Local`` or ``BeIN``."""
    category: str
    has_news: int
    """1 where the operator's news run over the picture, else 0."""
    created_at: str
    """UTC with milliseconds: ``2025-03-23T22:53:43.040Z``."""
    updated_at: str
    picture: str
    """A `Picture`."""
    delivery: str = Delivery.TS
    """A `Delivery`. Only those over HTTP can be refused to a viewer, so the others are for free channels."""
    link: str = ""
    """Path of the file, address at the other server; empty where the portal makes the picture."""
    archive: int = 0
    """For how many days what was on it can be seen again."""

    @property
    def guide_id(self) -> str:
        """Its id in the guide; empty where the guide does not know it."""
        return "" if self.picture in {Picture.OWN, Picture.RADIO} else f"lantern.{self.id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsItem:
    """One message of the operator to all viewers."""

    id: int
    title: str
    body: str
    created_at: str
    """UTC with milliseconds."""
    updated_at: str


class Standing(StrEnum):
    """What the operator thinks of a device."""

    PENDING = "pending"
    """Registered, never activated."""
    ACTIVE = "active"
    EXPIRED = "expired"
    """Was active; its subscription has ended."""
    DISABLED = "disabled"
    """Was switched off by the operator."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """One box the operator knows."""

    duid: str
    activation_code: str
    """Four digits that turn a pending or disabled device on."""
    owner_name: str
    standing: Standing
    expiry_date: date
    """Last day of the subscription."""
    allowed_types: str
    """Types of channels in the subscription, joined by commas: ``FTA,Local``."""
    registered_at: datetime

    @property
    def types(self) -> frozenset[str]:
        """Types of channels the device may see now."""
        match self.standing:
            case Standing.ACTIVE:
                return frozenset(self.allowed_types.split(","))
            case Standing.EXPIRED:
                return frozenset(FREE_TYPES)
            case _:
                return frozenset()
