"""What a value of the settings file may be: for each key a rule, which says what is wrong with a value."""

import re
from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from typing import Final, get_args
from zoneinfo import ZoneInfo, available_timezones

from stb.settings.settings import Aspect, Rate, SoundOutput, Zoom
from stb.settings.vault import BOX

Rule = Callable[[object], str]
"""Says what is wrong with a value; nothing where nothing is."""

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,31}")
_MAC = re.compile(r"[0-9A-Fa-f]{2}(:[0-9A-Fa-f]{2}){5}")
_FINGERPRINT = re.compile(r"[0-9a-f]{64}")


def _matching(form: re.Pattern[str], expected: str) -> Rule:
    return lambda value: "" if isinstance(value, str) and form.fullmatch(value) else f"{expected} expected"


def _between(least: int, most: int) -> Rule:
    def fault(value: object) -> str:
        fits = isinstance(value, int) and not isinstance(value, bool) and least <= value <= most
        return "" if fits else f"a whole number from {least} to {most} expected"

    return fault


def _one_of(literal: object) -> Rule:
    choices = get_args(literal)

    def fault(value: object) -> str:
        if value in choices and isinstance(value, str):
            return ""
        return f"one of {', '.join(choices)} expected{_meant(value, choices)}"

    return fault


def _time_zone(value: object) -> str:
    if value == "":
        return ""
    if not isinstance(value, str):
        return 'a time zone like "Asia/Baghdad" expected'
    try:
        ZoneInfo(value)
    except (ValueError, OSError, LookupError):  # a wrong form, a folder, no such zone
        return f"there is no time zone {value!r}{_meant(value, available_timezones())}"
    return ""


def _yes_or_no(value: object) -> str:
    return "" if isinstance(value, bool) else "true or false expected"


def _text(value: object) -> str:
    return "" if isinstance(value, str) else "a text expected"


def _words(value: object) -> str:
    return "" if isinstance(value, str) and value.strip() else "a text expected"


def _source_id(value: object) -> str:
    """Operators' secrets lie in sections of these names, and one section is the box's own."""
    if value == BOX:
        return f"{BOX!r} is the box itself"
    return _matching(_ID, "a short name of a-z, 0-9 and -")(value)


def _mac(value: object) -> str:
    return "" if value == "" else _matching(_MAC, 'an address like "00:1A:79:01:02:03"')(value)


def _fingerprint(value: object) -> str:
    return "" if value == "" else _matching(_FINGERPRINT, "64 hexadecimal digits, lower case")(value)


def _source_ids(value: object) -> str:
    named = isinstance(value, list | tuple) and not any(_source_id(one) for one in value)
    return "" if named else 'a list of operators like ["home"] expected'


def _meant(value: object, names: Iterable[str]) -> str:
    near = get_close_matches(value, names, n=1) if isinstance(value, str) else []
    return f", did you mean {near[0]!r}?" if near else ""


SETTINGS: Final[Mapping[str, Rule]] = {
    "language": _matching(_LANGUAGE, 'a language tag like "en"'),
    "time_zone": _time_zone,
    "volume": _between(0, 100),
    "sound.output": _one_of(SoundOutput),
    "sound.passthrough": _yes_or_no,
    "sound.delay_ms": _between(-2000, 2000),
    "picture.aspect": _one_of(Aspect),
    "picture.zoom": _one_of(Zoom),
    "picture.rate": _one_of(Rate),
    "standby.tv_off": _yes_or_no,
    "standby.tv_on": _yes_or_no,
    "remote.grab": _yes_or_no,
    "policy.reboot": _yes_or_no,
    "refresh.categories_hours": _between(1, 168),
    "refresh.streams_hours": _between(1, 168),
    "refresh.guide_hours": _between(1, 168),
}
"""By the key's place in the file."""

SOURCE: Final[Mapping[str, Rule]] = {
    "id": _source_id,
    "kind": _words,
    "name": _words,
    "address": _words,
    "user": _text,
    "mac": _mac,
    "guide": _text,
    "user_agent": _text,
    "model": _text,
    "fingerprint": _fingerprint,
}
"""Of a row of ``[[source]]``."""

GUIDE: Final[Mapping[str, Rule]] = {
    "id": _source_id,
    "name": _words,
    "address": _words,
    "order": _between(-99, 99),
    "sources": _source_ids,
}
"""Of a row of ``[[guide]]``."""

GUIDE_REQUIRED: Final = ("id", "address")
REQUIRED: Final = ("id", "kind", "address")
SECRETS: Final = ("password", "pin", "token")
"""What somebody might write into a row, and should not: the vault keeps such."""
