"""The X window the player draws into, inside the box's own; and the picture of both.

Spoken to over a connection of its own (python-xlib): an error there is an exception or a line in the
log, where Xlib would end the process. No events are asked for on it, so nobody need listen to it.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

from Xlib import X
from Xlib.display import Display
from Xlib.error import ConnectionClosedError, XError
from Xlib.error import DisplayError as NoDisplay
from Xlib.ext import shape
from Xlib.protocol import rq

from stb.errors import DisplayError
from stb.model import VideoTarget
from stb.ui.cutout import Cutout
from stb.ui.geometry import Region, Size
from stb.ui.sdl import pygame

_log = logging.getLogger(__name__)

_BAND = 128
"""Rows of a picture asked for at once: python-xlib copies what it has of an answer at every read."""
_ALL_PLANES = 0xFFFFFFFF


class VideoWindow:
    """A black window without a picture of its own, hidden until it is placed."""

    def __init__(self, parent: int, size: Size) -> None:
        """Inside the window with this XID, which is of this size in pixels."""
        with _told():
            self._display = Display()
            self._display.set_error_handler(_log_error)
            self._parent = self._display.create_resource_object("window", parent)
            self._size = size
            self._window = self._parent.create_window(
                0,
                0,
                *size,
                0,
                X.CopyFromParent,
                background_pixel=self._display.screen().black_pixel,
            )
            self._display.sync()
        self._cutout: Cutout | None = None
        self.target = VideoTarget(display=self._display.get_display_name(), xid=self._window.id)

    def fit(self, size: Size) -> None:
        """The window around it has this size now; the picture must be placed anew."""
        self._size = size
        self._cutout = None

    def place(self, cutout: Cutout | None) -> tuple[Region, ...]:
        """Show the picture there, or nowhere. The regions that came to light and must be updated now.

        X has done it all when this returns: what is drawn next is drawn over the last pixels of the
        picture, and nothing else was seen there in between.
        """
        before, self._cutout = self._cutout, cutout
        if cutout == before:
            return ()
        with _told():
            if cutout is None:
                self._window.unmap()
            else:
                self._cut(cutout)
                self._window.map()
            self._display.sync()
        if cutout is None:
            return (before.video,) if before else ()
        return cutout.uncovered_after(before)

    def _cut(self, cutout: Cutout) -> None:
        x, y, width, height = cutout.video
        visible = [part.moved(-x, -y) for part in cutout.visible]
        self._window.configure(x=x, y=y, width=width, height=height)
        self._window.shape_rectangles(
            shape.SO.Set,
            shape.SK.Bounding,
            X.YXBanded,
            0,
            0,
            [{"x": part.x, "y": part.y, "width": part.width, "height": part.height} for part in visible],
        )

    def screenshot(self) -> bytes:
        """PNG of the box's window as it is seen, the picture of the channel in it."""
        picture = pygame.Surface(self._size, 0, 24)
        with _told():
            for y in range(0, self._size.height, _BAND):
                picture.blit(self._band(y, min(_BAND, self._size.height - y)), (0, y))
        file = BytesIO()
        pygame.image.save(picture, file, "screenshot.png")
        return file.getvalue()

    def _band(self, y: int, rows: int) -> pygame.Surface:
        """Rows of the window, whatever way the server stores a pixel in 16 or 32 bits."""
        image = self._parent.get_image(0, y, self._size.width, rows, X.ZPixmap, _ALL_PLANES)
        server = self._display.display.info
        bits = next(row.bits_per_pixel for row in server.pixmap_formats if row.depth == image.depth)
        masks = self._masks(image.visual)
        if server.image_byte_order != X.LSBFirst:
            masks = [_swapped(mask, bits // 8) for mask in masks]
        band = pygame.Surface((self._size.width, rows), 0, bits, (*masks, 0))
        band.get_buffer().write(image.data)
        return band

    def _masks(self, visual: int) -> list[int]:
        """Which bits of a pixel are red, green and blue."""
        depths = self._display.screen().allowed_depths
        found = next(row for depth in depths for row in depth.visuals if row.visual_id == visual)
        return [found.red_mask, found.green_mask, found.blue_mask]

    def close(self) -> None:
        """Take the window away."""
        try:
            self._display.close()
        except (ConnectionClosedError, XError) as error:
            _log.debug("display was gone before the window: %s", error)


@contextmanager
def _told() -> Iterator[None]:
    """python-xlib's errors as ours."""
    try:
        yield
    except (NoDisplay, ConnectionClosedError, XError) as error:
        raise DisplayError(f"X: {error}") from error


def _log_error(error: XError, _request: rq.Request | None) -> None:
    _log.warning("x error=%s", error)


def _swapped(mask: int, size: int) -> int:
    return int.from_bytes(mask.to_bytes(size, "big"), "little")
