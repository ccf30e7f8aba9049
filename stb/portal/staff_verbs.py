"""``stb portal admin`` and ``stb portal news``: who runs the panel, and what viewers are told."""

import argparse
import getpass
import secrets
import sys
from typing import TYPE_CHECKING

from stb.errors import PortalError

if TYPE_CHECKING:
    from stb.portal.world import World

VERBS = ("admin", "news")
_PERMISSIONS = (
    "all",
    "edit_stream",
    "edit_movie",
    "edit_episode",
    "edit_user",
    "connection_logs",
    "process_monitor",
    "edit_mag",
    "manage_events",
    "delete_users",
)
"""Of `stb.portal.staff`, which the command line's parser does not wait for."""


def add_verbs(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Give the parser of ``stb portal`` these verbs."""
    admin = verbs.add_parser("admin", help="look at who may run the panel, and let people in")
    changes = admin.add_subparsers(dest="portal_change", required=True, metavar="VERB")
    changes.add_parser("list", help="everybody, and where the panel is")
    add = changes.add_parser("add", help="let somebody in; a password is drawn and shown")
    add.add_argument("name", metavar="NAME")
    text = f"what an administrator may: {', '.join(_PERMISSIONS)} (all)"
    add.add_argument("--permissions", nargs="+", choices=_PERMISSIONS, metavar="P", help=text)
    add.add_argument("--reseller", action="store_true", help="has users of their own, and no others")
    add.add_argument("--ask", action="store_true", help="ask for the password instead of drawing one")
    changes.add_parser("forget", help="let somebody in no more").add_argument("name", metavar="NAME")
    _add_news(verbs.add_parser("news", help="look at the operator's news and change them"))


def _add_news(news: argparse.ArgumentParser) -> None:
    changes = news.add_subparsers(dest="portal_change", required=True, metavar="VERB")
    changes.add_parser("list", help="all of them, with their numbers")
    add = changes.add_parser("add", help="tell all viewers something")
    add.add_argument("title", metavar="TITLE")
    add.add_argument("body", metavar="TEXT", nargs="?", default="")
    changes.add_parser("remove", help="say it no more").add_argument("number", type=int, metavar="NUMBER")


def run(args: argparse.Namespace, world: "World") -> None:
    """Do what `add_verbs`' parser read.

    Raises:
        PortalError: it cannot be done.
    """
    match args.portal_verb, args.portal_change:
        case "admin", "list":
            _list(world)
        case "admin", "add":
            _add(args, world)
        case "admin", _:
            world.staff.forget(args.name)
        case "news", "list":
            for item in world.news():
                sys.stdout.write(f"{item.id:4}  {item.updated_at[:10]}  {item.title}\n")
        case "news", "add":
            sys.stdout.write(f"{world.bulletin.tell(args.title, args.body).id}\n")
        case _:
            world.bulletin.take_back(args.number)


def _list(world: "World") -> None:
    sys.stdout.write(f"page /admin/  panel /login.php  newer panel /{world.staff.access_code}/login\n")
    for each in world.staff.all():
        kind = "reseller" if each.is_reseller else "administrator"
        sys.stdout.write(f"{each.name:15}  {kind:13}  {' '.join(sorted(each.permissions))}".rstrip() + "\n")


def _add(args: argparse.Namespace, world: "World") -> None:
    from stb.portal.staff import Permission  # noqa: PLC0415 # only for this verb

    password = _asked() if args.ask else secrets.token_urlsafe(12)
    usual = () if args.reseller else ("all",)
    permissions = {Permission(each) for each in args.permissions or usual}
    world.staff.add(args.name, password, permissions=permissions, reseller=args.reseller)
    if not args.ask:
        sys.stdout.write(f"{args.name}  password {password}\n")


def _asked() -> str:
    """A password that is typed, twice where it is not seen; or the first line of standard input."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    password = getpass.getpass("Password: ")
    if getpass.getpass("Once more: ") != password:
        raise PortalError("these are two passwords")
    return password
