"""Streams that libVLC cannot open as they are said to be.

Debian's libVLC is built without an RTSP client (live555). So ffmpeg opens those, copies them unchanged
into an MPEG transport stream on a pipe, and libVLC plays the pipe. Everything else libVLC opens itself:
HTTP, HLS, RTMP (through libavformat), UDP and RTP. Only headers of one's own it cannot send: then a
`Courier` asks.
"""

import os
import re
import string
import subprocess
from dataclasses import replace
from urllib.parse import quote, urlsplit

from stb.player.courier import Courier
from stb.player.opening import Opening

RELAYED = frozenset({"rtsp", "rtsps"})
_CARRIED = frozenset({"http", "https"})
_DATAGRAMS = frozenset({"udp", "rtp"})
_SILENCE_US = 10_000_000
"""After so many microseconds without an answer or a packet a server has gone."""
_PROTOCOLS = "pipe,http,tcp,tls,crypto,rtsp,rtp,udp"
"""What ffmpeg may open; no files: an address comes from outside."""
_COMMAND = (
    # Whatever ends the player, ffmpeg ends with it, also while it waits for a server.
    *("setpriv", "--pdeathsig", "KILL"),
    *("ffmpeg", "-hide_banner", "-nostdin", "-loglevel", "error"),
    *("-f", "concat", "-safe", "0", "-protocol_whitelist", _PROTOCOLS, "-i", "pipe:0"),
    *("-map", "0:v?", "-map", "0:a?", "-c", "copy"),
    # RTP says when a picture is shown, not when it is decoded; the first one may say neither, which a
    # transport stream does not allow.
    *("-bsf:v", r"setts=pts=if(eq(PTS\,NOPTS)\,DTS\,PTS)"),
    *("-f", "mpegts", "-flush_packets", "1", "pipe:1"),
)
_MOST_WORDS = 4096
_SPEAKER = re.compile(r"^\[[^]]*\] *")
_ADDRESS = re.compile(r"\w+://[^\s']+")


class Direct:
    """A stream that libVLC opens itself."""

    def __init__(self, opening: Opening) -> None:
        """Play this."""
        self.address = _listening(opening.address)
        """For libVLC."""
        self.options = _asking(opening)
        """For libVLC's media."""

    def start(self) -> None:
        """Nothing: libVLC opens it."""

    def close(self) -> str:
        """Give nothing back; libVLC knows what went wrong."""
        return ""


class Carried:
    """A stream that is fetched by a courier, because its server wants to be asked in its own way."""

    def __init__(self, opening: Opening) -> None:
        """Make the courier ready."""
        self._courier = Courier(opening)
        self.address = self._courier.address
        self.options = _asking(replace(opening, user_agent="", referrer=""))

    def start(self) -> None:
        """Nothing: the courier goes when libVLC asks."""

    def close(self) -> str:
        """Call the courier back; libVLC knows what went wrong. Safe to call twice."""
        self._courier.close()
        return ""


class Relay:
    """A stream that an ffmpeg of its own copies into a pipe."""

    options: tuple[str, ...] = (":demux=ts", ":file-caching=1000")

    def __init__(self, address: str) -> None:
        """Make the pipe ready; nothing is asked for yet."""
        self._listed = _listed(address)
        self._reader, self._writer = os.pipe()
        self._process: subprocess.Popen[bytes] | None = None
        self._words = -1
        self._closed = False
        self.address = f"fd://{self._reader}"

    def start(self) -> None:
        """Start ffmpeg; the address reaches it through its standard input, where no process list shows it."""
        self._words, words = os.pipe()
        # Nobody reads what it says before it has ended: when the pipe is full the rest is lost, as it may be.
        for end in (self._words, words):
            os.set_blocking(end, False)
        with os.fdopen(os.memfd_create("list"), "w+b", buffering=0) as listed:
            listed.write(self._listed)
            listed.seek(0)
            self._process = subprocess.Popen(_COMMAND, stdin=listed, stdout=self._writer, stderr=words)
        os.close(self._writer)
        os.close(words)

    def close(self) -> str:
        """End ffmpeg; says what it complained of first. Safe to call twice."""
        if self._closed:
            return ""
        self._closed = True
        os.close(self._reader)
        if self._process is None:
            os.close(self._writer)
            return ""
        self._process.kill()
        self._process.wait()
        with os.fdopen(self._words, "rb") as words:
            return _first_complaint(words.read(_MOST_WORDS) or b"")


Opened = Direct | Carried | Relay


def opened(opening: Opening) -> Opened:
    """Make a stream playable; to be started when the one before is closed, and closed at its own end."""
    scheme = urlsplit(opening.address).scheme
    if scheme in RELAYED:
        return Relay(opening.address)
    trusted = scheme == "https" and opening.fingerprint  # libVLC knows no certificate by its fingerprint
    carried = trusted or (opening.headers and scheme in _CARRIED)
    return Carried(opening) if carried else Direct(opening)


def _listed(address: str) -> bytes:
    """A list with one entry for ffmpeg's concat demuxer (ffmpeg-formats, 3.5), which can carry options.

    TCP first; where the server refuses it (461) ffmpeg asks for datagrams by itself.
    """
    # One line, whatever the address is: what follows would be read as more of the list.
    quoted = quote(address, safe=string.punctuation).replace("'", r"'\''")
    options = f"option rtsp_flags prefer_tcp\noption timeout {_SILENCE_US}\n"
    return f"ffconcat version 1.0\nfile '{quoted}'\n{options}".encode()


def _asking(opening: Opening) -> tuple[str, ...]:
    """Options of libVLC's media for how to ask, where to begin and where to end."""
    chosen = {
        "http-user-agent": opening.user_agent,
        "http-referrer": opening.referrer,
        # libVLC's own reader of transport streams does not know how long a file behind HTTP is.
        "demux": "avformat,any" if opening.lasts and _is_transport_stream(opening.address) else "",
        "start-time": f"{opening.at:.3f}" if opening.at else "",
        "stop-time": f"{opening.ends:.3f}" if opening.ends else "",
    }
    return tuple(f":{name}={value}" for name, value in chosen.items() if value)


def _is_transport_stream(address: str) -> bool:
    return urlsplit(address).path.lower().endswith((".ts", ".m2ts"))


def _listening(address: str) -> str:
    """Datagrams are listened for at the address: libVLC has an ``@`` before that, many lists have none."""
    parts = urlsplit(address)
    if parts.scheme in _DATAGRAMS and "@" not in parts.netloc:
        return parts._replace(netloc=f"@{parts.netloc}").geturl()
    return address


def _first_complaint(words: bytes) -> str:
    """The line nearest to the cause: the first that says more than that it is impossible."""
    lines = [_SPEAKER.sub("", line) for line in words.decode(errors="replace").splitlines()]
    told = next((line for line in lines if not line.startswith("Impossible to open")), "")
    return without_addresses(told.removeprefix("pipe:0: "))


def without_addresses(words: str) -> str:
    """A complaint that may be read by others: an address may hold a password."""
    return _ADDRESS.sub("<address>", words)[:200]
