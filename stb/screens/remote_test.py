"""The remote's tester: each key as it arrives, and what the box makes of it."""

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import ClassVar, Self

from stb.messages import Intent, KeySeen, Open, ScreenName
from stb.model import Key
from stb.screens.keynames import key_name
from stb.screens.parts import CONTENT_TOP, MARGIN, header, hints, overlays
from stb.screens.screen import Binding, whole
from stb.screens.view import View
from stb.ui.geometry import Region
from stb.ui.scene import Align, Colour, Item, Plate, Scene, Style, Text

_BINDINGS = (Binding("BACK BACK", "hint.back"),)
_ROW = 84
_LTR = "\N{LEFT-TO-RIGHT MARK}"


@dataclass(frozen=True, slots=True)
class RemoteTest:
    """Whether BACK was the last key: pressed again, it leaves."""

    name: ClassVar[ScreenName] = ScreenName.REMOTE_TEST
    leaving: bool = False

    def opened(self, view: View) -> Self:
        """No key pressed yet."""
        del view
        return replace(self, leaving=False)

    def press(self, key: Key, view: View, *, held: bool) -> tuple[Self, Intent | None]:
        """No key does anything here, but BACK twice, which leaves."""
        del view
        if held:
            return self, None
        if key is Key.BACK and self.leaving:
            return self, Open(ScreenName.REMOTE)
        return replace(self, leaving=key is Key.BACK), None

    def scene(self, view: View) -> Scene:
        """The newest press on top, in full; those before it in rows."""
        how = Region(MARGIN, CONTENT_TOP - 20, view.width - 2 * MARGIN, 100)
        left = view.words("remote.test_leaves", n=whole(view.silent_in))
        return Scene(
            (
                *header(view, view.words("remote.test")),
                Text(how, f"{view.words('remote.test_how')} {left}", Style.BODY, Colour.SOFT, lines=2),
                *_head(view),
                *(item for place, seen in enumerate(view.seen) for item in _row(view, place, seen)),
                *hints(view, _BINDINGS),
                *overlays(view),
            )
        )

    def changes_in(self, view: View) -> float | None:
        """Each second: it counts down to its end."""
        del view
        return 1.0


def _columns(view: View, y: int, height: int) -> tuple[Region, ...]:
    """What it means, the kernel's name, the code, the device."""
    width = view.width - 2 * MARGIN - 64
    starts = (0, 26, 54, 72, 100)
    edges = [MARGIN + 32 + width * start // 100 for start in starts]
    return tuple(Region(x, y, end - x - 24, height) for x, end in pairwise(edges))


def _head(view: View) -> tuple[Item, ...]:
    names = ("remote.means", "remote.kernel", "remote.code", "remote.device")
    return tuple(
        Text(region, view.words(name), Style.SMALL, Colour.SOFT)
        for region, name in zip(_columns(view, 250, 44), names, strict=True)
    )


def _row(view: View, place: int, seen: KeySeen) -> tuple[Item, ...]:
    newest = place == 0
    region = Region(MARGIN, 302 + place * _ROW, view.width - 2 * MARGIN, _ROW - 8)
    ink = Colour.ON_FOCUS if newest else Colour.INK
    code = "" if seen.scancode is None else f"{_LTR}0x{seen.scancode:x}"
    texts = (
        key_name(view, seen.key) if seen.key else view.words("remote.nothing"),
        f"{_LTR}{seen.name}",
        code,
        seen.device or view.words("remote.here"),
    )
    return (
        Plate(region, Colour.FOCUS if newest else Colour.PLATE, 14),
        *(
            Text(column, text, Style.STRONG if at == 0 else Style.SECOND, ink, Align.START)
            for at, (column, text) in enumerate(
                zip(_columns(view, region.y, region.height), texts, strict=True)
            )
        ),
    )
