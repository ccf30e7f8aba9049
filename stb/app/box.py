"""The box: asks the screen what a key means, steps the state, has effects performed, draws."""

import logging
import time
from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from stb.app.about import about
from stb.app.airing import OnAir
from stb.app.asked import Asked
from stb.app.crew import Crew
from stb.app.effects import Effect, Quit, Resolve, Restart
from stb.app.finding import Finding, with_finds
from stb.app.grammar import anywhere
from stb.app.guarding import closed
from stb.app.lending import channel_of
from stb.app.logos import Logos
from stb.app.pace import Pace
from stb.app.pasting import taken_apart
from stb.app.proposing import Proposing
from stb.app.pulse import Pulse
from stb.app.report import report, title
from stb.app.signing import begin
from stb.app.state import Progress, State, Step
from stb.app.step import step
from stb.app.teaching import HEARING
from stb.board.boot import Marker
from stb.catalogue.guide import NowNext
from stb.catalogue.history import Watched
from stb.catalogue.marks import Mark
from stb.catalogue.reviewing import Proposal
from stb.catalogue.search import Found, Search
from stb.errors import CatalogueError, ControlError
from stb.i18n import Words
from stb.messages import Beat, KeyPressed, KeySeen, Message, Part, PinNeeded, ScreenName, WindowClosed
from stb.model import Channel, ChannelRef, Film, FilmRef, Identity, Key, Lasting, Series, key_named
from stb.providers import PROVIDERS
from stb.screens.activation import Activation
from stb.screens.assign import Assign
from stb.screens.assigned import Assigned
from stb.screens.channels import Channels
from stb.screens.day import Day
from stb.screens.details import Details
from stb.screens.films import Films
from stb.screens.history import History
from stb.screens.home import Home
from stb.screens.news import News
from stb.screens.notice import NoticeScreen
from stb.screens.pin import Pin
from stb.screens.remark import RemarkScreen
from stb.screens.remote import Remote
from stb.screens.remote_learn import RemoteLearn
from stb.screens.remote_test import RemoteTest
from stb.screens.screen import Screen, View
from stb.screens.search import SearchScreen
from stb.screens.series import SeriesScreen
from stb.screens.settings import SettingsScreen
from stb.screens.standby import StandbyScreen
from stb.screens.starting import Starting
from stb.screens.watching import Watching
from stb.screens.welcome import Welcome
from stb.service import Manager
from stb.ui.window import Window

_log = logging.getLogger(__name__)


