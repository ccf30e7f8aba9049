"""A box before a portal, however that is run, and what goes wrong between them (PROTOCOLS 1.4 to 1.6)."""

import time
from contextlib import closing
from dataclasses import replace
from threading import Event

import pytest

from stb.board import derive
from stb.errors import LoginRefused, NoSuchItem, Unreachable
from stb.model import AccountStatus, Duid, Facts, PlayKind, Programme, Source, SourceId
from stb.net import HttpClient, Limits
from stb.portal.macs import Strangers
from stb.providers import Access, Unkept
from stb.providers.stalker import Stalker

HOME = SourceId("home")
BOX = replace(derive(Facts(serial="1a2b")), duid=Duid("195C68F32A17B98"))
OTHER = replace(derive(Facts(serial="3c4d")), duid=BOX.duid, stalker_mac=BOX.stalker_mac)
"""Another machine that says it has the same address."""


class Counting(HttpClient):
    """Remembers what it was asked for."""

    def get(self, address, headers=None, *, follow=True):
        self.__dict__.setdefault("asked", []).append(address)
        return super().get(address, headers, follow=follow)


@pytest.fixture
def comes(portal, tmp_path):
    """A box before the portal: ``comes()``, ``comes("/c/", identity=OTHER, user="viewer")``."""
    made = []

    def come(path="/stalker_portal/c/", identity=BOX, memory=None, password="", **source):
        access = Access(
            source=Source(id=HOME, kind="stalker", name="Home", address=f"{portal.address}{path}", **source),
            identity=identity,
            http=Counting(HOME),
            password=password,
            memory=memory or Unkept(),
            folder=tmp_path / "fetched",
        )
        made.append(Stalker(access, pause=lambda _seconds: None))
        return made[-1], access.http

    yield come
    for one in made:
        one.close()


def actions(http):
    """What was asked for, and forgotten."""
    asked = [address.partition("action=")[2].partition("&")[0] for address in http.asked]
    http.asked.clear()
    return asked


@pytest.mark.parametrize(
    ("rules", "words"),
    [
        pytest.param(
            {"disabled": True}, "The portal is being repaired.\nPlease come back later.", id="disabled"
        ),
        pytest.param(
            {"filtered": (BOX.stalker_mac,)},
            "This STB is not allowed here.\nCall the provider.",
            id="filtered",
        ),
        pytest.param(
            {"strangers": Strangers.REFUSED},
            "Please contact your provider\nto register this device!",
            id="a stranger",
        ),
    ],
)
def test_who_is_kept_out_is_told_why(portal, comes, rules, words):
    portal.world.macs.decide(**rules)
    account = comes()[0].sign_in()
    assert (account.status, account.message) == (AccountStatus.DISABLED, words)


def test_a_name_is_given_at_each_start_that_has_no_token(portal, comes):
    portal.world.lines.add("viewer", password="secret")
    portal.world.macs.decide(strangers=Strangers.SIGN_IN, each_start=True)
    memory = Unkept()
    said = {"user": "viewer", "password": "secret"}
    ours, http = comes(memory=memory, **said)
    assert ours.sign_in().status is AccountStatus.ACTIVE
    assert actions(http)[-4:] == ["get_profile", "do_auth", "get_profile", "get_main_info"]
    again, http = comes(memory=memory, **said)
    assert again.sign_in().status is AccountStatus.ACTIVE
    assert "do_auth" not in actions(http), "it still had the token"
    anew, http = comes(**said)
    assert anew.sign_in().status is AccountStatus.ACTIVE
    assert "do_auth" in actions(http)


def test_a_portal_for_players_of_one_name_gives_links_to_ours(portal, comes):
    portal.world.macs.decide(agents=r"MAG200 stbapp .*; Model: MAG250; Link: Ethernet; Country: ")
    ours, _ = comes()
    asked_for = next(one for one in ours.items() if "localhost" in one.link)
    assert ours.stream(asked_for).address
    with pytest.raises(NoSuchItem):
        comes(model="MAG254")[0].stream(asked_for)


def clock_of(ours):
    """The channel that shows the time, and is kept for days."""
    return next(channel for channel in ours.items() if channel.name == "Clock")


