"""``stb admin``: what may be typed."""

import argparse
import re

from stb.admin.dialects import ALL_SERVERS, DIALECTS, SERVED, SUBS, VERBS, Noun

STDIN = "-"
_LONG_ID = re.compile(r"[\w-]{1,64}", re.ASCII)
_STATUS = (
    "Exit status 0: done, and seen to be done. 1: refused, or it failed. 2: what was typed is wrong, or "
    "nobody agreed to a deletion. 3: the panel was asked, and it is not to be seen that it is done."
)
_TEXTS = {
    "delete": "delete it: of a stream on the last server, the stream itself",
    "restart": "end it and start it again",
    "kill": "cut what is open, or end the process",
    "resetispuser": "forget the network that the user is bound to",
    "lock": "bind the user to one network (lockk)",
    "unlock": "let the user come from any network (unlockk)",
}


def add_verbs(parser: argparse.ArgumentParser) -> None:
    """Give the parser of ``stb admin`` its options and verbs."""
    parser.add_argument(
        "--url", default="", help="of the panel, with the folder of its access code (the last one)"
    )
    _add_common(parser, default=False)
    nouns = parser.add_subparsers(dest="noun", required=True, metavar="VERB", title="verbs")
    login = nouns.add_parser("login", help="log in, and keep the session")
    login.add_argument("--user", default="", help="name at the panel (asked for)")
    login.add_argument(
        "--password",
        nargs="?",
        type=_no_password,
        metavar="-",
        help="is asked for; - reads it from standard input",
    )
    login.add_argument("--dialect", choices=tuple(DIALECTS), default="", help="of the panel (found out)")
    nouns.add_parser("logout", help="end the session, and forget it")
    for noun in Noun:
        _add_noun(nouns.add_parser(noun, help=f"list {noun.many}, or change one"), noun)
    for each in nouns.choices.values():
        _add_common(each, default=argparse.SUPPRESS)


def _add_noun(parser: argparse.ArgumentParser, noun: Noun) -> None:
    verbs = parser.add_subparsers(dest="deed", required=True, metavar="VERB")
    lists = verbs.add_parser("list", help="all that the panel shows")
    if noun is Noun.PROCESS:
        lists.add_argument("--server", type=_server, required=True, metavar="N", help="on which one")
    said = {sub: verb for verb, sub in SUBS.items()}
    for verb in VERBS[noun]:
        other = [sub for sub, own in said.items() if own == verb]
        one = verbs.add_parser(verb, aliases=other, help=_TEXTS.get(verb, f"{verb} it"))
        one.set_defaults(deed=verb)
        is_pid = noun in {Noun.CONNECTION, Noun.PROCESS}
        one.add_argument(
            "which", type=_long if noun is Noun.CONNECTION else _number, metavar="PID" if is_pid else "ID"
        )
        if noun in SERVED or noun is Noun.PROCESS:
            text = "on which one" + (" (-1, of xc_vm: all)" if noun in SERVED else "")
            one.add_argument("--server", type=_server, required=True, metavar="N", help=text)
    for each in set(verbs.choices.values()):  # a verb of two names has one parser
        _add_common(each, default=argparse.SUPPRESS)


def _add_common(parser: argparse.ArgumentParser, *, default: object) -> None:
    parser.add_argument("--json", action="store_true", default=default, help="for programs")
    parser.add_argument("--yes", action="store_true", default=default, help="delete without asking")


def _no_password(text: str) -> str:
    if text != STDIN:
        raise argparse.ArgumentTypeError("never in a command, where everybody on this machine sees it")
    return text


def _number(text: str) -> str:
    if not re.fullmatch(r"[1-9][0-9]{0,9}", text):
        raise argparse.ArgumentTypeError("a number from the panel's list")
    return text


def _long(text: str) -> str:
    if not _LONG_ID.fullmatch(text):
        raise argparse.ArgumentTypeError("an id from the panel's list")
    return text


def _server(text: str) -> int:
    return ALL_SERVERS if text == str(ALL_SERVERS) else int(_number(text))
