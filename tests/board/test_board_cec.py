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
}
"""


class Adapter:
    """A CEC adapter as the kernel shows it, with the address of the first playback device."""

    def __init__(self, devices, *, address=4, place=0x1000):
        (devices / "cec0").touch()
        self.said = []
        self._address = address
        self._place = place

    def ioctl(self, _descriptor, request, buffer):
        if request == cec.GET_LOGICAL and self._address is not None:
            buffer[0], buffer[cec.COUNT_AT] = self._address, 1
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
    ]


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
