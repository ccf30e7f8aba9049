"""The viewer's own in the list of channels: favourites and their order, groups that are hidden."""

from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stb.messages import HaveFavourites, HideGroups, Intent, Watch
from stb.model import ChannelId, ChannelRef, Key, SourceId
from stb.screens.channels import Channels
from stb.screens.favourites import moved, toggled
from stb.screens.groups import Own
from stb.screens.view import View
from stb.screens.watching import Watching
from stb.ui.scene import Scene, Text

MakeView = Callable[..., View]
FAVOURITES = Own.FAVOURITES


def ref(number: int) -> ChannelRef:
    return ChannelRef(SourceId("home"), ChannelId(str(number)))


GONE = ref(99)


def favoured(view: MakeView, *numbers: int, **fields: object) -> View:
    """A view of a box with these favourites, and one that is gone from the list between them."""
    there = tuple(ref(number) for number in numbers)
    return view(favourites=there, every_favourite=(*there[:1], GONE, *there[1:]), **fields)


def press(screen: Channels, view: View, *keys: Key) -> tuple[Channels, Intent | None]:
    intent: Intent | None = None
    for key in keys:
        screen, intent = screen.press(key, view, held=False)
    return screen, intent


def said(scene: Scene) -> str:
    return "\n".join(item.text for item in scene.items if isinstance(item, Text))


def test_green_makes_a_channel_a_favourite_and_no_longer_one(view: MakeView) -> None:
    screen = Channels(focus=ref(2))
    assert press(screen, view(), Key.GREEN)[1] == HaveFavourites((ref(2),))
    assert press(screen, favoured(view, 2), Key.GREEN)[1] == HaveFavourites((GONE,))
    assert "favourite\n" in said(screen.scene(view()))
    assert "no favourite" in said(screen.scene(favoured(view, 2)))


def test_green_does_the_same_while_watching(view: MakeView) -> None:
    assert Watching().press(Key.GREEN, view(number=2), held=False)[1] == HaveFavourites((ref(2),))
    watched = favoured(view, 2, number=2)
    assert Watching().press(Key.GREEN, watched, held=False)[1] == HaveFavourites((GONE,))


def test_favourites_are_the_first_group_in_their_own_order(view: MakeView) -> None:
    there = favoured(view, 12, 1)
    text = said(Channels(group=FAVOURITES).scene(there))
    assert text.index("Favourites") < text.index("All channels") < text.index("News")
    assert text.index("City TV") < text.index("World News")
    assert "2 channels" in text
    assert "Favourites" not in said(Channels().scene(view()))
    screen, _ = press(Channels(), there, Key.LEFT, Key.UP, Key.OK, Key.DOWN)
    assert (screen.group, screen.focus) == (FAVOURITES, ref(1))


def test_one_that_goes_leaves_the_focus_beside_it(view: MakeView) -> None:
    screen = Channels(group=FAVOURITES, focus=ref(1))
    screen, intent = press(screen, favoured(view, 12, 1, 3), Key.GREEN)
    assert intent == HaveFavourites((ref(12), GONE, ref(3)))
    assert screen.focus == ref(3)
    screen, _ = press(Channels(group=FAVOURITES, focus=ref(1)), favoured(view, 1), Key.GREEN)
    assert screen.group is None


def test_a_favourite_is_taken_up_moved_and_put_down(view: MakeView) -> None:
    there = favoured(view, 12, 1, 3)
    screen, intent = press(Channels(group=FAVOURITES, focus=ref(12)), there, Key.RED)
    assert (screen.carrying, intent) == (True, None)
    assert press(screen, there, Key.DOWN)[1] == HaveFavourites((GONE, ref(1), ref(12), ref(3)))
    assert press(screen, there, Key.UP)[1] is None
    assert press(screen, there, Key.CHANNELDOWN)[1] == HaveFavourites((GONE, ref(1), ref(3), ref(12)))
    screen, intent = press(screen, there, Key.OK)
    assert (screen.carrying, intent) == (False, None)


