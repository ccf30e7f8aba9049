"""Whether what was asked of a panel is to be seen in its lists; nothing here speaks to anybody."""

from collections.abc import Sequence
from dataclasses import dataclass

from stb.admin.dialects import Deed, Noun
from stb.admin.entries import Entry

_AIMS = {
    (Noun.STREAM, "start"): frozenset({"running"}),
    (Noun.STREAM, "stop"): frozenset({"stopped", "on demand"}),
    (Noun.MOVIE, "start"): frozenset({"encoding", "ready", "running", "direct"}),
    (Noun.MOVIE, "stop"): frozenset({"stopped"}),
    (Noun.EPISODE, "start"): frozenset({"encoding", "ready", "running", "direct"}),
    (Noun.EPISODE, "stop"): frozenset({"stopped"}),
}
"""The states in which it is done."""
_FLAGS = {
    "enable": ("enabled", True),
    "disable": ("enabled", False),
    "ban": ("banned", True),
    "unban": ("banned", False),
    "lock": ("locked", True),
    "unlock": ("locked", False),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What is seen of it."""

    seen: bool | None
    """Whether it is done; None: the lists do not tell, now or later."""
    words: str


def judge(deed: Deed, before: Sequence[Entry], after: Sequence[Entry]) -> Verdict:
    """Compare the lists before and after.

    Args:
        deed: what was asked.
        before: the thing on each server that was meant; of ``user kill`` that user's connections.
        after: the same, later.
    """
    if deed.verb in {"delete", "kill"}:
        return _gone(deed, before, after)
    if not after:
        return Verdict(seen=False, words="it is no longer in the list")
    if deed.verb == "restart":
        return _anew(before, after)
    if aim := _AIMS.get((deed.noun, deed.verb)):
        states = {each.state for each in after}
        if states == {""}:
            return Verdict(seen=None, words="the panel does not show its state")
        return Verdict(seen=states <= aim, words=_shown(deed, sorted(states)))
    return _flag(deed.verb, after[0]) if deed.verb in _FLAGS else _network(before, after[0])


def _gone(deed: Deed, before: Sequence[Entry], after: Sequence[Entry]) -> Verdict:
    """None of those that were there is there; a viewer who was cut off may have come back."""
    left = {each.id for each in before} & {each.id for each in after}
    if left:
        return Verdict(seen=False, words="still in the list")
    if (deed.noun, deed.verb) != (Noun.USER, "kill"):
        return Verdict(seen=True, words="gone")
    if not before:
        return Verdict(seen=True, words="there was no connection")
    back = f", {len(after)} new" if after else ""
    return Verdict(seen=True, words=f"connections cut: {len(before)}{back}")


def _anew(before: Sequence[Entry], after: Sequence[Entry]) -> Verdict:
    """Running, and not for as long as before."""
    if {each.state for each in after} != {"running"}:
        return Verdict(seen=False, words=", ".join(sorted({each.state or "unknown" for each in after})))
    earlier = {each.server: each for each in before}
    for each in after:
        was = earlier.get(each.server)
        if was is None or was.state != "running":
            continue
        if was.uptime is None or each.uptime is None:
            return Verdict(seen=None, words="running; whether it began anew is not shown")
        if each.uptime >= was.uptime:
            return Verdict(seen=False, words=f"running for {each.uptime} s, as if nothing had happened")
    return Verdict(seen=True, words="running anew")


def _shown(deed: Deed, states: Sequence[str]) -> str:
    words = ", ".join(state or "unknown" for state in states)
    if (deed.noun, deed.verb) == (Noun.EPISODE, "stop") and {"encoding", "ready", "running"} & set(states):
        return f"{words}: panels are known that start an episode when told to stop it"
    return words


def _flag(verb: str, after: Entry) -> Verdict:
    name, aim = _FLAGS[verb]
    value = getattr(after, name)
    if value is None:
        return Verdict(seen=None, words=f"the panel does not show whether the user is {name}")
    return Verdict(seen=value is aim, words=name if value else f"not {name}")


def _network(before: Sequence[Entry], after: Entry) -> Verdict:
    if after.network is None:
        return Verdict(seen=None, words="the panel does not show the network a user is bound to")
    if before and before[0].network and before[0].network == after.network:
        return Verdict(seen=False, words=f"still bound to {after.network}")
    return Verdict(seen=True, words="bound to no network")
