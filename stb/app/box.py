"""The box: asks the screen what a key means, steps the state, has effects performed, draws."""

import logging
import time
from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from stb.app.asked import Asked
from stb.app.crew import Crew
from stb.app.effects import Effect, Quit, Resolve, Restart
from stb.app.grammar import anywhere
from stb.app.guarding import closed
from stb.app.logos import Logos
from stb.app.outlook import Outlook
from stb.app.pace import Pace
from stb.app.pulse import Pulse
from stb.app.report import report, title
from stb.app.signing import begin
from stb.app.state import State, Step
from stb.app.step import step
from stb.app.teaching import HEARING
from stb.board.boot import Marker
from stb.errors import ControlError
from stb.i18n import Words
from stb.messages import Beat, KeyPressed, KeySeen, Message, PinNeeded, ScreenName, WindowClosed
from stb.model import Channel, ChannelRef, Identity, Key, key_named
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
from stb.screens.screen import Screen
from stb.screens.search import SearchScreen
from stb.screens.series import SeriesScreen
from stb.screens.settings import SettingsScreen
from stb.screens.standby import StandbyScreen
from stb.screens.starting import Starting
from stb.screens.view import View
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
        self._outlook = Outlook(self.crew, self.window, self.identity, self.logos, self.posters, self.pace)
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
    def _channel(self) -> Channel | None:
        return self._outlook.channel(self.state)

    def view(self) -> View:
        """What the screens may look at, of this moment."""
        return self._outlook.view(self.state, self.words, self.clock())
