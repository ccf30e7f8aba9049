"""Finding out which form of the archive's address a panel understands: the beginning of each is asked for."""

import logging
from collections.abc import Mapping

from stb.errors import BadReply, LoginRefused, NoSuchItem, ProviderError, Unreachable
from stb.net import HttpClient, Limits
from stb.providers.beginnings import ENOUGH, media_kind

log = logging.getLogger(__name__)

_LIMITS = Limits(connect=5.0, read=6.0)
_FIRST = 8 * 1024
"""Bytes."""
_GIVEN = frozenset({200, 206})
_STOPS = frozenset({401, 429})
"""Whoever is told so is not to try another spelling."""


def working_form(http: HttpClient, addresses: Mapping[str, str], headers: Mapping[str, str]) -> str:
    """The name of the first address that gives something to watch.

    A server that breaks over one spelling may understand the next.

    Raises:
        NoSuchItem: none of them does.
        LoginRefused: the operator does not let this viewer in at all.
        Unreachable, Untrusted: nobody is there.
    """
    probing = http.within(_LIMITS)
    headers = {**headers, "Range": f"bytes=0-{_FIRST - 1}"}
    trouble: ProviderError = NoSuchItem("no form of the archive's address", source=http.source)
    for name, address in addresses.items():
        try:
            status, beginning = _begun(probing, address, headers)
        except (Unreachable, BadReply) as error:
            trouble = error
            continue
        if status in _GIVEN and media_kind(beginning):
            return name
        if status in _STOPS:
            raise LoginRefused("refused by the operator", source=http.source, status=status)
        trouble = NoSuchItem("no form of the archive gives a picture", source=http.source, status=status)
    raise trouble


def _begun(http: HttpClient, address: str, headers: Mapping[str, str]) -> tuple[int, bytes]:
    """Status and first bytes of an answer."""
    with http.opened(address, headers) as opened:
        beginning = b""
        for piece in opened.pieces():
            beginning += piece
            if len(beginning) >= ENOUGH:
                break
        return opened.status, beginning
