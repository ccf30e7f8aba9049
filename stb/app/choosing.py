"""What the viewer chooses for channels: guides, favourites, groups to be hidden. Part of the step."""

from collections.abc import Sequence
from dataclasses import replace

from stb.app import settling
from stb.app.effects import (
    KeepFavourites,
    KeepGuideChoice,
    KeepGuides,
    KeepHidden,
    KeepShared,
    SetAlarm,
    SyncFavourites,
)
from stb.app.state import State, Step
from stb.messages import (
    Alarm,
    AssignGuide,
    ChooseGuide,
    FavouritesFailed,
    FavouritesSynced,
    HaveFavourites,
    HideGroups,
    Message,
    ScreenName,
    SignedIn,
    UseGuides,
)
from stb.model import AccountStatus, ChannelRef

Choosing = (
    AssignGuide | ChooseGuide | HaveFavourites | HideGroups | UseGuides | FavouritesSynced | FavouritesFailed
)

TOAST_SECONDS = 3.0


def began(stepped: Step, message: Message) -> Step:
    """After the step that a message made anyway: an operator that lets us in is asked for its favourites."""
    if not isinstance(message, SignedIn) or message.account.status is not AccountStatus.ACTIVE:
        return stepped
    state, effects = stepped
    state, asks = _tell(replace(state, telling=None))
    return state, (*effects, *asks)


def choose(state: State, message: Choosing) -> Step:
    """Answer what concerns the viewer's own choices for channels."""
    match message:
        case AssignGuide(ref):
            came_from = state.screen if state.screen is not ScreenName.ASSIGN else state.assign_from
            state = replace(state, assigning=ref, assign_from=came_from)
            return settling.opened(state, ScreenName.ASSIGN)
        case ChooseGuide(ref, choice):
            return state, (KeepGuideChoice(ref, choice),)
        case HaveFavourites(refs):
            state, said = _said(state, more=len(refs) > len(state.favourites))
            state, tells = _tell(replace(state, favourites=refs))
            return state, (KeepFavourites(refs), *said, *tells)
        case FavouritesSynced(refs=refs):
            return _synced(state, refs)
        case FavouritesFailed():
            return replace(state, telling=None), ()
        case HideGroups(names):
            return replace(state, hidden=names), (KeepHidden(names),)
        case UseGuides(guides):
            return state, (KeepGuides(guides),)


def _said(state: State, *, more: bool) -> Step:
    """Over the picture nobody sees a list: it is told in words."""
    if state.screen is not ScreenName.WATCHING:
        return state, ()
    toast = "channels.favoured" if more else "channels.unfavoured"
    return replace(state, toast=toast), (SetAlarm(Alarm.TOAST, TOAST_SECONDS),)


def _tell(state: State) -> Step:
    """Tell the operator, one thing after the other."""
    if not state.favours or state.telling is not None:
        return state, ()
    return replace(state, telling=state.favourites), (SyncFavourites(state.favourites),)


def _synced(state: State, theirs: tuple[ChannelRef, ...]) -> Step:
    """Have what the operator keeps; what the viewer changed meanwhile is told next."""
    told, state = state.telling or (), replace(state, telling=None)
    changed = state.favourites != told
    refs = _changed_too(theirs, told, state.favourites) if changed else theirs
    state = replace(state, favourites=refs)
    state, tells = _tell(state) if changed else (state, ())
    return state, (KeepFavourites(refs), KeepShared(theirs), *tells)


def _changed_too(
    theirs: Sequence[ChannelRef], told: Sequence[ChannelRef], mine: Sequence[ChannelRef]
) -> tuple[ChannelRef, ...]:
    """What the operator keeps, with what was changed here since it was told."""
    if set(theirs) == set(told):
        return tuple(mine)
    left = [ref for ref in theirs if ref in mine or ref not in told]
    return tuple(dict.fromkeys((*left, *(ref for ref in mine if ref not in told))))
