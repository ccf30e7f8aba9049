"""The main loop: blocks in poll(2) until something comes, then answers, then draws."""

import math
import select

from stb.app.box import Box
from stb.app.inbox import Inbox
from stb.ui.window import Window


def run(box: Box, window: Window, inbox: Inbox) -> None:
    """Until the viewer, a signal or ``stb stop`` ends it. Nothing is polled: an idle box sleeps."""
    poller = select.poll()
    for descriptor in (inbox.fileno(), *window.filenos):
        poller.register(descriptor, select.POLLIN)
    box.begin()
    while not box.ended:
        for message in (*window.poll(), *inbox.drain()):
            box.handle(message)
        box.tick()
        box.draw()
        if not box.ended:
            wait = box.seconds_to_sleep()
            poller.poll(None if wait is None else math.ceil(wait * 1000))
