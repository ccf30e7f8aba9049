"""The verbs of ``stb``. Each imports what it needs when it is called: a verb starts quickly."""

import argparse
import json
import resource
import sys
from base64 import b64decode
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from stb import __version__
from stb.app import places
from stb.app.places import Places
from stb.errors import ControlError, StbError
from stb.messages import Part
from stb.service import start_log

Verb = Callable[[argparse.Namespace], int]
_CHECKED = {
    "alkarma": "as the operator gave it: tv.example.net, tv.example.net:5000",
    "xtream": "of the server; or a long one with the name and the password in it (get.php)",
    "m3u": "of the list, or a file",
    "stalker": "of the portal: http://tv.example.net/c/",
}
"""What `stb check` tries, and what the address is of each."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one verb; an error of ours is one line and exit status 1."""
    arguments = _parser().parse_args(argv)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core file would hold the operators' passwords
    start_log(_without_secrets)
    verb: Verb = arguments.verb
    try:
        return verb(arguments)
    except (StbError, OSError) as error:
        print(f"stb: {error}", file=sys.stderr)  # noqa: T201
        return 1


def _without_secrets(text: str) -> str:
    from stb.net import redacted_text

    return redacted_text(text)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="stb", description="A television box.")
    parser.add_argument("--version", action="version", version=f"stb {__version__}")
    verbs = parser.add_subparsers(title="verbs", metavar="VERB", required=True)
    _add_boxes(verbs)
    _add_questions(verbs)
    _add_check(verbs)
    _add_admin(verbs)
    _add_first_boot(verbs)
    return parser


Verbs = argparse._SubParsersAction  # noqa: SLF001 - argparse has no public name for it


def _add(
    verbs: "Verbs[argparse.ArgumentParser]", name: str, verb: Verb, text: str
) -> argparse.ArgumentParser:
    parser = verbs.add_parser(name, help=text, description=text)
    parser.set_defaults(verb=verb)
    return parser


def _add_boxes(verbs: "Verbs[argparse.ArgumentParser]") -> None:
    from stb.portal.verbs import add_own, add_verbs

    run = _add(verbs, "run", _run, "run the box on the whole display, with the operator of its settings")
    run.add_argument("--window", type=_size, metavar="WxH", help="in a window of this size instead")
    recover = _add(verbs, "recover", _recover, "say why the box does not start (systemd does this)")
    recover.add_argument("--window", type=_size, metavar="WxH", help="in a window of this size instead")
    demo = _add(verbs, "demo", _demo, "run the box in a window, with an operator of its own")
    demo.add_argument(
        "--kind",
        choices=("alkarma", "xtream", "m3u", "stalker", "stalker-b"),
        default="alkarma",
        help="what it speaks (%(default)s); stalker: the genuine portal, stalker-b: a panel's imitation",
    )
    demo.add_argument("--by-hand", action="store_true", help="activate by typing the code")
    demo.add_argument("--size", type=_size, metavar="WxH", help="of the window (1280x720)")
    demo.add_argument("--fullscreen", action="store_true", help="use the whole display")
    demo.add_argument("--language", choices=("en", "ar"), default="", help="of the box (the one it had)")
    add_own(demo)
    portal = _add(verbs, "portal", _portal, "run the operator alone, or change what it knows")
    add_verbs(portal)
    refresh = _add(verbs, "refresh", _refresh, "read what an operator offers onto the box's disk")
    refresh.add_argument(
        "source", nargs="?", metavar="SOURCE|GUIDE", help="its id in the settings (the first operator's)"
    )
    refresh.add_argument(
        "--part", action="append", choices=tuple(Part), type=Part, help="only this part (all that there are)"
    )
    refresh.add_argument("--asked", action="store_true", help=argparse.SUPPRESS)  # stb-refresh@.service
    refresh.add_argument("--m3u", metavar="FILE|URL", help="a list that is not set up, beside the box's own")
    refresh.add_argument("--guide", default="", metavar="FILE|URL", help="of that list, in XMLTV")


