"""What the box asks of a player. It answers with `PlayerChanged` and `PlayerDied` in the inbox."""

from typing import Protocol

from stb.model import Shape, SoundOut, Stream, TrackKind, Wanted


class Player(Protocol):
    """Plays one stream at a time. No verb blocks; none raises for what a stream does."""

    def play(self, stream: Stream, tune: int, wanted: Wanted = Wanted(), at: float = 0.0) -> None:
        """Close what plays, then play this; every `PlayerChanged` about it carries ``tune``.

        It begins with the wanted tracks, where it has them, and ``at`` seconds from its beginning, where it
        can be wound.
        """
        ...

    def stop(self) -> None:
        """Close what plays; nothing further is told of it."""
        ...

    def pause(self, *, paused: bool) -> None:
        """Hold the picture, or go on."""
        ...

    def seek(self, to: float) -> None:
        """Go on there, in seconds from the beginning; what cannot be wound goes on as it was."""
        ...

    def set_volume(self, percent: int, *, muted: bool) -> None:
        """Loudness 0 to 100; kept across streams and across a respawn."""
        ...

    def set_delay(self, milliseconds: int) -> None:
        """Sound so much later than the picture, or earlier; kept like the volume."""
        ...

    def set_sound(self, sound: SoundOut) -> None:
        """Have sound leave the machine there. A player that plays elsewhere is replaced: `PlayerDied`."""
        ...

    def set_shape(self, shape: Shape) -> None:
        """How pictures fill the screen; kept like the volume. Say it again when the screen changes."""
        ...

    def choose(self, kind: TrackKind, track: int) -> None:
        """Hear or read this track of what plays; `OFF` is none."""
        ...

    def ping(self) -> None:
        """See whether the player answers; one that does not is replaced."""
        ...

    def close(self) -> None:
        """End the player's process. Safe to call twice."""
        ...
