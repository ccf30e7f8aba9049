"""What the viewer is told at the start: that the box is on another board, that settings could not be read."""

from collections.abc import Iterator

from stb.app.identity import is_news
from stb.board import Settled
from stb.model import Identity
from stb.screens.screen import Remark
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


def other_board(kept: Identity, now: Identity) -> Remark:
    """Which board the box was set up on, which it is on now, and that it stays who it is."""
    return Remark(
        title="remark.other_board",
        says="remark.other_board_says",
        subject=kept.duid,
        details=(("remark.set_up_on", _in_a_line(kept)), ("remark.now_on", _in_a_line(now))),
    )


def _in_a_line(identity: Identity) -> str:
    return " · ".join(filter(None, (identity.model, identity.duid, identity.mac)))
