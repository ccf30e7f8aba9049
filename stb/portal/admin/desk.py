"""What the operator's page does beyond a panel: new users, devices and their codes, boxes, news."""

from collections.abc import Callable
from datetime import date

from stb.errors import PortalError
from stb.portal.admin.asked import Answer, Asked
from stb.portal.nouns import ALL_TYPES
from stb.portal.staff import Permission
from stb.portal.world import World

_LONGEST_NAME = 64
_MOST_DAYS = 36_500


class Desk:
    """Sentences of the world, by name. Every one may say in words why it cannot be done."""

    def __init__(self, world: World) -> None:
        """Speak about this world."""
        self._world = world
        self._sayings: dict[tuple[str, str], tuple[Permission, Callable[[Asked], str | None]]] = {
            ("account", "add"): (Permission.EDIT_USER, self._subscribe),
            ("device", "activate"): (Permission.EDIT_MAG, lambda a: self._device(a, world.activate)),
            ("device", "disable"): (Permission.EDIT_MAG, lambda a: self._device(a, world.disable)),
            ("device", "expire"): (Permission.EDIT_MAG, self._expire),
            ("device", "rename"): (Permission.EDIT_MAG, self._rename),
            ("device", "allow"): (Permission.EDIT_MAG, self._allow),
            ("device", "forget"): (Permission.EDIT_MAG, lambda a: self._device(a, world.forget)),
            ("box", "add"): (Permission.EDIT_MAG, lambda a: _done(world.macs.add(a.text("mac")))),
            ("box", "block"): (Permission.EDIT_MAG, lambda a: self._block(a, world.macs.block, "cut_off")),
            ("box", "unblock"): (Permission.EDIT_MAG, lambda a: self._block(a, world.macs.unblock, "cut_on")),
            ("box", "forget"): (Permission.EDIT_MAG, self._forget_box),
            ("box", "event"): (Permission.MANAGE_EVENTS, self._event),
            ("news", "add"): (Permission.MANAGE_EVENTS, self._tell),
            ("news", "edit"): (Permission.MANAGE_EVENTS, self._reword),
            ("news", "delete"): (Permission.MANAGE_EVENTS, self._take_back),
        }

    def knows(self, action: str) -> bool:
        """Whether the desk has such an action."""
        return any(action == name for name, _ in self._sayings)

    def say(self, action: str, asked: Asked) -> Answer:
        """Do it; where it cannot be done, ``error`` says why."""
        known = self._sayings.get((action, asked.text("sub")))
        if known is None:
            return {"result": False}
        permission, saying = known
        resells = asked.who.is_reseller and action == "account"
        if not (resells or asked.who.may(permission)):
            return {"result": False}
        try:
            told = saying(asked)
        except PortalError as error:
            return {"result": False, "error": str(error)}
        return {"result": True} if told is None else {"result": True, "told": told}

    def _subscribe(self, asked: Asked) -> str:
        name = asked.text("username").strip()
        if not 0 < len(name) <= _LONGEST_NAME:
            raise PortalError(f"a name has 1 to {_LONGEST_NAME} characters")
        days = asked.number("days")
        if not 0 <= days <= _MOST_DAYS:
            raise PortalError(f"a subscription has 1 to {_MOST_DAYS} days, or 0: no end")
        line = self._world.lines.add(
            name,
            days=days or None,
            connections=max(0, asked.number("max_connections")),
            owner=asked.who.id if asked.who.is_reseller else None,
        )
        return line.password

    def _device(self, asked: Asked, saying: Callable[[str], object]) -> None:
        saying(self._world.device(asked.text("duid")).duid)

    def _expire(self, asked: Asked) -> None:
        day = asked.text("last_day")
        try:
            last_day = date.fromisoformat(day) if day else None
        except ValueError:
            raise PortalError(f"{day!r} is no day such as 2026-12-31") from None
        self._world.expire(asked.text("duid"), last_day=last_day)

    def _rename(self, asked: Asked) -> None:
        self._world.rename(asked.text("duid"), asked.text("owner")[:_LONGEST_NAME])

    def _allow(self, asked: Asked) -> None:
        types = [each for each in asked.text("types").split(",") if each]
        if not set(types) <= set(ALL_TYPES):
            raise PortalError(f"types of channels are {', '.join(ALL_TYPES)}")
        self._world.allow(asked.text("duid"), *types)

    def _block(self, asked: Asked, saying: Callable[[str], object], event: str) -> None:
        mac = self._world.macs.mac(asked.text("mac")).mac
        saying(mac)
        self._world.events.send(mac, event)

    def _forget_box(self, asked: Asked) -> None:
        self._world.macs.forget(asked.text("mac"))

    def _event(self, asked: Asked) -> None:
        mac = self._world.macs.mac(asked.text("mac")).mac
        self._world.events.send(mac, asked.text("event"), asked.text("msg"))

    def _tell(self, asked: Asked) -> None:
        self._world.bulletin.tell(asked.text("title"), asked.text("body"))

    def _reword(self, asked: Asked) -> None:
        self._world.bulletin.reword(asked.number("id"), asked.text("title"), asked.text("body"))

    def _take_back(self, asked: Asked) -> None:
        self._world.bulletin.take_back(asked.number("id"))


def _done(_: object) -> None:
    """Nothing to tell."""
