"""Answers of a panel that are not the usual ``{"js": ...}``."""


class Raw(str):
    """The whole body, as it is."""

    __slots__ = ()


class Whole(dict[str, object]):
    """The whole object, with ``js`` and what stands beside it."""


EMPTY = Raw()
"""What a panel says where it ends without a word."""
