"""Tells when a display was plugged in, switched on or taken away, as the kernel says it (DRM hot-plug)."""

from collections.abc import Callable

import pyudev

from stb.messages import DisplaysChanged


class DisplayWatch:
    """The thread ``displays``: sleeps until something happens."""

    def __init__(self, post: Callable[[DisplaysChanged], None], subsystem: str = "drm") -> None:
        """Watch from now on.

        Args:
            post: takes the news, in the thread.
            subsystem: of the kernel; a test listens to one that it can make speak.
        """
        # Not udev's own words: what is read afterwards is sysfs, which needs nobody to prepare it.
        monitor = pyudev.Monitor.from_netlink(pyudev.Context(), source="kernel")
        monitor.filter_by(subsystem)
        monitor.start()  # here: the thread may begin later than the first news come
        self._observer = pyudev.MonitorObserver(
            monitor, callback=lambda _device: post(DisplaysChanged()), name="displays"
        )
        self._observer.start()

    def close(self) -> None:
        """End the thread. Safe to call twice."""
        if self._observer.is_alive():
            self._observer.stop()
