"""The one owner of the display: the box's window, the player's window in it, the keyboard.

X display
  +- the box's window (pygame): the canvas
       +- the video's window (python-xlib): a hole is cut where a plate stands above it
            +- whatever the player puts there
"""

import logging
import os
from contextlib import ExitStack

from Xlib.error import ConnectionClosedError
from Xlib.error import DisplayError as NoDisplay

from stb.errors import DisplayError
from stb.messages import KeyPressed, WindowClosed, WindowResized
from stb.ui.canvas import Canvas
from stb.ui.coming import patience, when_there
from stb.ui.connection import Connection
from stb.ui.cutout import Cutout
from stb.ui.geometry import Region, Size
from stb.ui.keyboard import Keyboard
from stb.ui.outputs import Outputs
from stb.ui.power import switch_display
from stb.ui.scene import Ruler, Scene, Wrap
from stb.ui.sdl import pygame
from stb.ui.theme import DARK, Theme
from stb.ui.video import VideoWindow

_log = logging.getLogger(__name__)

WindowEvent = KeyPressed | WindowClosed | WindowResized


class Window:
    """A window of a fixed size, or the whole display."""

    def __init__(self, size: Size | None, title: str, theme: Theme = DARK) -> None:
        """Open it; without a size (in pixels) it fills the display and hides the pointer.

        Raises:
            DisplayError: No X server answers at ``DISPLAY``.
        """
        with ExitStack() as ends:
            self._outputs = _outputs(ends) if size is None else None
            self._surface = _open(size, title)
            ends.callback(pygame.display.quit)
            self._theme = theme
            self._canvas = Canvas(self._surface, theme)
            self._keyboard: Keyboard | None = Keyboard()
            self._connection = Connection()
            self._video = VideoWindow(self._connection.window, Size(*self._surface.get_size()))
            ends.callback(self._video.close)
            self._ends = ends.pop_all()
        self.gallery = self._canvas.gallery
        """The pictures that scenes may name."""
        self.video = self._video.target
        """Where the player is to draw."""
        self.filenos = tuple(each.fileno() for each in (self._connection, self._outputs) if each)
        """Readable when something happened; a loop may sleep on them while nothing is `pending`."""
        _log.info("window pixels=%dx%d xid=%#x", *self._surface.get_size(), self.video.xid)

    @property
    def width(self) -> int:
        """In design units; the height is always `SCREEN_HEIGHT`."""
        return self._canvas.width

    @property
    def measure(self) -> Ruler:
        """How much room texts take, for the screens."""
        return self._canvas.typesetter.measure

    @property
    def wrap(self) -> Wrap:
        """How paragraphs break into lines, for the screens."""
        return self._canvas.typesetter.wrap

    def show(self, scene: Scene, *, mirrored: bool = False) -> None:
        """Make the window look like this, turned round for a right-to-left language."""
        changed = self._canvas.paint(scene, mirrored=mirrored)
        self._update(changed)
        turned = scene.mirrored(self.width) if mirrored else scene
        # Only now: a picture that appears must not cut holes to the screen before, and what is drawn
        # where a picture still stands is lost, so what it uncovers is drawn after.
        self._update(self._video.place(Cutout.of(turned, self._surface.get_height())))

    @property
    def pending(self) -> bool:
        """Whether `poll` has something to give although `filenos` are quiet.

        Drawing waits for answers of the X server and takes in the events before them. So ask before
        every sleep, after everything was drawn.
        """
        return self._connection.pending or bool(self._outputs and self._outputs.pending)

    def poll(self) -> list[WindowEvent]:
        """What happened since the last call, in order; never waits.

        What X lost of the window (something stood above it) is put back here, from the canvas.
        """
        events = pygame.event.get()
        if any(event.type == pygame.WINDOWEXPOSED for event in events):
            pygame.display.flip()
        told = [each for event in events if (each := self._read(event))]
        return [*told, WindowResized()] if self._follow() else told

    def _follow(self) -> bool:
        """Fill a display that has come, or has another size; whether the window has another one now."""
        if not (self._outputs and self._outputs.changed()):
            return False
        self._outputs.light_up()
        size = self._outputs.size()
        if size == self._surface.get_size():
            return False
        for _ in range(2):  # SDL first leaves the mode in which it believes the display to be, then resizes
            self._surface = pygame.display.set_mode(size, pygame.NOFRAME)
        self._canvas = Canvas(self._surface, self._theme, self.gallery)
        self._video.fit(size)
        _log.info("window pixels=%dx%d", *self._surface.get_size())
        return True

    def _read(self, event: pygame.event.Event) -> WindowEvent | None:
        if event.type == pygame.QUIT:
            return WindowClosed()
        if event.type in {pygame.KEYDOWN, pygame.KEYUP}:
            return self._keyboard.read(event) if self._keyboard else None
        return None

    def _update(self, regions: tuple[Region, ...]) -> None:
        if regions:
            pygame.display.update(regions)

    def answers(self) -> None:
        """Come back when the display has done all that was drawn; with one that hangs, never."""
        self._connection.sync()

    def switch(self, *, on: bool) -> None:
        """Let the display sleep, or wake it; a window leaves a display that others use as it is."""
        if self._outputs:
            switch_display(on=on)

    def set_rate(self, hertz: int | None) -> None:
        """Give every display so many pictures a second, where it can show them; None: as it likes best.

        A window leaves a display that others use as it is.
        """
        if self._outputs:
            self._outputs.set_rate(hertz)

    def screenshot(self) -> bytes:
        """PNG of what the viewer sees: picture and menu together."""
        return self._video.screenshot()

    def deafen(self) -> None:
        """Say nothing of keys from now on: somebody else hears them."""
        self._keyboard = None

    def forget(self) -> None:
        """Draw everything at the next `show`."""
        self._canvas.forget()

    def close(self) -> None:
        """Give the display back. Safe to call twice."""
        self._ends.close()


def _outputs(ends: ExitStack) -> Outputs:
    """The sockets of the display; one that was plugged in before anybody listened has a picture now."""
    try:
        outputs = when_there(Outputs, patience())
    except (NoDisplay, ConnectionClosedError) as error:
        raise DisplayError(f"no X display at {os.environ.get('DISPLAY', 'DISPLAY')!r}: {error}") from error
    ends.callback(outputs.close)
    outputs.light_up()
    return outputs


def _open(size: Size | None, title: str) -> pygame.Surface:
    """The window's surface; of SDL only its display is started, so no sound device is touched."""
    try:
        pygame.display.init()
        pygame.display.set_caption(title)
        if size is not None:
            return pygame.display.set_mode(size)
        surface = pygame.display.set_mode((0, 0), pygame.FULLSCREEN)
    except pygame.error as error:
        pygame.display.quit()
        raise DisplayError(f"no X display at {os.environ.get('DISPLAY', 'DISPLAY')!r}: {error}") from error
    pygame.mouse.set_visible(False)
    return surface