def test_only_favourites_are_moved(view: MakeView) -> None:
    screen, intent = press(Channels(focus=ref(2)), favoured(view, 2), Key.RED)
    assert (screen.carrying, intent) == (False, None)


def test_hidden_groups_are_not_offered(view: MakeView) -> None:
    assert "City\n" not in said(Channels(in_groups=True).scene(view(hidden=frozenset({"City"}))))
    names = []
    screen, there = Channels(in_groups=True), view(hidden=frozenset({"News"}))
    for _ in range(4):
        names.append(screen.group)
        screen, _ = press(screen, there, Key.DOWN)
    assert names == [None, "أخبار", "City", ""]


def test_channels_of_hidden_groups_are_not_among_all(view: MakeView) -> None:
    there = view(number=1, hidden=frozenset({"News", "City"}))
    text = said(Channels().scene(there))
    assert "2 channels" in text
    assert "Docs" in text
    assert "City TV" not in text
    assert "World News" in said(Channels().scene(view(number=1)))
    assert Watching().press(Key.CHANNELUP, there, held=False)[1] == Watch(ref(3))
    assert Watching().press(Key.CHANNELDOWN, there, held=False)[1] == Watch(ref(20))
    favourite = favoured(view, 1, hidden=frozenset({"News"}))
    assert "World News" in said(Channels(group=FAVOURITES).scene(favourite))


def test_where_all_groups_are_hidden_that_is_said(view: MakeView) -> None:
    there = view(hidden=frozenset({"News", "City", "أخبار", ""}))
    assert "All groups are hidden" in said(Channels().scene(there))
    screen, intent = press(Channels(), there, Key.OK)
    assert (screen.in_groups, intent) == (True, None)


def test_groups_are_hidden_and_shown_again(view: MakeView) -> None:
    screen, _ = press(Channels(), view(), Key.LEFT, Key.YELLOW)
    assert screen.hiding
    assert press(screen, view(), Key.OK)[1] is None
    screen, intent = press(screen, view(), Key.DOWN, Key.OK)
    assert intent == HideGroups(frozenset({"News"}))
    hidden = view(hidden=frozenset({"News"}))
    assert "News\nhidden" in said(screen.scene(hidden))
    assert press(screen, hidden, Key.OK)[1] == HideGroups(frozenset())
    screen, _ = press(screen, hidden, Key.YELLOW)
    assert (screen.hiding, screen.group) == (False, None)


@pytest.mark.parametrize("key", [Key.BACK, Key.YELLOW, Key.LEFT])
def test_hiding_ends(view: MakeView, key: Key) -> None:
    screen, _ = press(Channels(), view(), Key.LEFT, Key.YELLOW, key)
    assert screen.in_groups
    assert not screen.hiding


def test_a_group_that_was_hidden_is_not_opened_again(view: MakeView) -> None:
    assert Channels(group="News").opened(view(hidden=frozenset({"News"}))).group is None
    assert Channels(group=FAVOURITES).opened(view()).group is None


REFS = st.lists(st.integers(0, 30).map(ref), min_size=1, max_size=12, unique=True)


@given(REFS, st.data())
def test_moving_keeps_all_and_moves_among_those_that_are_there(
    every: Sequence[ChannelRef], data: st.DataObject
) -> None:
    there = data.draw(st.lists(st.sampled_from(every), min_size=1, unique=True).map(sorted))
    there.sort(key=every.index)
    one, step = data.draw(st.sampled_from(there)), data.draw(st.integers(-9, 9))
    after = moved(every, there, one, step)
    assert sorted(after) == sorted(every)
    assert [each for each in after if each != one] == [each for each in every if each != one]
    left = [each for each in after if each in there]
    assert left.index(one) == min(max(there.index(one) + step, 0), len(there) - 1)


@given(REFS, st.integers(0, 30).map(ref))
def test_toggling_twice_changes_no_other(every: Sequence[ChannelRef], one: ChannelRef) -> None:
    twice = toggled(toggled(every, one), one)
    assert sorted(twice) == sorted(every)
    assert [each for each in twice if each != one] == [each for each in every if each != one]
