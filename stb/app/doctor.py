"""What ``stb doctor`` tells: how this machine does, for who looks after it."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from stb.app.places import Places
from stb.board.boot import Stage, board_name, read_boot, read_budget, table

_HEAD = ("", "at", "took", "budget", "")


def start_of(places: Places) -> Mapping[str, Any]:
    """Where the time went at this start of the machine, for programs; seconds, null where nobody says."""
    boot = read_boot(places.start)
    stages = table(boot, read_budget())
    return {"board": board_name(), "finished": boot.finished, "stages": [asdict(stage) for stage in stages]}


def lines(told: Mapping[str, Any]) -> str:
    """The same as a table for a person."""
    rows = [_HEAD, *(_row(Stage(**stage)) for stage in told["stages"])]
    head = f"board: {told['board'] or 'none of ours, so without a budget'}"
    foot = f"all of the system was up after {_seconds(told['finished'])}"
    return "\n".join((head, *_set(rows), foot))


def _row(stage: Stage) -> tuple[str, ...]:
    over = stage.took is not None and stage.budget is not None and stage.took > stage.budget
    verdict = "over" if over else ""
    return stage.name, _seconds(stage.at), _seconds(stage.took), _seconds(stage.budget), verdict


def _set(rows: Sequence[Sequence[str]]) -> list[str]:
    """Columns: names at the left, numbers at the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(
            cell.ljust(width) if place == 0 else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]


def _seconds(value: float | None) -> str:
    return "-" if value is None else f"{value:.1f} s"
