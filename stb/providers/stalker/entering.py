"""Signing in, as a generator of questions: it runs without a network. Pure."""

from collections.abc import Generator
from dataclasses import dataclass

from stb.errors import AccountDisabled, LoginRefused, NotRegistered
from stb.model import SourceId
from stb.net import Reply
from stb.providers.decoding import words
from stb.providers.stalker import wire
from stb.providers.stalker.mag import Mag, Pass
from stb.providers.stalker.profile import LOGIN, OFF, Profile, profile
from stb.providers.stalker.question import Question


@dataclass(frozen=True, slots=True)
class Step:
    """One question, and what is shown with it."""

    question: Question
    shown: Pass


@dataclass(frozen=True, slots=True)
class Entry:
    """How it ended: the pass that is the session's now, and what the portal says of us."""

    shown: Pass
    profile: Profile


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Who signs in, and what with."""

    mag: Mag
    source: SourceId
    login: str = ""
    password: str = ""
    now: int
    """Seconds since 1970."""


Entering = Generator[Step, Reply, Entry]


def entering(caller: Caller, kept: Pass) -> Entering:
    """Sign in; yields steps and is sent the answers.

    A token of the genuine portal is shown at the handshake, which gives it back while it holds. Another
    is used as it is, and only where that does not let us in is a new one asked for: each handshake with
    the imitation takes the token from whoever has it, this box's other process for one.

    Raises:
        NotRegistered: the portal does not know this device.
        LoginRefused: it does not let us in; ``.words`` are the operator's.
        AccountDisabled, ServerFault, BadReply: as their names say.
    """
    if kept.token and not kept.genuine:
        try:
            told = yield from _profile(caller, kept)
        except wire.TokenLost:
            told = None
        if told is not None and (told.status == 0 or told.known):
            return (yield from _let_in(caller, kept, told))
        kept = Pass()
    shown, not_valid = yield from _handshake(caller, kept)
    told = yield from _profile(caller, shown, not_valid=not_valid)
    return (yield from _let_in(caller, shown, told))


def _handshake(caller: Caller, kept: Pass) -> Generator[Step, Reply, tuple[Pass, bool]]:
    reply = yield Step(caller.mag.handshake(kept), Pass())
    said = wire.fields(wire.envelope(reply, caller.source).js)
    token = words(said.get("token"), 4096)
    if not token and "token" in said:
        raise NotRegistered("the portal gives this address no token", source=caller.source)
    shown = Pass(token=token, random=words(said.get("random"), 200))
    return shown, wire.truth(said.get("not_valid"))


def _profile(
    caller: Caller, shown: Pass, *, second_step: bool = False, not_valid: bool = False
) -> Generator[Step, Reply, Profile]:
    asked = caller.mag.get_profile(shown, caller.now, second_step=second_step, not_valid=not_valid)
    reply = yield Step(asked, shown)
    try:
        return profile(wire.envelope(reply, caller.source).js)
    except AccountDisabled as error:
        return Profile(status=OFF, words=error.words)


def _let_in(caller: Caller, shown: Pass, told: Profile) -> Entering:
    if told.status == LOGIN:
        yield from _login(caller, shown, told)
        told = yield from _profile(caller, shown, second_step=True)
    if told.status not in (0, OFF):
        raise LoginRefused(f"the profile's status is {told.status}", source=caller.source, words=told.words)
    model = caller.mag.model
    if told.status == 0 and told.models and model.lower() not in told.models:
        served = ", ".join(name.upper() for name in told.models)
        raise LoginRefused(f"no {model} is served", source=caller.source, words=served)
    return Entry(shown, told)


def _login(caller: Caller, shown: Pass, told: Profile) -> Generator[Step, Reply, None]:
    if not (caller.login and caller.password):
        raise LoginRefused("a name and a password are wanted", source=caller.source, words=told.words)
    reply = yield Step(caller.mag.do_auth(caller.login, caller.password), shown)
    said = wire.envelope(reply, caller.source).js
    if not wire.truth(said):
        raise LoginRefused("the name or the password is wrong", source=caller.source, words=_told(said))


def _told(js: object) -> str:
    said = wire.fields(js)
    return wire.spoken(said.get("msg")) or wire.spoken(said.get("error"))
