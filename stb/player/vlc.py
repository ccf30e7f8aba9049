"""libVLC, seen through this file only.

libVLC is not re-entrant and calls back from its own threads, so a callback does nothing but post a
`Seen` sign; whoever owns the `Vlc` reads the signs and makes every call. `Vlc.play` and `Vlc.stop` wait
for the old stream: up to a second when its second picture is not due yet, and now and then for ever.

Options with a colon in front belong to the media (`stb.player.decoders` says why).
"""

import ctypes
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from threading import Event

import vlc

from stb.errors import PlayerError
from stb.model import OFF, SCHEMES, PlayerStatus, Shape, TrackKind, Tracks, Wanted
from stb.player.decoders import FALLBACKS, IF_KNOWN
from stb.player.offer import read_tracks
from stb.player.opening import Opening
from stb.player.relay import Opened, opened, without_addresses


class Sign(Enum):
    """What libVLC lets be seen of a stream."""

    BUFFERING = auto()
    """With how full the buffer is, per cent."""
    RUNNING = auto()
    """The clock runs: long before the first picture, and again after a pause."""
    PAUSED = auto()
    ENDED = auto()
    FAILED = auto()
    WINDOW = auto()
    """A window for pictures was opened; there is nothing in it yet."""
    FLOWING = auto()
    """Every decoder has given its first picture or sound."""
    DECODER = auto()
    """With libavcodec's name of the decoder in use."""
    ACCELERATED = auto()
    """A decoder of silicon was found."""
    REFUSED = auto()
    """With the HTTP status, as text."""
    LATER = auto()
    """With the seconds after which a server wants to be asked again, as text."""
    ASTRAY = auto()
    """With the scheme of an address that the server led to, and that is not opened."""
    FELL_BACK = auto()
    """With libVLC's words about leaving the hardware aside."""
    TRACKS = auto()
    """What there is to hear or to read has changed, or which of it is heard and read."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A sign, with its per cent or its name where it has one."""

    sign: Sign
    opening: int
    """Which opening of a stream it is about."""
    percent: int = 0
    name: str = ""


_EVENTS = {
    vlc.EventType.MediaPlayerPlaying: Sign.RUNNING,
    vlc.EventType.MediaPlayerPaused: Sign.PAUSED,
    vlc.EventType.MediaPlayerEndReached: Sign.ENDED,
    vlc.EventType.MediaPlayerEncounteredError: Sign.FAILED,
    vlc.EventType.MediaPlayerVout: Sign.WINDOW,
    vlc.EventType.MediaPlayerESAdded: Sign.TRACKS,
    vlc.EventType.MediaPlayerESDeleted: Sign.TRACKS,
    vlc.EventType.MediaPlayerESSelected: Sign.TRACKS,
}

_LOG_LINES = {
    b"Decoder wait done in %d ms": Sign.FLOWING,
    b"codec (%s) started": Sign.DECODER,
    b"Using %s for hardware decoding": Sign.ACCELERATED,
    b"HTTP %d error": Sign.REFUSED,
}
"""Formats of libVLC 3.0's log that nothing else in its interface tells."""

_ANSWER = b"incoming response:\n%.*s"
"""With the head of every answer over HTTP."""
_LATER = re.compile(r"^retry-after:[ \t]*(\d{1,6})[ \t]*\r?$", re.IGNORECASE | re.MULTILINE | re.ASCII)
_LONGEST_HEAD = 4096
_ADDRESS = b"creating access: %s"
"""Said of every address, also of one that a server led to, by the thread that opens it then."""

_ERROR = 4
"""``LIBVLC_ERROR``, the highest level of its log."""

_LIBC = ctypes.CDLL(None)


