"""A player without libVLC: does the simplest true thing, at once, and fails when a test wants it to."""

from collections.abc import Callable

from stb.messages import Event, PlayerChanged, PlayerDied
from stb.model import PlayerState, PlayerStatus, Stream

_PICTURE = PlayerStatus(
    state=PlayerState.PLAYING, decoder="H.264", width=1280, height=720, fps=25.0, displayed=1
)


class FakePlayer:
    """`stb.player.Player` in memory; posts from the thread that asks."""

    def __init__(self, post: Callable[[Event], None]) -> None:
        """Play nothing, at full volume."""
        self._post = post
        self._tune: int | None = None
        self.played: list[tuple[Stream, int]] = []
        """Every stream that was asked for, with its tune."""
        self.volume = (100, False)
        """Per cent, and whether muted."""
        self.closed = False

    def play(self, stream: Stream, tune: int) -> None:
        """Show a picture at once."""
        self.played.append((stream, tune))
        self._tune = tune
        self._tell(PlayerStatus(state=PlayerState.OPENING))
        self._tell(_PICTURE)

    def stop(self) -> None:
        """Play nothing."""
        self._tune = None

    def pause(self, *, paused: bool) -> None:
        """Hold the picture, or go on."""
        self._tell(PlayerStatus(state=PlayerState.PAUSED) if paused else _PICTURE)

    def set_volume(self, percent: int, *, muted: bool) -> None:
        """Keep what was asked for in `volume`."""
        self.volume = (percent, muted)

    def ping(self) -> None:
        """Be well."""

    def close(self) -> None:
        """Play nothing any more."""
        self.stop()
        self.closed = True

    def trigger_stream_lost(self) -> None:
        """The stream that plays ends."""
        self._tell(PlayerStatus(state=PlayerState.ENDED))

    def trigger_failed(self) -> None:
        """The stream that was asked for cannot be played."""
        self._tell(PlayerStatus(state=PlayerState.FAILED))

    def trigger_died(self) -> None:
        """The player's process dies, and another one is there at once."""
        self._tune = None
        self._post(PlayerDied("a test wanted it"))

    def _tell(self, status: PlayerStatus) -> None:
        if self._tune is not None:
            self._post(PlayerChanged(self._tune, status))
