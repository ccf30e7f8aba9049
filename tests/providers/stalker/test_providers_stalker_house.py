"""What a portal keeps for one box and says to it: events, favourites, the parental code."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stb.errors import BadReply, LoginRefused, ServerFault
from stb.model import EventKind, PlayKind, Source, SourceId
from stb.providers.stalker.events import event
from stb.providers.stalker.favourites import favourite_ids, merged
from stb.providers.stalker.mag import the_mag

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)
ids = st.lists(st.text("abcdef", min_size=1, max_size=1), max_size=6, unique=True)


@pytest.fixture
def mag(host):
    return the_mag(Source(id=SourceId("home"), kind="stalker", name="", address="h"), host.identity)


MESSAGE = {
    "id": "31",
    "event": "send_msg",
    "need_confirm": "1",
    "msg": "Hello <b>%mac%</b><br>call us",
    "auto_hide_timeout": 0,
}


def test_a_message_in_the_operators_words(mag):
    found = event({"data": {"msgs": 1, **MESSAGE}}, mag)
    assert (found.id, found.kind, found.confirm) == ("31", EventKind.MESSAGE, True)
    assert found.words == "Hello 00:1A:79:01:02:03\ncall us"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("send_msg_with_video", EventKind.MESSAGE),
        ("update_channels", EventKind.CHANNELS),
        ("update_subscription", EventKind.CHANNELS),
        ("update_epg", EventKind.GUIDE),
        ("cut_off", EventKind.CUT_OFF),
        ("cut_on", EventKind.CUT_ON),
        ("reload_portal", EventKind.RELOAD),
        ("reboot", EventKind.REBOOT),
        ("update_image", EventKind.UPDATE),
        ("mount_all_storages", EventKind.OTHER),
        ("show_menu", EventKind.OTHER),
        ("something_new", EventKind.OTHER),
    ],
)
def test_what_each_event_means(mag, name, kind):
    assert event({"data": {"event": name}}, mag).kind is kind


def test_a_channel_by_its_number(mag):
    assert event({"data": {"event": "play_channel", "msg": "12"}}, mag).number == "12"
    assert event({"data": {"event": "play_channel", "msg": "x"}}, mag).number == ""


@pytest.mark.parametrize("js", [{"data": {"msgs": 0}}, {"data": []}, [], None, False, ""])
def test_no_event(mag, js):
    assert event(js, mag) is None


@settings(deadline=None)
@given(json_values)
def test_any_answer_is_an_event_or_none(value):
    from stb.providers.stalker.mag import Mag  # noqa: PLC0415 - a property test has no fixtures

    mag = Mag(model="", mac="m", sn="s", device_id="", device_id2="", signature="", user_agent="")
    event(value, mag)
    event({"data": value}, mag)
    for name in (*MESSAGE, "event"):
        event({"data": {**MESSAGE, name: value}}, mag)
    favourite_ids(value)


def test_the_first_question_and_the_next_ones(host, box):
    """The first tick comes later by this box's own slot, so that a thousand boxes do not ask together."""
    host.lets_in(watchdog_timeout="90", timeslot="12.5")
    host.answers["watchdog/get_events"] = {"data": {"msgs": 0, "additional_services_on": "1"}}
    ours = box()
    ours.sign_in()
    assert ours.attend(PlayKind.CHANNEL, first=True).again == 102
    first = host.last("watchdog/get_events").said
    assert (first["init"], first["cur_play_type"], first["event_active_id"]) == ("1", "1", "0")
    assert ours.attend(PlayKind.FILM, "31").again == 90
    said = host.last("watchdog/get_events").said
    assert (said["init"], said["cur_play_type"], said["event_active_id"]) == ("0", "2", "31")


@pytest.mark.parametrize(("said", "seconds"), [("", 120), ("1", 30), ("99999", 300), (None, 120), (60, 60)])
def test_how_often_in_bounds(host, box, said, seconds):
    host.lets_in(watchdog_timeout=said, timeslot=0)
    ours = box()
    ours.sign_in()
    assert ours.attend(PlayKind.NOTHING).again == seconds


