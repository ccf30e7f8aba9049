"""SDL's own connection to the X server: what a loop can sleep on without missing an event.

Xlib reads ahead: drawing may take events off the socket and keep them in memory, where no `select`
sees them. So a second descriptor, an eventfd, is readable while something waits in memory.
"""

import os
from contextlib import suppress
from ctypes import c_char_p, c_int, c_void_p, py_object, pythonapi

from stb.ui.clibrary import load
from stb.ui.sdl import pygame

_ALREADY_READ = 0
_X11 = load(
    "libX11.so.6",
    {"XConnectionNumber": (c_int, c_void_p), "XEventsQueued": (c_int, c_void_p, c_int)},
)
pythonapi.PyCapsule_GetPointer.restype = c_void_p
pythonapi.PyCapsule_GetPointer.argtypes = [py_object, c_char_p]


class Connection:
    """The connection of the window that pygame has opened."""

    def __init__(self) -> None:
        self._display = pythonapi.PyCapsule_GetPointer(pygame.display.get_wm_info()["display"], b"display")
        self._ahead = os.eventfd(0, os.EFD_NONBLOCK | os.EFD_CLOEXEC)
        self.filenos: tuple[int, ...] = (_X11.XConnectionNumber(self._display), self._ahead)
        """Readable when `events` has something to give."""

    def events(self) -> list[pygame.event.Event]:
        """Everything that happened since."""
        with suppress(BlockingIOError):
            os.eventfd_read(self._ahead)
        return pygame.event.get()

    def look_ahead(self) -> None:
        """Make the loop wake up if Xlib or SDL holds events already: call after anything was drawn."""
        if _X11.XEventsQueued(self._display, _ALREADY_READ) or pygame.event.peek(pump=False):
            os.eventfd_write(self._ahead, 1)

    def close(self) -> None:
        """Give the descriptor back; the connection itself is SDL's."""
        os.close(self._ahead)
