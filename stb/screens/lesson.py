"""Teaching the box a remote: which keys it asks for, and what it makes of those that are pressed."""

from dataclasses import dataclass, replace
from typing import Self

from stb.messages import KeySeen
from stb.model import Key

ASKED = (
    *(Key.OK, Key.BACK, Key.UP, Key.DOWN, Key.LEFT, Key.RIGHT),
    *(Key.CHANNELUP, Key.CHANNELDOWN, Key.VOLUMEUP, Key.VOLUMEDOWN, Key.MUTE),
    *(Key.HOME, Key.INFO, Key.EPG, Key.LAST),
    *(Key.RED, Key.GREEN, Key.YELLOW, Key.BLUE),
    *(Key.AUDIO, Key.SUBTITLE, Key.ZOOM, Key.PLAYPAUSE, Key.STOP, Key.REWIND, Key.FASTFORWARD, Key.POWER),
    *(Key[f"NUMERIC_{n}"] for n in range(10)),
)
"""What a viewer cannot do without comes first: a remote of few keys is through with it soon."""
_SILENCES = 3
"""Questions in a row without an answer, after which nobody seems to be there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """How far it is.

    It ends with a question of its own, so that no viewer is left with a deaf box: only the key for OK, as
    just taught, keeps what was taught.
    """

    at: int = 0
    """Which of `ASKED` is asked for; behind the last one: whether to keep it all."""
    taught: tuple[tuple[str, Key], ...] = ()
    """Kernel names and what they are to mean."""
    silences: int = 0
    twice: Key | None = None
    """The key just pressed is the one for this already."""

    @property
    def wanted(self) -> Key | None:
        """The key that is asked for; None when all were."""
        return ASKED[self.at] if self.at < len(ASKED) else None

    @property
    def over(self) -> bool:
        """Nothing was taught, and nothing more is asked."""
        return self.wanted is None and not self.taught

    def heard(self, seen: KeySeen) -> Self:
        """A key was pressed: it is the one, or, taught before, it means what it was taught.

        OK says that the remote has no such key, BACK that it has no more at all.
        """
        known = dict(self.taught).get(seen.name)
        if self.wanted is None:
            return self
        if known is None:
            taught = (*self.taught, (seen.name, self.wanted))
            return replace(self, at=self.at + 1, taught=taught, silences=0, twice=None)
        match known:
            case Key.OK:
                return replace(self, at=self.at + 1, silences=0, twice=None)
            case Key.BACK:
                return replace(self, at=len(ASKED), twice=None)
        return replace(self, silences=0, twice=known)

    def silent(self) -> Self:
        """No key came: the remote has none for it, or nobody is there."""
        silences = self.silences + 1
        return replace(
            self, at=len(ASKED) if silences >= _SILENCES else self.at + 1, silences=silences, twice=None
        )

    def keeps(self, seen: KeySeen) -> bool:
        """Whether this key, as taught or else as before, is OK."""
        return dict(self.taught).get(seen.name, seen.key) is Key.OK
