"""The operator a new world begins with: an invented small one, with twelve channels and some news.

Each channel comes in another way or shows something else, so that a box that plays them all plays what
is in the air.
"""

from stb.portal.nouns import Delivery, NewsItem, Picture, PortalChannel


def _channel(  # noqa: PLR0913 # a row of the table below
    number: int,
    name: str,
    category: str,
    picture: Picture,
    delivery: Delivery = Delivery.TS,
    *,
    kind: str = "FTA",
    has_news: int = 0,
    archive: int = 0,
) -> PortalChannel:
    """A channel; logo and times are such as an operator's program would have made up."""
    logo = f"{1772361600123 + number * 86_521_377}-{418226507 + number * 7_919_393}"
    at = f"2026-03-{number:02}T10:{number * 4:02}:{number * 3:02}.{number * 73:03}Z"
    return PortalChannel(
        id=number,
        name=name,
        logo_url=f"/uploads/channel-{logo}.png",
        type=kind,
        category=category,
        has_news=has_news,
        created_at=at,
        updated_at=at,
        picture=picture,
        delivery=delivery,
        archive=archive,
    )


CHANNELS = (
    _channel(1, "Amber Hills", "Nature", Picture.HD_720, has_news=1, archive=3),
    # The one that an expired device loses.
    _channel(2, "Blue Valley HD", "Nature", Picture.HD_1080, kind="BeIN"),
    _channel(3, "Clock", "Information", Picture.CLOCK, kind="Local", has_news=1, archive=7),
    _channel(4, "Copper Coast", "Nature", Picture.SD_576I),
    _channel(5, "Desert Dawn", "Nature", Picture.HEVC),
    _channel(6, "Lantern Radio", "Radio", Picture.RADIO, kind="Local"),
    _channel(7, "Two Rivers", "Films", Picture.LANGUAGES),
    _channel(8, "قناة الفانوس", "Information", Picture.HD_720, kind="Local", has_news=1, archive=2),
    _channel(9, "Emerald Lake", "Sport", Picture.HD_720, Delivery.HLS, archive=1),
    _channel(10, "Frost Ridge", "Sport", Picture.HD_720, Delivery.RTSP),
    _channel(11, "Golden Plain", "Films", Picture.HD_720, Delivery.RTMP),
    _channel(12, "Harvest Moon", "Films", Picture.HD_720, Delivery.UDP),
)

NEWS = (
    NewsItem(
        id=1,
        title="Welcome",
        body="Welcome to Lantern Television. Twelve channels are on the air; more follow this spring.",
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
