"""Addresses as they may stand in logs and errors: without passwords and tokens."""

import re
from urllib.parse import urlsplit

HIDDEN = "***"
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*://[^\s\"'<>\\]*")


def redacted(address: str) -> str:
    """An address without user name, password, fragment and the values of its query.

    ``http://me:word@tv.example/api?token=7`` becomes ``http://tv.example/api?token=***``. The path
    stays: it tells which question was asked. What is no address, or cannot be told apart from a password with
    a slash in it, is not repeated.
    """
    try:
        parts = urlsplit(address)
    except ValueError:
        return HIDDEN
    if not parts.scheme or not parts.netloc or "@" in parts.path + parts.query + parts.fragment:
        return HIDDEN
    host = parts.netloc.rpartition("@")[2]
    query = "&".join(_without_value(field) for field in parts.query.split("&") if field)
    return f"{parts.scheme}://{host}{parts.path}" + (f"?{query}" if query else "")


def redacted_text(text: str) -> str:
    """A text with every address in it `redacted`."""
    return _ADDRESS.sub(lambda found: redacted(found[0]), text)


def _without_value(field: str) -> str:
    name, equals, _ = field.partition("=")
    return f"{name}={HIDDEN}" if equals else HIDDEN
