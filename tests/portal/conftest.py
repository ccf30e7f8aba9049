"""What the tests of the portal may ask for."""

import os
import subprocess
import time
from collections.abc import Callable
from threading import Event

import pytest
import requests

from stb.portal import clock
from stb.portal.portal import Portal

PATIENCE = 60.0
"""Seconds after which a test gives up waiting."""


def until(true: Callable[[], object]) -> None:
    """Return when it is so: what the portal does by itself can only be asked again and again."""
    deadline = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < deadline, "it never was so"
        Event().wait(0.005)


@pytest.fixture
def call(portal: Portal) -> Callable[..., requests.Response]:
    """Ask the portal something: ``call("check-device", duid=...)``."""

    def call(name: str, **body: object) -> requests.Response:
        return requests.post(f"{portal.address}/api/client/{name}", json=body, timeout=PATIENCE)

    return call


MAG = {
    "stb_type": "MAG250",
    "sn": "0123456789012",
    "device_id": "A" * 64,
    "device_id2": "B" * 64,
    "ver": "ImageDescription: 0.2.18-r14-pub-250; PORTAL version: 5.6.0; Player Engine version: 0x566",
}
"""What a box says of itself when it asks for its profile."""


class Box:
    """A set-top box, as far as it asks a Stalker portal."""

    def __init__(self, script: str, mac: str = "00:1A:79:00:00:01") -> None:
        """Ask the script at this address."""
        self.script = script
        self.mac = mac
        self.zone = "Europe/Athens"
        self.token = ""

    def ask(self, kind: str, action: str, **params: object) -> requests.Response:
        """Ask, with all that a box sends along."""
        cookies = f"mac={self.mac.replace(':', '%3A')}; stb_lang=en; timezone={self.zone.replace('/', '%2F')}"
        headers = {"Cookie": cookies} | ({"Authorization": f"Bearer {self.token}"} if self.token else {})
        query = {"type": kind, "action": action, **params, "JsHttpRequest": "1-xml"}
        return requests.get(self.script, params=query, headers=headers, timeout=PATIENCE)

    def js(self, kind: str, action: str, **params: object):
        """What is answered, out of its envelope."""
        return self.ask(kind, action, **params).json()["js"]

    def profile(self, **said: object):
        """The profile; what it says of itself may be changed."""
        return self.js("stb", "get_profile", **(MAG | said))

    def sign_in(self):
        """Handshake and profile."""
        self.token = self.js("stb", "handshake", token=self.token)["token"]
        return self.profile()


@pytest.fixture
def box(portal: Portal) -> Box:
    """A box in front of the genuine portal."""
    return Box(f"{portal.address}/stalker_portal/server/load.php")


@pytest.fixture
def other_box(box: Box) -> Callable[..., Box]:
    """Another machine in front of it, with its own address or the same."""
    return lambda mac=box.mac: Box(box.script, mac)


@pytest.fixture
def panel_box(portal: Portal) -> Box:
    """A box in front of a panel that has entered it."""
    box = Box(f"{portal.address}/portal.php", "00:1A:79:00:00:02")
    portal.world.macs.add(box.mac)
    return box


@pytest.fixture
def encoders(offspring) -> Callable[..., dict[int, str]]:
    """The ffmpeg processes that a process (this one) has started and that run: command lines by their ids."""

    def encoders(parent: int | None = None) -> dict[int, str]:
        started = offspring(parent or os.getpid())
        return {child: command for child, command in started.items() if command.startswith("ffmpeg ")}

    return encoders


@pytest.fixture
def on_air(encoders) -> Callable[[], dict[int, str]]:
    """Those of this process's encoders that send a channel; others may be making clips."""
    return lambda: {child: command for child, command in encoders().items() if " mpegts " in command}


@pytest.fixture
def shown() -> Callable[..., list[int]]:
    """The numbers in the strips of a stream's pictures: moments of a clock, or a film's running seconds."""

    def shown(
        stream: bytes, *options: str, height: int = clock.HEIGHT, strip: int = clock.STRIP
    ) -> list[int]:
        """Of a file, its name and where to begin are said as ``options`` of ffmpeg."""
        cells = f"crop=iw:{strip}:0:{height - strip},scale={clock.BITS}:1:flags=area"
        command = ["ffmpeg", "-loglevel", "error", *(options or ("-i", "pipe:0")), "-vf", cells]
        form = ["-f", "rawvideo", "-pix_fmt", "gray", "pipe:1"]
        raw = subprocess.run([*command, *form], input=stream, capture_output=True, check=True).stdout
        rows = [raw[at : at + clock.BITS] for at in range(0, len(raw), clock.BITS)]
        return [sum((cell > 127) << place for place, cell in enumerate(reversed(row))) for row in rows]

    return shown


class Packets:
    """Writes transport stream packets by hand, from the tables of ISO/IEC 13818-1."""

    def packet(
        self, pid: int, payload: bytes, *, starts: bool = False, random_access: bool | None = None
    ) -> bytes:
        """One packet; the adaptation field is there for stuffing or for a random access indicator."""
        room = 184 - len(payload)
        head = bytes([0x47, starts << 6 | pid >> 8, pid & 0xFF])
        if room == 0 and random_access is None:
            return head + b"\x10" + payload
        fields = bytes([(random_access or False) << 6]) if room > 1 else b""
        return head + b"\x30" + bytes([room - 1]) + fields.ljust(room - 1, b"\xff") + payload

    def pat(self, pmt_pid: int) -> bytes:
        """A PAT with the network's entry and one programme."""
        entries = b"\0\0\xe0\x10" + b"\0\x01" + (0xE000 | pmt_pid).to_bytes(2)
        return self._table(0, 0, b"\0\x01\xc1\0\0" + entries)

    def pmt(self, pid: int, streams: dict[int, int]) -> bytes:
        """A PMT of streams: PID to type, each with a descriptor."""
        listed = b"".join(
            bytes([kind]) + (0xE000 | stream).to_bytes(2) + b"\xf0\x03\x0a\x01\0"
            for stream, kind in streams.items()
        )
        return self._table(pid, 2, b"\0\x01\xc1\0\0" + b"\xe1\0\xf0\x02\x0a\0" + listed)

    def picture(self, pid: int, number: int, *, key: bool) -> bytes:
        """A packet that begins a picture."""
        return self.packet(pid, b"picture %06d" % number, starts=True, random_access=key)

    def _table(self, pid: int, table: int, body: bytes) -> bytes:
        section = bytes([table]) + (0xB000 | len(body) + 4).to_bytes(2) + body + b"CRC!"
        return self.packet(pid, (b"\0" + section).ljust(184, b"\xff"), starts=True)


@pytest.fixture(scope="session")
def packets() -> Packets:
    return Packets()
