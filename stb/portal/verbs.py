"""``stb portal``: the portal from the command line."""

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from stb.errors import PortalError
from stb.portal import mac_verbs, staff_verbs

if TYPE_CHECKING:
    from stb.portal.lines import Line

_PORT = 5000
"""The port of the document's addresses."""
_HIGHEST_PORT = 65535
_LINE_CHANGES = {
    "expire": "end a line's subscription",
    "renew": "begin another year",
    "ban": "shut a viewer out",
    "unban": "let them in again",
    "disable": "switch a line off",
    "enable": "switch it on again",
    "forget": "take a line out of the books",
}
_CHANGES = {
    "activate": "turn a device on",
    "disable": "switch a device off; it gets a new code",
    "expire": "end a device's subscription",
    "forget": "take a device out of the books",
}


def add_verbs(parser: argparse.ArgumentParser) -> None:
    """Give the parser of ``stb portal`` its options and verbs."""
    parser.add_argument(
        "--state", type=Path, metavar="DIR", help="where the portal keeps its devices and channels"
    )
    parser.add_argument("--cache", type=Path, metavar="DIR", help="where it keeps the clips it makes")
    parser.add_argument(
        "--host", default="127.0.0.1", help="address to listen at (%(default)s: this machine only)"
    )
    parser.add_argument(
        "--port", type=_port, default=_PORT, help="port to listen at, 0 for a free one (%(default)s)"
    )
    parser.add_argument(
        "--activate-after", type=float, metavar="S", help="activate new devices after S seconds"
    )
    parser.add_argument("--mac", metavar="MAC", help="know the box with this hardware address")
    add_own(parser)
    parser.add_argument("--with-parent", action="store_true", help="end when standard input is closed")
    verbs = parser.add_subparsers(dest="portal_verb", title="verbs (none: run the portal)", metavar="")
    device = verbs.add_parser("device", help="look at devices and change them, also while the portal runs")
    changes = device.add_subparsers(dest="portal_change", required=True, metavar="VERB")
    changes.add_parser("list", help="every device, with its code")
    for name, text in _CHANGES.items():
        changes.add_parser(name, help=text).add_argument("duid", metavar="DUID")
    _add_line(verbs.add_parser("line", help="look at lines (user names) and change them"))
    mac_verbs.add_verbs(verbs)
    staff_verbs.add_verbs(verbs)


def _add_line(line: argparse.ArgumentParser) -> None:
    changes = line.add_subparsers(dest="portal_change", required=True, metavar="VERB")
    changes.add_parser("list", help="every line")
    add = changes.add_parser("add", help="begin a subscription; a password is drawn and shown")
    add.add_argument("name", metavar="NAME")
    add.add_argument("--connections", type=int, default=1, metavar="N", help="at once (%(default)s; 0: any)")
    add.add_argument("--days", type=float, default=365, metavar="N", help="until it ends (%(default)s)")
    add.add_argument("--trial", action="store_true", help="it is for trying only")
    for name, text in _LINE_CHANGES.items():
        changes.add_parser(name, help=text).add_argument("name", metavar="NAME")


def add_own(parser: argparse.ArgumentParser) -> None:
    """Give a parser the options for a person's own films and channels."""
    parser.add_argument("--media", type=Path, metavar="DIR", help="show the films of this folder too")
    parser.add_argument("--m3u", type=Path, metavar="FILE", help="show the channels of this list too")


def _port(text: str) -> int:
    if not (text.isdecimal() and int(text) <= _HIGHEST_PORT):
        raise argparse.ArgumentTypeError(f"a port from 0 to {_HIGHEST_PORT}")
    return int(text)


def run(args: argparse.Namespace, state: Path, cache: Path) -> int:
    """Do what `add_verbs`' parser read.

    Args:
        args: from the parser.
        state: directory of the portal's own file where ``--state`` names no other.
        cache: directory of its clips where ``--cache`` names no other.

    Returns:
        The exit code: 0, or 1 after a line on standard error.
    """
    state, cache = args.state or state, args.cache or cache
    try:
        if args.portal_verb is None:
            _serve(args, state, cache)
        elif args.portal_verb == "line":
            _line(args, state)
        elif args.portal_verb in mac_verbs.VERBS:
            _mac(args, state)
        elif args.portal_verb in staff_verbs.VERBS:
            _staff(args, state)
        else:
            _device(args, state)
    except PortalError as error:
        sys.stderr.write(f"stb portal: {error}\n")
        return 1
    return 0


def _serve(args: argparse.Namespace, state: Path, cache: Path) -> None:
    from stb.portal.serving import serve  # noqa: PLC0415 # heavy, and only for this verb

    serve(
        state=state,
        cache=cache,
        host=args.host,
        port=args.port,
        activate_after=args.activate_after,
        with_parent=args.with_parent,
        media=args.media,
        m3u=args.m3u,
        mac=args.mac,
    )


def _staff(args: argparse.Namespace, state: Path) -> None:
    from stb.portal.world import World  # noqa: PLC0415 # only for these verbs

    staff_verbs.run(args, World(state / "portal.sqlite"))


def _device(args: argparse.Namespace, state: Path) -> None:
    from stb.portal.world import World  # noqa: PLC0415 # only for these verbs

    world = World(state / "portal.sqlite")
    match args.portal_change:
        case "activate":
            world.activate(args.duid)
        case "disable":
            world.disable(args.duid)
        case "expire":
            world.expire(args.duid)
        case "forget":
            world.forget(args.duid)
        case _:
            for device in world.devices():
                sys.stdout.write(
                    f"{device.duid:15}  {device.standing:8}  until {device.expiry_date}"
                    f"  code {device.activation_code}  {device.owner_name}".rstrip()
                    + "\n"
                )


def _mac(args: argparse.Namespace, state: Path) -> None:
    from stb.portal.world import World  # noqa: PLC0415 # only for these verbs

    mac_verbs.run(args, World(state / "portal.sqlite"))


def _line(args: argparse.Namespace, state: Path) -> None:
    from stb.portal.world import World  # noqa: PLC0415 # only for these verbs

    lines = World(state / "portal.sqlite").lines
    match args.portal_change:
        case "list":
            for line in lines.all():
                _say_line(line)
        case "add":
            line = lines.add(args.name, days=args.days, trial=args.trial, connections=args.connections)
            sys.stdout.write(f"{line.username}  password {line.password}\n")
        case change:
            getattr(lines, change)(args.name)


def _say_line(line: "Line") -> None:
    until = (
        "for ever" if line.expires is None else f"until {datetime.fromtimestamp(line.expires, UTC):%Y-%m-%d}"
    )
    most = line.max_connections or "any number"
    sys.stdout.write(f"{line.username:15}  {line.status:8}  {until:16}  {most} at once\n")
