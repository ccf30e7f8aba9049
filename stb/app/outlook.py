"""What the screens may look at of a state: looked up as it is drawn, and kept where asking takes long."""

import logging
from functools import partial

from stb.app.about import about
from stb.app.airing import OnAir
from stb.app.crew import Crew
from stb.app.finding import Finding, with_finds
from stb.app.lending import channel_of
from stb.app.logos import Logos
from stb.app.pace import Pace
from stb.app.pasting import taken_apart
from stb.app.proposing import Proposing
from stb.app.state import Progress, State
from stb.catalogue.guide import NowNext
from stb.catalogue.history import Watched
from stb.catalogue.marks import Mark
from stb.catalogue.reviewing import Proposal
from stb.catalogue.search import Found, Search
from stb.errors import CatalogueError
from stb.i18n import Words
from stb.messages import Part, ScreenName
from stb.model import Channel, ChannelRef, Film, FilmRef, Identity, Lasting, Series
from stb.providers import PROVIDERS
from stb.screens.view import View
from stb.ui.window import Window

_log = logging.getLogger(__name__)


class Outlook:
    """Makes a `View` of a state."""

    def __init__(  # noqa: PLR0913, PLR0917 - those that know something a screen shows
        self, crew: Crew, window: Window, identity: Identity, logos: Logos, posters: Logos, pace: Pace
    ) -> None:
        """Nothing is looked up yet."""
        self._crew = crew
        self._window = window
        self._identity = identity
        self._logos = logos
        self._posters = posters
        self._pace = pace
        self._airing = OnAir(crew.guide)
        self._finding = Finding(Search(crew.lists, crew.library, crew.guide))
        self._favoured: tuple[tuple[object, ...], tuple[ChannelRef, ...]] = (), ()
        self._proposing = Proposing(crew.guide)

    def view(self, state: State, words: Words, now: float) -> View:
        """In these words; ``now`` is in seconds of the clock of the state."""
        operator = self._crew.source.name
        return View(
            words=words,
            measure=self._window.measure,
            wrap=self._window.wrap,
            width=self._window.width,
            now=self._crew.wall.now().astimezone(state.settings.zone),
            lists=self._crew.lists,
            library=self._crew.library,
            guide=self._crew.guide,
            operator=operator,
            source=self._crew.source if self._crew.source.id else None,
            hardware=self._identity.stalker_mac,
            form_first=state.form_first,
            taken_apart=taken_apart,
            duid=self._identity.duid,
            # The code of a device that was let in before is spent.
            code="" if state.was_active else state.code,
            code_refused=state.code_refused,
            asking=state.asking,
            asked_ago=None if state.answered_at is None else now - state.answered_at,
            asks_in=None if state.asks_at is None else state.asks_at - now,
            failing=state.failures > 0,
            notice=state.notice,
            remark=state.remarks[0] if state.remarks else None,
            reading_lists=state.reading_lists,
            reading=_being_read(state),
            sortings=state.sortings,
            last_find=state.sought.found[-1].ref if state.sought and state.sought.found else None,
            reading_library=state.parts.get(Part.LIBRARY, Progress()).reading,
            groups_first=state.groups_first,
            channel=self.channel(state),
            live=state.live,
            on_air=self._on_air(state),
            item=state.item,
            position=state.at if state.winding is None else state.winding,
            duration=state.duration,
            winding=state.winding is not None,
            following=state.then[0] if state.next_at is not None and state.then else None,
            next_in=None if state.next_at is None else state.next_at - now,
            refused=state.refused,
            status=state.status,
            tuned=state.tuned,
            waiting=None if state.showing else now - state.pressed_at,
            trouble=state.trouble,
            retry_in=None if state.retry_at is None else state.retry_at - now,
            banner=state.banner,
            news_for=None if state.news_since is None else now - state.news_since,
            smooth=self._pace.smooth(now),
            digits=state.digits,
            toast=words(state.toast, number=state.toast_number, operator=operator) if state.toast else "",
            volume=state.volume,
            volume_shown=state.volume_shown,
            muted=state.muted,
            choosing=state.choosing,
            behind=state.behind,
            settings=state.settings,
            trial=state.trial,
            taught=self._crew.keymaps.taught > 0,
            seen=state.seen,
            lesson=state.lesson,
            silent_in=None if state.silent_at is None else state.silent_at - now,
            kinds=tuple(PROVIDERS),
            about=self._about(state, words),
            has_picture=self._logos.has,
            has_poster=self._posters.has,
            looked_at=self._looked_at(state),
            details=state.details.get(state.looked_at) if state.looked_at else None,
            details_from=state.details_from,
            details_failure=state.details_failure,
            day=self._crew.lists.channel(state.day) if state.day else None,
            day_at=state.day_at,
            day_from=state.day_from,
            assigning=self._crew.lists.channel(state.assigning) if state.assigning else None,
            assign_from=state.assign_from,
            proposals=self._proposals,
            stations=self._stations,
            favourites=self._favourites(state),
            every_favourite=state.favourites,
            hidden=state.hidden,
            pin_asking=state.pin_asking,
            pin_wrong=state.pin_wrong,
            pin_unknown=state.pin_unknown,
            found=partial(self._found, state),
            search_from=state.search_from,
            told={ref: told.programmes for ref, told in state.told.items()},
            days=state.days,
            marked=self._marked,
            lately=self._lately,
        )

    def channel(self, state: State) -> Channel | None:
        """The one that is watched, or that a programme was on."""
        return channel_of(self._crew.lists, state.watching) if state.watching else None

    @property
    def _second(self) -> int:
        """Since 1970."""
        return int(self._crew.wall.now().timestamp())

    def _about(self, state: State, words: Words) -> tuple[tuple[str, str], ...]:
        """Asked of the system, so only where it is shown."""
        shown = state.screen is ScreenName.SETTINGS
        return about(words, self._identity, state.status, state.account) if shown else ()

    def _on_air(self, state: State) -> NowNext | None:
        channel = self.channel(state) if state.item is None else None
        told = state.told.get(channel.ref) if channel else None
        at = self._second
        return self._airing.of(channel, told.programmes if told else (), at) if channel else None

    def _looked_at(self, state: State) -> Film | Series | None:
        library, ref = self._crew.library, state.looked_at
        if ref is None or state.screen is not ScreenName.DETAILS:
            return None
        there = library.film(ref) if isinstance(ref, FilmRef) else library.one_series(ref)
        found = state.sought.found if state.sought else ()
        return there or next((one for one in found if one.ref == ref), None)

    def _marked(self, ref: Lasting) -> Mark | None:
        try:
            return self._crew.viewer.marked(ref)
        except CatalogueError as error:
            _log.warning("mark not read detail=%s", error)
            return None

    def _lately(self) -> tuple[Watched, ...]:
        try:
            return self._crew.viewer.watched(self._crew.source.id)
        except CatalogueError as error:
            _log.warning("history not read detail=%s", error)
            return ()

    def _found(self, state: State, text: str) -> Found:
        at, sought = self._second, state.sought
        found = self._finding.of(text, at, self._favourites(state), state.hidden)
        if sought is None or sought.query.text != text:
            return found
        return with_finds(found, sought.found)

    def _favourites(self, state: State) -> tuple[ChannelRef, ...]:
        """Those that are in the list; looked up when either may have changed."""
        key = state.favourites, state.lists_revision, state.has_lists
        if key != self._favoured[0]:
            there = tuple(ref for ref in key[0] if self._crew.lists.channel(ref) is not None)
            self._favoured = key, there
        return self._favoured[1]

    def _proposals(self, channel: Channel) -> tuple[Proposal, ...]:
        return self._proposing.of(channel, self._second)

    def _stations(self, text: str) -> tuple[Proposal, ...]:
        return self._proposing.called(text, self._second)


def _being_read(state: State) -> dict[Part, float | None]:
    """The parts that are being read, and how much of each was."""
    parts = {part: state.parts.get(part, Progress()) for part in Part}
    lists = {Part.LISTS: parts[Part.LISTS].share} if state.reading_lists else {}
    return {**lists, **{part: one.share for part, one in parts.items() if one.reading}}
