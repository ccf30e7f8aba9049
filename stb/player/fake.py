"""A player without libVLC: does the simplest true thing, at once, and fails when a test wants it to."""

from collections.abc import Callable
from dataclasses import replace

from stb.messages import Event, PlayerChanged, PlayerDied
from stb.model import (
    OFF,
    ChannelRef,
    PlayerState,
    PlayerStatus,
    Shape,
    SoundOut,
    Stream,
    Track,
    TrackKind,
    Tracks,
    Wanted,
)

_PICTURE = PlayerStatus(
    state=PlayerState.PLAYING,
    decoder="H.264",
    width=1280,
    height=720,
    fps=25.0,
    displayed=1,
    audio=Tracks(offered=(Track(id=1, language="eng"), Track(id=2, language="ara")), chosen=1),
    subtitles=Tracks(offered=(Track(id=3, language="fra"),)),
)


class FakePlayer:
    """`stb.player.Player` in memory; posts from the thread that asks."""

    def __init__(self, post: Callable[[Event], None]) -> None:
        """Play nothing, at full volume."""
        self._post = post
        self._tune: int | None = None
        self._status = _PICTURE
        self.played: list[tuple[Stream, int]] = []
        """Every stream that was asked for, with its tune."""
        self.volume = (100, False)
        """Per cent, and whether muted."""
        self.delay = 0
        """Milliseconds."""
        self.sound = SoundOut(name="null")
        self.shape = Shape()
        self.closed = False

    def play(self, stream: Stream, tune: int, wanted: Wanted = Wanted(), at: float = 0.0) -> None:
        """Show a picture at once; what does not play live lasts an hour."""
        self.played.append((stream, tune))
        self._tune = tune
        live = isinstance(stream.ref, ChannelRef)
        self._status = replace(
            _PICTURE,
            position=0.0 if live else at,
            duration=0.0 if live else 3600.0,
            seekable=not live,
            audio=_begun(_PICTURE.audio, wanted.audio, wanted.audio_language),
            subtitles=_begun(_PICTURE.subtitles, wanted.subtitle, wanted.subtitle_language),
        )
        self._tell(PlayerStatus(state=PlayerState.OPENING))
        self._tell(self._status)

    def stop(self) -> None:
        """Play nothing."""
        self._tune = None

    def pause(self, *, paused: bool) -> None:
        """Hold the picture, or go on."""
        self._tell(replace(self._status, state=PlayerState.PAUSED if paused else PlayerState.PLAYING))

    def seek(self, to: float) -> None:
        """Be there at once."""
        if self._status.seekable:
            self._status = replace(self._status, position=to)
            self._tell(self._status)

    def set_volume(self, percent: int, *, muted: bool) -> None:
        """Keep what was asked for in `volume`."""
        self.volume = (percent, muted)

    def set_delay(self, milliseconds: int) -> None:
        """Keep what was asked for in `delay`."""
        self.delay = milliseconds

    def set_sound(self, sound: SoundOut) -> None:
        """Die when sound is to go elsewhere, as the real one does."""
        if sound != self.sound:
            self.sound = sound
            self.trigger_died()

    def set_shape(self, shape: Shape) -> None:
        """Keep what was asked for in `shape`."""
        self.shape = shape

    def choose(self, kind: TrackKind, track: int) -> None:
        """Play the track at once."""
        now = self._status
        if kind is TrackKind.AUDIO:
            self._status = replace(now, audio=replace(now.audio, chosen=track))
        else:
            self._status = replace(now, subtitles=replace(now.subtitles, chosen=track))
        self._tell(self._status)

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


def _begun(tracks: Tracks, wanted: int | None, language: str) -> Tracks:
    """What a stream begins with: the chosen track, else the one in this language, else its own choice."""
    ids = [track.id for track in tracks.offered if wanted is None and track.language == language]
    begun = next(iter(ids), tracks.chosen) if wanted is None else wanted
    return replace(tracks, chosen=begun) if begun in (OFF, *(t.id for t in tracks.offered)) else tracks
