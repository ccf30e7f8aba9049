"""What the box keeps of each operator: the viewer's password, and what the provider learnt."""

import logging

from stb.app.effects import KeepSources
from stb.app.places import Places
from stb.errors import SettingsError
from stb.model import Identity, Source, SourceId
from stb.providers import Provider, Zone, open_provider, systems_zone
from stb.settings.vault import Vault

_log = logging.getLogger(__name__)

PASSWORD = "password"  # noqa: S105 - its name, not the word itself
"""Name in the vault, in the source's section."""
_UNPROVEN = "password.unproven"
"""As above, of one that no sign-in worked with yet."""
REFUSALS = "refusals"
"""As above: how often in a row the operator would not let this box in."""
_LEARNT = "learnt."
"""Begins the names of what a provider learnt, in the same section."""


class Learnt:
    """The `Memory` of one source's provider, in the vault."""

    def __init__(self, vault: Vault, source: SourceId) -> None:
        """Look nothing up yet."""
        self._vault = vault
        self._source = source
        self._held: dict[str, str] = {}
        """What the card did not take."""

    def get(self, name: str) -> str:
        """What was put there; empty where nothing was."""
        return self._held[name] if name in self._held else self._vault.get(self._source, _LEARNT + name)

    def put(self, **values: str) -> None:
        """Keep these texts beside what is there; those that the card does not take, until the box ends."""
        try:
            self._vault.put(self._source, **{_LEARNT + name: value for name, value in values.items()})
        except SettingsError as error:
            _log.warning("held in memory names=%s detail=%s", ",".join(values), error)
            self._held |= values
        else:
            self._held = {name: text for name, text in self._held.items() if name not in values}


def open_kept(
    source: Source, identity: Identity, vault: Vault, places: Places, zone: Zone = systems_zone
) -> Provider:
    """The provider of an operator that is set up, with all that is kept of it.

    Raises:
        SettingsError: there is no such kind, or the address is none.
    """
    return open_provider(
        source,
        identity,
        places.fetched,
        password=password_of(vault, source.id),
        memory=Learnt(vault, source.id),
        zone=zone,
    )


def password_of(vault: Vault, source: SourceId) -> str:
    """The viewer's with an operator; the newest, proven or not."""
    kept = vault.section(source)
    return kept.get(_UNPROVEN) or kept.get(PASSWORD, "")


def keep(vault: Vault, effect: KeepSources) -> None:
    """Forget operators that are gone, or somebody else now, and keep the password of the first one.

    One that no sign-in worked with yet lies beside the one that it is to replace.

    Raises:
        SettingsError: the vault cannot be written.
    """
    first = effect.sources[0].id if effect.sources else SourceId("")
    before = vault.section(first)
    for source in effect.left:
        vault.forget(source)
    if first in effect.left and not effect.password:
        # Other words for the same operator, and nothing said of the password.
        vault.put(first, **{name: before[name] for name in (PASSWORD, _UNPROVEN) if name in before})
    elif effect.password and effect.proven:
        vault.put(first, **{PASSWORD: effect.password, _UNPROVEN: "", REFUSALS: ""})
    elif effect.password:
        vault.put(first, **{_UNPROVEN: effect.password, REFUSALS: ""})


def give(vault: Vault, source: SourceId, password: str) -> None:
    """A password that was never typed on the screen, to be proven by the first sign-in.

    Raises:
        SettingsError: the vault cannot be written.
    """
    vault.put(source, **{_UNPROVEN: password, REFUSALS: ""})


def unproven(vault: Vault, source: SourceId) -> str:
    """The password that is used although no sign-in worked with it yet; empty where there is none."""
    return vault.get(source, _UNPROVEN)


def prove(vault: Vault, source: SourceId, used: str) -> None:
    """A sign-in worked: the password that was used for it takes the place of the one before."""
    if used and unproven(vault, source) == used:
        try:
            vault.put(source, **{PASSWORD: used, _UNPROVEN: ""})
        except SettingsError as error:  # it is proven again at the next sign-in
            _log.warning("password not noted as proven detail=%s", error)


def give_up(vault: Vault, source: SourceId, used: str) -> bool:
    """A sign-in was refused: whether there is a password that once worked, which is used from now on."""
    kept = vault.section(source)
    if not (used and kept.get(_UNPROVEN) == used and kept.get(PASSWORD)):
        return False
    vault.put(source, **{_UNPROVEN: ""})
    return True
