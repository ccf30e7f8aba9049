"""The sockets that displays are plugged into, through X's RandR extension.

X starts a display that is there when it starts itself, and tells of one that comes later; but somebody must
then give it a picture: on a desktop the desktop does, here there is none. And whoever fills the display must
follow when its size changes.
"""

import logging
from collections.abc import Iterator

from Xlib.display import Display
from Xlib.error import ConnectionClosedError, XError
from Xlib.ext import randr
from Xlib.protocol.rq import DictWrapper

from stb.ui.geometry import Size

_log = logging.getLogger(__name__)
_NO_CRTC = 0
_AS_IT_IS = randr.Rotate_0
_INTERLACED = 1 << 4
"""RR_Interlace in a mode's flags (randr.h)."""
_NEAR = 1.0
"""59.94 is 60 to everybody."""


class Outputs:
    """All sockets of the X display at ``DISPLAY``."""

    def __init__(self) -> None:
        """Listen from now on."""
        self._display = Display()
        self._root = self._display.screen().root
        self._root.xrandr_select_input(randr.RRScreenChangeNotifyMask | randr.RROutputChangeNotifyMask)
        self._display.sync()
        self._hertz: int | None = None

    def fileno(self) -> int:
        """Readable when something changed."""
        return int(self._display.fileno())

    @property
    def pending(self) -> bool:
        """Whether something changed and was heard of together with an answer: `fileno` is quiet then."""
        return bool(self._display.pending_events())

    def changed(self) -> bool:
        """Whether anything did since the last time; never waits."""
        return bool([self._display.next_event() for _ in range(self._display.pending_events())])

    def size(self) -> Size:
        """Of the whole display, in pixels."""
        geometry = self._root.get_geometry()
        return Size(geometry.width, geometry.height)

    def light_up(self) -> None:
        """Give a picture to a display that has come, where no other one has it."""
        try:
            self._light_up()
        except XError as error:
            _log.warning("display not lit error=%s", error)

    def set_rate(self, hertz: int | None) -> None:
        """Give displays so many pictures a second in the size they have; None: as they like best.

        One that does not offer it stays as it is, and the log says so.
        """
        if hertz == self._hertz:
            return
        self._hertz = hertz
        try:
            self._follow_rate()
        except XError as error:
            _log.warning("display rate hertz=%s error=%s", hertz, error)

    def _follow_rate(self) -> None:
        resources = self._root.xrandr_get_screen_resources_current()
        at = resources.config_timestamp
        for output, info in self._known(resources):
            if info.connection != randr.Connected or not self._lit(info, at):
                continue
            crtc = self._display.xrandr_get_crtc_info(info.crtc, at)
            mode = self._mode(info, resources, crtc.mode)
            if mode.id != crtc.mode:
                _log.info("display rate output=%s hertz=%.2f", info.name, _rate(mode))
                spread = crtc.x, crtc.y, mode.id, crtc.rotation, [output]
                self._display.xrandr_set_crtc_config(info.crtc, at, *spread)
        self._display.sync()

    def _mode(self, info: DictWrapper, resources: DictWrapper, like: int) -> DictWrapper:
        """Of the modes of a size the one with the rate that is wanted, or the display's favourite.

        It names its favourite first.
        """
        known = {mode.id: mode for mode in resources.modes}
        model = known[like]
        fitting = [
            known[each]
            for each in info.modes
            if (known[each].width, known[each].height) == (model.width, model.height)
            and not known[each].flags & _INTERLACED
        ]
        if not fitting:
            return model
        if self._hertz is None:
            return fitting[0]
        wanted = self._hertz
        nearest = min(fitting, key=lambda mode: abs(_rate(mode) - wanted))
        if abs(_rate(nearest) - wanted) > _NEAR:
            _log.info("display has no such rate output=%s hertz=%d", info.name, wanted)
            return fitting[0]
        return nearest

    def _light_up(self) -> None:
        resources = self._root.xrandr_get_screen_resources_current()
        known = dict(self._known(resources))
        there = {each: info for each, info in known.items() if info.connection == randr.Connected}
        at = resources.config_timestamp
        dark = [each for each, info in there.items() if info.modes and not self._lit(info, at)]
        if not dark or len(dark) < len(there):
            return
        output, info = dark[0], there[dark[0]]
        mode = self._mode(info, resources, info.modes[0])  # of the size of the display's favourite
        _log.info("display lit output=%s pixels=%dx%d", info.name, mode.width, mode.height)
        for left in known.values():
            if left.crtc != _NO_CRTC:
                self._display.xrandr_set_crtc_config(left.crtc, at, 0, 0, 0, _AS_IT_IS, [])
        self._root.xrandr_set_screen_size(mode.width, mode.height, info.mm_width or 1, info.mm_height or 1)
        self._display.xrandr_set_crtc_config(info.crtcs[0], at, 0, 0, mode.id, _AS_IT_IS, [output])
        self._display.sync()

    def _lit(self, info: DictWrapper, at: int) -> bool:
        """Whether the display has a picture that it can show, not one left there for the display before."""
        if info.crtc == _NO_CRTC:
            return False
        return self._display.xrandr_get_crtc_info(info.crtc, at).mode in info.modes

    def _known(self, resources: DictWrapper) -> Iterator[tuple[int, DictWrapper]]:
        for output in resources.outputs:
            yield output, self._display.xrandr_get_output_info(output, resources.config_timestamp)

    def close(self) -> None:
        """Listen no longer."""
        try:
            self._display.close()
        except (ConnectionClosedError, XError) as error:
            _log.debug("display was gone before: %s", error)


def _rate(mode: DictWrapper) -> float:
    """Pictures a second (X Resize and Rotate Extension, MODEINFO)."""
    total = mode.h_total * mode.v_total
    return float(mode.dot_clock / total) if total else 0.0
