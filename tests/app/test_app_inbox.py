"""The one door into the main loop, through which a box that begins anew goes on."""

from contextlib import closing

import pytest

from stb.app.asked import Asked
from stb.app.inbox import Inbox, Outlet
from stb.app.nobody import NOBODY, Nobody
from stb.errors import Unreachable
from stb.messages import PlayerDied, ToggleMute, WindowClosed
from stb.model import Channel, ChannelId, ChannelRef


@pytest.fixture
def inbox():
    with closing(Inbox()) as inbox:
        yield inbox


def test_what_parts_say_after_their_end_is_dropped(inbox):
    outlet = Outlet(inbox)
    outlet.post(ToggleMute())
    outlet.close()
    outlet.post(PlayerDied("late"))
    assert inbox.drain() == [ToggleMute()]


def test_a_box_that_begins_anew_forgets_all_but_questions_and_the_wish_to_end(inbox):
    asked = Asked("status")
    for message in (PlayerDied("late"), asked, ToggleMute(), WindowClosed()):
        inbox.post(message)
    inbox.renew()
    assert inbox.drain() == [asked, WindowClosed()]


def test_an_operator_that_is_nobody_is_never_there():
    nobody = Nobody()
    channel = Channel(
        ref=ChannelRef(NOBODY.id, ChannelId("1")), number=1, name="One", link="http://tv.example/1"
    )
    for ask in (nobody.sign_in, nobody.items, lambda: nobody.stream(channel)):
        with pytest.raises(Unreachable):
            ask()
    nobody.close()
