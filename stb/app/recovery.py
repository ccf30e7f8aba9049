"""The box's second face: shown by systemd when the box itself does not start (systemd/stb-recovery.service).

Whatever is broken, this goes on: without a screen it hears the remote all the same, without a remote it
waits, without a state directory it says so. It opens no list, asks no operator and plays nothing.
"""

import logging
import math
import os
import select
import signal
import time
from base64 import b64encode
from collections.abc import Callable, Mapping
from contextlib import ExitStack, closing
from types import FrameType
from typing import Any

from stb.app.asked import Asked
from stb.app.control import ControlServer
from stb.app.inbox import Inbox
from stb.app.places import Places, packaged
from stb.app.recovering import Attempts, last_words, prepare, reason
from stb.app.tv import Tv
from stb.errors import ControlError, StbError
from stb.i18n import Words
from stb.messages import KeyPressed, Message, WindowClosed
from stb.model import key_named
from stb.remote.keymap import Keymaps
from stb.remote.reader import RemoteReader
from stb.screens.recovery import Page, Recovery, Way
from stb.service import Manager
from stb.settings.loading import load
from stb.settings.writing import write
from stb.ui.geometry import Size
from stb.ui.window import Window

_log = logging.getLogger(__name__)
TRY_AGAIN = 75
"""EX_TEMPFAIL (sysexits.h): systemd starts the box."""


def run_recovery(places: Places, size: Size | None = None) -> int:
    """Show it until the box is to be tried again, or somebody ends it.

    Args:
        places: of the box that does not start.
        size: of a window; None: the whole display, and the kernel's remotes.

    Returns:
        `TRY_AGAIN`, or 0 where it was ended.
    """
    os.umask(0o077)
    places.runtime.mkdir(mode=0o700, parents=True, exist_ok=True)
    with ExitStack() as stack:
        inbox = stack.enter_context(closing(Inbox()))
        _end_on_signals(inbox)
        window = _window(stack, size)
        if size is None:
            _hear(stack, places, inbox, window)
        try:
            stack.enter_context(closing(ControlServer(places.socket, inbox.post)))
        except (StbError, OSError) as error:
            _log.warning("no control socket: %s", error)
        return _Face(places, window).run(inbox)


class _Face:
    """The screen, and what the viewer does with it."""

    def __init__(
        self, places: Places, window: Window | None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._places = places
        self._window = window
        self._clock = clock
        self._manager = Manager()
        self._attempts = Attempts(places.runtime, clock())
        self._again_at = clock() + self._attempts.wait
        self._recovery = Recovery(language=load(places.settings).settings.language)
        self._reason = reason(places.state)
        self._said: tuple[str, ...] = ()
        self._way: Way | None = None
        self._ended = False
        _log.info("recovery reason=%s again_in=%.0f", self._reason, self._attempts.wait)

    def run(self, inbox: Inbox) -> int:
        """Until it ends; the exit status."""
        poller = select.poll()
        for descriptor in (inbox.fileno(), *(self._window.filenos if self._window else ())):
            poller.register(descriptor, select.POLLIN)
        self._draw()
        self._manager.ready()
        while not self._ended and self._way is None:
            poller.poll(self._patience())
            for message in (*(self._window.poll() if self._window else ()), *inbox.drain()):
                self._handle(message)
            if self._clock() >= self._again_at:
                self._way = self._way or Way.AS_IT_WAS
            self._draw()
            self._manager.alive()
        return 0 if self._ended else self._again(self._way or Way.AS_IT_WAS)

    def _again(self, way: Way) -> int:
        _log.info("trying again way=%s", way)
        try:
            self._attempts.note(self._clock())
            prepare(way, self._places)
        except (OSError, StbError) as error:
            _log.warning("tried as it was: not prepared way=%s: %s", way, error)
        return TRY_AGAIN

    def _handle(self, message: Message | Asked) -> None:
        match message:
            case KeyPressed(held=held) if not held:
                self._press(message)
            case WindowClosed():
                self._ended = True
            case Asked():
                self._answer(message)

    def _press(self, pressed: KeyPressed) -> None:
        before = self._recovery
        self._recovery, self._way = before.press(pressed.key)
        if self._recovery.log and not before.log:
            self._said = last_words()
        if self._recovery.dark != before.dark and self._window:
            Tv(self._window).switch(on=before.dark, by_cec=not before.dark)

    def _answer(self, asked: Asked) -> None:
        try:
            asked.reply.set_result(self._told(asked))
        except ControlError as error:
            asked.reply.set_exception(error)

    def _told(self, asked: Asked) -> Mapping[str, Any]:
        match asked.verb:
            case "status":
                left = round(self._again_at - self._clock(), 1)
                return {"screen": "recovery", "reason": self._reason, "again_in": left}
            case "press":
                keys = [key_named(name) for name in asked.keys]
                for key in filter(None, keys):
                    self._press(KeyPressed(key))
                return {"pressed": [name for name, key in zip(asked.keys, keys, strict=True) if key]}
            case "screenshot" if self._window:
                self._draw()
                return {"png": b64encode(self._window.screenshot()).decode("ascii")}
            case "stop":
                self._ended = True
                return {}
        raise ControlError("the box does not start; this is its recovery screen")

    def _draw(self) -> None:
        if self._window:
            page = self._page(self._window)
            self._window.show(self._recovery.scene(page), mirrored=page.words.mirrored)
            self._window.answers()

    def _page(self, window: Window) -> Page:
        return Page(
            words=Words(self._recovery.language),
            measure=window.measure,
            wrap=window.wrap,
            width=window.width,
            reason=self._reason,
            again_in=self._again_at - self._clock(),
            said=self._said,
        )

    def _patience(self) -> int:
        """Milliseconds to sleep: until a second is over, a sign of life is due, or it is time."""
        if self._window and self._window.pending:
            return 0
        waits = [self._again_at - self._clock(), self._manager.feed_seconds]
        if self._window:
            waits.append(self._recovery.changes_in(self._page(self._window)))
        return math.ceil(max(0.0, min(wait for wait in waits if wait is not None)) * 1000)


def _window(stack: ExitStack, size: Size | None) -> Window | None:
    """None where no display answers: then there are words on the terminal (systemd/stb-console.service)."""
    try:
        return stack.enter_context(closing(Window(size=size, title="stb")))
    except StbError as error:
        _log.error("no screen for the recovery: %s", error)
        return None


def _hear(stack: ExitStack, places: Places, inbox: Inbox, window: Window | None) -> None:
    """Hear the kernel's remotes; they stay everybody's, because who repairs a box may want to log in."""
    from stb.remote.kernel import InputBus  # noqa: PLC0415 - takes long to read, and a window has no use for it

    try:
        keymaps = Keymaps(packaged() / "keymaps", places.keymap, write)
        bus = InputBus(keymaps.meaning, grab=False)
        stack.enter_context(closing(RemoteReader(bus, keymaps.meaning, inbox.post)))
    except (OSError, StbError) as error:
        _log.warning("no remote for the recovery: %s", error)
        return
    if window:
        window.deafen()


def _end_on_signals(inbox: Inbox) -> None:
    def end(_number: int, _frame: FrameType | None) -> None:
        inbox.post(WindowClosed())

    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, end)
