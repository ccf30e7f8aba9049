"""The viewer's own choices for channels: what the box does about them, and what it tells the operator."""

from dataclasses import replace

import pytest

from stb.app.choosing import choose
from stb.app.effects import (
    KeepFavourites,
    KeepGuideChoice,
    KeepGuides,
    KeepHidden,
    KeepShared,
    SyncFavourites,
)
from stb.app.sharing import share
from stb.app.state import State
from stb.app.step import step
from stb.errors import BadReply
from stb.messages import (
    AssignGuide,
    ChooseGuide,
    FavouritesFailed,
    FavouritesSynced,
    HaveFavourites,
    HideGroups,
    ScreenName,
    SignedIn,
    UseGuides,
)
from stb.model import (
    Account,
    AccountStatus,
    ChannelId,
    ChannelRef,
    Failure,
    GuideChoice,
    GuideSource,
    SourceId,
)

HOME = SourceId("home")
WORLD = GuideSource(id=SourceId("world"), name="World", address="/world.xml")
LET_IN = SignedIn(HOME, Account(status=AccountStatus.ACTIVE))
FAILED = FavouritesFailed(HOME, Failure(kind="Unreachable", advice="error.unreachable"))


def ref(number):
    return ChannelRef(HOME, ChannelId(str(number)))


ONE, TWO, THREE, FOUR = map(ref, (1, 2, 3, 4))


def test_a_channel_is_looked_at_and_left_for_where_the_viewer_came_from():
    state, effects = choose(State(screen=ScreenName.ASSIGNED), AssignGuide(ONE))
    assert (state.screen, state.assigning, state.assign_from) == (
        ScreenName.ASSIGN,
        ONE,
        ScreenName.ASSIGNED,
    )
    assert effects == ()


@pytest.mark.parametrize(
    ("message", "effect"),
    [
        (ChooseGuide(ONE, GuideChoice(WORLD.id, "x")), KeepGuideChoice(ONE, GuideChoice(WORLD.id, "x"))),
        (ChooseGuide(ONE, None), KeepGuideChoice(ONE, None)),
        (UseGuides((WORLD,)), KeepGuides((WORLD,))),
        (HideGroups(frozenset({"News"})), KeepHidden(frozenset({"News"}))),
        (HaveFavourites((TWO, ONE)), KeepFavourites((TWO, ONE))),
    ],
)
def test_what_is_chosen_is_written_down(message, effect):
    assert step(State(), message, 0.0)[1] == (effect,)


@pytest.mark.parametrize(("refs", "toast"), [((ONE, TWO), "channels.favoured"), ((), "channels.unfavoured")])
def test_over_the_picture_it_is_told_in_words(refs, toast):
    state, _ = step(State(screen=ScreenName.WATCHING, favourites=(ONE,)), HaveFavourites(refs), 0.0)
    assert (state.toast, state.favourites) == (toast, refs)


def test_favourites_and_hidden_groups_apply_at_once():
    state, _ = step(State(), HaveFavourites((TWO, ONE)), 0.0)
    state, _ = step(state, HideGroups(frozenset({"News"})), 0.0)
    assert (state.favourites, state.hidden) == ((TWO, ONE), frozenset({"News"}))


def test_an_operator_that_keeps_favourites_is_told_and_asked_when_it_lets_the_box_in():
    state = State(favours=True, favourites=(ONE,), has_lists=True)
    state, effects = step(state, LET_IN, 0.0)
    assert SyncFavourites((ONE,)) in effects
    state, effects = step(state, FavouritesSynced(HOME, (TWO, ONE)), 0.0)
    assert (state.favourites, state.telling) == ((TWO, ONE), None)
    assert effects == (KeepFavourites((TWO, ONE)), KeepShared((TWO, ONE)))


def test_other_operators_are_not_asked():
    _, effects = step(State(favourites=(ONE,), has_lists=True), LET_IN, 0.0)
    assert not [effect for effect in effects if isinstance(effect, SyncFavourites)]


def test_what_is_changed_while_the_operator_is_told_is_told_next():
    telling = State(favours=True, favourites=(ONE, TWO), telling=(ONE, TWO))
    state, effects = step(telling, HaveFavourites((TWO, THREE)), 0.0)
    assert effects == (KeepFavourites((TWO, THREE)),)
    state, effects = step(state, FavouritesSynced(HOME, (FOUR, ONE, TWO)), 0.0)
    assert state.favourites == (FOUR, TWO, THREE)
    assert effects == (
        KeepFavourites((FOUR, TWO, THREE)),
        KeepShared((FOUR, ONE, TWO)),
        SyncFavourites((FOUR, TWO, THREE)),
    )


def test_an_order_that_was_changed_meanwhile_stays():
    state = State(favours=True, favourites=(TWO, ONE), telling=(ONE, TWO))
    state, _ = step(state, FavouritesSynced(HOME, (ONE, TWO)), 0.0)
    assert state.favourites == (TWO, ONE)


def test_an_operator_that_does_not_answer_is_told_the_next_time():
    state = State(favours=True, favourites=(ONE,), telling=(ONE,), has_lists=True)
    state, effects = step(state, FAILED, 0.0)
    assert (state.telling, state.favourites, effects) == (None, (ONE,), ())
    assert SyncFavourites((ONE,)) in step(state, LET_IN, 0.0)[1]
    assert SyncFavourites((ONE,)) in step(replace(state, telling=(TWO,)), LET_IN, 0.0)[1]


class Keeper:
    """An operator's favourites."""

    def __init__(self, *theirs):
        self.theirs = tuple(map(ChannelId, theirs))
        self.asked = []

    def favourites(self):
        if self.theirs == ("broken",):
            raise BadReply("no list", where="js", got="")
        return self.theirs

    def favour(self, base, mine):
        self.asked.append((base, mine))
        return (*mine, ChannelId("new"))


def test_the_first_time_nothing_of_the_operators_is_lost():
    keeper = Keeper("2", "9")
    kept = share(keeper, HOME, None, (ONE, TWO))()
    assert keeper.asked == [(("2", "9"), ("2", "9", "1"))]
    assert kept.refs == (TWO, ref(9), ONE, ref("new"))


def test_afterwards_it_is_told_what_the_viewer_changed():
    keeper = Keeper("2", "9")
    share(keeper, HOME, (ONE, TWO), (TWO, THREE))()
    assert keeper.asked == [(("1", "2"), ("2", "3"))]


def test_what_cannot_be_read_is_not_written():
    keeper = Keeper("broken")
    with pytest.raises(BadReply):
        share(keeper, HOME, None, (ONE,))()
    assert keeper.asked == []
