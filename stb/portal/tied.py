"""Children that end with the portal, however it ends."""

TIED = ("setpriv", "--pdeathsig", "KILL")
"""In front of a command: the kernel ends it with the thread that started it (prctl(2), PR_SET_PDEATHSIG).

A closed pipe is not enough: ffmpeg 7 with an endless filter never notices that nobody reads it any more.
"""
