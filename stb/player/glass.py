"""Tells when a picture is really on the glass.

libVLC knows when it has decoded a picture and counts what it has shown four times a second; neither is
the moment the viewer sees it. Tried against a screenshot taken every 4 ms: from "Received first picture"
in libVLC's log to the pixels it is 4 to 65 ms, and the line can be missing. A first picture that is
decoded before the window is ready is counted as shown and never seen; the next one comes when the buffer
is full, 0.8 s later (always at 360 lines, 2 times in 8 at 720, never at 1080 when a server sends its
first seconds at once). X tells of all that is drawn in the window (DAMAGE), but libVLC's own windows
paint themselves black two to six times before the picture comes.

So: the window's background is made black, and after each damage its middle row is looked at. What is
not black is a picture. Measured, this is told within 4 ms of the pixels. A picture that begins black
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

    def screen(self) -> tuple[int, int]:
        """Width and height of what the window lies in: the box's own window."""
        around = self._window.query_tree().parent.get_geometry()
        return around.width, around.height

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
        """Take all that X has told; True when something was drawn and it is not black.

        While the window is read X may tell of more, which then waits here and not in the connection.
        """
        while self._drawn():
            if self._damage is None:
                continue
            self._display.damage_subtract(self._damage, X.NONE, X.NONE)
            if any(self._middle_row()):
                return True
        return False

    def _drawn(self) -> bool:
        """Whether X has told of something new."""
        waiting = self._display.pending_events()
        kinds = {self._display.next_event().type for _ in range(waiting)}
        return self._display.extension_event.DamageNotify in kinds

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
