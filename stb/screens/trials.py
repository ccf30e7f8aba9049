"""Trying an operator, as the viewer sees it: the steps as they pass or fail, and what to do about it."""

from enum import Enum

from stb.messages import CheckStep
from stb.screens.parts import MARGIN
from stb.screens.rows import buttons, page
from stb.screens.screen import Trial, View
from stb.ui.geometry import Region
from stb.ui.scene import Colour, Item, Plate, Style, Text

_ROW = 72
_STEPS = {
    CheckStep.ADDRESS: "check.address",
    CheckStep.NAME: "check.name",
    CheckStep.PORT: "check.port",
    CheckStep.SIGN_IN: "check.sign_in",
    CheckStep.LISTS: "check.read",
}


class Choice(Enum):
    """What can be done about a trial; the value is its message id."""

    USE = "operator.use"
    CHANGE = "operator.change"
    AGAIN = "operator.again"
    ANYWAY = "operator.anyway"


def choices(trial: Trial | None) -> tuple[Choice, ...]:
    """Nothing while it goes on; an operator that fails may be used if its address could be read."""
    if trial is None or trial.running:
        return ()
    if trial.passed:
        return (Choice.USE,)
    understood = len(trial.results) > 1
    return (Choice.CHANGE, Choice.AGAIN, *((Choice.ANYWAY,) if understood else ()))


def trial_page(view: View, trial: Trial | None, address: str, focus: int, detail: str) -> tuple[Item, ...]:
    """The whole page but its hints; ``focus`` is the choice that is focused."""
    labels = [view.words(choice.value) for choice in choices(trial)]
    width = view.width - 2 * MARGIN
    return (
        *page(view, view.words(_verdict(trial)), address, detail),
        *_steps(view, trial, Region(MARGIN, 290, width, len(CheckStep) * _ROW)),
        Text(Region(MARGIN, 680, min(width, 1400), 130), _advice(view, trial), Style.BODY, lines=3),
        *buttons(view, labels, focus % max(1, len(labels)), MARGIN, 830),
    )


def _verdict(trial: Trial | None) -> str:
    if trial is None or trial.running:
        return "operator.trying"
    return "operator.works" if trial.passed else "operator.fails"


def _advice(view: View, trial: Trial | None) -> str:
    """What to do about the step that failed, in the operator's words where it has some."""
    if trial is None or trial.failure is None:
        return ""
    return trial.failure.words or view.words(trial.failure.advice)


def _steps(view: View, trial: Trial | None, region: Region) -> tuple[Item, ...]:
    items: list[Item] = []
    for place, step in enumerate(CheckStep):
        row = Region(region.x, region.y + place * _ROW, region.width, _ROW)
        dot, ink, said = _standing(view, trial, step)
        items += [
            Plate(Region(row.x, row.y + 28, 16, 16), dot, 8),
            Text(Region(row.x + 46, row.y, 470, _ROW), view.words(_STEPS[step]), Style.BODY, ink),
            Text(Region(row.x + 530, row.y, row.width - 530, _ROW), said, Style.SECOND, Colour.SOFT),
        ]
    return tuple(items)


def _standing(view: View, trial: Trial | None, step: CheckStep) -> tuple[Colour, Colour, str]:
    """Of one step: its dot, its ink, and its words."""
    result = next((one for one in trial.results if one.step is step), None) if trial else None
    if result and result.failure:
        return Colour.LIVE, Colour.INK, view.words("check.failed")
    if result:
        return Colour.ACCENT, Colour.INK, view.words(result.found or "check.passed", n=result.count)
    if trial and trial.running is step:
        return Colour.GOLD, Colour.INK, view.words("check.running")
    return Colour.LINE, Colour.FAINT, ""
