"""Operators that were written down for the box before it was ever switched on."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from stb.app.identity import open_vault, who
from stb.app.keeping import give, open_kept
from stb.app.pasting import taken_apart
from stb.app.places import Places
from stb.errors import SettingsError
from stb.firstboot.wish import Given
from stb.model import GuideSource, Source
from stb.settings.loading import load
from stb.settings.saving import save

_R = TypeVar("_R", bound=Source | GuideSource)


def keep_operators(given: Iterable[Given], places: Places) -> tuple[dict[int, Source], list[str]]:
    """Write down those that can be used, their passwords sealed.

    Returns:
        Each as it is kept, by its row in the file; and what is wrong with the others, a line each.

    Raises:
        SettingsError: the card does not let itself be written.
    """
    taken: dict[int, Source] = {}
    problems: list[str] = []
    before = {source.id: source for source in load(places.settings).settings.sources}
    vault, identity = open_vault(places), who(places)
    for one in given:
        address, user, secret = taken_apart(one.source.kind, one.source.address)
        source = replace(one.source, address=address, user=one.source.user or user)
        try:
            open_kept(source, identity, vault, places).close()
        except SettingsError as error:
            problems.extend(f"source[{one.row + 1}].{fault}" for fault in error.problems or (str(error),))
            continue
        # As the box left it, the file says no secret any more: the one that is kept still holds.
        is_as_left = before.get(source.id) == source and one.source == source
        if password := one.password or ("" if is_as_left else secret):
            give(vault, source.id, password)
        taken[one.row] = source
    if taken:
        save(places.settings, {"source": _together(tuple(taken.values()), before.values())})
    return taken, problems


def keep_guides(guides: Sequence[GuideSource], places: Places) -> None:
    """Write down guides of the viewer's own.

    Raises:
        SettingsError: the card does not let itself be written.
    """
    if guides:
        save(places.settings, {"guide": _together(guides, load(places.settings).settings.guides)})


def _together(new: Sequence[_R], before: Iterable[_R]) -> tuple[_R, ...]:
    """Those of the file first, because the first one is watched; then what else there was."""
    ids = {one.id for one in new}
    return (*new, *(one for one in before if one.id not in ids))
