"""One channel's programmes, and how those that were on are played."""

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from stb.errors import NoSuchItem, ServerFault
from stb.model import Channel, PastRef, Programme, Stream
from stb.providers.stalker import epg
from stb.providers.stalker.crawl import Row, crawl, page
from stb.providers.stalker.linking import Linking
from stb.providers.stalker.question import Question, question
from stb.providers.stalker.session import Session

_SOON = 10
"""Programmes of a short guide."""
_NEAR = 60
"""What begins within so many seconds of the end of another follows it."""
_DAY_PAGES = 20
"""Of ten programmes each."""


class Archive:
    """Asks for one channel at a time."""

    def __init__(self, session: Session, linking: Linking) -> None:
        """Nothing is asked yet."""
        self._session = session
        self._linking = linking
        self._played: tuple[PastRef, Programme] | None = None
        """What was played last."""

    def soon(self, channel: Channel) -> tuple[Programme, ...]:
        """What is on now and next: the short guide, or else the page of the day's table with "now" on it."""
        asked = question("itv", "get_short_epg", ch_id=channel.ref.channel, size=_SOON)
        found = epg.programmes(self._said(asked), channel)
        return found or epg.programmes(self._page(channel, self._date(time.time()), 0), channel)

    def day(self, channel: Channel, begin: int, end: int) -> tuple[Programme, ...]:
        """What the tables say of the days on which this is, in the portal's eyes; see `Recounting.day`."""
        first, last = self._date(begin), self._date(end - 1)
        dates = (first + timedelta(days=ahead) for ahead in range((last - first).days + 1))
        return epg.programmes([row for day in dates for row in self._table(channel, day)], channel)

    def play(self, channel: Channel, programme: Programme) -> Stream:
        """A programme from its start.

        Raises:
            NoSuchItem: the portal does not have it, or does not make a link of it.
        """
        ref = PastRef(channel.ref, programme.start)
        before, self._played = self._played, (ref, programme)
        if before is not None and (part := self._next_part(ref, *before)):
            return part
        name, start = self._name(channel, programme)
        if name:
            cmd = f"/media/{name}.mpg" if self._session.imitation else f"auto /media/{name}.mpg"
            try:
                stream = self._linking.asked(ref, "tv_archive", cmd)
                return replace(stream, begins=stream.begins + start - ref.start)
            except (NoSuchItem, ServerFault):
                if not self._is_on(programme):
                    raise
        if self._is_on(programme):
            return self._timeshift(ref)
        raise NoSuchItem("the programme is not in the portal's guide", source=self._session.source)

    def _next_part(self, ref: PastRef, before: PastRef, ended: Programme) -> Stream | None:
        """A programme that follows the one played before, where the portal itself goes on with it."""
        told = self._session.profile
        if told is None or not told.archive_goes_on or before.channel != ref.channel:
            return None
        if ended.stop is None or not 0 <= ref.start - ended.stop <= _NEAR:
            return None
        asked = question("tv_archive", "get_next_part_url", id=f"{before.channel.channel}_{before.start}")
        try:
            return self._linking.answered(ref, self._session.ask(asked))
        except (NoSuchItem, ServerFault):
            return None  # false, or nothing: it is asked for like any other

    def _is_on(self, programme: Programme) -> bool:
        """Whether it is on now, as far as is known: then the genuine portal winds back what is on."""
        still = programme.stop is None or programme.stop > time.time()
        return still and not self._session.imitation

    def _timeshift(self, ref: PastRef) -> Stream:
        """From the hour of now on, with now being so far into it as the link says: that is no end."""
        asked = question("tv_archive", "get_link_for_channel", ch_id=ref.channel.channel)
        stream = self._linking.answered(ref, self._session.ask(asked))
        return replace(
            stream, begins=time.time() - ref.start + stream.begins if stream.begins else 0.0, ends=0.0
        )

    def _name(self, channel: Channel, programme: Programme) -> tuple[str, int]:
        """The portal's name of a programme in its archive, and when that begins by the portal's guide.

        Empty where that does not have it.
        """
        name, start = programme.link, programme.start
        if not name:
            name, start = self._looked_up(channel, programme.start)
        if name and self._session.imitation and "_" not in name:
            name = f"{name}_{channel.ref.channel}"
        return name, start

    def _looked_up(self, channel: Channel, at: int) -> tuple[str, int]:
        """What was on at a moment: the viewer may begin in the midst of it, or have another guide."""
        found = epg.programmes(list(self._table(channel, self._date(at))), channel)
        on = [one for one in found if one.start <= at < (one.stop or at + 1)]
        return (on[-1].link, on[-1].start) if on else ("", at)

    def _date(self, at: float) -> date:
        """The day of this moment, as the time zone of our cookie has it."""
        return datetime.fromtimestamp(at, ZoneInfo(self._session.zone)).date()

    def _table(self, channel: Channel, day: date) -> Iterator[Row]:
        return crawl(lambda place: page(self._page(channel, day, place)), _DAY_PAGES)

    def _page(self, channel: Channel, day: date, place: int) -> object:
        """A page of the table of a day; page 0 is the one with what is on now."""
        ch_id, name = channel.ref.channel, day.isoformat()
        return self._said(question("epg", "get_simple_data_table", ch_id=ch_id, date=name, p=place))

    def _said(self, asked: Question) -> object:
        try:
            return self._session.ask(asked).js
        except NoSuchItem:  # an empty answer: nothing is known of this channel
            return None
