"""What each clip shows and sounds like, and what ffmpeg is told to make it."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from stb.portal import interlaced, scenery, subtitles
from stb.portal.clips import MADE
from stb.portal.nouns import Picture

FPS = 25
SAMPLE_RATE = 48_000
SECONDS = 8
"""How long a clip is."""
_AAC = ("-c:a", "aac", "-b:a", "96k", "-ac", "2")
_AAC_SAMPLES = SECONDS * SAMPLE_RATE - 1024
"""One AAC frame short, since the encoder puts one of silence in front: both tracks last 8 s exactly."""
_MP2 = ("-c:a", "mp2", "-b:a", "192k", "-ac", "2")
_CLOSED = ("-g", str(FPS), "-keyint_min", str(FPS), "-sc_threshold", "0")
_H264 = ("-c:v", "libx264", "-preset", "veryfast", "-crf", "22", "-profile:v", "high", *_CLOSED)
_HEVC = ("-c:v", "libx265", "-preset", "ultrafast", "-crf", "26", "-tag:v", "hvc1", "-x265-params")
_HEVC_PARAMETERS = f"keyint={FPS}:min-keyint={FPS}:scenecut=0:open-gop=0:log-level=error"
_MPEG2 = ("-c:v", "mpeg2video", "-b:v", "4M", "-maxrate", "6M", "-bufsize", "2M", "-g", "12", "-bf", "2")
_FIELDS = ("-flags", "+ildct+ilme", "-top", "1")
_CUES = {
    "eng": ("Good evening.", "The hills are quiet tonight.", "Listen to the other language.", "Good night."),
    "ara": ("مساء الخير.", "التلال هادئة الليلة.", "استمعوا إلى اللغة الأخرى.", "تصبحون على خير."),
}
"""Two seconds each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """How a clip is encoded."""

    width: int
    height: int
    video: tuple[str, ...] = _H264
    """Encoder and its options."""
    audio: tuple[str, ...] = _AAC
    fields: bool = False
    """Interlaced, top field first, with the strip of `stb.portal.interlaced`."""
    languages: tuple[str, ...] = ()
    """Sounds and subtitles, by their ISO 639-2 codes; none: one sound that does not say its language."""


FORMS = {
    Picture.HD_720: Form(width=1280, height=720),
    Picture.HD_1080: Form(width=1920, height=1080),
    Picture.HEVC: Form(width=1280, height=720, video=(*_HEVC, _HEVC_PARAMETERS)),
    Picture.SD_576I: Form(
        width=interlaced.WIDTH,
        height=interlaced.HEIGHT,
        video=(*_MPEG2, *_FIELDS),
        audio=_MP2,
        fields=True,
    ),
    Picture.LANGUAGES: Form(width=1280, height=720, languages=tuple(_CUES)),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """What a clip shows and sounds like."""

    channel: int
    """Gives the clip its look."""
    name: str
    """Burnt into the picture."""
    form: Form
    tone: int
    """Pitch in hertz; of a second language, a fifth higher."""

    def inputs(self) -> dict[str, bytes]:
        """The files that `arguments` speak of."""
        files = {_subtitles(code): self._subtitles(code) for code in self.form.languages}
        return files | {_PICTURE: self._picture()}

    def _picture(self) -> bytes:
        """The parts of the picture as one PNG (`scenery.landscape`)."""
        form, look = self.form, scenery.look_of(self.channel)
        scan = "i" if form.fields else ""
        subtitle = f"{form.width} \N{MULTIPLICATION SIGN} {form.height}{scan}  \N{MIDDLE DOT}  {self.tone} Hz"
        return scenery.landscape(look, form.width, form.height, self.name, subtitle)

    def _subtitles(self, language: str) -> bytes:
        cues = [
            subtitles.Cue(2 * number + 0.2, 2 * number + 1.8, text)
            for number, text in enumerate(_CUES[language])
        ]
        return subtitles.encode(cues, self.form.width, self.form.height)

    def arguments(self) -> list[str]:
        """What ffmpeg is told; it finds `inputs` where it runs and writes `MADE` there.

        Matroska, because ffmpeg goes round in it without losing a picture or a timestamp at the seam;
        in its own MPEG-TS it loses the first picture each time.
        """
        return [*self._sources(), *self._tracks(), *self.form.audio, "-f", "matroska", MADE]

    def _sources(self) -> Iterator[str]:
        """Inputs in the order picture, sounds, subtitles."""
        form = self.form
        rate = interlaced.FIELDS_PER_SECOND if form.fields else FPS
        yield from ("-framerate", str(rate), "-f", "png_pipe", "-i", _PICTURE)
        for number in range(len(form.languages) or 1):
            tone = self.tone * (2 + number) // 2
            # What is left over of the last frame of MPEG audio would make the sound longer than the picture.
            samples = _AAC_SAMPLES if form.audio == _AAC else 332 * 1152
            sine = f"sine=frequency={tone}:sample_rate={SAMPLE_RATE},atrim=end_sample={samples}"
            yield from ("-f", "lavfi", "-i", sine)
        for language in form.languages:
            # Without it each subtitle is taken away 49 days later.
            yield from ("-fix_sub_duration", "-i", _subtitles(language))

    def _tracks(self) -> Iterator[str]:
        form = self.form
        yield from ("-filter_complex", self._graph(), "-map", "[v]", *form.video)
        sounds = len(form.languages) or 1
        for number in range(sounds):
            yield from ("-map", f"{1 + number}:a")
        for number, language in enumerate(form.languages):
            yield from ("-map", f"{1 + sounds + number}:s", "-c:s", "dvbsub")
            yield from (f"-metadata:s:a:{number}", f"language={language}")
            yield from (f"-metadata:s:s:{number}", f"language={language}")

    def _graph(self) -> str:
        form = self.form
        if form.fields:
            pictures = SECONDS * interlaced.FIELDS_PER_SECOND
            return f"{_moving(form.width, form.height, pictures, 'whole')};{interlaced.filters()}"
        return _moving(form.width, form.height, SECONDS * FPS, "v")

    def file_name(self) -> str:
        """Name of the clip; another recipe, drawing or argument gives another name."""
        drawings = b"".join(Path(module.__file__ or "").read_bytes() for module in (scenery, subtitles))
        said = f"{self} {self.arguments()} {_CUES}".encode()
        return f"clip-{self.channel}-{hashlib.sha256(said + drawings).hexdigest()[:16]}.mkv"


_PICTURE = "picture.png"


def _subtitles(language: str) -> str:
    return f"{language}.sup"


def _moving(width: int, height: int, pictures: int, label: str) -> str:
    """Filter graph that moves a `scenery.landscape`: near hills go round once, far ones a part of it."""
    half = height // 2
    rows = range(scenery.HILLS)
    parts = ["sky", "title", *(f"row{row}" for row in rows)]
    graph = [
        f"[0:v]format=yuva420p,loop=loop={pictures - 1}:size=1,split={len(parts)}"
        + "".join(f"[{part}_]" for part in parts),
        f"[sky_]crop={width}:{height}:0:0[over0]",
        f"[title_]crop={width}:{half}:0:{height}[title]",
    ]
    for row in rows:
        top = height + half * (row + 1)
        speed = 1 / (scenery.HILLS - row) / pictures
        graph += [
            f"[row{row}_]crop={width}:{half}:0:{top},scroll=h={speed:.9f}[row{row}]",
            f"[over{row}][row{row}]overlay=0:{half}:format=yuv420[over{row + 1}]",
        ]
    graph.append(f"[over{scenery.HILLS}][title]overlay=0:0:format=yuv420,format=yuv420p[{label}]")
    return ";".join(graph)
