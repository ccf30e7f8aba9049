"""``stb demo``: a television with an operator of its own, on a computer that has neither.

The operator is ``stb portal`` in a process of its own; where there is no display a virtual one is
started. Both end with this process, also when it is killed: the portal when its standard input closes,
the display when its last client is gone.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from socket import AF_UNIX, socket
from struct import pack
from threading import Thread
from typing import IO

from stb.app.control import is_served
from stb.app.identity import identify, open_vault
from stb.app.keeping import PASSWORD
from stb.app.places import Places
from stb.app.wiring import Screen, read_settings, run_box
from stb.errors import ControlError, PortalError, StbError
from stb.model import Source, SourceId
from stb.settings.saving import save
from stb.ui.geometry import Size

ACTIVATE_SECONDS = 5
"""The demo's operator activates a new device after so long."""
_READY = "portal "
_PORTAL = (sys.executable, "-m", "stb", "portal", "--port", "0", "--with-parent")
KINDS = {
    "alkarma": SourceId("demo"),
    "xtream": SourceId("demo-xtream"),
    "m3u": SourceId("demo-m3u"),
    "stalker": SourceId("demo-stalker"),
    "stalker-b": SourceId("demo-stalker-b"),
}
"""As what the demo's operator may speak, and the box's name for it then; each keeps lists of its own."""
_USER = "demo"
"""User name and password of the line that a new portal has."""
_X11_SETUP = pack("<cxHHHHxx", b"l", 11, 0, 0, 0)
_X11_SUCCESS = b"\x01"
_OPERATORS = {"en": "Home Portal", "ar": "بوابة المنزل"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What the command line says."""

    size: Size | None = Size(1280, 720)
    """Of the window in pixels; None is the whole display."""
    language: str = ""
    """Empty: the one it had, English at first."""
    kind: str = "alkarma"
    """One of `KINDS`."""
    by_hand: bool = False
    """The code has to be typed: the operator activates nobody."""
    media: Path | None = None
    """A folder of films to show too."""
    m3u: Path | None = None
    """A list of channels to show too."""


def run_demo(places: Places, options: Options) -> None:
    """Until the viewer closes the window, or ``stb stop``, or a signal."""
    if is_served(places.socket):
        raise ControlError("a demo is running already: `stb stop` ends it")
    places.make()
    with ExitStack() as stack:
        if "DISPLAY" not in os.environ:
            stack.enter_context(virtual_display(options.size or Size(1920, 1080)))
        address = stack.enter_context(_portal(places, options))
        _introduce(places, options, address)
        _say_how(options)
        run_box(places, Screen(size=options.size, title="stb demo"))


def _introduce(places: Places, options: Options, address: str) -> None:
    """Make the portal the box's operator, wherever it listens this time; all else stays as it was chosen."""
    before = read_settings(places).settings
    language = options.language or before.language
    name = _OPERATORS.get(language, _OPERATORS["en"])
    demo = _source(options.kind, name, address)
    if demo.user:
        open_vault(places).put(demo.id, **{PASSWORD: _USER})
    others = (source for source in before.sources if source.id not in KINDS.values())
    save(places.settings, {"language": language, "source": (demo, *others)})


def _source(kind: str, name: str, address: str) -> Source:
    """The portal at an address, spoken to as an operator of this kind."""
    source = Source(id=KINDS[kind], kind=kind, name=name, address=address)
    match kind:
        case "xtream":
            return replace(source, user=_USER)
        case "m3u":
            return replace(source, address=f"{address}/playlist.m3u", guide=f"{address}/guide.xml.gz")
        case "stalker":
            return replace(source, address=f"{address}/stalker_portal/c/")
        case "stalker-b":
            return replace(source, kind="stalker", address=f"{address}/c/")
        case _:
            return source


def _say_how(options: Options) -> None:
    if options.kind.startswith("stalker"):
        say("The box signs in by itself, by its hardware address; `stb portal mac list` shows who may.")
    elif options.kind != "alkarma":
        say(f"The box signs in by itself, with {options.kind}; `stb portal line list` shows who may.")
    elif options.by_hand:
        say("The box registers itself. Type the code it shows.")
    else:
        say(f"The box registers itself; its operator activates it after {ACTIVATE_SECONDS} s.")
    say("Keys in the window: arrows, Enter = OK, Esc = BACK, PageUp/PageDown = CH+/CH-, digits,")
    say("  l = LAST, i = INFO, + and - = volume, m = mute, F1 to F4 = red, green, yellow, blue,")
    say("  Home = HOME, F9 = SETTINGS, a s z = AUDIO SUBTITLE ZOOM, space = PAUSE, p = POWER.")
    stb = sys.argv[0] if sys.argv[0].endswith("stb") else "python -m stb"
    say(f"From another terminal: {stb} press CHANNELUP, {stb} status, {stb} stop.")


def say(line: str) -> None:
    """One plain line for the person who started it."""
    print(line, flush=True)  # noqa: T201 - this is what the verb is for


@contextmanager
def virtual_display(size: Size) -> Iterator[None]:
    """An Xvfb of this size as DISPLAY; it ends by itself with its last client, which is this process."""
    reader, writer = os.pipe()
    command = ["Xvfb", "-displayfd", str(writer), "-screen", "0", f"{size.width}x{size.height}x24"]
    try:
        server = subprocess.Popen(
            [*command, "-nolisten", "tcp", "-terminate"],
            pass_fds=(writer,),
            stdin=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C ends the box first, then its display
        )
    except FileNotFoundError as error:
        raise StbError("there is no display, and no Xvfb to make one: install xvfb") from error
    finally:
        os.close(writer)
    with server, os.fdopen(reader) as number:
        display = number.readline().strip()
        if not display:
            raise StbError("Xvfb could not make a display")
        os.environ["DISPLAY"] = f":{display}"
        say(f"No display here: made a virtual one, :{display}. `stb screenshot FILE` takes a picture of it.")
        try:
            with _client(display):
                yield
        finally:
            del os.environ["DISPLAY"]
            server.terminate()


@contextmanager
def _client(display: str) -> Iterator[None]:
    """Be a client of this display: a box that begins anew has no window for a moment.

    The setup is that of the X Window System Protocol, version 11, "Connection Setup", without authorization.

    Raises:
        StbError: the display does not want us.
    """
    with socket(AF_UNIX) as connection:
        try:
            connection.connect(f"/tmp/.X11-unix/X{display}")  # noqa: S108 - where X servers listen
            connection.sendall(_X11_SETUP)
            answer = connection.recv(1)
        except OSError as error:
            raise StbError(f"Xvfb does not answer: {error}") from error
        if answer != _X11_SUCCESS:
            raise StbError("Xvfb refused the box")
        yield


@contextmanager
def _portal(places: Places, options: Options) -> Iterator[str]:
    """The operator, in a process of its own; gives its address."""
    activation = [] if options.by_hand else ["--activate-after", str(ACTIVATE_SECONDS)]
    own = {"--media": options.media, "--m3u": options.m3u}
    box = _known_box(places) if options.kind.startswith("stalker") else []
    shown = [word for name, path in own.items() if path for word in (name, str(path))]
    child = subprocess.Popen(
        [*_PORTAL, "--state", str(places.state), *activation, *box, *shown],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        start_new_session=True,
        text=True,
        encoding="utf-8",
    )
    with child:
        if child.stdin is None or child.stdout is None:
            raise PortalError("the portal has no pipes")
        with child.stdin:
            address = _address(child.stdout)
            lines = Thread(target=_pass_on, args=(child.stdout,), name="portal-lines")
            lines.start()
            yield address
        lines.join()


def _known_box(places: Places) -> list[str]:
    """A panel lets in only who was entered before."""
    return ["--mac", identify(open_vault(places)).identity.stalker_mac]


def _address(output: IO[str]) -> str:
    """Where the portal listens; what it says before that is passed on."""
    for line in output:
        if line.startswith(_READY):
            address = line.removeprefix(_READY).strip()
            say(f"The operator's portal listens at {address}.")
            return address
        say(f"portal: {line.rstrip()}")
    raise PortalError("the portal ended before it listened")


def _pass_on(output: IO[str]) -> None:
    for line in output:
        say(f"portal: {line.rstrip()}")
