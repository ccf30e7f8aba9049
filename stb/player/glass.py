"""Tells when a picture is really on the glass.

libVLC knows when it has decoded a picture and counts what it has shown four times a second; neither is
the moment the viewer sees it. Tried against a screenshot taken every 4 ms: from libVLC's "Received first
picture" to the pixels it is 4 to 65 ms (over 800 when the first picture meets a window that is not yet
visible), and the line can be missing altogether. X tells of all that is drawn in the window (DAMAGE), but
libVLC's own windows paint themselves black two to six times before the picture comes.

So: the window's background is made black, and after each damage its middle row is looked at. What is
not black is a picture. Measured, this is 1 to 6 ms after the pixels changed. A picture that begins black
is left to libVLC's count, which is at most a second late.
"""

from Xlib import X, display, error
from Xlib.ext import damage, shape

from stb.model import VideoTarget


class Glass:
    """The window that pictures appear in, watched from a connection of its own."""

    def __init__(self, target: VideoTarget) -> None:
        """Connect, and make the window's background black."""
        self._display = display.Display(target.display)
        self._display.damage_query_version()
        self._window = self._display.create_resource_object("window", target.xid)
        self._window.change_attributes(background_pixel=0)
        self._window.clear_area()
        self._display.sync()
        self._damage: int | None = None

    def fileno(self) -> int:
        """Readable when something was drawn while watching."""
        return int(self._display.fileno())

    def watch(self) -> None:
        """Look at what is drawn from now on."""
        if self._damage is None:
            self._damage = self._window.damage_create(damage.DamageReportNonEmpty)
        self._display.damage_subtract(self._damage, X.NONE, X.NONE)
        self._display.flush()

    def rest(self) -> None:
        """Look no more: the connection falls silent."""
        if self._damage is not None:
            self._display.damage_destroy(self._damage)
            self._display.flush()
            self._damage = None

    def shows_picture(self) -> bool:
        """Take what X has told; True when something was drawn and it is not black."""
        drawn = False
        while self._display.pending_events():
            drawn |= self._display.next_event().type == self._display.extension_event.DamageNotify
        if not drawn or self._damage is None:
            return False
        self._display.damage_subtract(self._damage, X.NONE, X.NONE)
        return any(self._middle_row())

    def _middle_row(self) -> bytes:
        """The colours of one row, without the padding byte; empty when the window cannot be read.

        The row crosses the widest uncovered part: where the window has holes the menu shows through.
        """
        try:
            part = max(
                self._window.shape_get_rectangles(shape.SK.Bounding).rectangles,
                key=lambda each: each.width * each.height,
                default=None,
            )
            if part is None:
                return b""
            middle = part.y + part.height // 2
            row = self._window.get_image(part.x, middle, part.width, 1, X.ZPixmap, 0xFFFFFF).data
        except error.XError:
            return b""
        return bytes(row)
