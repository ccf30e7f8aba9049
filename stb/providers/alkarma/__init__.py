"""AlKarma TV: a device signs in with its DUID, and one answer holds everything the operator offers."""

from stb.providers.alkarma.client import AlKarma

__all__ = ["AlKarma"]
