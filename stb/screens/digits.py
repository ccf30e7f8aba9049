"""Typing a channel number: at once when no longer number can follow (UX, remote grammar)."""

from stb.messages import Intent, TypeDigits, Watch
from stb.screens.view import View

_LONGEST = 5
"""Digits a channel number has at the most."""


def typed(view: View, digit: str) -> Intent:
    """What one more digit means: tune, or show what is typed and wait for another."""
    digits = (view.digits + digit)[-_LONGEST:]
    channel = view.lists.numbered(int(digits))
    if channel is None or view.lists.longer(digits):
        return TypeDigits(digits)
    return Watch(channel.ref)
