"""Short clips with a picture that moves and a tone, made once by ffmpeg and kept in a cache directory."""

import fcntl
import hashlib
import logging
import shutil
import subprocess
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Lock

from stb.errors import PortalError
from stb.portal import scenery

log = logging.getLogger(__name__)

FPS = 25
SAMPLE_RATE = 48_000
_FRAMES = 8 * FPS
_AUDIO_SAMPLES = 8 * SAMPLE_RATE - 1024
"""One AAC frame short, since the encoder puts one of silence in front: both tracks last 8 s exactly."""
_RETRY_S = 0.1
"""How often another process is asked whether it has made the clip."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """What a clip shows and sounds like."""

    channel: int
    """Gives the clip its look."""
    name: str
    """Burnt into the picture."""
    width: int
    height: int
    tone: int
    """Pitch in hertz."""

    def picture(self) -> bytes:
        """The parts of the picture as one PNG (`scenery.landscape`)."""
        look = scenery.look_of(self.channel)
        subtitle = f"{self.width} \N{MULTIPLICATION SIGN} {self.height}  \N{MIDDLE DOT}  {self.tone} Hz"
        return scenery.landscape(look, self.width, self.height, self.name, subtitle)

    def arguments(self) -> list[str]:
        """What ffmpeg is told; it reads `picture` from its input and writes the clip to its output.

        Matroska, because ffmpeg goes round in it without losing a picture or a timestamp at the seam;
        in its own MPEG-TS it loses the first picture each time. To a pipe, so that ffmpeg ends when
        the portal does, however that ends.
        """
        return [
            *("-framerate", str(FPS), "-f", "png_pipe", "-i", "pipe:0"),
            *(
                "-f",
                "lavfi",
                "-i",
                f"sine=frequency={self.tone}:sample_rate={SAMPLE_RATE},atrim=end_sample={_AUDIO_SAMPLES}",
            ),
            *("-filter_complex", _moving(self.width, self.height), "-map", "[v]", "-map", "1:a"),
            *("-c:v", "libx264", "-preset", "veryfast", "-crf", "22", "-profile:v", "high"),
            *("-g", str(FPS), "-keyint_min", str(FPS), "-sc_threshold", "0"),
            *("-c:a", "aac", "-b:a", "96k", "-ac", "2", "-f", "matroska", "pipe:1"),
        ]

    def file_name(self) -> str:
        """Name of the clip; another recipe, drawing or argument gives another name."""
        drawing = Path(scenery.__file__).read_bytes()
        said = f"{self} {self.arguments()}".encode()
        return f"clip-{self.channel}-{hashlib.sha256(said + drawing).hexdigest()[:16]}.mkv"


def require_ffmpeg() -> None:
    """Say plainly when ffmpeg is missing.

    Raises:
        PortalError: it is.
    """
    if shutil.which("ffmpeg") is None:
        raise PortalError("the portal needs ffmpeg for its channels: install the package ffmpeg")


class Studio:
    """Makes clips one after the other, in the order they are asked for, in a thread of its own."""

    def __init__(self, cache: Path) -> None:
        """Keep clips in this directory; other processes may use it at the same time."""
        self._cache = cache
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="clips")
        self._orders: dict[Recipe, Future[Path]] = {}
        self._closing = Event()
        self._lock = Lock()
        self._working: subprocess.Popen[bytes] | None = None

    def clip(self, recipe: Recipe) -> Future[Path]:
        """The file of a clip, once it is made; a `PortalError` where it cannot be."""
        with self._lock:
            if recipe not in self._orders:
                # Who waits first is served at full speed; the others leave room for the box.
                nice = 10 if self._orders else 0
                self._orders[recipe] = self._thread.submit(self._make, recipe, nice)
            return self._orders[recipe]

    def close(self) -> None:
        """Make no more clips; one that is being made is given up."""
        self._closing.set()
        with self._lock:
            if self._working is not None:
                self._working.kill()
        self._thread.shutdown(cancel_futures=True)

    def _make(self, recipe: Recipe, nice: int) -> Path:
        try:
            return self._kept(recipe, nice)
        except OSError as error:
            raise PortalError(f"the clip of {recipe.name} cannot be kept: {error}") from error

    def _kept(self, recipe: Recipe, nice: int) -> Path:
        self._cache.mkdir(parents=True, exist_ok=True)
        clip = self._cache / recipe.file_name()
        if clip.exists():
            return clip
        with self._alone(clip.with_suffix(".lock")):
            if not clip.exists():
                log.info("making the clip of %s, %d lines", recipe.name, recipe.height)
                part = clip.with_suffix(".part")
                part.write_bytes(self._encode(recipe, nice))
                part.rename(clip)
                log.info("made the clip of %s, %d kB", recipe.name, clip.stat().st_size // 1000)
        return clip

    @contextmanager
    def _alone(self, path: Path) -> Iterator[None]:
        """Wait while another process makes the same clip."""
        with path.open("w") as file:
            while not self._closing.is_set():
                try:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    self._closing.wait(_RETRY_S)
                else:
                    yield
                    return
        raise PortalError("the portal is closing")

    def _encode(self, recipe: Recipe, nice: int) -> bytes:
        command = [
            "nice",
            "-n",
            str(nice),
            "ffmpeg",
            "-hide_banner",
            "-loglevel",
            "error",
            *recipe.arguments(),
        ]
        picture = recipe.picture()
        pipe = subprocess.PIPE
        with self._lock:
            if self._closing.is_set():
                raise PortalError("the portal is closing")
            self._working = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe)
        with self._working as process:
            clip, words = process.communicate(picture)
        if process.returncode:
            last = words.decode(errors="replace").strip().rpartition("\n")[2]
            raise PortalError(f"ffmpeg could not make the clip of {recipe.name}: {last}")
        return clip


def _moving(width: int, height: int) -> str:
    """Filter graph that moves a `scenery.landscape`: near hills go round once, far ones a part of it."""
    half = height // 2
    rows = range(scenery.HILLS)
    parts = ["sky", "title", *(f"row{row}" for row in rows)]
    graph = [
        f"[0:v]format=yuva420p,loop=loop={_FRAMES - 1}:size=1,split={len(parts)}"
        + "".join(f"[{part}_]" for part in parts),
        f"[sky_]crop={width}:{height}:0:0[over0]",
        f"[title_]crop={width}:{half}:0:{height}[title]",
    ]
    for row in rows:
        top = height + half * (row + 1)
        speed = 1 / (scenery.HILLS - row) / _FRAMES
        graph += [
            f"[row{row}_]crop={width}:{half}:0:{top},scroll=h={speed:.9f}[row{row}]",
            f"[over{row}][row{row}]overlay=0:{half}:format=yuv420[over{row + 1}]",
        ]
    graph.append(f"[over{scenery.HILLS}][title]overlay=0:0:format=yuv420,format=yuv420p[v]")
    return ";".join(graph)
