"""The operator a new world begins with: an invented small one, with three channels and some news."""

from stb.portal.nouns import NewsItem, Picture, PortalChannel

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
