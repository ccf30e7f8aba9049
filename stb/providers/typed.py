"""Addresses as a viewer types them, for every protocol whose operators are servers."""

from ipaddress import IPv6Address
from typing import NamedTuple
from urllib.parse import SplitResult, urlsplit

from stb.errors import SettingsError


class Server(NamedTuple):
    """Whom a typed address names."""

    parts: SplitResult
    name: str
    """Of the host; an IPv6 address in brackets."""
    port: int | None
    """As it was typed."""


def server_of(typed: str, example: str) -> Server:
    """The server of an address; without a scheme it is http.

    Args:
        typed: any text; white space in it does not count.
        example: what such an address looks like, for the one who typed another.

    Raises:
        SettingsError: it names no server that could be asked by http or https.
    """
    text = "".join(typed.split())
    try:
        parts = urlsplit(text if "://" in text else f"http://{bracketed(text)}")
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port = None, None
    if not host or port == 0 or parts.scheme not in {"http", "https"}:
        raise SettingsError("operator's address", problems=(f"address: not like {example}",))
    return Server(parts, f"[{host}]" if ":" in host else host, port)


def bracketed(text: str) -> str:
    """Put the brackets around a bare IPv6 address that a viewer would not think of."""
    try:
        IPv6Address(text)
    except ValueError:
        return text
    return f"[{text}]"
