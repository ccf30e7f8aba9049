"""What each kind of operator asks for, as data; and what is shown of it before it is tried. Pure."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from pathlib import PurePosixPath
from typing import Final

from stb.model import Source
from stb.screens.activation import grouped
from stb.screens.keyboard import Keyboard
from stb.screens.parts import MARGIN
from stb.screens.view import View
from stb.ui.geometry import Region
from stb.ui.scene import Colour, Item, Plate, Style, Text


class Entry(Enum):
    """How something is typed."""

    ADDRESS = auto()
    LOGIN = auto()
    SECRET = auto()
    HARDWARE = auto()


@dataclass(frozen=True, slots=True)
class Field:
    """One thing the viewer types, or chooses."""

    name: str
    """Of `Source`; or ``password``, which is none of it."""
    title: str
    """Message id."""
    how: str
    """Message id."""
    example: str = ""
    entry: Entry = Entry.ADDRESS
    optional: bool = False
    """It may be passed over."""
    after: str = ""
    """It is asked for only where this field has something in it."""
    choices: tuple[str, ...] = ()
    """What it may be; the first one is meant where nothing is said."""

    def keyboard(self, text: str) -> Keyboard:
        """To type it with."""
        if self.entry in (Entry.ADDRESS, Entry.HARDWARE):
            return Keyboard.of_address(text)
        return Keyboard.of_login(text, secret=self.entry is Entry.SECRET)


_MODELS = ("MAG250", "MAG254", "MAG256", "MAG322", "MAG324", "MAG349", "MAG351", "MAG420", "MAG424", "MAG520")
FORMS: Final[dict[str, tuple[Field, ...]]] = {
    "alkarma": (Field("address", "operator.address", "operator.address_how", "tv.example.net:5000"),),
    "xtream": (
        Field("address", "operator.address", "operator.xtream_address_how", "http://tv.example.net:8080"),
        Field("user", "operator.user", "operator.user_how", entry=Entry.LOGIN),
        Field("password", "operator.password", "operator.password_how", entry=Entry.SECRET),
    ),
    "m3u": (
        Field("address", "operator.list", "operator.list_how", "http://tv.example.net/channels.m3u"),
        Field(
            "guide",
            "operator.guide",
            "operator.guide_how",
            "http://tv.example.net/guide.xml.gz",
            optional=True,
        ),
    ),
    "stalker": (
        Field("address", "operator.portal", "operator.portal_how", "http://tv.example.net/c/"),
        Field(
            "mac", "operator.hardware", "operator.hardware_how", "00:1A:79:", Entry.HARDWARE, optional=True
        ),
        Field("model", "operator.model", "operator.model_how", choices=_MODELS),
        Field("user", "operator.user", "operator.user_if_asked", entry=Entry.LOGIN, optional=True),
        Field(
            "password",
            "operator.password",
            "operator.password_how",
            entry=Entry.SECRET,
            optional=True,
            after="user",
        ),
    ),
}
"""What each kind of operator asks for, in this order."""
KINDS: Final = {
    "alkarma": ("AlKarma", "operator.alkarma", "operator.alkarma_how"),
    "xtream": ("Xtream Codes", "operator.xtream", "operator.xtream_how"),
    "m3u": ("M3U", "operator.m3u", "operator.m3u_how"),
    "stalker": ("Stalker (MAG)", "operator.stalker", "operator.stalker_how"),
}
"""The name of each kind, and message ids of how one signs in to it: in few words, and in full."""
_LTR = "\N{LEFT-TO-RIGHT MARK}"
_DOTS = "\N{BULLET}" * 8
_HARDWARE = re.compile(r"[0-9A-F]{12}")
_LOOKALIKES = str.maketrans("\u0410\u0412\u0421\u0415", "ABCE")
"""Cyrillic letters that operators write by mistake."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """What is known after a field was filled in."""

    source: Source
    password: str = field(default="", repr=False)
    whole: bool = False
    """Nothing more is to be asked."""


def place_of(kind: str, name: str) -> int:
    """Where the field of this name is; the first one where there is none."""
    names = [one.name for one in FORMS[kind]]
    return names.index(name) if name in names else 0


def asked(source: Source, password: str) -> tuple[int, ...]:
    """Places of the fields that are asked for; the others follow from something that was passed over."""
    return tuple(
        place
        for place, one in enumerate(FORMS[source.kind])
        if not one.after or text_of(_named(source.kind, one.after), source, password)
    )


def _named(kind: str, name: str) -> Field:
    return FORMS[kind][place_of(kind, name)]


def text_of(one: Field, source: Source, password: str, own: str = "") -> str:
    """What is known of a field; ``own`` is the box's own hardware address."""
    if one.entry is Entry.SECRET:
        return password
    text = str(getattr(source, one.name))
    return text or own if one.entry is Entry.HARDWARE else text


