"""The thread ``remote``: blocks until a key is pressed, a device comes or goes, or the box ends."""

import logging
import os
import select
from collections.abc import Callable
from contextlib import suppress
from threading import Thread

from stb.messages import KeyPressed, KeySeen
from stb.remote.devices import Bus, Device, DeviceGone
from stb.remote.rules import Meaning, Rules
from stb.remote.strokes import Strokes

_log = logging.getLogger(__name__)

_END_SECONDS = 2.0


class RemoteReader:
    """Hears every device that has keys for us, and posts what they say."""

    def __init__(self, bus: Bus, meaning: Meaning, post: Callable[[KeyPressed | KeySeen], None]) -> None:
        """Take the devices that are there, and start the thread. The bus becomes the reader's."""
        self._bus = bus
        self._meaning = meaning
        self._post = post
        self._rules = Rules()
        self._heard: dict[int, tuple[str, Device, Strokes]] = {}
        self._refused = False
        self._ended = os.eventfd(0, os.EFD_NONBLOCK | os.EFD_CLOEXEC)
        self._poller = select.poll()
        for descriptor in (self._ended, bus.fileno()):
            self._poller.register(descriptor, select.POLLIN)
        for path in bus.present():
            self._open(path)
        self._thread = Thread(target=self._run, name="remote", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """End the thread and give every device back."""
        os.eventfd_write(self._ended, 1)
        self._thread.join(_END_SECONDS)
        if self._thread.is_alive():
            _log.error("thread did not end name=%s", self._thread.name)

    def _run(self) -> None:
        try:
            while self._turn():
                pass
        finally:
            for descriptor in tuple(self._heard):
                self._drop(descriptor)
            self._bus.close()
            os.close(self._ended)

    def _turn(self) -> bool:
        """Block until something happens, and answer it; False when the box ends."""
        for descriptor, _ in self._poller.poll():
            if descriptor == self._ended:
                return False
            if descriptor in self._heard:
                self._read(descriptor)
            else:
                self._replug()
        return True

    def _replug(self) -> None:
        for change in self._bus.changes():
            for descriptor in [number for number, heard in self._heard.items() if heard[0] == change.path]:
                self._drop(descriptor)
            if change.there:
                self._open(change.path)

    def _open(self, path: str) -> None:
        try:
            device = self._bus.open(path)
        except PermissionError:
            self._say_refused(path)
        except OSError as error:
            _log.warning("device passed over path=%s: %s", path, error.strerror or error)
        else:
            if device is not None:
                _log.info("device taken path=%s name=%s", path, device.name)
                self._heard[device.fileno()] = path, device, Strokes(self._bus.names)
                self._poller.register(device.fileno(), select.POLLIN)

    def _say_refused(self, path: str) -> None:
        """Once: a box without the right to one device has it to none."""
        if not self._refused:
            _log.error(
                "no permission to hear the remote path=%s: add the box's user to the group input", path
            )
        self._refused = True

    def _read(self, descriptor: int) -> None:
        _, device, strokes = self._heard[descriptor]
        try:
            events = device.read()
        except DeviceGone:
            self._drop(descriptor)
            return
        for event in events:
            for stroke in strokes.take(event):
                for message in self._rules.take(stroke, device.name, self._meaning):
                    self._post(message)

    def _drop(self, descriptor: int) -> None:
        path, device, _ = self._heard.pop(descriptor)
        self._poller.unregister(descriptor)
        with suppress(OSError):
            device.close()
        _log.info("device left path=%s name=%s", path, device.name)