def test_a_confirmed_message(host, box):
    host.lets_in()
    ours = box()
    ours.sign_in()
    ours.confirm("31")
    assert host.last("watchdog/confirm_event").said["event_active_id"] == "31"


def test_a_question_for_events_never_signs_in(host, box):
    """A box that is cut off has no token that holds."""
    host.lets_in()
    host.answers["watchdog/get_events"] = host.raw(b"Authorization failed.")
    ours = box()
    ours.sign_in()
    host.forget()
    for _ in range(5):
        with pytest.raises(LoginRefused):
            ours.attend(PlayKind.CHANNEL)
    assert host.counts() == {"watchdog/get_events": 5}


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "merge"),
    [
        pytest.param("ab", "abc", "ab", "abc", id="one more"),
        pytest.param("ab", "ba", "ab", "ba", id="another order"),
        pytest.param("ab", "a", "ab", "a", id="one less"),
        pytest.param("ab", "", "ab", "", id="none"),
        pytest.param("ab", "abc", "abd", "abdc", id="another box added one"),
        pytest.param("ab", "b", "abd", "bd", id="taken away here, added there"),
        pytest.param("ab", "abc", "", "c", id="cleared there"),
        pytest.param("", "a", "xy", "xya", id="never looked before"),
        pytest.param("", "", "xy", "xy", id="nothing changed here"),
    ],
)
def test_favourites_of_two_writers(base, mine, theirs, merge):
    assert "".join(merged(base, mine, theirs)) == merge


@given(ids, ids, ids)
def test_no_favourite_is_lost_but_by_whoever_took_it_away(base, mine, theirs):
    found = set(merged(base, mine, theirs))
    assert set(theirs) - set(base) <= found, "what was added elsewhere"
    assert set(mine) - set(base) <= found, "what was added here"
    assert not found & (set(base) - set(mine)), "what was taken away here"
    assert len(merged(base, mine, theirs)) == len(found)


def test_favourites_both_ways(host, box):
    host.lets_in()
    host.answers |= {"itv/get_fav_ids": [5, "7"], "itv/set_fav": True}
    ours = box()
    base = ours.favourites()
    assert base == ("5", "7")
    host.answers["itv/get_fav_ids"] = ["5", "7", "9"]
    assert ours.favour(base, ("7", "8")) == ("7", "9", "8")
    assert host.last("itv/set_fav").said["fav_ch"] == "7,9,8"


@pytest.mark.parametrize("answer", [False, None, "", True])
def test_a_list_that_cannot_be_read_is_never_replaced(host, box, answer):
    host.lets_in()
    host.answers["itv/get_fav_ids"] = answer
    with pytest.raises(BadReply):
        box().favour((), ("5",))
    assert host.counts()["itv/set_fav"] == 0


def test_nothing_is_written_where_nothing_changed(host, box):
    host.lets_in()
    host.answers["itv/get_fav_ids"] = ["5"]
    box().favour(("5",), ("5",))
    assert host.counts()["itv/set_fav"] == 0


def test_the_last_favourite_is_taken_away(host, box):
    host.lets_in()
    host.answers |= {"itv/get_fav_ids": ["5"], "itv/set_fav": True}
    assert box().favour(("5",), ()) == ()
    assert host.last("itv/set_fav").said["fav_ch"] == ""


@pytest.mark.parametrize(
    ("token", "names"),
    [("genuine", {"pass"}), ("imitation", {"parent_password", "pass", "repeat_pass"})],
    ids=["genuine", "imitation"],
)
def test_the_parental_code(host, box, token, names):
    host.lets_in(token=host.blob if token == "imitation" else host.token, parent_password="0000")
    host.answers["stb/set_parent_password"] = True
    ours = box()
    assert ours.parental_code() == "0000"
    ours.change_parental_code("1234")
    said = host.last("stb/set_parent_password").said
    assert {name for name, value in said.items() if value == "1234"} == names
    assert ours.parental_code() == "1234"


def test_a_parental_code_that_is_not_taken(host, box):
    host.lets_in(parent_password="0000")
    host.answers["stb/set_parent_password"] = False
    ours = box()
    with pytest.raises(ServerFault):
        ours.change_parental_code("1234")
    assert ours.parental_code() == "0000"
