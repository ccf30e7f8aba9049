"""``stb portal mac`` and ``stb portal event``: set-top boxes of the Stalker kind from the command line."""

import argparse
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from stb.portal.events import EVENTS
from stb.portal.macs import Mac, Rules, Strangers, normal

if TYPE_CHECKING:
    from stb.portal.world import World

VERBS = ("mac", "event")
_CHANGES = {
    "block": "shut a box out, and tell it so",
    "unblock": "let it in again, and tell it so; takes back the panel's ban too",
    "expire": "end its subscription",
    "renew": "let its subscription go on for ever",
    "release": "let another machine come with its address",
    "forget": "delete it; should it come again it is a stranger",
}
_SWITCH = {"on": True, "off": False}
_TOLD = {"block": "cut_off", "unblock": "cut_on"}


def add_verbs(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Give ``stb portal`` these verbs."""
    mac = verbs.add_parser("mac", help="look at boxes known by their hardware address, and change them")
    changes = mac.add_subparsers(dest="portal_change", required=True, metavar="VERB")
    changes.add_parser("list", help="every box")
    add = changes.add_parser("add", help="enter a box")
    add.add_argument("mac", metavar="MAC")
    add.add_argument("--days", type=float, metavar="N", help="until its subscription ends (never)")
    add.add_argument("--line", default="", metavar="NAME", help="user name of the line it belongs to")
    for name, text in _CHANGES.items():
        changes.add_parser(name, help=text).add_argument("mac", metavar="MAC")
    strangers = changes.add_parser(
        "strangers", help="say what becomes of a box that nobody has entered; sign-in asks for a line's name"
    )
    strangers.add_argument("welcome", choices=tuple(Strangers), type=Strangers, metavar="|".join(Strangers))
    censor = changes.add_parser("censor", help="say which channels are for adults")
    censor.add_argument("channels", nargs="*", type=int, metavar="NUMBER")
    rules = changes.add_parser(
        "rules", help="say how the genuine portal lets boxes in; without options, print it"
    )
    rules.add_argument("--disabled", choices=_SWITCH, help="switch the whole portal off")
    rules.add_argument("--filter", nargs="*", metavar="MAC", help="keep these boxes out")
    rules.add_argument("--each-start", choices=_SWITCH, help="ask for name and password at each start")
    rules.add_argument("--agents", metavar="REGEX", help="make links for players only whose names have this")
    event = verbs.add_parser("event", help="tell a box something the next time it asks")
    event.add_argument("mac", metavar="MAC")
    event.add_argument("event", choices=tuple(EVENTS), metavar="EVENT", help=", ".join(EVENTS))
    event.add_argument("msg", nargs="?", default="", help="a text; the number of a channel to play")
    event.add_argument("--confirm", action="store_true", help="tell it until its viewer has confirmed")
    event.add_argument("--reboot", action="store_true", help="it is to start anew when that is confirmed")
    event.add_argument("--hide-after", type=int, default=0, metavar="S", help="seconds on the screen")
    event.add_argument("--video", default="", metavar="URL", help="shown with it")


def run(args: argparse.Namespace, world: "World") -> None:
    """Do what `add_verbs`' parser read.

    Raises:
        PortalError: there is no such box or line, or there is one already.
    """
    if args.portal_verb == "event":
        _event(args, world)
        return
    match args.portal_change:
        case "list":
            for mac in world.macs.all():
                sys.stdout.write(_said(mac))
        case "add":
            if args.line:
                world.lines.line(args.line)
            sys.stdout.write(_said(world.macs.add(args.mac, days=args.days, login=args.line)))
        case "strangers":
            world.macs.decide(strangers=args.welcome)
        case "censor":
            world.macs.decide(censored=tuple(args.channels))
        case "rules":
            sys.stdout.write(f"{_ruled(args, world)}\n")
        case change:
            getattr(world.macs, change)(args.mac)
            if change in _TOLD:
                world.events.send(args.mac, _TOLD[change])


def _ruled(args: argparse.Namespace, world: "World") -> Rules:
    """Change what was said, and nothing else."""
    said = {
        "disabled": _SWITCH.get(args.disabled),
        "filtered": None if args.filter is None else tuple(map(normal, args.filter)),
        "each_start": _SWITCH.get(args.each_start),
        "agents": args.agents,
    }
    return world.macs.decide(**{name: value for name, value in said.items() if value is not None})


def _event(args: argparse.Namespace, world: "World") -> None:
    world.events.send(
        world.macs.mac(args.mac).mac,
        args.event,
        args.msg,
        need_confirm=args.confirm,
        reboot_after_ok=args.reboot,
        auto_hide_s=args.hide_after,
        video=args.video,
        lasts_s=2 * world.macs.rules().watchdog_s,
    )


def _said(mac: Mac) -> str:
    until = (
        "for ever" if mac.expires is None else f"until {datetime.fromtimestamp(mac.expires, UTC):%Y-%m-%d}"
    )
    banned = "  banned by the panel" if mac.banned else ""
    return f"{mac.mac}  {mac.status:8}  {until:16}  {mac.login}{banned}".rstrip() + "\n"
