"""What a portal says of us: the profile, and the account's page. Pure."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from stb.model import Account, AccountStatus
from stb.providers.decoding import words
from stb.providers.stalker.wire import fields, identifier, listed, number, spoken, truth

ACTIVE, OFF, LOGIN = 0, 1, 2
_REFUSED = -1
_PERIODS = range(30, 301)
_USUAL_PERIOD = 120
_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS = {name: month for month, name in enumerate(_NAMES, start=1)}
_DATES = (
    re.compile(r"(?P<year>\d{4})[-./](?P<month>\d{1,2})[-./](?P<day>\d{1,2})"),
    re.compile(r"(?P<day>\d{1,2})[-./](?P<month>\d{1,2})[-./](?P<year>\d{4})"),
    re.compile(r"(?P<day>\d{1,2})(?:st|nd|rd|th)?[\s-]+(?P<month>[A-Za-z]{3,9})\.?,?[\s-]+(?P<year>\d{4})"),
    re.compile(r"(?P<month>[A-Za-z]{3,9})\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year>\d{4})"),
)
_EPOCH = re.compile(r"[1-9]\d{9}")
_EXPIRES = (
    "end_date",
    "expire_billing_date",
    "tariff_expired_date",
    "expiry_date",
    "exp_date",
    "expire_date",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What the box needs of a profile."""

    status: int
    """`ACTIVE`, `OFF`, `LOGIN`, or less than 0 where the portal did not say: refused."""
    words: str = ""
    """Why, in the operator's own."""
    known: bool = False
    """It is a device's profile, not the empty one of a device that showed no valid token."""
    period: int = _USUAL_PERIOD
    """Seconds between two questions for events."""
    slot: int = 0
    """Seconds by which the first of them comes later."""
    ask_for_links: bool = False
    """Every link must be asked for."""
    archive_goes_on: bool = False
    """What was on a channel is followed by what came after it, and the portal says where that is."""
    zone: str = ""
    """The portal's own time zone, an IANA name; empty where it does not say."""
    models: tuple[str, ...] = ()
    """Which boxes are let in, lower case; empty: all."""
    parent_password: str = ""
    owner: str = ""
    tariff: str = ""
    """Changes when other channels are subscribed to."""
    expires: date | None = None


def profile(js: object) -> Profile:
    """Read an answer to ``get_profile``, of any shape."""
    said = fields(js)
    zone = words(said.get("default_timezone"), 64)
    period = number(said.get("watchdog_timeout"), _USUAL_PERIOD)
    return Profile(
        status=number(said.get("status"), _REFUSED),
        words=_why(said),
        known=bool(identifier(said.get("id")) or identifier(said.get("mac"))),
        period=min(max(period, _PERIODS[0]), _PERIODS[-1]),
        slot=min(max(number(said.get("timeslot")), 0), _PERIODS[-1]),
        ask_for_links=truth(said.get("force_ch_link_check")),
        archive_goes_on=truth(said.get("tv_archive_continued")),
        zone=zone if is_zone(zone) else "",
        models=tuple(filter(None, (words(name).lower() for name in listed(said.get("allowed_stb_types"))))),
        parent_password=words(said.get("parent_password"), 32),
        owner=_owner(said),
        tariff="/".join(words(said.get(name)) for name in ("id", "tariff_plan_id", "additional_services_on")),
        expires=_first_day(said),
    )


def account(told: Profile, js: object, *, imitation: bool) -> Account:
    """Who we are to the portal.

    Args:
        told: the profile.
        js: the answer to ``get_main_info``, of any shape; the imitation's tells the last day as ``phone``.
        imitation: it is one's.
    """
    main = fields(js)
    main = fields(main.get("account_info")) or main
    status = AccountStatus.ACTIVE if told.status == ACTIVE else AccountStatus.DISABLED
    phone = words(main.get("phone")) if imitation or not _looks_dialled(main.get("phone")) else ""
    return Account(
        status=status,
        message="" if told.status == ACTIVE else told.words,
        owner=_owner(main) or told.owner,
        expires=_first_day(main) or told.expires or day(phone),
        archive_goes_on=told.archive_goes_on,
    )


def day(said: str) -> date | None:
    """The day in any of the forms in which portals write one; None for ``Unlimited`` and all else."""
    if _EPOCH.fullmatch(said.strip()):
        return datetime.fromtimestamp(int(said), UTC).date()
    for form in _DATES:
        if (found := form.search(said)) and (named := _named(found)):
            return named
    return None


def _named(found: re.Match[str]) -> date | None:
    """The day of a match; its month is a number or begins like an English name of one."""
    written = found["month"]
    try:
        month = int(written) if written.isdecimal() else _MONTHS[written[:3].lower()]
        return date(int(found["year"]), month, int(found["day"]))
    except (ValueError, KeyError):
        return None


def _first_day(said: dict[str, object]) -> date | None:
    return next(filter(None, (day(words(said.get(name))) for name in _EXPIRES)), None)


def _looks_dialled(phone: object) -> bool:
    """Whether it is a telephone's number rather than a date with a month's name in it."""
    return re.search("[A-Za-z]", words(phone)) is None


def _owner(said: dict[str, object]) -> str:
    return words(said.get("fname")) or words(said.get("full_name"))


def _why(said: dict[str, object]) -> str:
    """What stands on the screen of a MAG: the message that blocks it, or else the shorter one."""
    return spoken(said.get("block_msg")) or spoken(said.get("msg")) or spoken(said.get("info"))


def is_zone(name: str) -> bool:
    """Whether the tz database has a zone of this name."""
    try:
        return bool(name) and ZoneInfo(name) is not None
    except (ValueError, OSError, LookupError):
        return False