@dataclass(kw_only=True)
class Box:
    """Everything that changes, in one thread."""

    state: State
    crew: Crew
    window: Window
    words: Words
    identity: Identity
    logos: Logos
    posters: Logos
    manager: Manager
    pulse: Pulse
    clock: Callable[[], float] = time.monotonic
    pace: Pace = field(default_factory=Pace)
    marker: Marker = field(default_factory=lambda: Marker(None))
    ended: bool = False
    again: bool = False
    """It ended to begin anew, with other settings."""

    def __post_init__(self) -> None:
        """One screen of each name; nothing is drawn yet."""
        screens: tuple[Screen, ...] = (
            Starting(),
            Activation(),
            NoticeScreen(),
            RemarkScreen(),
            Channels(),
            Watching(),
            News(),
            Pin(),
            StandbyScreen(),
            Remote(),
            RemoteTest(),
            RemoteLearn(),
            Welcome(),
            Home(),
            SettingsScreen(),
            Films(),
            SeriesScreen(),
            Details(),
            Day(),
            SearchScreen(),
            History(),
            Assign(),
            Assigned(),
        )
        self._screens: dict[ScreenName, Screen] = {screen.name: screen for screen in screens}
        self._airing = OnAir(self.crew.guide)
        self._finding = Finding(Search(self.crew.lists, self.crew.library, self.crew.guide))
        self._favoured: tuple[tuple[object, ...], tuple[ChannelRef, ...]] = (), ()
        self._proposing = Proposing(self.crew.guide)
        self._dirty = True
        self._redraw_at: float | None = None
        self._frame_seconds: float | None = None

    def begin(self) -> None:
        """Show the first frame, then ask the operator."""
        self.draw()
        self.window.answers()
        self.marker.frame()
        self.manager.ready()
        self._take(begin(self.state))

    def handle(self, message: Message | Asked) -> None:
        """Answer one message. The picture is brought up to date by the next `draw`."""
        if isinstance(message, Beat):
            self._beat()
            return
        self._dirty = True
        match message:
            case Asked():
                self._answer(message)
            case KeyPressed():
                self._press(message)
            case _:
                self._take(step(self.state, message, self.clock()))

    def tick(self) -> None:
        """Answer the alarms whose time has come."""
        for alarm in self.crew.alarms.ring():
            self.handle(alarm)
        self.pulse.tick()
        if self._redraw_at is not None and self._redraw_at <= self.clock():
            self._dirty = True

    def seconds_to_sleep(self) -> float | None:
        """Until something happens by itself; None: only when a message comes."""
        redraw = None if self._redraw_at is None else max(0.0, self._redraw_at - self.clock())
        waits = (self.crew.alarms.next_in(), self.pulse.next_in(), redraw)
        return min((wait for wait in waits if wait is not None), default=None)

    def draw(self) -> None:
        """Bring the picture up to date, if anything happened, and prove that it is if asked to."""
        if self._dirty:
            self._ask_for_the_day()
            self._paint()
        self.pulse.pass_on(self.window.answers)

    def _ask_for_the_day(self) -> None:
        """What the guide lacks of the day that is to be seen."""
        screen = self.showing
        if isinstance(screen, Day) and (lacking := screen.lacks(self.view())):
            self.handle(lacking)

    def _paint(self) -> None:
        begun = self.clock()
        view, screen = self.view(), self.showing
        self.window.show(screen.scene(view), mirrored=self.words.mirrored)
        self.logos.want()
        self.posters.want()
        self._dirty = False
        wait = screen.changes_in(view)
        self._redraw_at = None if wait is None else begun + wait
        ended = self.clock()
        self._frame_seconds = ended - begun
        self.pace.note(begun, ended, wait)

    @property
    def showing(self) -> Screen:
        """The screen the viewer is on."""
        return self._screens[self.state.shown]

    def _beat(self) -> None:
        """Nothing changes by it. A player that does not answer is replaced, which is news of its own."""
        self.pulse.feel()
        if self.state.screen is not ScreenName.STANDBY:
            self.crew.player.ping()

    def _press(self, pressed: KeyPressed) -> None:
        self.marker.stop()
        key, held, screen = pressed.key, pressed.held, self.state.shown
        intent = anywhere(pressed, screen)
        if intent is None:
            view = replace(self.view(), held=held)
            self._screens[screen], intent = self.showing.press(key, view, held=held > 0)
        if intent is not None:
            self._take(step(self.state, intent, self.clock()))
        if screen in HEARING and not held:
            seen = pressed.seen or KeySeen(device="", name=f"KEY_{key}", key=key)
            self._take(step(self.state, seen, self.clock()))

    def _take(self, stepped: Step) -> None:
        """Take the new state, have its effects performed, and answer what they know at once."""
        before, (self.state, effects) = self.state, stepped
        if self.state.phase is not before.phase:
            _log.info("phase=%s screen=%s source=%s tune=%d", *self._at())
            self.manager.status(self._in_a_line())
        if self.state.showing and not before.showing:
            self.marker.picture()
        if self.state.losses > before.losses:
            _log.warning("stream lost channel=%s tune=%d times=%d", *self._loss(before))
        if self.state.settings.language != before.settings.language:
            self.words = Words(self.state.settings.language)
        if self.state.shown is not before.shown:
            self._screens[self.state.shown] = self.showing.opened(self.view())
        for effect in effects:
            self.ended = self.ended or isinstance(effect, Quit | Restart)
            self.again = self.again or isinstance(effect, Restart)
            message = PinNeeded() if self._closed(effect) else self.crew.perform(effect)
            if message is not None:
                self.handle(message)

    def _closed(self, effect: Effect) -> bool:
        """Nothing plays that is not for everyone, however the viewer came to it."""
        lists, library = self.crew.lists, self.crew.library
        return isinstance(effect, Resolve) and closed(self.state, effect.ref, lists, library)

    def _loss(self, before: State) -> tuple[str, int, int]:
        watched = before.watching
        name = watched.channel if isinstance(watched, ChannelRef) else str(watched)
        return name, before.tune, self.state.losses

    def _answer(self, asked: Asked) -> None:
        try:
            asked.reply.set_result(self._said(asked))
        except ControlError as error:
            asked.reply.set_exception(error)

    def _said(self, asked: Asked) -> Mapping[str, Any]:
        match asked.verb:
            case "status":
                source = self.crew.source.id
                return report(self.state, source, self._channel, self._frame_seconds)
            case "press":
                return self._pressed(asked.keys)
            case "screenshot":
                self.draw()
                return {"png": b64encode(self.window.screenshot()).decode("ascii")}
            case "stop":
                self.handle(WindowClosed())
                return {}
        raise ControlError(f"the box has no verb {asked.verb!r}")

    def _pressed(self, names: tuple[str, ...]) -> Mapping[str, Any]:
        """Press all keys or none, drawing after each as with a viewer's finger."""
        keys = {name: self._key(name) for name in names}
        unknown = [name for name, key in keys.items() if key is None]
        if unknown:
            raise ControlError(f"the remote has no key {', '.join(unknown)}")
        for name in names:
            if (key := keys[name]) is not None:
                self.handle(KeyPressed(key))
                self.draw()
        return {"pressed": list(names)}

    def _key(self, name: str) -> Key | None:
        """Our name of a key, or the kernel's."""
        kernel = f"KEY_{name.upper().removeprefix('KEY_')}"
        return key_named(name) or self.crew.keymaps.meaning((kernel,))

    def _at(self) -> tuple[str, str, str, int]:
        return self.state.phase, self.state.screen, self.crew.source.id, self.state.tune

    def _in_a_line(self) -> str:
        """For whoever asks systemd what the box does."""
        channel, state = self._channel, self.state
        if state.item:
            return f"{state.phase} {title(state.item)}"
        if state.screen is ScreenName.STANDBY:
            return "in stand-by"
        return f"{state.phase} {channel.number} {channel.name}" if channel else state.phase.replace("_", " ")

    @property
    def _about(self) -> tuple[tuple[str, str], ...]:
        """Asked of the system, so only where it is shown."""
        shown = self.state.screen is ScreenName.SETTINGS
        return about(self.words, self.identity, self.state.status, self.state.account) if shown else ()

    @property
    def _channel(self) -> Channel | None:
        return channel_of(self.crew.lists, self.state.watching) if self.state.watching else None

    @property
    def _on_air(self) -> NowNext | None:
        channel = self._channel if self.state.item is None else None
        told = self.state.told.get(channel.ref) if channel else None
        at = int(self.crew.wall.now().timestamp())
        return self._airing.of(channel, told.programmes if told else (), at) if channel else None

    @property
    def _looked_at(self) -> Film | Series | None:
        library, ref = self.crew.library, self.state.looked_at
        if ref is None or self.state.screen is not ScreenName.DETAILS:
            return None
        there = library.film(ref) if isinstance(ref, FilmRef) else library.one_series(ref)
        found = self.state.sought.found if self.state.sought else ()
        return there or next((one for one in found if one.ref == ref), None)

    def _marked(self, ref: Lasting) -> Mark | None:
        try:
            return self.crew.viewer.marked(ref)
        except CatalogueError as error:
            _log.warning("mark not read detail=%s", error)
            return None

    def _lately(self) -> tuple[Watched, ...]:
        try:
            return self.crew.viewer.watched(self.crew.source.id)
        except CatalogueError as error:
            _log.warning("history not read detail=%s", error)
            return ()

    def _found(self, text: str) -> Found:
        at, sought = int(self.crew.wall.now().timestamp()), self.state.sought
        found = self._finding.of(text, at, self._favourites, self.state.hidden)
        if sought is None or sought.query.text != text:
            return found
        return with_finds(found, sought.found)

    @property
    def _favourites(self) -> tuple[ChannelRef, ...]:
        """Those that are in the list; looked up when either may have changed."""
        key = self.state.favourites, self.state.lists_revision, self.state.has_lists
        if key != self._favoured[0]:
            there = tuple(ref for ref in key[0] if self.crew.lists.channel(ref) is not None)
            self._favoured = key, there
        return self._favoured[1]

    def _proposals(self, channel: Channel) -> tuple[Proposal, ...]:
        return self._proposing.of(channel, int(self.crew.wall.now().timestamp()))

    def _stations(self, text: str) -> tuple[Proposal, ...]:
        return self._proposing.called(text, int(self.crew.wall.now().timestamp()))

    def view(self) -> View:
        """What the screens may look at, of this moment."""
        state, now = self.state, self.clock()
        toast = (
            self.words(state.toast, number=state.toast_number, operator=self.crew.source.name)
            if state.toast
            else ""
        )
        return View(
            words=self.words,
            measure=self.window.measure,
            wrap=self.window.wrap,
            width=self.window.width,
            now=self.crew.wall.now().astimezone(state.settings.zone),
            lists=self.crew.lists,
            library=self.crew.library,
            guide=self.crew.guide,
            operator=self.crew.source.name,
            source=self.crew.source if self.crew.source.id else None,
            hardware=self.identity.stalker_mac,
            form_first=state.form_first,
            taken_apart=taken_apart,
            duid=self.identity.duid,
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
            channel=self._channel,
            live=state.live,
            on_air=self._on_air,
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
            smooth=self.pace.smooth(now),
            digits=state.digits,
            toast=toast,
            volume=state.volume,
            volume_shown=state.volume_shown,
            muted=state.muted,
            choosing=state.choosing,
            behind=state.behind,
            settings=state.settings,
            trial=state.trial,
            taught=self.crew.keymaps.taught > 0,
            seen=state.seen,
            lesson=state.lesson,
            silent_in=None if state.silent_at is None else state.silent_at - now,
            kinds=tuple(PROVIDERS),
            about=self._about,
            has_picture=self.logos.has,
            has_poster=self.posters.has,
            looked_at=self._looked_at,
            details=state.details.get(state.looked_at) if state.looked_at else None,
            details_from=state.details_from,
            details_failure=state.details_failure,
            day=self.crew.lists.channel(state.day) if state.day else None,
            day_at=state.day_at,
            day_from=state.day_from,
            assigning=self.crew.lists.channel(state.assigning) if state.assigning else None,
            assign_from=state.assign_from,
            proposals=self._proposals,
            stations=self._stations,
            favourites=self._favourites,
            every_favourite=state.favourites,
            hidden=state.hidden,
            pin_asking=state.pin_asking,
            pin_wrong=state.pin_wrong,
            pin_unknown=state.pin_unknown,
            found=self._found,
            search_from=state.search_from,
            told={ref: told.programmes for ref, told in state.told.items()},
            days=state.days,
            marked=self._marked,
            lately=self._lately,
        )


def _being_read(state: State) -> dict[Part, float | None]:
    """The parts that are being read, and how much of each was."""
    parts = {part: state.parts.get(part, Progress()) for part in Part}
    lists = {Part.LISTS: parts[Part.LISTS].share} if state.reading_lists else {}
    return {**lists, **{part: one.share for part, one in parts.items() if one.reading}}
