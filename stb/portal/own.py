"""A person's own films and channels, for a home without an operator: ``--media DIR`` and ``--m3u FILE``.

They are on the air while the portal runs with these options, and are kept nowhere. AlKarma knows only
channels, so a film is a channel too: of the category "Films", its address that of the file.
"""

import ipaddress
import logging
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

from stb.errors import PortalError
from stb.portal.nouns import Delivery, Picture, PortalChannel

log = logging.getLogger(__name__)

FIRST_FILM = 101
FIRST_LISTED = 1001
_MOST_FILMS = FIRST_LISTED - FIRST_FILM
_FILMS = frozenset({".avi", ".m2ts", ".m4v", ".mkv", ".mov", ".mp3", ".mp4", ".mpg", ".ogg", ".ts", ".webm"})
_LARGEST_LIST = 8 << 20
"""Bytes of a list that are read."""
_MOST_LISTED = 10_000
_LONGEST_LINE = 4096
_SCHEMES = frozenset({"http", "https", "rtsp", "rtsps", "rtmp", "rtmps", "udp", "rtp", "mms", "mmsh"})
_ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')
_NUMBER = re.compile("0x[0-9a-f]*|[0-9]+")
_EPOCH = "2026-03-01T00:00:00.000Z"


def films(folder: Path) -> tuple[PortalChannel, ...]:
    """The films in a folder and below it, by name.

    Raises:
        PortalError: the folder cannot be read.
    """
    if not folder.is_dir():
        raise PortalError(f"--media: there is no folder {folder}")
    try:
        files = sorted(path for path in folder.rglob("*") if path.suffix.lower() in _FILMS and path.is_file())
    except OSError as error:
        raise PortalError(f"--media: {folder} cannot be read: {error.strerror}") from error
    if len(files) > _MOST_FILMS:
        log.warning("of %d films in %s the first %d are shown", len(files), folder, _MOST_FILMS)
    return tuple(
        _channel(number, path.stem.replace("_", " "), "Films", Delivery.FILE, str(path.absolute()))
        for number, path in enumerate(files[:_MOST_FILMS], FIRST_FILM)
    )


def listed(file: Path) -> tuple[PortalChannel, ...]:
    """The channels of a list in extended M3U: name, logo, group, address.

    Those that would make a viewer's box open something on itself are left out.

    Raises:
        PortalError: the list cannot be read, or is too large.
    """
    try:
        with file.open("rb") as source:
            text = source.read(_LARGEST_LIST + 1)
    except OSError as error:
        raise PortalError(f"--m3u: {file} cannot be read: {error.strerror}") from error
    if len(text) > _LARGEST_LIST:
        raise PortalError(f"--m3u: {file} has more than {_LARGEST_LIST >> 20} MB")
    channels = tuple(channels_of(text.decode("utf-8-sig", "replace").splitlines()))
    log.info("%s has %d channels", file.name, len(channels))
    return channels


def channels_of(lines: Iterable[str]) -> Iterator[PortalChannel]:
    """The channels of a list's lines, numbered as they stand."""
    number, described = FIRST_LISTED, ""
    for line in (line.strip() for line in lines):
        if line.startswith("#EXTINF"):
            described = line[:_LONGEST_LINE]
        elif line and not line.startswith("#"):
            if number < FIRST_LISTED + _MOST_LISTED and usable(line):
                yield _listed(number, described, line)
                number += 1
            described = ""


def usable(address: str) -> bool:
    """Whether an address of a list leads to another machine, by a way that a player knows."""
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return False
    return (
        len(address) <= _LONGEST_LINE
        and address.isprintable()
        and parts.scheme in _SCHEMES
        and bool(host)
        and not _is_this_machine(host)
    )


def _is_this_machine(host: str) -> bool:
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        last = host.rstrip(".").rpartition(".")[2]
        # A name that ends in a number is an old way to write an address, which resolvers still understand.
        return last == "localhost" or bool(_NUMBER.fullmatch(last))
    if isinstance(address, ipaddress.IPv6Address):
        address = address.ipv4_mapped or address
    return address.is_loopback or address.is_unspecified or address.is_link_local


def _listed(number: int, described: str, address: str) -> PortalChannel:
    """One channel; without a description it is called after its address's last part."""
    told = dict(_ATTRIBUTE.findall(described))
    name = _ATTRIBUTE.sub("", described).partition(",")[2].strip() or told.get("tvg-name", "").strip()
    path = urlsplit(address).path.rstrip("/").rpartition("/")[2]
    logo = told.get("tvg-logo", "")
    shown = logo if logo.startswith(("http://", "https://")) and usable(logo) else ""
    name = name or path or f"Channel {number}"
    return _channel(number, name, told.get("group-title", "") or "Own", Delivery.LINK, address, shown)


def _channel(  # noqa: PLR0913, PLR0917 # a row
    number: int, name: str, category: str, delivery: Delivery, link: str, logo: str = ""
) -> PortalChannel:
    return PortalChannel(
        id=number,
        name=name,
        logo_url=logo or f"/uploads/own-{number}.png",
        type="Local",
        category=category,
        has_news=0,
        created_at=_EPOCH,
        updated_at=_EPOCH,
        picture=Picture.OWN,
        delivery=delivery,
        link=link,
    )
