"""Trying an operator, as the viewer sees it: the steps as they pass or fail, and what to do about it."""

from datetime import datetime
from enum import Enum

from stb.messages import CheckStep
from stb.model import Certificate, Distrust
from stb.screens.parts import MARGIN
from stb.screens.rows import buttons, page
from stb.screens.view import Trial, View
from stb.ui.geometry import Region
from stb.ui.scene import Colour, Item, Plate, Style, Text

_TOP = 262
_ROW = 54
_STEPS = {
    CheckStep.ADDRESS: "check.address",
    CheckStep.PORT: "check.port",
    CheckStep.TLS: "check.tls",
    CheckStep.SIGN_IN: "check.sign_in",
    CheckStep.LISTS: "check.read",
    CheckStep.LINK: "check.link",
    CheckStep.FIRST_BYTES: "check.first_bytes",
    CheckStep.GUIDE: "check.guide",
}


REASONS = {
    Distrust.SELF_SIGNED: "trust.self_signed",
    Distrust.EXPIRED: "trust.expired",
    Distrust.NOT_YET_VALID: "trust.not_yet_valid",
    Distrust.WRONG_HOST: "trust.wrong_host",
    Distrust.UNKNOWN_ISSUER: "trust.unknown_issuer",
    Distrust.CHANGED: "trust.changed",
}
"""Message ids of why a certificate is not trusted."""


class Choice(Enum):
    """What can be done about a trial; the value is its message id."""

    USE = "operator.use"
    CHANGE = "operator.change"
    AGAIN = "operator.again"
    TRUST = "choice.trust"
    ANYWAY = "operator.anyway"


def choices(trial: Trial | None) -> tuple[Choice, ...]:
    """Nothing while it goes on; an operator that fails may be used if its address could be read."""
    if trial is None or trial.running:
        return ()
    if trial.passed:
        return (Choice.USE,)
    shown = trial.failure.certificate if trial.failure else None
    if shown:
        return (Choice.CHANGE, Choice.AGAIN, *((Choice.TRUST,) if shown.fingerprint else ()))
    understood = len(trial.results) > 1
    return (Choice.CHANGE, Choice.AGAIN, *((Choice.ANYWAY,) if understood else ()))


def trial_page(view: View, trial: Trial | None, address: str, focus: int, detail: str) -> tuple[Item, ...]:
    """The whole page but its hints; ``focus`` is the choice that is focused."""
    labels = [view.words(choice.value) for choice in choices(trial)]
    width = view.width - 2 * MARGIN
    return (
        *page(view, view.words(_verdict(trial)), address, detail),
        *_steps(view, trial, Region(MARGIN, _TOP, width, len(CheckStep) * _ROW)),
        Text(Region(MARGIN, 702, min(width, 1500), 130), _advice(view, trial), Style.BODY, lines=3),
        *buttons(view, labels, focus % max(1, len(labels)), MARGIN, 840),
    )


def _verdict(trial: Trial | None) -> str:
    if trial is None or trial.running:
        return "operator.trying"
    return "operator.works" if trial.passed else "operator.fails"


def _advice(view: View, trial: Trial | None) -> str:
    """What to do about the step that failed, in the operator's words where it has some."""
    if trial is None or trial.failure is None:
        return ""
    shown = trial.failure.certificate
    if shown:
        return f"{view.words(REASONS[shown.reason])} {made_out(view, shown)}"
    return trial.failure.words or view.words(trial.failure.advice)


def _steps(view: View, trial: Trial | None, region: Region) -> tuple[Item, ...]:
    """Those that were done, the one that is, and those that may come; not what does not apply."""
    items: list[Item] = []
    for place, step in enumerate(trial.steps if trial else tuple(CheckStep)):
        row = Region(region.x, region.y + place * _ROW, region.width, _ROW)
        dot, ink, said = _standing(view, trial, step)
        items += [
            Plate(Region(row.x, row.y + 19, 16, 16), dot, 8),
            Text(Region(row.x + 46, row.y, 486, _ROW), view.words(_STEPS[step]), Style.SECOND, ink),
            Text(Region(row.x + 536, row.y, row.width - 536, _ROW), said, Style.SECOND, Colour.SOFT),
        ]
    return tuple(items)


def made_out(view: View, shown: Certificate) -> str:
    """Whom a certificate says it is of, and until when; nothing where it could not be read."""
    if shown.expires is None:
        return ""
    date = view.words.date(datetime.fromtimestamp(shown.expires, view.now.tzinfo))
    return view.words(
        "trust.made_out",
        subject=f"\N{FIRST STRONG ISOLATE}{shown.subject or shown.host}\N{POP DIRECTIONAL ISOLATE}",
        date=date,
    )


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