def _add_questions(verbs: "Verbs[argparse.ArgumentParser]") -> None:
    identity = _add(verbs, "identity", _identity, "who this box is to its operators")
    identity.add_argument("--json", action="store_true", help="for programs")
    status = _add(verbs, "status", _status, "what the running box does")
    status.add_argument("--json", action="store_true", help="for programs")
    doctor = _add(verbs, "doctor", _doctor, "how this machine does")
    doctor.add_argument("--boot", action="store_true", required=True, help="where the time went at its start")
    doctor.add_argument("--json", action="store_true", help="for programs")
    press = _add(verbs, "press", _press, "press keys of the running box's remote")
    press.add_argument("keys", nargs="+", metavar="KEY", help="kernel names: CHANNELUP NUMERIC_3 OK")
    screenshot = _add(verbs, "screenshot", _screenshot, "what the TV shows, as a PNG picture")
    screenshot.add_argument("file", type=Path, metavar="FILE")
    _add(verbs, "stop", _stop, "end the running box")


def _add_check(verbs: "Verbs[argparse.ArgumentParser]") -> None:
    check = verbs.add_parser("check", help="try an operator, step by step; nothing is kept")
    kinds = check.add_subparsers(title="kinds", metavar="KIND", required=True)
    for kind, address in _CHECKED.items():
        one = _add(kinds, kind, _check, f"try an operator that speaks {kind}")
        one.set_defaults(kind=kind)
        one.add_argument("address", metavar="URL", help=address)
        one.add_argument("--json", action="store_true", help="for programs")
        if kind == "m3u":
            one.add_argument("--guide", default="", metavar="URL", help="of a guide in XMLTV")
        if kind == "stalker":
            one.add_argument("--mac", default="", help="hardware address to be known by (the box's own)")
        if kind in {"xtream", "stalker"}:
            one.add_argument("--user", default="", help="your name with the operator")
            text = "your password; without a value it is asked for, - reads it from standard input"
            one.add_argument("--password", nargs="?", const=None, default="", help=text)


def _add_first_boot(verbs: "Verbs[argparse.ArgumentParser]") -> None:
    text = "bring into effect what was written onto the card for the box (the image does, at its start)"
    first = _add(verbs, "first-boot", _first_boot, text)
    first.add_argument("--card", type=Path, metavar="DIR", help="its first partition (/boot/firmware)")
    first.add_argument("--data", type=Path, metavar="DIR", help="its data partition (/data)")


def _add_admin(verbs: "Verbs[argparse.ArgumentParser]") -> None:
    from stb.admin.verbs import add_verbs

    add_verbs(_add(verbs, "admin", _admin, "look at an operator's Xtream panel, and change what is there"))


def _size(text: str) -> tuple[int, int]:
    width, _, height = text.partition("x")
    if not (width.isdecimal() and height.isdecimal() and int(width) >= 320 and int(height) >= 240):  # noqa: PLR2004
        raise argparse.ArgumentTypeError("a size in pixels, like 1280x720")
    return int(width), int(height)


def _run(arguments: argparse.Namespace) -> int:
    import gc

    gc.disable()  # of all that is read now nothing becomes garbage: a tenth of a start went into looking
    from stb.app.wiring import Screen, run_box
    from stb.ui.geometry import Size

    gc.freeze()
    gc.enable()
    size = Size(*arguments.window) if arguments.window else None
    run_box(places.service(), Screen(size=size, remote=size is None))
    return 0


def _recover(arguments: argparse.Namespace) -> int:
    from stb.app.recovery import run_recovery
    from stb.ui.geometry import Size

    return run_recovery(places.service(), Size(*arguments.window) if arguments.window else None)


def _demo(arguments: argparse.Namespace) -> int:
    from stb.app.demo import Options, run_demo
    from stb.ui.geometry import Size

    size = None if arguments.fullscreen else Size(*(arguments.size or (1280, 720)))
    options = Options(
        size=size,
        language=arguments.language,
        kind=arguments.kind,
        by_hand=arguments.by_hand,
        media=arguments.media,
        m3u=arguments.m3u,
    )
    run_demo(places.demo(), options)
    return 0


def _portal(arguments: argparse.Namespace) -> int:
    from stb.portal.verbs import run

    home = places.demo()
    return run(arguments, home.state, home.cache)


