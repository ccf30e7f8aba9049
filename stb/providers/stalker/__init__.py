"""Stalker portals: a device goes by its hardware address, and what it is given depends on the portal.

There are two, which disagree in nearly everything: the genuine one, and its imitation inside panels.
"""

from stb.providers.stalker.client import Stalker

__all__ = ["Stalker"]
