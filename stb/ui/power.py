"""The display's own sleep (X's DPMS extension)."""

import logging
from contextlib import closing

from Xlib.display import Display
from Xlib.error import ConnectionClosedError, XError
from Xlib.error import DisplayError as NoDisplay
from Xlib.ext import dpms

_log = logging.getLogger(__name__)


def switch_display(*, on: bool) -> None:
    """Let the display at ``DISPLAY`` sleep at once, or wake it; it never does so by itself afterwards.

    One that cannot sleep stays as it is, and the log says so.
    """
    try:
        with closing(Display()) as display:
            if not (display.has_extension(dpms.extname) and display.dpms_capable().capable):
                _log.info("display cannot sleep")
                return
            display.dpms_set_timeouts(0, 0, 0)
            display.dpms_enable()
            display.dpms_force_level(dpms.DPMSModeOn if on else dpms.DPMSModeOff)
            if on:
                display.dpms_disable()
            display.sync()
    except (NoDisplay, ConnectionClosedError, XError) as error:
        _log.warning("display power on=%s error=%s", on, error)
