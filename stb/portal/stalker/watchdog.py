"""What boxes are told when they say that they are still there."""

from stb.portal.events import Event, Events
from stb.portal.macs import Mac
from stb.portal.stalker.asked import Asked, Json

CLOSED_BY_PANELS = frozenset({"reboot", "reload_portal", "play_channel", "cut_off"})
"""What a panel says once, whoever wanted it confirmed."""


def told(events: Events, mac: Mac | None, closed: frozenset[str] = frozenset()) -> Json:
    """The answer of ``get_events``: how many wait, and the first of them."""
    waiting = events.waiting(mac.mac) if mac is not None else ()
    answer: Json = {"msgs": len(waiting), "additional_services_on": "1"}
    if waiting and mac is not None:
        first = waiting[0]
        answer |= _row(first)
        if not first.need_confirm or first.event in closed:
            events.close(mac.mac, first.id)
    return {"data": answer}


def confirmed(events: Events, mac: Mac | None, asked: Asked) -> Json:
    """The answer of ``confirm_event``."""
    if mac is not None:
        events.close(mac.mac, asked.number("event_active_id"))
    return {"data": "ok"}


def _row(event: Event) -> Json:
    return {
        "id": str(event.id),
        "event": event.event,
        "need_confirm": str(int(event.need_confirm)),
        "msg": event.msg,
        "reboot_after_ok": str(int(event.reboot_after_ok)),
        "auto_hide_timeout": str(event.auto_hide_timeout),
        "param1": event.param1,
        "send_time": str(event.sent),
    }
