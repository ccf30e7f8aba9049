"""Short clips with a picture that moves and a tone, made once by ffmpeg and kept in a cache directory."""

import fcntl
import logging
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Lock
from typing import Protocol

from stb.errors import PortalError
from stb.portal.tied import TIED

log = logging.getLogger(__name__)

_RETRY_S = 0.1
"""How often another process is asked whether it has made the clip."""
_NICE = 10
"""How far a clip that nobody waits for stands back behind the box."""
MADE = "made"
"""What `Clip.arguments` call the file that ffmpeg is to write."""


class Clip(Protocol):
    """What the studio has to know of what it makes; equal ones are made once."""

    @property
    def name(self) -> str:
        """What is said of it in the log."""

    def file_name(self) -> str:
        """Under which it is kept; another picture has another one."""

    def inputs(self) -> dict[str, bytes]:
        """The files that `arguments` speak of."""

    def arguments(self) -> list[str]:
        """What ffmpeg is told; it finds `inputs` where it runs, and writes `MADE` there."""

    def __hash__(self) -> int: ...


def require_ffmpeg() -> None:
    """Say plainly when ffmpeg is missing.

    Raises:
        PortalError: it is.
    """
    if shutil.which("ffmpeg") is None:
        raise PortalError("the portal needs ffmpeg for its channels: install the package ffmpeg")


class Studio:
    """Makes clips one after the other, in a thread of its own."""

    def __init__(self, cache: Path) -> None:
        """Keep clips in this directory; other processes may use it at the same time."""
        self._cache = cache
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="clips")
        self._orders: dict[Clip, Future[Path]] = {}
        self._queue: list[Clip] = []
        """What is still to be made, the next one first."""
        self._wanted: set[Clip] = set()
        """What somebody waits for."""
        self._closing = Event()
        self._lock = Lock()
        self._working: subprocess.Popen[bytes] | None = None

    def prepare(self, recipe: Clip) -> None:
        """Make a clip when there is nothing else to do."""
        with self._lock:
            if not self._orders:
                # Somebody will wait for the first one.
                self._wanted.add(recipe)
            self._order(recipe)

    def clip(self, recipe: Clip) -> Future[Path]:
        """The file of a clip, once it is made, before all that nobody waits for.

        The future has a `PortalError` where the clip cannot be made, or is not since `close`.
        """
        with self._lock:
            self._wanted.add(recipe)
            order = self._order(recipe)
            if recipe in self._queue:
                self._queue.remove(recipe)
                self._queue.insert(0, recipe)
            return order

    def forget(self, clip: Clip) -> None:
        """Throw away the file of a clip, if it is made; who asks for it again has it made again."""
        with self._lock:
            order = self._orders.get(clip)
            if order is None or order.done():
                self._orders.pop(clip, None)
                (self._cache / clip.file_name()).unlink(missing_ok=True)

    def close(self) -> None:
        """Make no more clips; one that is being made is given up."""
        self._closing.set()
        with self._lock:
            if self._working is not None:
                self._working.kill()
            for recipe in self._queue:
                self._orders[recipe].set_exception(PortalError("the portal is closing"))
            self._queue.clear()
        self._thread.shutdown(cancel_futures=True)

    def _order(self, recipe: Clip) -> Future[Path]:
        if recipe not in self._orders:
            self._orders[recipe] = Future()
            self._queue.append(recipe)
            self._thread.submit(self._make_next)
        return self._orders[recipe]

    def _make_next(self) -> None:
        with self._lock:
            if not self._queue:
                return
            recipe = self._queue.pop(0)
            nice = 0 if recipe in self._wanted else _NICE
        order = self._orders[recipe]
        try:
            order.set_result(self._make(recipe, nice))
        except Exception as error:  # noqa: BLE001 # whoever waits is told
            order.set_exception(error)

    def _make(self, recipe: Clip, nice: int) -> Path:
        try:
            return self._kept(recipe, nice)
        except OSError as error:
            raise PortalError(f"the clip of {recipe.name} cannot be kept: {error}") from error

    def _kept(self, recipe: Clip, nice: int) -> Path:
        self._cache.mkdir(parents=True, exist_ok=True)
        clip = self._cache / recipe.file_name()
        if clip.exists():
            return clip
        with self._alone(clip.with_suffix(".lock")):
            if not clip.exists():
                log.info("making the clip of %s", recipe.name)
                part = clip.with_suffix(".part")
                self._encode(recipe, nice, part)
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

    def _encode(self, recipe: Clip, nice: int, target: Path) -> None:
        ffmpeg = [*TIED, "nice", "-n", str(nice), "ffmpeg", "-hide_banner", "-loglevel", "error", "-nostdin"]
        with tempfile.TemporaryDirectory(prefix="stb-clip-") as folder:
            for name, data in recipe.inputs().items():
                (Path(folder) / name).write_bytes(data)
            with self._lock:
                if self._closing.is_set():
                    raise PortalError("the portal is closing")
                self._working = subprocess.Popen(
                    [*ffmpeg, *recipe.arguments()], cwd=folder, stderr=subprocess.PIPE
                )
            with self._working as process:
                _, words = process.communicate()
            if process.returncode:
                last = words.decode(errors="replace").strip().rpartition("\n")[2]
                raise PortalError(f"ffmpeg could not make the clip of {recipe.name}: {last}")
            shutil.move(Path(folder) / MADE, target)
