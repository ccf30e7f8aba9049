"""Input devices that come and go, as udev tells it. The one file that sees pyudev."""

import pyudev

from stb.remote.devices import Change

_NODES = "/dev/input/event"


class Hotplug:
    """Listens on udev's netlink socket: a device is told of once its file may be opened."""

    def __init__(self) -> None:
        """Listen from now on: what is asked for afterwards by `present` is not missed in between."""
        self._context = pyudev.Context()
        self._monitor = pyudev.Monitor.from_netlink(self._context)
        self._monitor.filter_by("input")
        self._monitor.start()

    def fileno(self) -> int:
        """Readable when `changes` has something to tell."""
        return int(self._monitor.fileno())

    def present(self) -> list[str]:
        """Paths of the event devices that are there."""
        nodes = (device.device_node for device in self._context.list_devices(subsystem="input"))
        return sorted(node for node in nodes if node and node.startswith(_NODES))

    def changes(self) -> list[Change]:
        """What came and went since the last time; never waits."""
        told = iter(lambda: self._monitor.poll(timeout=0), None)
        return [
            Change(device.device_node, device.action == "add")
            for device in told
            if device.action in {"add", "remove"} and (device.device_node or "").startswith(_NODES)
        ]

    def close(self) -> None:
        """The socket goes with its last reference."""
        del self._monitor
