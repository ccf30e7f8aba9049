"""Plays streams: libVLC in a process of its own, which may hang or die without the menu noticing.

    PlayerHost (in the box)  -- wire -->  child: Tuner --> Vlc (libVLC), Glass (is it on the screen?)

Nothing here imports libVLC into the box's process.
"""

from stb.player.fake import FakePlayer
from stb.player.host import PlayerHost
from stb.player.player import Player

__all__ = ["FakePlayer", "Player", "PlayerHost"]
