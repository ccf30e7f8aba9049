"""The operators' protocols: which kinds there are, and how one is opened."""

from collections.abc import Callable
from difflib import get_close_matches

from stb.errors import SettingsError
from stb.model import Identity, Source
from stb.net import HttpClient
from stb.providers.alkarma import AlKarma
from stb.providers.provider import Activating, Offer, Provider, Reporting

__all__ = ["PROVIDERS", "Activating", "AlKarma", "Offer", "Provider", "Reporting", "open_provider"]

PROVIDERS: dict[str, Callable[[Source, Identity, HttpClient], Provider]] = {
    "alkarma": AlKarma,
}
"""What `Source.kind` may be, and what is made of it."""


def open_provider(source: Source, identity: Identity) -> Provider:
    """Make the provider that speaks a source's protocol; nothing is sent yet.

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
    named = source.user_agent
    client = HttpClient(source.id, user_agent=named) if named else HttpClient(source.id)
    return kind(source, identity, client)