def with_text(
    one: Field,
    text: str,
    source: Source,
    password: str,
    taken_apart: Callable[[str, str], tuple[str, str, str]],
) -> Filled:
    """Fill a field in; a pasted address may fill others too.

    Args:
        one: the field.
        text: what was typed, or chosen; empty where it was passed over.
        source: what is known of the operator.
        password: as typed so far.
        taken_apart: as `View.taken_apart`.
    """
    if one.entry is Entry.SECRET:
        return Filled(source=source, password=text)
    if one.name != "address":
        text = "" if one.choices and text == one.choices[0] else text
        return Filled(source=replace(source, **{one.name: text}), password=password)  # type: ignore[arg-type]
    if text == source.address:
        return Filled(source=replace(source, name=name_of(source)), password=password)
    address, user, found = taken_apart(source.kind, text)
    source = replace(source, address=address, fingerprint="", user=user or source.user)
    source = replace(source, name=name_of(source))
    return Filled(source=source, password=found or password, whole=bool(user and found))


def hardware_address(text: str) -> str:
    """``00:1A:79:01:02:03`` from however it was written; empty where it is none."""
    digits = re.sub(r"[\s:.\-]", "", text.upper().translate(_LOOKALIKES))
    if not _HARDWARE.fullmatch(digits):
        return ""
    return ":".join(digits[at : at + 2] for at in range(0, 12, 2))


def name_of(source: Source) -> str:
    """What the menu calls an operator that was not named: its server, or its file."""
    address = source.address
    if address.startswith(("/", "file:")):
        return PurePosixPath(address).stem or address
    server = address.partition("://")[2] or address
    server = server.partition("/")[0].rpartition("@")[2]
    host, _, port = server.rpartition(":")
    named = host if port.isdecimal() and (":" not in host or host.endswith("]")) and host else server
    return named or KINDS[source.kind][0]


def facts(view: View, source: Source, *, has_password: bool) -> tuple[Item, ...]:
    """What this kind of operator knows the box and its viewer by."""
    if source.kind == "alkarma":
        return (
            Plate(Region(MARGIN, 350, 770, 200), Colour.PLATE, 20),
            Text(Region(140, 382, 600, 44), view.words("activation.device"), Style.SECOND, Colour.SOFT),
            Text(Region(140, 432, 720, 88), grouped(view.duid), Style.DEVICE),
            Text(Region(MARGIN, 590, view.width - 2 * MARGIN, 60), _LTR + source.address, Style.BODY),
        )
    rows = []
    for place in asked(source, ""):
        one = FORMS[source.kind][place]
        said = _said(view, one, source, has_password=has_password)
        if said:
            rows.append((view.words(one.title), said))
    items: list[Item] = [
        Plate(Region(MARGIN, 320, view.width - 2 * MARGIN, len(rows) * 76 + 40), Colour.PLATE, 20)
    ]
    for place, (title, said) in enumerate(rows):
        y = 340 + place * 76
        items += [
            Text(Region(140, y, 470, 76), title, Style.SECOND, Colour.SOFT),
            Text(Region(620, y, view.width - MARGIN - 660, 76), said, Style.BODY),
        ]
    return tuple(items)


def _said(view: View, one: Field, source: Source, *, has_password: bool) -> str:
    if one.entry is Entry.SECRET:
        return _DOTS if has_password else view.words("operator.kept")
    text = text_of(one, source, "", view.hardware) or (one.choices[0] if one.choices else "")
    return _LTR + text if text else ""
