"""The stream of one zap inside the player's process: libVLC's signs in, `PlayerStatus` out."""

from collections.abc import Callable
from dataclasses import replace

from stb.model import Machine, PlayerState, PlayerStatus, Shape, TrackKind, Wanted
from stb.player.decoders import described, why_software
from stb.player.glass import Glass
from stb.player.opening import Opening
from stb.player.vlc import Seen, Sign, Vlc
from stb.player.wire import Told

FULL = 100
"""Per cent of a buffer."""


class Tuner:
    """Plays one stream at a time and tells how it goes."""

    def __init__(self, vlc: Vlc, glass: Glass, machine: Machine, tell: Callable[[Told], None]) -> None:
        """Play nothing yet."""
        self._vlc = vlc
        self._glass = glass
        self._machine = machine
        self._tell = tell
        self._tune = 0
        self._lasts = False
        self._status = PlayerStatus()
        self._said: PlayerStatus | None = None
        self._shown = False
        self._filled = False
        self._fell_back = ""

    @property
    def held(self) -> bool:
        """Whether the viewer holds it."""
        return self._status.state is PlayerState.PAUSED

    @property
    def playing(self) -> bool:
        """Whether there is something to count."""
        return self._status.state in (PlayerState.OPENING, PlayerState.BUFFERING, PlayerState.PLAYING)

    def play(self, opening: Opening, tune: int, wanted: Wanted = Wanted()) -> None:
        """Close what plays, then open this; the last picture stays until there is another."""
        self._forget()
        self._tune = tune
        self._lasts = opening.lasts
        self._told(replace(self._status, state=PlayerState.OPENING))
        self._vlc.play(opening, wanted)

    def stop(self) -> None:
        """Close what plays; the window is black afterwards."""
        self._vlc.stop()
        self._forget()

    def _forget(self) -> None:
        self._glass.rest()
        self._status = PlayerStatus()
        self._said = None
        self._shown = self._filled = False

    def pause(self, *, paused: bool) -> None:
        """Hold the stream, or go on; libVLC's sign tells when it does."""
        self._vlc.pause(paused=paused)

    def seek(self, to: float) -> None:
        """Go on there, in seconds from the beginning, and tell it; what cannot be wound goes on as it was."""
        if self._status.seekable and (self.playing or self.held):
            self._vlc.seek(to)
            self.count()

    def set_volume(self, percent: int, *, muted: bool) -> None:
        """Set the loudness, 0 to 100."""
        self._vlc.set_volume(percent, muted=muted)

    def set_delay(self, milliseconds: int) -> None:
        """Sound so much later than the picture."""
        self._vlc.set_delay(milliseconds)

    def set_shape(self, shape: Shape) -> None:
        """Fill the screen so."""
        self._vlc.set_shape(shape, self._glass.screen())

    def choose(self, kind: TrackKind, track: int) -> None:
        """Hear or read this track."""
        self._vlc.choose(kind, track)

    def show(self) -> None:
        """The stream has reached the viewer: a picture on the glass, or sound where there is none."""
        self._glass.rest()
        if self.playing and not self._shown:
            self._shown = True
            self._told(replace(self._counted(), state=PlayerState.PLAYING))

    def count(self) -> None:
        """Tell the statistics. Pictures that X did not show to be some count once libVLC has shown two.

        The very first may have been drawn into a window that was not visible yet.
        """
        counted = self._counted()
        if counted.displayed > 1 and not self._shown and self.playing:
            self.show()
        else:
            self._told(counted)

    def see(self, seen: Seen) -> None:
        """Understand one sign; those of a stream that was closed mean nothing."""
        if seen.opening != self._vlc.openings or not (self.playing or self.held):
            return
        match seen.sign:
            case Sign.BUFFERING:
                self._buffer(seen.percent)
            case Sign.RUNNING if self.held:
                self._told(
                    replace(self._status, state=PlayerState.PLAYING if self._shown else PlayerState.OPENING)
                )
            case Sign.PAUSED:
                self._told(replace(self._counted(), state=PlayerState.PAUSED))
            case Sign.WINDOW if not self._shown:
                self._glass.watch()
            case Sign.FLOWING if not self._vlc.has_video():
                self.show()
            case Sign.TRACKS:
                self._told(self._counted())
            case Sign.ASTRAY:
                self._status = replace(self._status, astray=seen.name)
                self._end(seen.sign)
            case Sign.ENDED | Sign.FAILED:
                self._end(seen.sign)
            case _:
                self._learn(seen)

    def _learn(self, seen: Seen) -> None:
        """Keep what was said of decoding, for the next telling."""
        match seen.sign:
            case Sign.DECODER:
                self._decode(seen.name)
            case Sign.ACCELERATED:
                self._status = replace(self._status, hardware=True)
            case Sign.FELL_BACK:
                self._fell_back = seen.name
            case Sign.REFUSED:
                self._status = replace(self._status, refused=int(seen.name))
            case Sign.LATER:
                self._status = replace(self._status, retry_after=int(seen.name))

    def _buffer(self, percent: int) -> None:
        """Tell how full the buffer is, but not while it first fills behind a picture, nor in a pause."""
        self._status = replace(self._status, buffering=percent)
        first, self._filled = not self._filled, self._filled or percent == FULL
        if self.held or (first and self._shown and percent < FULL):
            return
        if self._shown:
            state = PlayerState.PLAYING if percent == FULL else PlayerState.BUFFERING
        else:
            state = PlayerState.BUFFERING if percent else PlayerState.OPENING
        self._told(replace(self._counted(), state=state))

    def _decode(self, name: str) -> None:
        """Keep what decodes the pictures; decoders of sound are started in the same words."""
        word, hardware = described(name)
        if word:
            self._status = replace(self._status, decoder=word, hardware=hardware)

    def _end(self, sign: Sign) -> None:
        """Close the stream. One that ends without having reached the viewer has failed."""
        last = self._counted()
        seen = sign is Sign.ENDED and (self._shown or last.displayed > 0)
        self.stop()
        state = PlayerState.ENDED if seen else PlayerState.FAILED
        self._told(replace(last, state=state, reason="" if seen else self._vlc.complaint()))

    def _counted(self) -> PlayerStatus:
        now, facts = self._status, self._vlc.facts()
        audio, subtitles = self._vlc.tracks()
        return replace(
            now,
            why="" if now.hardware else why_software(now.decoder, self._machine, self._fell_back),
            width=facts.width,
            height=facts.height,
            fps=facts.fps,
            displayed=facts.displayed,
            lost=facts.lost,
            heard=facts.heard,
            position=facts.position if self._lasts else 0.0,
            duration=facts.duration,
            seekable=facts.seekable and self._lasts,
            audio=audio,
            subtitles=subtitles,
        )

    def _told(self, status: PlayerStatus) -> None:
        self._status = status
        if self._said != status:
            self._said = status
            self._tell(Told(self._tune, status))
