"""What films and episodes show: their name, and how long they have run, so that a picture proves a seek."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from stb.portal import clock, scenery
from stb.portal.clips import MADE
from stb.portal.library import Episode, Film, Library, Series
from stb.portal.lines import LineStatus

WIDTH = 1280
HEIGHT = 720
FPS = 10
"""Few, so that two minutes are made in seconds; nothing in the picture moves faster."""
STRIP = 16
"""Height of the strip at the bottom, pixels: whole seconds since the beginning, as `clock` shows them."""
REFUSAL_S = 10
"""How long panels speak to a viewer whom they do not let in."""
_FORMATS = {"mp4": "mp4", "mkv": "matroska", "ts": "mpegts"}
_SAMPLE_RATE = 48_000
_CUES = {"eng": "{} seconds have passed.", "ara": "مرّت {} ثانية."}
_CUE_EVERY_S = 5
REFUSALS = {
    LineStatus.EXPIRED: "Your subscription has ended",
    LineStatus.BANNED: "This line is banned",
    LineStatus.DISABLED: "This line is switched off",
}
"""What a viewer is told whose line is not active."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reel:
    """One film as a file; H.264 with its own running time in the picture."""

    number: int
    """Gives it its look and its pitch."""
    title: str
    seconds: int
    extension: str
    languages: tuple[str, ...] = ()
    """Of its sounds and its subtitles (ISO 639-2); none: one sound that does not say its language."""

    @property
    def name(self) -> str:
        """What is said of it in the log."""
        return self.title

    def file_name(self) -> str:
        """Another picture or another command gives another name."""
        drawings = b"".join(Path(module.__file__ or "").read_bytes() for module in (scenery, clock))
        said = f"{self} {self.arguments()} {_CUES}".encode()
        return f"film-{self.number}-{hashlib.sha256(said + drawings).hexdigest()[:16]}.{self.extension}"

    def inputs(self) -> dict[str, bytes]:
        """The still part of the picture, and the subtitles."""
        look = scenery.look_of(self.number)
        plate = scenery.clock_plate(look, WIDTH, HEIGHT, self.title)
        return {"plate.png": plate} | {f"{code}.srt": self._subtitles(code) for code in self.languages}

    def arguments(self) -> list[str]:
        """What ffmpeg is told to write the whole film, with a keyframe every two seconds."""
        form = _FORMATS[self.extension]
        index = ("-movflags", "+faststart") if form == "mp4" else ()
        return [*self._sources(), *self._tracks(), *index, "-t", str(self.seconds), "-f", form, MADE]

    def _sources(self) -> Iterator[str]:
        yield from ("-framerate", str(FPS), "-f", "png_pipe", "-i", "plate.png")
        yield from ("-f", "lavfi", "-i", f"color=c=black:s={clock.BITS}x2:r={FPS}")
        for place in range(len(self.languages) or 1):
            tone = (220 + 10 * (self.number % 30)) * (2 + place) // 2
            yield from ("-f", "lavfi", "-i", f"sine=frequency={tone}:sample_rate={_SAMPLE_RATE}")
        for code in self.languages:
            yield from ("-i", f"{code}.srt")

    def _tracks(self) -> Iterator[str]:
        yield from ("-filter_complex", _graph(), "-map", "[v]", "-c:v", "libx264", "-preset", "ultrafast")
        yield from ("-crf", "26", "-g", str(2 * FPS), "-sc_threshold", "0")
        sounds = len(self.languages) or 1
        for place in range(sounds):
            yield from ("-map", f"{2 + place}:a")
        yield from ("-c:a", "aac", "-b:a", "64k", "-ac", "2")
        for place, code in enumerate(self.languages):
            yield from ("-map", f"{2 + sounds + place}:s", "-c:s", "srt")
            yield from (f"-metadata:s:a:{place}", f"language={code}")
            yield from (f"-metadata:s:s:{place}", f"language={code}")

    def _subtitles(self, language: str) -> bytes:
        """A cue every five seconds that says how many have passed, as SubRip writes it."""
        text = _CUES[language]
        cues = (
            f"{number}\n{_stamp(at)},000 --> {_stamp(at + _CUE_EVERY_S - 1)},000\n{text.format(at)}\n"
            for number, at in enumerate(range(0, self.seconds - _CUE_EVERY_S, _CUE_EVERY_S), 1)
        )
        return "\n".join(cues).encode()


def of_film(film: Film) -> Reel:
    """What a film shows that is not a person's own."""
    languages = tuple(film.languages.split(",")) if film.languages else ()
    return Reel(
        number=film.id,
        title=film.name,
        seconds=film.seconds,
        extension=film.extension,
        languages=languages,
    )


def of_episode(series: Series, episode: Episode) -> Reel:
    """What an episode shows."""
    title = f"{series.name} S{episode.season:02}E{episode.number:02}"
    return Reel(number=episode.id, title=title, seconds=episode.seconds, extension=episode.extension)


def of_all(library: Library) -> list[Reel]:
    """What all films and episodes show, but a person's own."""
    films = [of_film(film) for film in library.films() if not film.link]
    return films + [
        of_episode(series, episode) for series in library.series() for episode in library.episodes(series.id)
    ]


def of_refusal(status: LineStatus) -> Reel:
    """What a viewer sees whose line is not active."""
    return Reel(number=0, title=REFUSALS[status], seconds=REFUSAL_S, extension="ts")


def _stamp(seconds: int) -> str:
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def _graph() -> str:
    strip = f"format=gray,geq=lum={clock.quoted(clock.bits('T'))},scale={WIDTH}:{STRIP}:flags=neighbor"
    running = clock.digits("gmtime:0", HEIGHT // 5, round(HEIGHT * 0.43), "%H:%M:%S")
    return (
        f"[0:v]format=yuv420p,loop=loop=-1:size=1[plate];[1:v]{strip}[strip];"
        f"[plate][strip]overlay=0:{HEIGHT - STRIP}:format=yuv420,{running},format=yuv420p[v]"
    )
