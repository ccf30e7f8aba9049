"""What the box keeps of each operator: the viewer's password, and what the provider learnt."""

from stb.app.places import Places
from stb.model import Identity, Source, SourceId
from stb.providers import Provider, open_provider
from stb.settings.vault import Vault

PASSWORD = "password"  # noqa: S105 - its name, not the word itself
"""Name in the vault, in the source's section."""
_LEARNT = "learnt."
"""Begins the names of what a provider learnt, in the same section."""


class Learnt:
    """The `Memory` of one source's provider, in the vault."""

    def __init__(self, vault: Vault, source: SourceId) -> None:
        """Look nothing up yet."""
        self._vault = vault
        self._source = source

    def get(self, name: str) -> str:
        """What was put there; empty where nothing was."""
        return self._vault.get(self._source, _LEARNT + name)

    def put(self, **values: str) -> None:
        """Keep these texts beside what is there."""
        self._vault.put(self._source, **{_LEARNT + name: value for name, value in values.items()})


def open_kept(source: Source, identity: Identity, vault: Vault, places: Places) -> Provider:
    """The provider of an operator that is set up, with all that is kept of it.

    Raises:
        SettingsError: there is no such kind, or the address is none.
    """
    return open_provider(
        source,
        identity,
        places.fetched,
        password=vault.get(source.id, PASSWORD),
        memory=Learnt(vault, source.id),
    )