def test_an_archive_goes_on_where_the_portal_says(comes):
    ours, http = comes()
    assert ours.sign_in().archive_goes_on
    clock, now = clock_of(ours), int(time.time())
    first, second = ours.day(clock, now - 6 * 3600, now - 3600)[1:3]
    ours.past(clock, first)
    actions(http)
    stream = ours.past(clock, second)
    assert actions(http) == ["get_next_part_url"]
    assert stream.address.startswith("http://127.0.0.1:")


def test_what_is_on_is_wound_back_to_its_beginning_where_it_has_no_link_of_its_own(comes):
    ours, http = comes()
    clock, now = clock_of(ours), int(time.time())
    actions(http)
    stream = ours.past(clock, Programme(channel=clock.guide_id, start=now - 30, link="1"))
    assert actions(http) == ["create_link", "get_link_for_channel"]
    assert (now - 30 + stream.begins + 3) % 3600 < 6, "the portal's file begins with the hour"


def test_two_boxes_with_one_address_take_the_session_from_each_other_with_three_requests(portal, comes):
    ours, http = comes()
    ours.sign_in()
    portal.world.macs.release(BOX.stalker_mac)
    theirs, _ = comes(identity=OTHER)
    theirs.sign_in()
    portal.world.macs.change(BOX.stalker_mac, device_id="", device_id2="")
    actions(http)
    assert ours.favourites() == ()
    assert actions(http) == ["get_fav_ids", "handshake", "get_profile", "get_fav_ids"]
    assert ours.favourites() == ()
    assert actions(http) == ["get_fav_ids"]


def test_a_second_machine_is_told_that_the_address_is_taken(comes):
    comes()[0].sign_in()
    account = comes(identity=OTHER)[0].sign_in()
    assert (account.status, account.message) == (
        AccountStatus.DISABLED,
        "Your STB is damaged.\nCall the provider.",
    )


def test_a_portal_that_went_away_and_came_back_goes_on_with_the_token(portal, comes):
    ours, http = comes()
    ours.sign_in()
    portal.stop()
    for _ in range(3):
        with pytest.raises(Unreachable):
            ours.favourites()
    portal.start()
    actions(http)
    assert ours.favourites() == ()
    assert actions(http) == ["get_fav_ids"]


def test_a_panel_bans_who_comes_with_another_serial_number_and_is_left_alone(portal, comes):
    portal.world.macs.add(BOX.stalker_mac)
    comes("/c/")[0].sign_in()
    ours, http = comes("/c/", identity=replace(BOX, sn="OTHER"))
    for _ in range(9):
        with pytest.raises(LoginRefused):
            ours.favourites()
    assert actions(http).count("get_profile") == 1


@pytest.mark.parametrize("years", [-20, 20], ids=["back", "forth"])
def test_a_clock_that_jumps_ends_no_session(comes, monkeypatch, years):
    ours, http = comes()
    ours.sign_in()
    actions(http)
    now = time.time
    monkeypatch.setattr("time.time", lambda: now() + years * 365 * 86_400)
    assert ours.favourites() == ()
    assert ours.attend(PlayKind.NOTHING).event is None
    assert actions(http) == ["get_fav_ids", "get_events"]


def test_a_portal_that_does_not_answer_in_time_is_asked_once(host, tmp_path):
    """And the next question is asked as ever: slowness is no refusal."""
    host.lets_in()
    host.answers["itv/get_fav_ids"] = ["5"]
    http = HttpClient(HOME, limits=Limits(read=1.5))
    access = Access(
        source=Source(id=HOME, kind="stalker", name="Home", address=f"{host.origin}/c/"),
        identity=host.identity,
        http=http,
        folder=tmp_path,
    )
    released = Event()

    def slow(_asked):
        released.wait(60)
        return host.js(["5"])

    with closing(Stalker(access)) as ours:
        ours.sign_in()
        host.forget()
        host.answers["itv/get_fav_ids"] = slow
        with pytest.raises(Unreachable):
            ours.favourites()
        assert host.counts() == {"itv/get_fav_ids": 1}
        released.set()
        assert ours.favourites() == ("5",)
        assert host.counts() == {"itv/get_fav_ids": 2}
