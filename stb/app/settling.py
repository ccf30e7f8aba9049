"""What the viewer chooses: settings and operators; their part of the step."""

from dataclasses import replace

from stb.app.effects import Check, Effect, KeepSetting, KeepSources, Restart, SetAlarm
from stb.app.signing import WAITING, ask
from stb.app.state import State, Step
from stb.app.viewing import set_anew
from stb.messages import (
    Alarm,
    ChangeSetting,
    Checked,
    CheckStep,
    NotKept,
    PasswordReverted,
    RemoveSource,
    ScreenName,
    SourcesKept,
    TrySource,
    UseSource,
)
from stb.model import Source, SourceId
from stb.screens.view import Trial
from stb.settings.settings import Settings

Settling = (
    ChangeSetting | TrySource | UseSource | RemoveSource | Checked | SourcesKept | NotKept | PasswordReverted
)
TOAST_SECONDS = 6.0
_ORDER = tuple(CheckStep)
_MENUS = (
    *(ScreenName.HOME, ScreenName.SETTINGS, ScreenName.NEWS),
    *(ScreenName.FILMS, ScreenName.SERIES, ScreenName.DETAILS, ScreenName.DAY, ScreenName.SEARCH),
    *(ScreenName.REMOTE, ScreenName.REMOTE_TEST, ScreenName.REMOTE_LEARN),
    *(ScreenName.ASSIGN, ScreenName.ASSIGNED, ScreenName.HISTORY),
)
_FOUND = (ScreenName.SEARCH, ScreenName.DETAILS, ScreenName.DAY)
"""Where what the search found is looked at."""


def settle(state: State, message: Settling) -> Step:
    """Answer what concerns settings and operators."""
    match message:
        case ChangeSetting(path, value):
            return _change(state, path, value)
        case TrySource(source, password):
            return _try(state, source, password)
        case Checked():
            return _checked(state, message)
        case UseSource(source, password, proven):
            state, effects = _keep(state, (source, *_without(state.settings.sources, source.id)))
            return state, tuple(replace(effect, password=password, proven=proven) for effect in effects)
        case RemoveSource(source):
            return _keep(state, _without(state.settings.sources, source))
        case SourcesKept() | PasswordReverted():
            return state, (Restart(),)
        case NotKept():
            return replace(state, toast="settings.not_kept"), (SetAlarm(Alarm.TOAST, TOAST_SECONDS),)


def opened(state: State, screen: ScreenName) -> Step:
    """Go to a screen; from a menu back to one that waits for the operator, which is then asked anew."""
    behind = state.screen if screen in _MENUS and state.screen not in _MENUS else state.behind
    back = state.screen in _MENUS and screen in WAITING
    if screen is ScreenName.SEARCH and state.screen not in _FOUND:
        state = replace(state, search_from=state.screen)
    state = replace(state, screen=screen, behind=behind)
    return ask(state) if back else (state, ())


def undisturbed(before: State, stepped: Step) -> Step:
    """What the operator answers shows behind a menu, not in place of it: somebody may be typing there."""
    state, effects = stepped
    if before.screen in _MENUS and state.screen not in _MENUS:
        state = replace(state, screen=before.screen, behind=state.screen)
    return state, effects


def _change(state: State, path: str, value: str | int | bool) -> Step:  # noqa: FBT001 - a value of any kind
    state, effects = set_anew(replace(state, settings=with_value(state.settings, path, value)), path)
    return state, (KeepSetting(path, value), *effects)


def with_value(settings: Settings, path: str, value: str | int | bool) -> Settings:  # noqa: FBT001 - as above
    """The settings with another value at a place like ``sound.delay_ms``."""
    section, _, name = path.rpartition(".")
    if not section:
        return replace(settings, **{name: value})  # type: ignore[arg-type]
    return replace(settings, **{section: replace(getattr(settings, section), **{name: value})})


def _try(state: State, source: Source, password: str) -> Step:
    trial = Trial(number=state.trial.number + 1 if state.trial else 1, source=source, running=_ORDER[0])
    return replace(state, trial=trial), (Check(trial.number, _ORDER[0], source, password),)


def _checked(state: State, result: Checked) -> Step:
    """One step is known; what a trial that was given up still says falls away."""
    trial = state.trial
    if trial is None or result.trial != trial.number or result.step is not trial.running:
        return state, ()
    results = (*trial.results, result) if result.applies else trial.results
    trial = replace(trial, results=results, running=None)
    effects: tuple[Effect, ...] = ()
    if result.failure is None and result.step is not _ORDER[-1]:
        following = _ORDER[_ORDER.index(result.step) + 1]
        trial = replace(trial, running=following)
        effects = (Check(trial.number, following, trial.source),)
    return replace(state, trial=trial), effects


def _keep(state: State, sources: tuple[Source, ...]) -> tuple[State, tuple[KeepSources, ...]]:
    """One that knows us by other words is somebody else: it has not let this box in before."""
    same = {source.id: _who(source) for source in sources}
    left = tuple(source.id for source in state.settings.sources if same.get(source.id) != _who(source))
    return state, (KeepSources(sources, left),)


def _who(source: Source) -> tuple[str, ...]:
    """Whom the box speaks to, and as whom."""
    return source.kind, source.address, source.user, source.mac


def _without(sources: tuple[Source, ...], source: SourceId) -> tuple[Source, ...]:
    return tuple(one for one in sources if one.id != source)
