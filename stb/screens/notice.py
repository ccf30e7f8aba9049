"""Something stands in the way: what happened, what the box does about it, what the viewer can do."""

from dataclasses import dataclass, replace
from typing import ClassVar, Self

from stb.messages import Intent, Open, ScreenName, TryAgain, UseSource
from stb.model import Key
from stb.screens.parts import MARGIN, common, hints, overlays
from stb.screens.screen import Binding, toward_start, whole
from stb.screens.trials import REASONS, made_out
from stb.screens.view import Choice, Notice, View
from stb.ui.geometry import Region
from stb.ui.scene import Align, Colour, Item, Plate, Scene, Style, Text

_INTENTS: dict[Choice, Intent] = {
    Choice.TRY_AGAIN: TryAgain(),
    Choice.TYPE_CODE: Open(ScreenName.ACTIVATION),
    Choice.CHANNELS: Open(ScreenName.CHANNELS),
    Choice.CHANGE: Open(ScreenName.SETTINGS, form=True),
}
_BINDINGS = (Binding("OK", "hint.choose"),)
_LTR = "\N{LEFT-TO-RIGHT MARK}"
_MINUTES_FROM = 100
"""Count-downs longer than this many seconds are said in minutes."""


@dataclass(frozen=True, slots=True)
class NoticeScreen:
    """Which choice is focused."""

    name: ClassVar[ScreenName] = ScreenName.NOTICE
    focus: int = 0

    def opened(self, view: View) -> Self:
        """The first choice is focused."""
        del view
        return replace(self, focus=0)

    def press(self, key: Key, view: View, *, held: bool) -> tuple[Self, Intent | None]:
        """LEFT and RIGHT walk over the choices, OK takes one, BACK leads to the channels if it may."""
        choices = view.notice.choices if view.notice else ()
        if key in (Key.LEFT, Key.RIGHT) and choices:
            step = -1 if toward_start(key, view) else 1
            return replace(self, focus=(self.focus + step) % len(choices)), None
        if key is Key.OK and not held and choices:
            return self, _intent(view, choices[self.focus % len(choices)])
        if key is Key.BACK and Choice.CHANNELS in choices:
            return self, _INTENTS[Choice.CHANNELS]
        return self, common(key)

    def scene(self, view: View) -> Scene:
        """Title, words, when the box asks again, and the choices."""
        notice = view.notice or Notice(title="error.unknown")
        width = view.width - 2 * MARGIN
        said = _said(view, notice)
        return Scene(
            (
                Plate(Region(MARGIN, 282, 16, 76), Colour.GOLD, 8),
                Text(
                    Region(MARGIN + 44, 272, width - 44, 96),
                    view.words(notice.title, operator=view.operator),
                    Style.TITLE,
                ),
                Text(Region(MARGIN + 44, 390, min(1400, width - 44), 150), said, Style.BODY, lines=3),
                *_fingerprint(view, notice),
                Text(Region(MARGIN + 44, 548, width - 44, 50), _plan(view), Style.SECOND, Colour.SOFT),
                *self._choices(view, notice),
                *hints(view, _BINDINGS),
                *overlays(view),
            )
        )

    def _choices(self, view: View, notice: Notice) -> tuple[Item, ...]:
        items: list[Item] = []
        x = MARGIN + 44
        for place, choice in enumerate(notice.choices):
            label = view.words(choice.value)
            key = Region(x, 640, view.measure(label, Style.BODY).width + 88, 96)
            focused = place == self.focus % len(notice.choices)
            items += [
                Plate(key, Colour.FOCUS if focused else Colour.RAISED, 14),
                Text(key, label, Style.BODY, Colour.ON_FOCUS if focused else Colour.INK, Align.CENTRE),
            ]
            x = key.right + 24
        return tuple(items)

    def changes_in(self, view: View) -> float | None:
        """Each second while it counts seconds, each minute while it counts minutes."""
        if view.asks_in is None or view.asking:
            return None
        return 1.0 if view.asks_in <= _MINUTES_FROM else view.asks_in % 60 + 0.01


def _intent(view: View, choice: Choice) -> Intent | None:
    """What the viewer wants by it."""
    if choice is not Choice.TRUST:
        return _INTENTS[choice]
    shown = view.notice.certificate if view.notice else None
    if shown is None or view.source is None:
        return None
    return UseSource(replace(view.source, fingerprint=shown.fingerprint))


def _said(view: View, notice: Notice) -> str:
    """The operator's words, or ours; of a certificate, what is wrong with it and whose it says it is."""
    if notice.certificate:
        return f"{view.words(REASONS[notice.certificate.reason])} {made_out(view, notice.certificate)}"
    said = notice.words or (view.words(notice.advice) if notice.advice else "")
    return f"{said} ({view.words.number(notice.status)})" if notice.status and not notice.words else said


def _fingerprint(view: View, notice: Notice) -> tuple[Item, ...]:
    """For who wants to compare it with what the operator says."""
    shown = notice.certificate.fingerprint if notice.certificate else ""
    if not shown:
        return ()
    label = f"{view.words('trust.fingerprint')} SHA-256"
    pairs = ":".join(shown[at : at + 2] for at in range(0, len(shown), 2))
    x, width = MARGIN + 44, view.width - 2 * MARGIN - 44
    return (
        Text(Region(x, 760, width, 44), label, Style.SMALL, Colour.SOFT),
        Text(Region(x, 800, width, 44), _LTR + pairs[:48], Style.SMALL, Colour.SOFT),
        Text(Region(x, 840, width, 44), _LTR + pairs[48:], Style.SMALL, Colour.SOFT),
    )


def _plan(view: View) -> str:
    """What the box does about it."""
    if view.asking or view.asks_in is None:
        return view.words("notice.asks_now")
    if view.asks_in > _MINUTES_FROM:
        return view.words("notice.asks_in_minutes", n=whole(view.asks_in / 60))
    return view.words("notice.asks_in", n=whole(view.asks_in))
