"""Plain lists of channels, films and series: M3U, from a server or from a disk."""

from stb.providers.m3u.client import M3u

__all__ = ["M3u"]
