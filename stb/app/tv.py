"""The TV the box is plugged into, off in stand-by and on again."""

import logging

from stb.board import cec
from stb.ui.window import Window

_log = logging.getLogger(__name__)


class Tv:
    """Switched by its picture, and by HDMI-CEC where the viewer wants that."""

    def __init__(self, window: Window) -> None:
        """The one that shows this window."""
        self._window = window

    def give(self, hertz: int | None) -> None:
        """Give it so many pictures a second; None: as many as it likes best."""
        self._window.set_rate(hertz)

    def switch(self, *, on: bool, by_cec: bool) -> None:
        """Give it a picture, or none; by HDMI-CEC it is told so too."""
        _log.info("tv on=%s by_cec=%s", on, by_cec)
        self._window.switch(on=on)
        if by_cec:
            (cec.wake if on else cec.stand_by)()
