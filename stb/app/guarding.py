"""What is not for everyone: it plays once the operator's parental code was typed. Part of the step.

It stays open until the box sleeps, or begins anew.
"""

from dataclasses import replace

from stb.app.effects import CheckPin
from stb.app.state import State, Step
from stb.app.tuning import leave, watch, wish_again
from stb.catalogue.catalogue import Catalogue
from stb.catalogue.library import Library
from stb.messages import PinChecked, PinFailed, PinNeeded, ScreenName, SubmitPin
from stb.model import ChannelRef, EpisodeRef, FilmRef, PastRef, Playable

Guarding = PinNeeded | SubmitPin | PinChecked | PinFailed


def closed(state: State, ref: Playable, lists: Catalogue, library: Library) -> bool:
    """Whether the code has to be typed before this plays."""
    if not state.guards or state.unlocked:
        return False
    match ref:
        case ChannelRef() | PastRef():
            item = lists.channel(ref if isinstance(ref, ChannelRef) else ref.channel)
            return item is not None and item.adult
        case FilmRef():
            film = library.film(ref)
            return film is not None and film.adult
        case EpisodeRef(series=series):
            one = library.one_series(series)
            return one is not None and one.adult


def guard(state: State, message: Guarding, now: float) -> Step:
    """Answer what concerns the code."""
    match message:
        case PinNeeded():
            wish = wish_again(state)
            state, left = leave(state, ScreenName.PIN)
            return replace(state, locked=wish, pin_wrong=False, pin_unknown=False, pin_asking=False), left
        case SubmitPin(code):
            state = replace(state, pin_asking=True, pin_wrong=False, pin_unknown=False)
            return state, (CheckPin(code),)
        case PinFailed():
            return replace(state, pin_asking=False, pin_unknown=True), ()
        case PinChecked(fits=True):
            wish = state.locked
            state = replace(state, pin_asking=False, unlocked=True, locked=None)
            here = wish is not None and state.screen is ScreenName.PIN
            return watch(state, wish, now) if here and wish else (state, ())
        case PinChecked():
            return replace(state, pin_asking=False, pin_wrong=True), ()
