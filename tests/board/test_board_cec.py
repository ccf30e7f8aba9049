"""What is said to the TV over HDMI-CEC, and that it is said as the kernel wants it."""

import os
import subprocess

import pytest

from stb.board import cec

HEADER = """
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <linux/cec.h>
int main(void) {
    printf("%lu %lu %lu %zu %zu %zu %zu %zu", (unsigned long)CEC_ADAP_G_PHYS_ADDR,
           (unsigned long)CEC_ADAP_G_LOG_ADDRS, (unsigned long)CEC_TRANSMIT, sizeof(struct cec_log_addrs),
           sizeof(struct cec_msg), offsetof(struct cec_msg, len), offsetof(struct cec_msg, msg),
           offsetof(struct cec_log_addrs, num_log_addrs));
    printf(" %lu %u %u %u %u %u %u", (unsigned long)CEC_ADAP_S_LOG_ADDRS, CEC_OP_CEC_VERSION_1_4,
           CEC_VENDOR_ID_NONE, CEC_LOG_ADDRS_FL_ALLOW_RC_PASSTHRU, CEC_OP_PRIM_DEVTYPE_PLAYBACK,
           CEC_LOG_ADDR_TYPE_PLAYBACK, CEC_OP_ALL_DEVTYPE_PLAYBACK);
    printf(" %zu %zu %zu %zu %zu", offsetof(struct cec_log_addrs, flags),
           offsetof(struct cec_log_addrs, osd_name), offsetof(struct cec_log_addrs, primary_device_type),
           offsetof(struct cec_log_addrs, log_addr_type), offsetof(struct cec_log_addrs, all_device_types));
}
"""


class Adapter:
    """A CEC adapter as the kernel shows it, with the address of the first playback device."""

    def __init__(self, devices, *, address=4, place=0x1000):
        (devices / "cec0").touch()
        self.said = []
        self.claimed = None
        self._address = address
        self._place = place

    def ioctl(self, _descriptor, request, buffer):
        if request == cec.GET_LOGICAL and self._address is not None:
            buffer[0], buffer[cec.COUNT_AT] = self._address, 1
        elif request == cec.SET_LOGICAL:
            self.claimed = cec.CLAIM.unpack(buffer)
        elif request == cec.GET_PHYSICAL:
            buffer[:] = self._place.to_bytes(2, os.sys.byteorder)
        elif request == cec.TRANSMIT:
            length = int.from_bytes(buffer[cec.LENGTH_AT : cec.LENGTH_AT + 4], os.sys.byteorder)
            self.said.append(bytes(buffer[cec.MESSAGE_AT : cec.MESSAGE_AT + length]).hex(" "))


def test_the_numbers_are_those_of_the_kernels_header(tmp_path):
    program = tmp_path / "numbers"
    subprocess.run(["gcc", "-x", "c", "-", "-o", program], input=HEADER, text=True, check=True)
    said = subprocess.run([program], capture_output=True, text=True, check=True).stdout
    assert [int(number) for number in said.split()] == [
        cec.GET_PHYSICAL,
        cec.GET_LOGICAL,
        cec.TRANSMIT,
        cec.LOGICAL_BYTES,
        cec.MESSAGE_BYTES,
        cec.LENGTH_AT,
        cec.MESSAGE_AT,
        cec.COUNT_AT,
        cec.SET_LOGICAL,
        cec.VERSION_1_4,
        cec.NO_VENDOR,
        cec.HAND_ON_KEYS,
        cec.PRIMARY_PLAYBACK,
        cec.ADDRESS_PLAYBACK,
        cec.ANY_PLAYBACK,
        *(12, 16, 31, 35, 39),
    ]
    assert cec.CLAIM.size == cec.LOGICAL_BYTES


def test_the_tv_is_sent_to_stand_by(tmp_path):
    adapter = Adapter(tmp_path)
    cec.stand_by(tmp_path, adapter.ioctl)
    assert adapter.said == ["40 36"]


def test_the_tv_wakes_and_shows_the_box(tmp_path):
    adapter = Adapter(tmp_path, place=0x2100)
    cec.wake(tmp_path, adapter.ioctl)
    assert adapter.said == ["40 04", "4f 82 21 00"]


def test_an_adapter_without_an_address_says_nothing(tmp_path):
    adapter = Adapter(tmp_path, address=None)
    cec.stand_by(tmp_path, adapter.ioctl)
    assert adapter.said == []


def test_the_box_takes_part_as_a_playback_device_and_hears_the_tvs_remote(tmp_path):
    adapter = Adapter(tmp_path, address=None)
    cec.claim("stb", tmp_path, adapter.ioctl)
    mask, version, many, vendor, flags, name, *kinds = adapter.claimed
    assert (mask, version, many, vendor, flags) == (0, 5, 1, 0xFFFFFFFF, 2)
    assert name.rstrip(b"\0") == b"stb"
    assert [kind[0] for kind in kinds] == [4, 3, 0x10]


def test_an_adapter_that_was_set_up_is_left_as_it_is(tmp_path):
    adapter = Adapter(tmp_path)
    cec.claim("stb", tmp_path, adapter.ioctl)
    assert adapter.claimed is None


def test_a_box_without_cec_goes_on(tmp_path):
    cec.stand_by(tmp_path)
    cec.wake(tmp_path)


def test_a_file_that_is_no_adapter_is_told_and_passed_over(tmp_path, caplog):
    (tmp_path / "cec0").touch()
    cec.stand_by(tmp_path)
    assert "adapter=cec0" in caplog.text


@pytest.mark.board
def test_a_real_adapter_takes_it():
    cec.wake()
