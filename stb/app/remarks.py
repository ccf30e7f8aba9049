"""What the viewer is told at the start: another board, settings that cannot be read, damaged files."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from stb.app.identity import is_news
from stb.app.places import Places
from stb.board import Settled
from stb.catalogue.database import InFile
from stb.catalogue.mishaps import Mishap
from stb.model import Identity
from stb.screens.view import Remark
from stb.settings.vault import Vault


def remarks(problems: tuple[str, ...], settled: Settled, vault: Vault) -> Iterator[Remark]:
    """All there is to say; of another board once, of a settings file as long as it is not mended.

    Args:
        problems: what is wrong with the settings, in the words of `stb.settings`.
        settled: who the box is.
        vault: remembers of which board the viewer was told.
    """
    if settled.other is not None and is_news(vault, settled.other):
        yield other_board(settled.identity, settled.other)
    if problems:
        yield Remark(
            title="remark.settings",
            says="remark.settings_says",
            details=tuple(("", problem) for problem in problems),
        )


def damages(lists: Iterable[InFile], viewer: InFile, vault: Vault) -> Iterator[Remark]:
    """What became of the box's own files, and what there is to do.

    Args:
        lists: what operators gave.
        viewer: what is the viewer's own.
        vault: the secrets.
    """
    met = {file.mishap for file in (*lists, viewer)}
    if Mishap.FULL in met:
        yield Remark(title="remark.disk_full", says="remark.disk_full_says")
    elif Mishap.READ_ONLY in met:
        yield Remark(title="remark.disk_read_only", says="remark.disk_read_only_says")
    if not {file.mishap for file in lists}.isdisjoint({Mishap.DAMAGED, Mishap.NEWER}):
        yield Remark(title="remark.lists_anew", says="remark.lists_anew_says")
    match viewer.mishap:
        case Mishap.RESTORED:
            yield Remark(title="remark.viewer_restored", says="remark.viewer_restored_says")
        case Mishap.DAMAGED:
            yield Remark(title="remark.viewer_lost", says="remark.viewer_lost_says")
        case Mishap.NEWER:
            yield Remark(title="remark.viewer_newer", says="remark.viewer_newer_says")
    if vault.damaged:
        yield Remark(title="remark.passwords", says="remark.passwords_says")


def of_card(places: Places) -> Iterator[Remark]:
    """What is wrong with the card's data, and with what somebody wrote on the card, until it is mended."""
    if places.is_in_memory:
        yield Remark(title="remark.data_away", says="remark.data_away_says")
    elif "repaired" in _lines(places.data_trouble):
        yield Remark(title="remark.data_repaired", says="remark.data_repaired_says")
    if faults := _lines(places.card_faults):
        yield Remark(
            title="remark.card", says="remark.card_says", details=tuple(("", fault) for fault in faults)
        )


def other_board(kept: Identity, now: Identity) -> Remark:
    """Which board the box was set up on, which it is on now, and that it stays who it is."""
    return Remark(
        title="remark.other_board",
        says="remark.other_board_says",
        subject=kept.duid,
        details=(("remark.set_up_on", _in_a_line(kept)), ("remark.now_on", _in_a_line(now))),
    )


def _lines(path: Path) -> dict[str, None]:
    """The lines of a small file in their order, each once; none where there is none."""
    try:
        return dict.fromkeys(path.read_text("utf-8", "replace").splitlines())
    except OSError:
        return {}


def _in_a_line(identity: Identity) -> str:
    return " · ".join(filter(None, (identity.model, identity.duid, identity.mac)))
