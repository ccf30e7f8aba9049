"""The TV at the other end of the HDMI cable, told to sleep and to wake (HDMI-CEC 1.4b, CEC 13.1 and 13.2).

Spoken through the kernel's CEC interface (linux/cec.h). The service claims an address on the bus when it
starts (`claim`); the kernel then also hands on the keys of the TV's own remote. Without one nothing is said.
"""

import fcntl
import logging
import os
import struct
from collections.abc import Callable
from pathlib import Path

_log = logging.getLogger(__name__)

GET_PHYSICAL, GET_LOGICAL, TRANSMIT = 0x80026101, 0x805C6103, 0xC0386105
"""CEC_ADAP_G_PHYS_ADDR, CEC_ADAP_G_LOG_ADDRS, CEC_TRANSMIT."""
SET_LOGICAL = 0xC05C6104
"""CEC_ADAP_S_LOG_ADDRS."""
LOGICAL_BYTES, MESSAGE_BYTES = 92, 56
"""struct cec_log_addrs and struct cec_msg."""
LENGTH_AT, MESSAGE_AT, COUNT_AT = 16, 32, 7
"""Where ``len`` and ``msg`` stand in struct cec_msg, and ``num_log_addrs`` in struct cec_log_addrs."""

CLAIM = struct.Struct("=4x H B B I I 15s 4s 4s 4s 48x x")
"""struct cec_log_addrs: mask, version, how many, vendor, flags, name, and three kinds of device each."""
VERSION_1_4, NO_VENDOR, HAND_ON_KEYS = 5, 0xFFFFFFFF, 1 << 1
"""CEC_OP_CEC_VERSION_1_4, CEC_VENDOR_ID_NONE, CEC_LOG_ADDRS_FL_ALLOW_RC_PASSTHRU."""
PRIMARY_PLAYBACK, ADDRESS_PLAYBACK, ANY_PLAYBACK = 4, 3, 0x10
"""CEC_OP_PRIM_DEVTYPE_PLAYBACK, CEC_LOG_ADDR_TYPE_PLAYBACK, CEC_OP_ALL_DEVTYPE_PLAYBACK."""

_TV, _EVERYBODY = 0x0, 0xF
_IMAGE_VIEW_ON, _STANDBY, _ACTIVE_SOURCE = 0x04, 0x36, 0x82

Ioctl = Callable[[int, int, bytearray], object]
"""fcntl.ioctl on a buffer that it changes."""


def claim(name: str, devices: Path = Path("/dev"), ioctl: Ioctl = fcntl.ioctl) -> None:
    """Take part in the bus as a playback device of this name, where nobody set the adapter up yet.

    Not waited for: the kernel asks the bus by itself, and again whenever a TV is plugged in.
    """
    wanted = CLAIM.pack(
        *(0, VERSION_1_4, 1, NO_VENDOR, HAND_ON_KEYS),
        name.encode()[:14],
        *(bytes([kind]) for kind in (PRIMARY_PLAYBACK, ADDRESS_PLAYBACK, ANY_PLAYBACK)),
    )

    def take_part(descriptor: int) -> None:
        logical = bytearray(LOGICAL_BYTES)
        ioctl(descriptor, GET_LOGICAL, logical)
        if not logical[COUNT_AT]:
            ioctl(descriptor, SET_LOGICAL, bytearray(wanted))

    _at_each(devices, take_part)


def stand_by(devices: Path = Path("/dev"), ioctl: Ioctl = fcntl.ioctl) -> None:
    """Send the TV to stand-by."""
    _tell(devices, ioctl, lambda address, _: (_message(address, _TV, _STANDBY),))


def wake(devices: Path = Path("/dev"), ioctl: Ioctl = fcntl.ioctl) -> None:
    """Wake the TV and have it show the box."""
    _tell(
        devices,
        ioctl,
        lambda address, place: (
            _message(address, _TV, _IMAGE_VIEW_ON),
            _message(address, _EVERYBODY, _ACTIVE_SOURCE, place),
        ),
    )


def _tell(devices: Path, ioctl: Ioctl, messages: Callable[[int, bytes], tuple[bytearray, ...]]) -> None:
    """Say it at every adapter that has an address; not waited for: a TV that is off takes seconds."""
    _at_each(devices, lambda descriptor: _say(descriptor, ioctl, messages))


def _at_each(devices: Path, do: Callable[[int], None]) -> None:
    adapters = sorted(devices.glob("cec[0-9]*"))
    if not adapters:
        _log.debug("no cec adapter")
    for adapter in adapters:
        try:
            descriptor = os.open(adapter, os.O_RDWR | os.O_NONBLOCK | os.O_CLOEXEC)
            try:
                do(descriptor)
            finally:
                os.close(descriptor)
        except OSError as error:
            _log.warning("cec adapter=%s error=%s", adapter.name, error.strerror)


def _say(descriptor: int, ioctl: Ioctl, messages: Callable[[int, bytes], tuple[bytearray, ...]]) -> None:
    logical, place = bytearray(LOGICAL_BYTES), bytearray(2)
    ioctl(descriptor, GET_LOGICAL, logical)
    ioctl(descriptor, GET_PHYSICAL, place)
    if logical[COUNT_AT]:
        (number,) = struct.unpack("=H", place)
        for message in messages(logical[0], number.to_bytes(2, "big")):
            ioctl(descriptor, TRANSMIT, message)


def _message(sender: int, receiver: int, opcode: int, operands: bytes = b"") -> bytearray:
    said = bytes([sender << 4 | receiver, opcode]) + operands
    message = bytearray(MESSAGE_BYTES)
    struct.pack_into("=I", message, LENGTH_AT, len(said))
    message[MESSAGE_AT : MESSAGE_AT + len(said)] = said
    return message
