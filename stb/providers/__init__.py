"""The operators' protocols: which kinds there are, and how one is opened."""

from collections.abc import Callable
from difflib import get_close_matches
from pathlib import Path

from stb.board.clock import is_synchronised
from stb.errors import SettingsError
from stb.model import Identity, Source
from stb.net import USER_AGENT, HttpClient
from stb.providers.access import Access, Memory, Unkept, Zone, systems_zone
from stb.providers.alkarma import AlKarma
from stb.providers.m3u import M3u
from stb.providers.provider import (
    Activating,
    Archiving,
    Attending,
    Favouring,
    Fetching,
    Guarding,
    Guidebook,
    Guiding,
    Lending,
    Offer,
    Provider,
    Recounting,
    Reporting,
    Seeking,
    Shelf,
    Telling,
)
from stb.providers.stalker import Stalker
from stb.providers.xtream import Xtream

__all__ = [
    "PROVIDERS",
    "Access",
    "Activating",
    "AlKarma",
    "Archiving",
    "Attending",
    "Favouring",
    "Fetching",
    "Guarding",
    "Guidebook",
    "Guiding",
    "Lending",
    "M3u",
    "Memory",
    "Offer",
    "Provider",
    "Recounting",
    "Reporting",
    "Seeking",
    "Shelf",
    "Telling",
    "Unkept",
    "Zone",
    "client_for",
    "open_provider",
    "systems_zone",
]

PROVIDERS: dict[str, Callable[[Access], Provider]] = {
    "alkarma": AlKarma,
    "stalker": Stalker,
    "xtream": Xtream,
    "m3u": M3u,
}
"""What `Source.kind` may be, and what is made of it."""


def open_provider(  # noqa: PLR0913 - all that is known of an operator
    source: Source,
    identity: Identity,
    folder: Path,
    *,
    password: str = "",
    memory: Memory | None = None,
    zone: Zone = systems_zone,
) -> Provider:
    """Make the provider that speaks a source's protocol; nothing is sent yet.

    Args:
        source: whom to ask.
        identity: who asks.
        folder: where files that can be fetched again may be kept; each source has its own below it.
        password: the viewer's with this operator, where the kind has one.
        memory: what was learnt of this operator before; None: nothing, and nothing is kept.
        zone: tells the box's time zone.

    Raises:
        SettingsError: there is no such kind, or the address is none.
    """
    kind = PROVIDERS.get(source.kind)
    if kind is None:
        near = get_close_matches(source.kind, PROVIDERS, n=1)
        hint = f", did you mean {near[0]!r}?" if near else f" (there is {', '.join(PROVIDERS)})"
        raise SettingsError(
            f"source {source.id}", problems=(f"kind: {source.kind!r} is no kind of operator{hint}",)
        )
    return kind(
        Access(
            source=source,
            identity=identity,
            http=client_for(source),
            password=password,
            memory=memory or Unkept(),
            folder=folder / source.id,
            zone=zone,
        )
    )


def client_for(source: Source) -> HttpClient:
    """HTTP with an operator: under the name the viewer chose, trusting the certificate the viewer chose."""
    return HttpClient(
        source.id,
        user_agent=source.user_agent or USER_AGENT,
        fingerprint=source.fingerprint,
        knows_time=is_synchronised,
    )
