"""Where the box keeps things: its state, its runtime files, what can be made again."""

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

import stb

SOCKET_NAME = "control.sock"


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Directories of one box."""

    state: Path
    """Survives power cuts: settings, vault, lists."""
    runtime: Path
    """Gone at the next boot: the control socket."""
    cache: Path
    """Can be made again: pictures of channels, the portal's clips."""

    @property
    def socket(self) -> Path:
        """The control socket."""
        return self.runtime / SOCKET_NAME

    @property
    def start(self) -> Path:
        """When the box was where, at the machine's start."""
        return self.runtime / "start.json"

    @property
    def settings(self) -> Path:
        """The box's own settings."""
        return self.state / "stb.toml"

    @property
    def card_faults(self) -> Path:
        """What was wrong with what the card's first partition says, a line each."""
        return self.state / "card-faults.txt"

    @property
    def data_trouble(self) -> Path:
        """What is wrong with the data partition, a word a line; written before the system starts."""
        return self.runtime.with_name("stb-disk") / "trouble"

    @property
    def is_in_memory(self) -> bool:
        """Whether the data partition cannot be used, and memory stands in for it until the power goes."""
        try:
            words = self.data_trouble.read_text("ascii", "replace").split()
        except OSError:
            return False
        return not {"missing", "broken"}.isdisjoint(words)

    @property
    def keymap(self) -> Path:
        """What the viewer taught the box about the remote."""
        return self.state / "keymap.toml"

    @property
    def vault(self) -> Path:
        """Secrets."""
        return self.state / "vault.json"

    @property
    def lists(self) -> Path:
        """Channels of all sources."""
        return self.state / "lists.db"

    @property
    def viewer(self) -> Path:
        """What is the viewer's own."""
        return self.state / "viewer.db"

    @property
    def library(self) -> Path:
        """Films and series of all sources."""
        return self.state / "library.db"

    @property
    def guide(self) -> Path:
        """Programmes of all sources."""
        return self.state / "guide.db"

    @property
    def fetched(self) -> Path:
        """What operators gave, in a folder for each: can be fetched again."""
        return self.cache / "fetched"

    @property
    def logos(self) -> Path:
        """Pictures of channels, small."""
        return self.cache / "logos"

    @property
    def posters(self) -> Path:
        """Pictures of films and series."""
        return self.cache / "posters"

    def make(self) -> None:
        """Make the directories that are missing, closed to other users."""
        for place in (self.state, self.runtime, self.cache):
            place.mkdir(mode=0o700, parents=True, exist_ok=True)


def packaged() -> Path:
    """What came with the box: ``config/``, in the wheel and in a checkout."""
    house = Path(stb.__file__).parent
    inside = house / "config"
    return inside if inside.is_dir() else house.parent / "config"


def service() -> Places:
    """Of the service: systemd's directories (systemd.exec(5), StateDirectory=)."""
    return _with_environment(
        Places(state=Path("/var/lib/stb"), runtime=Path("/run/stb"), cache=Path("/var/cache/stb"))
    )


def demo() -> Places:
    """Of ``stb demo``: below the user's own directories (XDG Base Directory Specification)."""
    home = Path.home()
    runtime = os.environ.get("XDG_RUNTIME_DIR") or f"{tempfile.gettempdir()}/stb-{os.getuid()}"
    return _with_environment(
        Places(
            state=_xdg("XDG_STATE_HOME", home / ".local" / "state") / "stb-demo",
            runtime=Path(runtime) / "stb-demo",
            cache=_xdg("XDG_CACHE_HOME", home / ".cache") / "stb",
        )
    )


def _xdg(variable: str, default: Path) -> Path:
    value = os.environ.get(variable, "")
    return Path(value) if value.startswith("/") else default


def _with_environment(places: Places) -> Places:
    return Places(
        state=Path(os.environ.get("STB_STATE") or places.state).absolute(),
        runtime=Path(os.environ.get("STB_RUNTIME") or places.runtime).absolute(),
        cache=Path(os.environ.get("STB_CACHE") or places.cache).absolute(),
    )
