"""Stands in for a player: fills a window of its own inside the given one, red and blue by turns."""

import sys
import time

from Xlib.display import Display

COLOURS = (0xC80000, 0x0000C8)

if __name__ == "__main__":
    display = Display(sys.argv[1])
    target = display.create_resource_object("window", int(sys.argv[2]))
    shape = target.get_geometry()
    picture = target.create_window(0, 0, 4000, 4000, 0, shape.depth)
    picture.map()
    pen = picture.create_gc()
    turn = 0
    while True:
        pen.change(foreground=COLOURS[turn % 2])
        picture.fill_rectangle(pen, 0, 0, 4000, 4000)
        display.sync()
        if turn == 0:
            print("playing", flush=True)  # noqa: T201 - the test waits for it
        turn += 1
        time.sleep(0.02)
