"""Teaching the box a remote: one key after the other, and at the end whether to keep it."""

from dataclasses import dataclass
from typing import ClassVar, Self

from stb.messages import Intent, ScreenName
from stb.model import Key
from stb.screens.keynames import key_name
from stb.screens.lesson import ASKED
from stb.screens.parts import MARGIN, header, hints, overlays
from stb.screens.screen import Binding, whole
from stb.screens.view import View
from stb.ui.geometry import Region
from stb.ui.scene import Align, Colour, Item, Plate, Scene, Style, Text

_BINDINGS = (Binding("OK", "hint.skip"), Binding("BACK", "hint.enough"))
"""As far as these two were taught."""


@dataclass(frozen=True, slots=True)
class RemoteLearn:
    """Has no state of its own: keys are heard as they arrive, whatever they mean."""

    name: ClassVar[ScreenName] = ScreenName.REMOTE_LEARN

    def opened(self, view: View) -> Self:
        """Nothing to bring up to date."""
        del view
        return self

    def press(self, key: Key, view: View, *, held: bool) -> tuple[Self, Intent | None]:
        """No key does what it means: it may be about to mean something else."""
        del key, view, held
        return self, None

    def scene(self, view: View) -> Scene:
        """What is asked for in large letters, what the last key was, how long there is."""
        lesson = view.lesson
        plate = Region(MARGIN, 240, view.width - 2 * MARGIN, 420)
        far = min(lesson.at + 1, len(ASKED))
        detail = view.words("remote.learn_far", n=len(ASKED), at=view.words.number(far))
        taught = {key for _, key in lesson.taught}
        can = tuple(one for one in _BINDINGS if Key[one.keys] in taught and lesson.wanted)
        return Scene(
            (
                *header(view, view.words("remote.learn"), detail if lesson.wanted else ""),
                Plate(plate, Colour.PLATE, 24),
                *_question(view, plate),
                *_progress(view, plate),
                *hints(view, can),
                *overlays(view),
            )
        )

    def changes_in(self, view: View) -> float | None:
        """Each second: it counts down to the next question."""
        del view
        return 1.0


def _question(view: View, plate: Region) -> tuple[Item, ...]:
    lesson, n = view.lesson, whole(view.silent_in)
    if lesson.wanted is None:
        said, key, how = "remote.keep", Key.OK, view.words("remote.keep_else", n=n)
    else:
        said, key, how = "remote.press", lesson.wanted, view.words("remote.press_else", n=n)
    twice = view.words("remote.twice", key=key_name(view, lesson.twice)) if lesson.twice else ""
    line = plate.inset(60, 0)
    return (
        Text(
            line._replace(y=plate.y + 56, height=52), view.words(said), Style.BODY, Colour.SOFT, Align.CENTRE
        ),
        Text(
            line._replace(y=plate.y + 128, height=110), key_name(view, key), Style.TITLE, align=Align.CENTRE
        ),
        Text(line._replace(y=plate.y + 256, height=52), twice, Style.BODY, Colour.GOLD, Align.CENTRE),
        Text(line._replace(y=plate.y + 328, height=52), how, Style.SECOND, Colour.SOFT, Align.CENTRE),
    )


def _progress(view: View, plate: Region) -> tuple[Item, ...]:
    bar = Region(plate.x, plate.bottom + 60, plate.width, 8)
    done = bar.width * view.lesson.at // len(ASKED)
    return (
        Plate(bar, Colour.LINE, 4),
        *((Plate(bar._replace(width=done), Colour.ACCENT, 4),) if done else ()),
    )
