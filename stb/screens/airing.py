"""The days of a channel in the viewer's time zone, and what can be done with what is on them."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from enum import Enum

from stb.catalogue.airtimes import put_right
from stb.messages import AskDay
from stb.model import Channel, Programme
from stb.screens.edge import Entry
from stb.screens.onair import span
from stb.screens.view import DayTold, View

_AHEAD = timedelta(days=7)
_MOST_BACK = 14
_HOUR = 3600
_DAY = timedelta(days=1)


class Access(Enum):
    """What can be done with a programme; the value is the message id that says so."""

    KEPT = "day.kept"
    LIVE = "day.live"
    LIVE_KEPT = "day.live_kept"
    GONE = "day.gone"
    LATER = "day.later"


def access(view: View, channel: Channel, programme: Programme) -> Access:
    """What can be done with it now."""
    now = view.now.timestamp()
    if programme.start > now:
        return Access.LATER
    kept = channel.archive > 0 and programme.start >= now - channel.archive * _HOUR
    if programme.stop is None or programme.stop > now:
        return Access.LIVE_KEPT if kept else Access.LIVE
    return Access.KEPT if kept else Access.GONE


def days(view: View, channel: Channel) -> list[date]:
    """As far back as the operator keeps the channel, and a day at the least; as far ahead as is known."""
    today = view.now.date()
    kept = (today - (view.now - timedelta(hours=channel.archive)).date()).days
    back = min(max(1, kept), _MOST_BACK)
    known = view.guide.between(channel, int(view.now.timestamp()), int((view.now + _AHEAD).timestamp()))
    last = _local(view, known[-1].start).date() if known else today
    return [today + number * _DAY for number in range(-back, max(0, (last - today).days) + 1)]


def programmes(view: View, channel: Channel, day: date) -> tuple[Programme, ...]:
    """What is on at some time of a day, in order; what the operator said where the guide is silent.

    Where nobody says anything, the hours that the operator keeps.
    """
    begin, end = _span(view, day)
    known = view.guide.between(channel, begin, end)
    told = view.days.get((channel.ref, begin))
    if told and told.programmes:
        return put_right((*told.programmes, *known))
    known = known or (view.told.get(channel.ref, ()) if day == view.now.date() else ())
    return known or (tuple(_hours(view, channel, begin, end)) if told == DayTold(()) else ())


def _hours(view: View, channel: Channel, begin: int, end: int) -> Iterator[Programme]:
    now = int(view.now.timestamp())
    for start in range(begin, min(end, now), _HOUR):
        if start >= now - channel.archive * _HOUR:
            hour = Programme(channel=channel.guide_id, start=start, stop=start + _HOUR)
            yield hour._replace(title=span(view, hour))


def lacking(view: View, channel: Channel, day: date) -> AskDay | None:
    """The question about a day of which the guide does not know everything that was on.

    None where there is no archive to watch it from, or the operator was asked.
    """
    begin, end = _span(view, day)
    until = min(end, int(view.now.timestamp()))
    if not channel.archive or until <= begin or (channel.ref, begin) in view.days:
        return None
    known = view.guide.between(channel, begin, until)
    whole = known and known[0].start <= begin and (known[-1].stop or until) >= until
    return None if whole else AskDay(channel.ref, begin, end)


def asked_again(view: View, channel: Channel, day: date) -> AskDay | None:
    """The same question once more, where there is nothing to see because it was not answered."""
    failed = day_told(view, channel, day).failure and not programmes(view, channel, day)
    return AskDay(channel.ref, *_span(view, day)) if failed else None


def day_told(view: View, channel: Channel, day: date) -> DayTold:
    """How the operator stands with this day; nothing said where it was not asked."""
    return view.days.get((channel.ref, _span(view, day)[0]), DayTold(()))


def _span(view: View, day: date) -> tuple[int, int]:
    begin, end = (datetime.combine(one, time(), view.now.tzinfo).timestamp() for one in (day, day + _DAY))
    return int(begin), int(end)


def begins_on(view: View, programme: Programme, day: date) -> bool:
    """Whether it begins on this day; what goes on from the day before does not."""
    return _local(view, programme.start).date() == day


def day_entry(view: View, day: date) -> Entry:
    """A day as the viewer calls it."""
    near = {-1: "day.yesterday", 0: "day.today", 1: "day.tomorrow"}
    message = near.get((day - view.now.date()).days)
    moment = datetime.combine(day, time(12), view.now.tzinfo)
    return Entry(
        view.words(message) if message else view.words.weekday(moment), view.words.short_date(moment)
    )


def _local(view: View, seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, view.now.tzinfo)
