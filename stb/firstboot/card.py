"""``stb.toml`` of the card: the settings' own form, and what only a card is told. Pure."""

import tomllib
from collections.abc import Mapping
from difflib import get_close_matches

from stb.firstboot.rules import RULES, SECTIONS
from stb.firstboot.wish import Fixed, Given, Reading, Wifi, Wish
from stb.model import GuideSource
from stb.settings.loading import read
from stb.settings.rules import SETTINGS
from stb.settings.settings import Settings

Document = Mapping[str, object]
PASSWORD = "password"  # noqa: S105 - its key, not the word itself
_OWN = ("hostname", *SECTIONS)
_SETTINGS = {"source", "guide"} | {place.partition(".")[0] for place in SETTINGS}


def read_card(text: str) -> Reading:
    """What the file wishes for; what is wrong in it is told and left out, the rest is as good as ever.

    Args:
        text: what is in it; octets that are no UTF-8 stand in it as lone surrogates (PEP 383).
    """
    try:
        text.encode()
    except UnicodeEncodeError:
        return Reading(problems=("stb.toml: not in UTF-8; save it so in the editor",))
    try:
        document: dict[str, object] = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        return Reading(problems=(str(error) or type(error).__name__,))
    own = {name: document.pop(name) for name in _OWN if name in document}
    problems = [*_misspelt(document), *_faults(own)]
    passwords, document["source"] = _without_passwords(document.get("source", []))
    loaded = read(document)
    said = {name: value for name, value in _said(document).items() if not SETTINGS[name](value)}
    problems += [*_password_faults(passwords), *loaded.problems]
    given = _given(loaded.settings, document["source"], passwords)
    return Reading(wish=_wish(own, said, given, loaded.settings.guides), problems=tuple(problems))


def _misspelt(document: dict[str, object]) -> list[str]:
    """Of the names that only this file has; the others are the settings' to judge."""
    near = {
        name: get_close_matches(name.lower(), (*_OWN, *_SETTINGS), n=1)
        for name in document.keys() - _SETTINGS
    }
    meant = {name: found[0] for name, found in sorted(near.items()) if found and found[0] in _OWN}
    for name in meant:
        del document[name]
    return [f"{name}: no such part, did you mean {other!r}?" for name, other in meant.items()]


def _faults(own: Document) -> list[str]:
    problems = []
    for section in SECTIONS:
        table = own.get(section, {})
        if not isinstance(table, dict):
            problems.append(f"{section}: written as [{section}] expected")
            continue
        known = [place.partition(".")[2] for place in RULES if place.startswith(f"{section}.")]
        for name in sorted(table.keys() - set(known)):
            near = get_close_matches(name.lower(), known, n=1)
            meant = f", did you mean {near[0]!r}?" if near else ""
            problems.append(f"{section}.{name}: no such setting{meant}")
    said = {place: _at(own, place) for place in RULES}
    faults = {place: RULES[place](value) for place, value in said.items() if value is not None}
    return problems + [f"{place}: {fault}" for place, fault in faults.items() if fault]


def _at(document: Document, place: str) -> object:
    """What stands there, None where nothing does."""
    section, _, name = place.rpartition(".")
    table = document.get(section) if section else document
    return table.get(name) if isinstance(table, Mapping) else None


def _said(document: Document) -> dict[str, object]:
    said = {place: _at(document, place) for place in SETTINGS}
    return {place: value for place, value in said.items() if value is not None}


def _without_passwords(rows: object) -> tuple[dict[int, object], object]:
    """Passwords by their row, and the rows as the settings know them: there, none may stand."""
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        return {}, rows
    passwords = {index: row[PASSWORD] for index, row in enumerate(rows) if PASSWORD in row}
    return passwords, [{name: value for name, value in row.items() if name != PASSWORD} for row in rows]


def _password_faults(passwords: Mapping[int, object]) -> list[str]:
    return [
        f"source[{index + 1}].{PASSWORD}: a text expected"
        for index, password in passwords.items()
        if not isinstance(password, str)
    ]


def _given(settings: Settings, rows: object, passwords: Mapping[int, object]) -> tuple[Given, ...]:
    first: dict[str, int] = {}
    for index, row in enumerate(rows if isinstance(rows, list) else ()):
        first.setdefault(_text(row.get("id")) if isinstance(row, dict) else "", index)
    return tuple(
        Given(source=source, row=first[source.id], password=_text(passwords.get(first[source.id])))
        for source in settings.sources
    )


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _wish(
    own: Document, said: Mapping[str, object], given: tuple[Given, ...], guides: tuple[GuideSource, ...]
) -> Wish:
    sound = {
        place: value for place in RULES if (value := _at(own, place)) is not None and not RULES[place](value)
    }

    def text(place: str) -> str:
        return _text(sound.get(place))

    def texts(place: str) -> tuple[str, ...]:
        values = sound.get(place)
        return tuple(map(str, values)) if isinstance(values, list) else ()

    wifi = Wifi(
        name=text("network.wifi").encode(),
        password=text("network.password"),
        hidden=sound.get("network.hidden") is True,
    )
    fixed = Fixed(address=text("network.address"), gateway=text("network.gateway"), dns=texts("network.dns"))
    # With a password that cannot be one, it would be taken for a network without.
    is_named = wifi.name and (wifi.password or not _at(own, "network.password"))
    return Wish(
        hostname=text("hostname"),
        country=text("network.country").upper(),
        wifi=wifi if is_named else None,
        fixed=fixed if fixed.address else None,
        keys=tuple(key.strip() for key in texts("ssh.keys")) if "ssh.keys" in sound else None,
        mode=text("display.mode"),
        settings=said,
        given=given,
        guides=guides,
    )