class Vlc:
    """One libVLC player, drawing into one X window."""

    def __init__(self, xid: int, options: Sequence[str], post: Callable[[Seen], None]) -> None:
        """Start libVLC; the X display is the environment's ``DISPLAY``.

        Raises:
            PlayerError: libVLC does not start.
        """
        instance = _instance(options)
        self._instance = instance
        self._media_options = [each for each in options if each.startswith(":")]
        self._media: vlc.Media | None = None
        self._opened: Opened | None = None
        self._error = ""
        self._closing = Event()
        """Set when what plays is to be closed."""
        self._delay = 0
        self._post = post
        self.openings = 0
        """How many streams were opened so far."""
        self._log = vlc.CallbackDecorators.LogCb(self._logged)
        instance.log_set(self._log, None)
        self._player = instance.media_player_new()
        self._player.set_xwindow(xid)
        self._player.video_set_key_input(on=False)
        self._player.video_set_mouse_input(on=False)
        self._listen()

    def play(self, opening: Opening, wanted: Wanted = Wanted()) -> None:
        """Close what plays, with its connection, then open this; the last picture stays meanwhile."""
        before, self._opened = self._opened, opened(opening)
        options = (*self._media_options, *_begin_with(wanted), f":audio-desync={self._delay}")
        media = self._instance.media_new(self._opened.address, *options, *self._opened.options)
        old, self._media = self._media, media
        self._closing.set()
        self._player.set_media(media)
        self._closing = Event()
        if old is not None:
            old.release()
        if before is not None:
            before.close()
        self._error = ""
        self.openings += 1
        self._opened.start()
        self._player.play()

    def stop(self) -> None:
        """Close the stream, its connection and its window; returns when they are closed."""
        self._closing.set()
        self._player.stop()
        if self._opened is not None:
            self._error = self._opened.close() or self._error

    def complaint(self) -> str:
        """What is known of why the stream that was closed last went wrong."""
        return self._error

    def pause(self, *, paused: bool) -> None:
        """Hold the stream, or go on."""
        self._player.set_pause(int(paused))

    def seek(self, to: float) -> None:
        """Go on there, in seconds from the beginning."""
        self._player.set_time(int(to * 1000))

    def set_volume(self, percent: int, *, muted: bool) -> None:
        """Set the loudness, 0 to 100; it holds for later streams too."""
        self._player.audio_set_volume(percent)
        self._player.audio_set_mute(muted)

    def set_delay(self, milliseconds: int) -> None:
        """Sound so much later than the picture; it holds for later streams too."""
        self._delay = milliseconds
        self._player.audio_set_delay(milliseconds * 1000)

    def set_shape(self, shape: Shape, screen: tuple[int, int]) -> None:
        """Fill windows of these proportions so; it holds for later streams too."""
        proportions = "{}:{}".format(*screen)
        aspect = None if shape.aspect == "auto" else shape.aspect
        self._player.video_set_aspect_ratio(proportions if shape.zoom == "stretch" else aspect)
        self._player.video_set_crop_geometry(proportions if shape.zoom == "fill" else None)

    def choose(self, kind: TrackKind, track: int) -> None:
        """Hear or read this track of the stream that plays."""
        if kind is TrackKind.AUDIO:
            self._player.audio_set_track(track)
        else:
            self._player.video_set_spu(track)

    def tracks(self) -> tuple[Tracks, Tracks]:
        """What can be heard and read."""
        return read_tracks(self._player, self._media) if self._media else (Tracks(), Tracks())

    def has_video(self) -> bool:
        """Whether the stream has pictures, as far as is known."""
        return bool(self._player.video_get_track_count() > 0)

    def facts(self) -> PlayerStatus:
        """What is known of pictures and sound; state, buffering and decoder are told by signs."""
        if self._media is None:
            return PlayerStatus()
        counts = vlc.MediaStats()
        self._media.get_stats(counts)
        facts = PlayerStatus(
            heard=counts.decoded_audio,
            position=max(0, self._player.get_time()) / 1000,
            duration=max(0, self._player.get_length()) / 1000,
            seekable=bool(self._player.is_seekable()),
        )
        if not self.has_video():
            return facts
        width, height = self._player.video_get_size()
        return replace(
            facts,
            width=width,
            height=height,
            fps=round(self._player.get_fps(), 3),
            displayed=counts.displayed_pictures,
            lost=counts.lost_pictures,
        )

    def _see(self, sign: Sign, *, percent: int = 0, name: str = "") -> None:
        self._post(Seen(sign, self.openings, percent, name))

    def _listen(self) -> None:
        events = self._player.event_manager()
        for kind, sign in _EVENTS.items():
            events.event_attach(kind, lambda _event, sign=sign: self._see(sign))
        events.event_attach(
            vlc.EventType.MediaPlayerBuffering,
            lambda event: self._see(Sign.BUFFERING, percent=int(event.u.new_cache)),
        )

    def _logged(self, _data: object, level: int, _context: object, text: bytes, values: int) -> None:
        """Called by libVLC for every line of its log, with printf's format and arguments apart."""
        sign = _LOG_LINES.get(text)
        if text == _ADDRESS:
            self._guard(_printed(text, values).partition(": ")[2])
        elif text == _ANSWER:
            self._answered(_printed(text, values, _LONGEST_HEAD))
        elif sign is Sign.REFUSED:
            self._error = _printed(text, values)
            self._see(sign, name=self._error.split()[1])
        elif sign is Sign.DECODER:
            self._see(sign, name=_printed(text, values).partition("(")[2].partition(")")[0])
        elif sign is not None:
            self._see(sign)
        elif any(words in text for words in FALLBACKS):
            self._see(Sign.FELL_BACK, name=without_addresses(_printed(text, values)))
        elif level >= _ERROR and not self._error.startswith("HTTP "):
            self._error = without_addresses(_printed(text, values))

    def _guard(self, address: str) -> None:
        """Let libVLC's thread open what is elsewhere; with any other address it waits until it is closed."""
        scheme = address.partition("://")[0].lower()
        if self._opened is None or address == self._opened.address or scheme in SCHEMES:
            return
        self._error = f"led to {scheme}"
        self._see(Sign.ASTRAY, name=scheme)
        self._closing.wait()

    def _answered(self, head: str) -> None:
        if later := _LATER.search(head):
            self._see(Sign.LATER, name=later[1])


def _printed(text: bytes, values: int, longest: int = 200) -> str:
    """A line of libVLC's log; ``values`` is a ``va_list``."""
    line = ctypes.create_string_buffer(longest)
    _LIBC.vsnprintf(line, len(line), text, ctypes.c_void_p(values))
    return line.value.decode("utf-8", "replace")


def _instance(options: Sequence[str]) -> vlc.Instance:
    """Start libVLC with all of these options, or without those that not every build knows."""
    own = [each for each in options if not each.startswith(":")]
    plain = [each for each in own if not each.startswith(IF_KNOWN)]
    instance = vlc.Instance([each.removeprefix(IF_KNOWN) for each in own]) or vlc.Instance(plain)
    if instance is None:
        raise PlayerError("libVLC does not start")
    return instance


def _begin_with(wanted: Wanted) -> list[str]:
    """Options of the media; what stays empty is left to the stream, which begins without subtitles."""
    chosen = {
        "audio-language": wanted.audio_language,
        "sub-language": wanted.subtitle_language if wanted.subtitle is None else "",
        "audio-track-id": wanted.audio,
        "sub-track-id": wanted.subtitle if wanted.subtitle != OFF else None,
    }
    return [f":{name}={value}" for name, value in chosen.items() if value not in ("", None)]
