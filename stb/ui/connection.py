"""SDL's own X window and connection: what the player's window stands in, what a loop can sleep on.

pygame 2.6's ``display.get_wm_info`` reads fields of other window systems that SDL left unset, and ends the
process when one of them happens to be null (seen in one of ten windows). So SDL itself is asked, in
the library that pygame has loaded.
"""

import re
from ctypes import POINTER, Structure, byref, c_char, c_int, c_uint8, c_uint32, c_ulong, c_void_p
from pathlib import Path

from stb.errors import DisplayError
from stb.ui.clibrary import load
from stb.ui.sdl import pygame

_ALREADY_READ = 0
_ONLY_WINDOW = 1
"""SDL counts windows from one each time its video starts, and pygame opens one."""
_X11 = load(
    "libX11.so.6",
    {
        "XConnectionNumber": (c_int, c_void_p),
        "XEventsQueued": (c_int, c_void_p, c_int),
        "XSync": (c_int, c_void_p, c_int),
    },
)


class _Info(Structure):
    """SDL_SysWMinfo (SDL_syswm.h), with the union's member ``x11``."""

    _fields_ = (
        ("version", c_uint8 * 3),
        ("subsystem", c_int),
        ("display", c_void_p),
        ("window", c_ulong),
        ("rest_of_union", c_char * 64),
    )


def _loaded_sdl() -> str:
    """Path of the SDL that pygame brought: a wheel has its own, Debian's uses the system's."""
    found = re.search(r"/.*libSDL2-2[-.].*", Path("/proc/self/maps").read_text("utf-8"))
    if found is None:
        raise DisplayError("pygame has not loaded SDL 2")
    return found[0]


class Connection:
    """The connection of the window that pygame has opened."""

    def __init__(self) -> None:
        sdl = load(
            _loaded_sdl(),
            {
                "SDL_GetVersion": (None, c_void_p),
                "SDL_GetWindowFromID": (c_void_p, c_uint32),
                "SDL_GetWindowWMInfo": (c_int, c_void_p, POINTER(_Info)),
            },
        )
        info = _Info()
        sdl.SDL_GetVersion(byref(info, _Info.version.offset))
        if not sdl.SDL_GetWindowWMInfo(sdl.SDL_GetWindowFromID(_ONLY_WINDOW), byref(info)):
            raise DisplayError("SDL does not know the X window")
        self._display = info.display
        self.window: int = info.window
        """XID of pygame's window."""

    def fileno(self) -> int:
        """Readable when the server has sent something."""
        return int(_X11.XConnectionNumber(self._display))

    def sync(self) -> None:
        """Come back when the server has done all that was asked of it; a hung server never has."""
        _X11.XSync(self._display, 0)

    @property
    def pending(self) -> bool:
        """Whether Xlib or SDL have events in memory, taken in while something was drawn."""
        return bool(_X11.XEventsQueued(self._display, _ALREADY_READ)) or pygame.event.peek(pump=False)
