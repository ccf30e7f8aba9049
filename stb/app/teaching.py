"""The remote's tester and its lessons: their part of the step. Both end by themselves when no key comes."""

from dataclasses import replace

from stb.app.effects import ClearAlarm, Effect, ForgetKeys, KeepKeys, SetAlarm
from stb.app.state import State, Step
from stb.messages import Alarm, ForgetTaught, KeySeen, Open, ScreenName
from stb.screens.lesson import Lesson

HEARING = (ScreenName.REMOTE_TEST, ScreenName.REMOTE_LEARN)
"""Screens on which a key does nothing but say that it was pressed."""
TEST_SECONDS = 15.0
QUESTION_SECONDS = 8.0
TOAST_SECONDS = 4.0
_SHOWN = 7
"""Presses that the tester shows."""


def teach(state: State, message: Open | KeySeen | ForgetTaught, now: float) -> Step:
    """One of the two screens is gone to, a key was pressed, or what was taught is to be thrown away."""
    match message:
        case Open(screen):
            return _waiting(replace(state, screen=screen, seen=(), lesson=Lesson()), now)
        case ForgetTaught():
            return _said(state, "remote.forgotten", ForgetKeys())
        case KeySeen() if state.screen is ScreenName.REMOTE_TEST:
            return _waiting(replace(state, seen=(message, *state.seen)[:_SHOWN]), now)
        case KeySeen() if state.screen is ScreenName.REMOTE_LEARN:
            return _taught(state, message, now)
    return state, ()


def silent(state: State, now: float) -> Step:
    """No key came for a while."""
    if state.screen is ScreenName.REMOTE_TEST:
        return replace(state, screen=ScreenName.REMOTE, silent_at=None), ()
    if state.screen is not ScreenName.REMOTE_LEARN:
        return state, ()
    if state.lesson.wanted is None:
        return _said(state, "remote.not_kept")
    return _on(replace(state, lesson=state.lesson.silent()), now)


def _taught(state: State, seen: KeySeen, now: float) -> Step:
    if state.lesson.wanted is None:
        kept = state.lesson.keeps(seen)
        return _said(state, "remote.kept", KeepKeys(state.lesson.taught)) if kept else (state, ())
    return _on(replace(state, lesson=state.lesson.heard(seen)), now)


def _on(state: State, now: float) -> Step:
    return _said(state, "remote.not_kept") if state.lesson.over else _waiting(state, now)


def _waiting(state: State, now: float) -> Step:
    seconds = TEST_SECONDS if state.screen is ScreenName.REMOTE_TEST else QUESTION_SECONDS
    return replace(state, silent_at=now + seconds), (SetAlarm(Alarm.SILENCE, seconds),)


def _said(state: State, toast: str, *effects: Effect) -> Step:
    """Back where one came from, with a word on how it went."""
    state = replace(state, screen=ScreenName.REMOTE, silent_at=None, toast=toast)
    return state, (ClearAlarm(Alarm.SILENCE), *effects, SetAlarm(Alarm.TOAST, TOAST_SECONDS))
