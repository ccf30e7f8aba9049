"""The kernel's own news reach the box: here of a network interface, as no display can be plugged in."""

import os
import queue
from pathlib import Path

import pytest

from stb.board.displays import DisplayWatch
from stb.messages import DisplaysChanged

SPEAKS = Path("/sys/class/net/lo/uevent")


@pytest.mark.skipif(not os.access(SPEAKS, os.W_OK), reason="only root can make the kernel speak")
def test_news_of_the_kernel_come_at_once():
    told = queue.SimpleQueue()
    watch = DisplayWatch(told.put, subsystem="net")

    SPEAKS.write_text("change")

    assert told.get(timeout=60) == DisplaysChanged()
    watch.close()


def test_close_may_come_twice():
    watch = DisplayWatch(lambda _news: None)

    watch.close()
    watch.close()
