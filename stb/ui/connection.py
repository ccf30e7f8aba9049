"""SDL's own connection to the X server: what a loop can sleep on without missing an event."""

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

    def fileno(self) -> int:
        """Readable when the server has sent something."""
        return int(_X11.XConnectionNumber(self._display))

    @property
    def pending(self) -> bool:
        """Whether Xlib or SDL have events in memory, taken in while something was drawn."""
        return bool(_X11.XEventsQueued(self._display, _ALREADY_READ)) or pygame.event.peek(pump=False)
