"""Playlists in extended M3U, as panels and plain lists write them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

MEDIA_TYPE = "application/octet-stream"
"""What panels say a playlist is; some say ``audio/mpegurl``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing that can be played."""

    name: str
    address: str
    attributes: tuple[tuple[str, str], ...] = ()
    """Name and value, in the order they are written."""


def playlist(entries: Iterable[Entry], header: tuple[tuple[str, str], ...] = ()) -> str:
    """A list with attributes (``m3u_plus``)."""
    return "\n".join([f"#EXTM3U{_attributes(header)}", *_lines(entries, plus=True), ""])


def plain(entries: Iterable[Entry]) -> str:
    """A list of names and addresses alone (``m3u``)."""
    return "\n".join(["#EXTM3U", *_lines(entries, plus=False), ""])


def _lines(entries: Iterable[Entry], *, plus: bool) -> Iterator[str]:
    for entry in entries:
        yield f"#EXTINF:-1{_attributes(entry.attributes) if plus else ''},{_line(entry.name)}"
        yield entry.address


def _attributes(attributes: tuple[tuple[str, str], ...]) -> str:
    return "".join(f' {name}="{_line(value).replace(chr(34), chr(39))}"' for name, value in attributes)


def _line(text: str) -> str:
    return " ".join(text.split())