def _refresh(arguments: argparse.Namespace) -> int:
    import signal

    from stb.app.errand import end_with, heard
    from stb.app.identity import identify, open_vault
    from stb.app.reading import beside, refresh, refresh_guide, step_back, unlisted
    from stb.app.wiring import read_settings, the_guide, the_source

    # Ended from outside, it still takes away what it had half written.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda number, _: sys.exit(128 + number))
    box = places.service()
    parts = tuple(arguments.part or ())
    settings = read_settings(box).settings
    if arguments.asked:  # whoever started this process has given it its place
        wanted = heard(sys.stdin.readline())
        end_with(sys.stdin)
        source, parts = the_source(settings, wanted.source), wanted.parts
    else:
        step_back()
        guide = the_guide(settings, arguments.source)
        if guide and not arguments.m3u:
            return _say([refresh_guide(*guide, box, _say_one)])
        if arguments.m3u:
            box, source = beside(box), unlisted(arguments.m3u, arguments.guide)
        else:
            source = the_source(settings, arguments.source)
    vault, guides = open_vault(box), settings.guides_of(source.id)
    return _say(refresh(source, identify(vault).identity, vault, box, parts, guides=guides, say=_say_one))


def _say(results: Iterable[Mapping[str, Any]]) -> int:
    """Say what came of each part, a line each, as soon as it is known."""
    failed = False
    for result in results:
        _say_one(result)
        failed = failed or "failure" in result
    return 1 if failed else 0


def _say_one(result: Mapping[str, Any]) -> None:
    print(json.dumps(result), flush=True)  # noqa: T201 - the box listens


def _check(arguments: argparse.Namespace) -> int:
    from stb.app.checking import Wish, check
    from stb.app.identity import who
    from stb.app.pasting import taken_apart
    from stb.model import Source, SourceId

    told = vars(arguments)
    address, user, password = taken_apart(arguments.kind, arguments.address)
    source = Source(
        id=SourceId("check"),
        kind=arguments.kind,
        name=arguments.kind,
        address=address,
        user=told.get("user") or user,
        mac=told.get("mac", ""),
        guide=told.get("guide", ""),
    )
    typed = _password(told.get("password", ""))
    wish = Wish(source=source, identity=who(places.service()), password=typed or password)
    found = check(wish, (lambda _line: None) if arguments.json else (lambda line: print(line, flush=True)))  # noqa: T201
    if arguments.json:
        print(json.dumps(found, ensure_ascii=False))  # noqa: T201
    return 0 if found["ok"] else 1


def _admin(arguments: argparse.Namespace) -> int:
    from stb.admin.doing import run

    return run(arguments)


def _first_boot(arguments: argparse.Namespace) -> int:
    from stb.app.firstboot import Disk, first_boot

    usual = Disk()
    disk = Disk(card=arguments.card or usual.card, data=arguments.data or usual.data)
    for problem in first_boot(disk, places.service()).problems:
        print(problem, file=sys.stderr)  # noqa: T201
    return 0


def _password(said: str | None) -> str:
    """From wherever the person wants it to come: what is written in a command is seen by everybody."""
    if said is None:
        from getpass import getpass

        return getpass("Password: ")
    return sys.stdin.readline().rstrip("\r\n") if said == "-" else said


def _running() -> Places:
    """The box that client verbs speak to: a running demo, else the service."""
    from stb.app.control import is_served

    demo = places.demo()
    return demo if is_served(demo.socket) else places.service()


def _identity(arguments: argparse.Namespace) -> int:
    from stb.app.identity import describe
    from stb.app.report import lines

    told = describe(_running())
    print(json.dumps(told, ensure_ascii=False) if arguments.json else lines(told))  # noqa: T201
    return 0


def _status(arguments: argparse.Namespace) -> int:
    from stb.app.control import ask
    from stb.app.report import lines

    status = ask(_running().socket, "status")
    print(json.dumps(status, ensure_ascii=False) if arguments.json else lines(status))  # noqa: T201
    return 0


def _doctor(arguments: argparse.Namespace) -> int:
    from stb.app.doctor import lines, start_of

    told = start_of(_running())
    print(json.dumps(told) if arguments.json else lines(told))  # noqa: T201
    return 0


def _press(arguments: argparse.Namespace) -> int:
    from stb.app.control import ask

    ask(_running().socket, "press", tuple(arguments.keys))
    return 0


def _screenshot(arguments: argparse.Namespace) -> int:
    from stb.app.control import ask

    picture = b64decode(ask(_running().socket, "screenshot")["png"])
    try:
        arguments.file.write_bytes(picture)
    except OSError as error:
        raise ControlError(f"{arguments.file} cannot be written: {error.strerror}") from error
    return 0


def _stop(_arguments: argparse.Namespace) -> int:
    from stb.app.control import ask

    ask(_running().socket, "stop", to_the_end=True)
    return 0
