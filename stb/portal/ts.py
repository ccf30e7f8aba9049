"""As much of MPEG transport streams (ISO/IEC 13818-1) as joining one and cutting one up needs."""

from collections.abc import Iterator
from typing import NamedTuple

PACKET = 188
"""Bytes of a packet (2.4.3.2)."""
PAT_PID = 0
_VIDEO_TYPES = frozenset({0x01, 0x02, 0x10, 0x1B, 0x24})
"""MPEG-1, MPEG-2, MPEG-4, H.264, HEVC (table 2-34 and its amendments)."""
_AUDIO_TYPES = frozenset({0x03, 0x04, 0x0F, 0x11})
"""MPEG-1, MPEG-2, AAC in its two forms."""
_PUSI = 0x40
_ADAPTATION = 0x20
_PAYLOAD = 0x10
_RANDOM_ACCESS = 0x40
_PES_WITH_PTS = 14
"""Bytes up to the end of the timestamp."""
_HAS_PTS = 0x80


class Header(NamedTuple):
    """What the fixed part of a packet and its adaptation field say (2.4.3.2, 2.4.3.4)."""

    pid: int
    starts: bool
    """A section or a picture begins in this packet (payload_unit_start_indicator)."""
    random_access: bool
    """A decoder can begin here (random_access_indicator)."""
    payload: int
    """Where the payload begins; `PACKET` where there is none."""


def header(packet: bytes) -> Header:
    """Read the header of one packet of `PACKET` bytes; never raises for its content."""
    pid = (packet[1] & 0x1F) << 8 | packet[2]
    adapted = bool(packet[3] & _ADAPTATION)
    length = packet[4] if adapted else 0
    start = min(4 + adapted + length, PACKET) if packet[3] & _PAYLOAD else PACKET
    return Header(pid, bool(packet[1] & _PUSI), length > 0 and bool(packet[5] & _RANDOM_ACCESS), start)


def pmt_pid(packet: bytes) -> int | None:
    """PID of the first programme's map in a packet that holds a whole PAT (2.4.4.3)."""
    entries = _section(packet, fixed=8)
    for at in range(0, len(entries) - 3, 4):
        if entries[at] or entries[at + 1]:
            return (entries[at + 2] & 0x1F) << 8 | entries[at + 3]
    return None


def leading_pid(packet: bytes) -> int | None:
    """PID of the first video, or else of the first sound, in a packet that holds a whole PMT (2.4.4.8)."""
    section = _section(packet, fixed=10)
    if len(section) < 2:  # noqa: PLR2004 # the length field that follows
        return None
    streams = list(_streams(section))
    kinds = (_VIDEO_TYPES, _AUDIO_TYPES)
    return next((pid for wanted in kinds for kind, pid in streams if kind in wanted), None)


def timestamp(packet: bytes) -> int | None:
    """When what begins in a packet is shown, in ticks of 90 kHz (PTS, 2.4.3.7); None where it is not said."""
    head = header(packet)
    pes = packet[head.payload :]
    if not head.starts or len(pes) < _PES_WITH_PTS or not pes[7] & _HAS_PTS:
        return None
    return (pes[9] >> 1 & 0x07) << 30 | pes[10] << 22 | pes[11] >> 1 << 15 | pes[12] << 7 | pes[13] >> 1


def seconds_between(earlier: int, later: int) -> float:
    """From one timestamp to a later one; they begin anew after 26 hours."""
    return (later - earlier) % (1 << 33) / 90_000


def _streams(section: bytes) -> Iterator[tuple[int, int]]:
    """Type and PID of each elementary stream, from program_info_length on."""
    at = 2 + ((section[0] & 0x0F) << 8 | section[1])
    while at + 5 <= len(section):
        yield section[at], (section[at + 1] & 0x1F) << 8 | section[at + 2]
        at += 5 + ((section[at + 3] & 0x0F) << 8 | section[at + 4])


def _section(packet: bytes, fixed: int) -> bytes:
    """What follows the first ``fixed`` bytes of the section that begins in a packet, without its CRC."""
    head = header(packet)
    if not head.starts or head.payload >= PACKET:
        return b""
    section = packet[head.payload + 1 + packet[head.payload] :]
    if len(section) < fixed:
        return b""
    length = (section[1] & 0x0F) << 8 | section[2]
    return section[fixed : 3 + length - 4]
