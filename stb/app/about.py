"""What the box says of itself on the page "about"."""

import socket
from datetime import datetime, time

from stb import __version__
from stb.i18n import Words
from stb.model import Account, Identity, PlayerStatus
from stb.screens.activation import grouped

_ANYWHERE = (("192.0.2.1", 9), ("2001:db8::1", 9))
"""Addresses nobody has (RFC 5737, RFC 3849): the way to them starts at the box's own."""
_LTR = "\N{LEFT-TO-RIGHT MARK}"


def about(
    words: Words, identity: Identity, status: PlayerStatus, account: Account | None = None
) -> tuple[tuple[str, str], ...]:
    """Message ids of what the box knows of itself, each with the fact; nothing where there is none."""
    facts = (
        ("about.version", _LTR + __version__),
        *(_account(words, account) if account else ()),
        ("about.device", grouped(identity.duid)),
        ("about.machine", identity.model),
        ("about.hardware", identity.mac),
        *(("about.network", address) for address in own_addresses() or (words("about.no_network"),)),
        ("about.decoder", _decoder(words, status)),
        ("about.why", status.why),
    )
    return tuple((title, text) for title, text in facts if text)


def _account(words: Words, account: Account) -> tuple[tuple[str, str], ...]:
    """What the operator says of the viewer's account; nothing of what it does not say."""
    expires = words.date(datetime.combine(account.expires, time())) if account.expires else ""
    used = words("about.used", used=words.number(account.connected), of=words.number(account.connections))
    return (
        ("about.owner", account.owner),
        ("about.expires", f"{expires} · {words('about.trial')}" if expires and account.trial else expires),
        ("about.trial", words("settings.on") if account.trial and not expires else ""),
        ("about.connections", used if account.connections else ""),
    )


def own_addresses() -> tuple[str, ...]:
    """By which the box is known in its network; nothing is sent to find out."""
    found = []
    for family, anywhere in zip((socket.AF_INET, socket.AF_INET6), _ANYWHERE, strict=True):
        try:
            with socket.socket(family, socket.SOCK_DGRAM) as probe:
                probe.connect(anywhere)
                found.append(str(probe.getsockname()[0]))
        except OSError:  # no way there, no such family
            continue
    return tuple(found)


def _decoder(words: Words, status: PlayerStatus) -> str:
    if not status.decoder:
        return ""
    by = words("about.silicon" if status.hardware else "about.processor")
    return f"{_LTR}{status.decoder} · {by}"
