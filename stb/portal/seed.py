"""The operator a new world begins with: an invented small one, with three channels and some news."""

from dataclasses import dataclass
from enum import StrEnum

FREE_TYPES = ("FTA", "Local")
"""What an expired device still sees (document, "Expired Device")."""
ALL_TYPES = (*FREE_TYPES, "BeIN")
"""Every type of channel there is; the document names these three."""


class Picture(StrEnum):
    """What a channel shows."""

    HD_720 = "720p"
    HD_1080 = "1080p"
    CLOCK = "clock"


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


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsItem:
    """One message of the operator to all viewers."""

    id: int
    title: str
    body: str
    created_at: str
    """UTC with milliseconds."""
    updated_at: str


CHANNELS = (
    PortalChannel(
        id=1,
        name="Amber Hills",
        logo_url="/uploads/channel-1772361600123-418226507.png",
        type="FTA",
        category="Nature",
        has_news=1,
        created_at="2026-03-01T10:40:00.123Z",
        updated_at="2026-03-01T10:40:00.161Z",
        picture=Picture.HD_720,
    ),
    PortalChannel(
        id=2,
        name="Blue Valley HD",
        logo_url="/uploads/channel-1772362154870-730915248.png",
        # The one that an expired device loses.
        type="BeIN",
        category="Nature",
        has_news=0,
        created_at="2026-03-01T10:49:14.870Z",
        updated_at="2026-03-14T18:05:31.402Z",
        picture=Picture.HD_1080,
    ),
    PortalChannel(
        id=3,
        name="Clock",
        logo_url="/uploads/channel-1772362790455-162083394.png",
        type="Local",
        category="Information",
        has_news=1,
        created_at="2026-03-01T10:59:50.455Z",
        updated_at="2026-03-01T10:59:50.455Z",
        picture=Picture.CLOCK,
    ),
)

NEWS = (
    NewsItem(
        id=1,
        title="Welcome",
        body="Welcome to Lantern Television. Three channels are on the air; more follow this spring.",
        created_at="2026-03-01T11:05:12.040Z",
        updated_at="2026-03-01T11:05:12.040Z",
    ),
    NewsItem(
        id=2,
        title="أهلاً بكم",
        body="أهلاً بكم في تلفزيون الفانوس. قناة Blue Valley HD متاحة الآن بدقة 1080p.",
        created_at="2026-03-14T18:07:44.913Z",
        updated_at="2026-03-14T18:07:44.913Z",
    ),
    NewsItem(
        id=3,
        title="Maintenance",
        body="On the night of 2 April our lines are renewed: short interruptions between 03:00 and 04:00.",
        created_at="2026-03-29T09:30:00.558Z",
        updated_at="2026-03-29T16:12:08.220Z",
    ),
)
