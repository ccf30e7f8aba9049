"""pygame as the box uses it: imported here, so that nothing of it starts without these settings."""

import os

os.environ["PYGAME_HIDE_SUPPORT_PROMPT"] = "1"
os.environ["SDL_VIDEODRIVER"] = "x11"
# The window's surface straight into X's shared memory: a texture took ten times as long.
os.environ["SDL_FRAMEBUFFER_ACCELERATION"] = "0"
# The sockets of the display are the box's (stb.ui.outputs); SDL would put back the mode it began with.
os.environ["SDL_VIDEO_X11_XRANDR"] = "0"
# The box answers SIGTERM itself; SDL would turn it into an event that wakes nobody.
os.environ["SDL_NO_SIGNAL_HANDLERS"] = "1"

import pygame

__all__ = ["pygame"]
