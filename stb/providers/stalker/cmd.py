"""What a portal says of how to play something: the ``cmd``. Pure.

``[solution] address [option ...]``: the solution names a part of the MAG's player, and the options say
where to begin. The address may be a real one, a placeholder (``http://localhost/ch/1234_``) that only the
portal can turn into one, or relative to the portal.
"""

import re
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import SplitResult, parse_qsl, urljoin, urlsplit

from stb.model import SCHEMES
from stb.providers.decoding import words

_CLOSED = "wtf"
"""Host in the link of a channel that is not subscribed to."""
_LONGEST = 4096
_OPTION = re.compile(r"\s+(?=[A-Za-z_]+:\S*(?:\s|$))")
_SOLUTION = re.compile(r"(?P<solution>[A-Za-z][A-Za-z0-9_]*)\s+(?P<rest>\S.*)", re.DOTALL)
_SECONDS = re.compile(r"[0-9]{1,7}(?:\.[0-9]{1,6})?")
_EMPTY = re.compile(r"(?<=[?&])([^=&#]+)=(?=&|#|$)")


@dataclass(frozen=True, slots=True)
class Command:
    """A ``cmd``, taken apart."""

    address: str
    """Absolute, relative or a placeholder; empty where there is none."""
    solution: str = ""
    """``ffmpeg``, ``auto`` ...: which of its players a MAG uses; ours finds out by itself."""
    options: tuple[tuple[str, str], ...] = ()
    """What followed the address: ``position``, ``media_len`` ..."""

    def seconds(self, name: str) -> float:
        """How many an option says; 0 where it is not there, or no number."""
        said = dict(self.options).get(name, "")
        return float(said) if _SECONDS.fullmatch(said) else 0.0


def command(cmd: str, mac: str = "") -> Command:
    """Take a ``cmd`` apart.

    Args:
        cmd: of any shape.
        mac: stands where the portal wrote ``%mac%``.
    """
    text = words(cmd, _LONGEST).replace("%mac%", mac)
    solution = ""
    if (found := _SOLUTION.fullmatch(text)) and "://" not in found["solution"]:
        solution, text = found["solution"], found["rest"].strip()
    address, *options = _OPTION.split(text)
    pairs = tuple((name, value) for name, _, value in (option.partition(":") for option in options))
    return Command(address.strip().replace(" ", "%20"), solution, pairs)


def is_playable(address: str, *, near: bool = False) -> bool:
    """Whether it is the address of a stream, and no placeholder.

    Args:
        address: of any shape.
        near: the portal is on this machine, where a placeholder is told by its want of a port.
    """
    parts = _parts(address)
    if parts is None or parts.scheme not in SCHEMES or parts.hostname is None:
        return False
    if parts.hostname == _CLOSED:
        return False
    return not _is_here(parts.hostname) or (near and parts.port is not None)


def resolved(address: str, api: str) -> str:
    """Where a result of the portal leads: relative ones hang off its script. Empty: nowhere playable."""
    try:
        whole = urljoin(api, address) if address and "://" not in address.partition("?")[0] else address
    except ValueError:
        return ""
    return whole if is_playable(whole, near=is_near(api)) else ""


def is_near(api: str) -> bool:
    """Whether a portal is on this machine."""
    parts = _parts(api)
    return parts is not None and parts.hostname is not None and _is_here(parts.hostname)


def _is_here(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        found = ip_address(host)
    except ValueError:
        return False
    return found.is_loopback or found.is_unspecified


def completed(address: str, row: str) -> str:
    """A result with the values of its query that the portal lost, from the row's own address.

    Asked for a link it does not make, a portal answers ``...?stream=&extension=ts``.
    """
    theirs, ours = _parts(address), _parts(row)
    if theirs is None or ours is None:
        return address
    have = {name: value for name, value in parse_qsl(ours.query) if value}
    kept = _raw_values(ours.query)

    def fill(found: re.Match[str]) -> str:
        return f"{found[1]}={kept.get(found[1], '')}" if found[1] in have else found[0]

    head, mark, query = address.partition("?")
    return f"{head}?{_EMPTY.sub(fill, f'?{query}')[1:]}" if mark else address


def same_host(address: str, api: str) -> bool:
    """Whether a stream comes from the portal's own host, which may want to see our token."""
    stream, portal = _parts(address), _parts(api)
    return stream is not None and portal is not None and stream.hostname == portal.hostname


def _raw_values(query: str) -> dict[str, str]:
    """As they are written, so that nothing is encoded twice."""
    return {name: value for name, _, value in (pair.partition("=") for pair in query.split("&"))}


def _parts(address: str) -> SplitResult | None:
    try:
        parts = urlsplit(address)
        usable = parts.port != 0 and len(address) <= _LONGEST
    except ValueError:
        return None
    return parts if usable else None
