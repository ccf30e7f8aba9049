"""``stb admin``: what is done, what is printed, and the exit status."""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from getpass import getpass

from stb.admin import session as sessions
from stb.admin.client import LIMITS, Outcome, Panel
from stb.admin.dialects import Deed, Noun
from stb.admin.entries import Entry
from stb.admin.verbs import STDIN
from stb.errors import AdminError, ProviderError, SettingsError
from stb.model import SourceId
from stb.net import HttpClient

DONE = 0
"""And seen to be done; of a list: shown."""
FAILED = 1
"""Refused, or something went wrong."""
USAGE = 2
"""What was typed is wrong, or nobody agreed to a deletion; the panel was not asked for it."""
UNVERIFIED = 3
"""The panel was asked, and it is not to be seen that it is done."""
_NOT_SHOWN = frozenset({"user_id", "network"})
"""Columns that only programs read."""


def run(arguments: argparse.Namespace) -> int:
    """Do what the parser of ``stb admin`` read.

    Returns:
        The exit status: `DONE`, `FAILED`, `USAGE` or `UNVERIFIED`.
    """
    http = HttpClient(SourceId("admin"), limits=LIMITS)
    try:
        return _do(http, arguments)
    except (AdminError, ProviderError, SettingsError) as error:
        if arguments.json:
            _say_json({"ok": False, "error": type(error).__name__, "words": str(error)})
        else:
            _complain(str(error))
        return FAILED
    finally:
        http.close()


def _do(http: HttpClient, arguments: argparse.Namespace) -> int:
    if arguments.noun == "login":
        return _log_in(http, arguments)
    path = sessions.place()
    session = sessions.kept(path, arguments.url)
    if arguments.noun == "logout":
        sessions.forget(path, session)
        sessions.log_out(http, session)
        return _tell(arguments, {"ok": True, "address": session.address}, "logged out")
    panel = Panel(http, session)
    noun = Noun(arguments.noun)
    if arguments.deed == "list":
        return _list(panel, noun, arguments)
    deed = Deed(noun=noun, verb=arguments.deed, which=arguments.which, server=getattr(arguments, "server", 0))
    return _change(panel, deed, arguments)


def _log_in(http: HttpClient, arguments: argparse.Namespace) -> int:
    if not arguments.url:
        _complain("--url is missing")
        return USAGE
    user = arguments.user or _ask("User: ")
    password = sys.stdin.readline().rstrip("\r\n") if arguments.password == STDIN else getpass("Password: ")
    session = sessions.log_in(http, arguments.url, user, password, arguments.dialect)
    sessions.keep(sessions.place(), session)
    name = session.dialect.name
    return _tell(arguments, {"ok": True, "address": session.address, "dialect": name}, f"logged in ({name})")


def _list(panel: Panel, noun: Noun, arguments: argparse.Namespace) -> int:
    entries = panel.entries(noun, server=getattr(arguments, "server", 0))
    if arguments.json:
        _say_json([_fields(each) for each in entries])
    else:
        for line in _table(entries):
            print(line)  # noqa: T201
    return DONE


def _change(panel: Panel, deed: Deed, arguments: argparse.Namespace) -> int:
    if deed.verb == "delete" and not arguments.yes and not _agreed(panel, deed):
        return USAGE
    outcome = panel.act(deed)
    told = {
        "ok": outcome.verified,
        "noun": deed.noun,
        "id": deed.which,
        "server": deed.server or None,
        "verb": deed.verb,
        "answered": outcome.answered,
        "verified": outcome.verified,
        "words": outcome.words,
        "entries": [_fields(each) for each in outcome.entries],
    }
    _tell(arguments, told, _sentence(deed, outcome))
    return DONE if outcome.verified else UNVERIFIED


def _agreed(panel: Panel, deed: Deed) -> bool:
    """Ask the person at the terminal; where there is none, nobody agrees."""
    if not sys.stdin.isatty():
        _complain(f"nobody is here to agree that {deed} is deleted: --yes")
        return False
    names = {each.name for each in panel.find(deed) if each.name}
    called = f" ({', '.join(sorted(names))})" if names else ""
    if _ask(f"Delete {deed}{called}? [y/N] ").strip().lower() in {"y", "yes"}:
        return True
    _complain("nothing was asked of the panel")
    return False


def _sentence(deed: Deed, outcome: Outcome) -> str:
    if outcome.verified:
        return f"{deed}: {outcome.words}"
    how = "the panel took it" if outcome.answered else "the panel did not answer"
    return f"{deed}: {deed.verb} not seen to be done ({how}); it shows: {outcome.words}"


def _fields(entry: Entry) -> dict[str, object]:
    """Without what the panel does not say."""
    return {name: value for name, value in asdict(entry).items() if value is not None and value != ""}


def _table(entries: Sequence[Entry]) -> list[str]:
    """Columns that somebody has something in, under their names."""
    rows = [_fields(each) for each in entries]
    names = [name for name in Entry.__slots__ if name not in _NOT_SHOWN and any(name in row for row in rows)]
    lines = [
        [name.upper() for name in names],
        *([_word(row.get(name, "")) for name in names] for row in rows),
    ]
    widths = [max(len(line[at]) for line in lines) for at in range(len(names))]
    return [
        "  ".join(word.ljust(width) for word, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
        if line
    ]


def _word(value: object) -> str:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def _tell(arguments: argparse.Namespace, told: dict[str, object], sentence: str) -> int:
    if arguments.json:
        _say_json(told)
    else:
        print(sentence)  # noqa: T201
    return DONE


def _say_json(told: object) -> None:
    print(json.dumps(told, ensure_ascii=False))  # noqa: T201


def _complain(text: str) -> None:
    print(f"stb admin: {text}", file=sys.stderr)  # noqa: T201


def _ask(question: str) -> str:
    """From the terminal; the question goes beside the output, which may be a program's."""
    print(question, end="", file=sys.stderr, flush=True)  # noqa: T201
    return sys.stdin.readline().rstrip("\r\n")
