"""What the viewer chooses for channels: guides, favourites, groups to be hidden. Part of the step."""

from dataclasses import replace

from stb.app import settling
from stb.app.effects import KeepFavourites, KeepGuideChoice, KeepGuides, KeepHidden
from stb.app.state import State, Step
from stb.messages import AssignGuide, ChooseGuide, HaveFavourites, HideGroups, ScreenName, UseGuides

Choosing = AssignGuide | ChooseGuide | HaveFavourites | HideGroups | UseGuides


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
            return replace(state, favourites=refs), (KeepFavourites(refs),)
        case HideGroups(names):
            return replace(state, hidden=names), (KeepHidden(names),)
        case UseGuides(guides):
            return state, (KeepGuides(guides),)
