"""What was, is and will be on each channel: made up, and the same every time it is asked for."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from random import Random
from zoneinfo import ZoneInfo

from stb.portal.nouns import Picture, PortalChannel
from stb.portal.titles import OTHER, TEXTS, TITLES, Title

ZONE = ZoneInfo("Europe/Athens")
"""Where the operator lives: away from UTC, and with summer time, as an operator's clock may well be."""
BACK_DAYS = 8
AHEAD_DAYS = 3
_SHORTEST_S = 15 * 60
_IDS_EACH = 10**8
"""More than there will be minutes since 1970 for a long time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Show:
    """One programme. Moments are seconds since 1970, UTC."""

    channel: int
    start: int
    stop: int
    title: str
    title_arabic: str
    text: str
    text_arabic: str
    category: str
    season: int
    """0 where it has none."""
    episode: int

    @property
    def id(self) -> int:
        """Its number, from which `Guide.channel_of` and its start can be had again."""
        return self.channel * _IDS_EACH + self.start // 60


class Guide:
    """The programmes of every channel, in the operator's zone."""

    def __init__(self, zone: ZoneInfo = ZONE) -> None:
        """Begin each day at midnight in this zone."""
        self.zone = zone

    def window(self, now: datetime) -> tuple[int, int]:
        """From when to when an operator tells its programmes: whole days around now."""
        today = now.astimezone(self.zone).date()
        return (
            self._midnight(today - timedelta(days=BACK_DAYS)),
            self._midnight(today + timedelta(days=AHEAD_DAYS + 1)),
        )

    def shows(self, channel: PortalChannel, begin: int, end: int) -> tuple[Show, ...]:
        """The programmes of a channel of which a part lies between two moments, in their order.

        A person's own channels have none.
        """
        if channel.picture == Picture.OWN or end <= begin:
            return ()
        day = datetime.fromtimestamp(begin, self.zone).date()
        last = datetime.fromtimestamp(end - 1, self.zone).date()
        found: list[Show] = []
        while day <= last:
            found += self.day(channel, day)
            day += timedelta(days=1)
        return tuple(show for show in found if show.stop > begin and show.start < end)

    def day(self, channel: PortalChannel, day: date) -> tuple[Show, ...]:
        """The programmes of a channel that begin on a day of the operator's zone; none crosses midnight."""
        edges = self._midnight(day), self._midnight(day + timedelta(days=1))
        return _day(channel.id, channel.category, day, *edges)

    def at(self, channel: PortalChannel, moment: int) -> Show | None:
        """What is on a channel at a moment."""
        return next(iter(self.shows(channel, moment, moment + 1)), None)

    @staticmethod
    def place_of(show_id: int) -> tuple[int, int]:
        """Number of the channel, and start, of the programme that has this `Show.id`."""
        channel, minutes = divmod(show_id, _IDS_EACH)
        return channel, minutes * 60

    def moment(self, wall: datetime) -> int:
        """When a clock on the operator's wall shows this; the first time, where it does twice."""
        return int(wall.replace(tzinfo=self.zone).astimezone(UTC).timestamp())

    def local(self, moment: int) -> datetime:
        """What a clock on the operator's wall shows at a moment."""
        return datetime.fromtimestamp(moment, self.zone)

    def _midnight(self, day: date) -> int:
        return self.moment(datetime.combine(day, time()))


@lru_cache(maxsize=512)
def _day(channel: int, category: str, day: date, begin: int, end: int) -> tuple[Show, ...]:
    return tuple(_drawn(Random(f"{channel} {day}"), channel, category, begin, end))  # noqa: S311 # the same each time


def _drawn(random: Random, channel: int, category: str, begin: int, end: int) -> Iterator[Show]:
    titles = TITLES.get(category, OTHER)
    start = begin
    before: Title | None = None
    while start < end:
        title = random.choice([each for each in titles if each is not before])
        stop = start + random.choice(title.minutes) * 60
        stop = stop if end - stop >= _SHORTEST_S else end
        text, arabic = random.choice(TEXTS)
        yield Show(
            channel=channel,
            start=start,
            stop=stop,
            title=title.english,
            title_arabic=title.arabic,
            text=text,
            text_arabic=arabic,
            category=category,
            season=random.randint(1, 4) if title.serial else 0,
            episode=random.randint(1, 12) if title.serial else 0,
        )
        start, before = stop, title
