"""The guide as the rows of both dialects."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from stb.portal import archive
from stb.portal.guide import BACK_DAYS, Guide, Show
from stb.portal.nouns import PortalChannel
from stb.portal.stalker.asked import Json, paged
from stb.portal.stalker.channels import live, name_of
from stb.portal.world import World

TABLE_SIZE = 10
"""Rows on a page of a table."""
_DAY = timedelta(days=1)
_WEEK_AHEAD = 6
_MARK_S = 1800


def row(channel: PortalChannel, show: Show, zone: ZoneInfo, now: datetime) -> Json:
    """A programme; its texts of time are in ``zone``, the moments are since 1970."""
    begin, end = (datetime.fromtimestamp(moment, zone) for moment in (show.start, show.stop))
    arabic = not channel.name.isascii()
    return {
        "id": str(show.id),
        "ch_id": str(channel.id),
        "time": f"{begin:%Y-%m-%d %H:%M:%S}",
        "time_to": f"{end:%Y-%m-%d %H:%M:%S}",
        "duration": show.stop - show.start,
        "name": name_of(channel, show),
        "descr": show.text_arabic if arabic else show.text,
        "real_id": f"{channel.id}_{show.start}",
        "category": show.category,
        "director": "",
        "actor": "",
        "start_timestamp": str(show.start),
        "stop_timestamp": str(show.stop),
        "t_time": f"{begin:%H:%M}",
        "t_time_to": f"{end:%H:%M}",
        "mark_memo": 0,
        "mark_rec": 0,
        "mark_archive": int(archive.has(channel, show, now)),
    }


def panel_row(channel: PortalChannel, show: Show, zone: ZoneInfo, guide: Guide, now: datetime) -> Json:
    """The same from a panel, whose "moments" are off by as much as the zone is from its own."""
    told = row(channel, show, zone, now)
    drift = {name: int(told[name]) + _apart(int(told[name]), zone, guide.zone) for name in _MOMENTS}
    return told | drift | {"id": f"{show.id}_{channel.id}", "ch_id": channel.id}


_MOMENTS = ("start_timestamp", "stop_timestamp")


def _apart(moment: int, zone: ZoneInfo, own: ZoneInfo) -> int:
    """How many seconds a clock in ``zone`` is ahead of one in ``own``."""
    ahead, behind = (datetime.fromtimestamp(moment, each).utcoffset() for each in (zone, own))
    return int(((ahead or timedelta()) - (behind or timedelta())).total_seconds())


def of_day(guide: Guide, channel: PortalChannel, day: date, zone: ZoneInfo) -> tuple[Show, ...]:
    """What begins on a channel on a day of the box's own clock."""
    begin, end = (
        int(datetime(each.year, each.month, each.day, tzinfo=zone).timestamp()) for each in (day, day + _DAY)
    )
    return tuple(show for show in guide.shows(channel, begin, end) if show.start >= begin)


def table(shows: tuple[Show, ...], rows: list[Json], page: int, now: datetime) -> Json:
    """A page of a day; page 0 is the one with what is on."""
    on = (place for place, show in enumerate(shows) if show.stop > now.timestamp())
    open_rows = [
        each | {"open": int(show.stop > now.timestamp())} for show, each in zip(shows, rows, strict=True)
    ]
    return paged(open_rows, page, TABLE_SIZE, next(on, 0))


def week(now: datetime, zone: ZoneInfo) -> list[Json]:
    """The days a box lets its viewer choose from."""
    today = now.astimezone(zone).date()
    days = (today + timedelta(days=days) for days in range(-BACK_DAYS, _WEEK_AHEAD + 1))
    return [
        {"f_human": f"{day:%a, %d %b}", "f_mysql": f"{day:%Y-%m-%d}", "today": int(day == today)}
        for day in days
    ]


def day_of(text: str, now: datetime, zone: ZoneInfo) -> date:
    """The day a box names; today where it names none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return now.astimezone(zone).date()


def moment_of(text: str, zone: ZoneInfo, otherwise: int) -> int:
    """A moment that a box writes by its own clock, in seconds since 1970."""
    try:
        return int(datetime.fromisoformat(text).replace(tzinfo=zone).timestamp())
    except (ValueError, OverflowError):
        return otherwise


def marks(begin: int, end: int, zone: ZoneInfo) -> list[str]:
    """What is written above a grid: each half hour."""
    return [f"{datetime.fromtimestamp(at, zone):%H:%M}" for at in range(begin, end, _MARK_S)]


def kept(world: World, number: int) -> tuple[PortalChannel, Show] | None:
    """The channel and the programme with this number (`Show.id`), if it can be seen again."""
    channel_id, start = Guide.place_of(number)
    channel = next((each for each in live(world) if each.id == channel_id and each.guide_id), None)
    now = world.clock()
    if channel is None or not archive.kept(channel, start, now):
        return None
    show = world.guide.at(channel, start)
    return (channel, show) if show is not None and show.start == start else None
