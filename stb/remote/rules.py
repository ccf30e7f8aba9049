"""From strokes to what the viewer did: repeats, how long a key is held, presses that arrive twice."""

from collections.abc import Callable

from stb.messages import KeyPressed, KeySeen
from stb.model import REPEATING, Key
from stb.remote.strokes import Phase, Stroke

SAME_PRESS = 0.05
"""Seconds. A press that comes again so soon is the same one: TVs send some twice over HDMI-CEC, some remotes
send OK and ENTER for one key. Repeats do not come closer together either."""

Meaning = Callable[[tuple[str, ...]], Key | None]
"""What the key with these kernel names means."""


class Rules:
    """Remembers which keys are down, of all devices: it is one viewer."""

    def __init__(self) -> None:
        """No key is down."""
        self._down: dict[Key | str, float] = {}
        self._told: dict[Key | str, float] = {}

    def take(self, stroke: Stroke, device: str, meaning: Meaning) -> tuple[KeySeen | KeyPressed, ...]:
        """What the next stroke says, by the clock of the strokes themselves."""
        key = meaning(stroke.names)
        pressed: Key | str = key or stroke.names[0]
        if stroke.phase is Phase.UP:
            self._down.pop(pressed, None)
            return ()
        told = self._told.get(pressed, -SAME_PRESS)
        again = stroke.at - told < SAME_PRESS
        if stroke.phase is Phase.HELD:
            return () if again else self._held(pressed, stroke.at)
        if again:
            self._down.setdefault(pressed, told)
            return ()
        self._down[pressed] = self._told[pressed] = stroke.at
        seen = KeySeen(device, stroke.names[0], stroke.scancode, key)
        return (KeyPressed(key, seen=seen) if key else seen,)

    def _held(self, pressed: Key | str, at: float) -> tuple[KeyPressed, ...]:
        """A key that was down before we listened, or is no key that repeats, says nothing."""
        since = self._down.get(pressed)
        if since is None or not isinstance(pressed, Key) or pressed not in REPEATING:
            return ()
        self._told[pressed] = at
        return (KeyPressed(pressed, at - since),)
