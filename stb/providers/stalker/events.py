"""What a portal has for one box, as ``watchdog/get_events`` tells it. Pure."""

from stb.model import EventKind, OperatorEvent, PlayKind
from stb.providers.decoding import words
from stb.providers.stalker.mag import Mag
from stb.providers.stalker.question import Question, question
from stb.providers.stalker.wire import fields, identifier, listed, number, spoken, truth

_PLAYS = {
    PlayKind.NOTHING: 0,
    PlayKind.CHANNEL: 1,
    PlayKind.FILM: 2,
    PlayKind.RADIO: 5,
    PlayKind.PAST: 11,
}
_KINDS = {
    "send_msg": EventKind.MESSAGE,
    "send_msg_with_video": EventKind.MESSAGE,
    "update_channels": EventKind.CHANNELS,
    "update_subscription": EventKind.CHANNELS,
    "update_epg": EventKind.GUIDE,
    "cut_off": EventKind.CUT_OFF,
    "cut_on": EventKind.CUT_ON,
    "play_channel": EventKind.PLAY_CHANNEL,
    "reload_portal": EventKind.RELOAD,
    "reboot": EventKind.REBOOT,
    "update_image": EventKind.UPDATE,
}
_LONGEST_WORDS = 700
_LONGEST_SHOWN = 3600


def asked(playing: PlayKind, shown: str, *, first: bool) -> Question:
    """The question.

    Args:
        playing: what the viewer is about.
        shown: id of the event on the screen; empty: none.
        first: it is the first one after signing in.
    """
    return question(
        "watchdog",
        "get_events",
        cur_play_type=_PLAYS[playing],
        event_active_id=shown or 0,
        init=int(first),
    )


def confirmed(event: str) -> Question:
    """Say that the viewer read it."""
    return question("watchdog", "confirm_event", event_active_id=event)


def event(js: object, mag: Mag) -> OperatorEvent | None:
    """The event in an answer of any shape; None: there is none."""
    data = fields(js).get("data")
    said = fields(data) or next(iter(map(fields, listed(data))), {})
    name = words(said.get("event"), 60)
    if not name:
        return None
    kind = _KINDS.get(name, EventKind.OTHER)
    text = said.get("msg")
    if isinstance(text, str):
        text = text.replace("%mac%", mag.mac).replace("%sn%", mag.sn)
    digits = words(text, 8) if kind is EventKind.PLAY_CHANNEL else ""
    return OperatorEvent(
        id=identifier(said.get("id")),
        kind=kind,
        name=name,
        words=spoken(text, _LONGEST_WORDS) if kind is not EventKind.PLAY_CHANNEL else "",
        number=digits if digits.isascii() and digits.isdecimal() else "",
        confirm=truth(said.get("need_confirm")),
        reboots=truth(said.get("reboot_after_ok")),
        seconds=min(max(number(said.get("auto_hide_timeout")), 0), _LONGEST_SHOWN),
    )
