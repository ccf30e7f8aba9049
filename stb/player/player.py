"""What the box asks of a player. It answers with `PlayerChanged` and `PlayerDied` in the inbox."""

from typing import Protocol

from stb.model import Stream


class Player(Protocol):
    """Plays one stream at a time. No verb blocks; none raises for what a stream does."""

    def play(self, stream: Stream, tune: int) -> None:
        """Close what plays, then play this; every `PlayerChanged` about it carries ``tune``."""
        ...

    def stop(self) -> None:
        """Close what plays; nothing further is told of it."""
        ...

    def pause(self, *, paused: bool) -> None:
        """Hold the picture, or go on."""
        ...

    def set_volume(self, percent: int, *, muted: bool) -> None:
        """Loudness 0 to 100; kept across streams and across a respawn."""
        ...

    def close(self) -> None:
        """End the player's process. Safe to call twice."""
        ...
