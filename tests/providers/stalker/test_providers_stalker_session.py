"""A session over HTTP: headers, tokens lost and shared, and nobody is hammered (PROTOCOLS 1.2 to 1.5)."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from stb.errors import AccountDisabled, LoginRefused, NoSuchItem, NotRegistered, ServerFault, Unreachable
from stb.model import AccountStatus, Channel, ChannelId, ChannelRef, SourceId
from stb.providers.access import Unkept
from stb.providers.stalker.links import Link, written
from stb.providers.stalker.question import question
from stb.providers.stalker.session import own_zone

CHANNEL = Channel(
    ref=ChannelRef(SourceId("home"), ChannelId("5")),
    number=5,
    name="Five",
    link=written(Link(cmd="ffrt http://localhost/ch/5_", must_ask=True)),
    guide_id="5",
)


def guarded(host, answer, token=None):
    """Answers only who shows the token that holds."""
    host.holds = token or host.token

    def check(asked):
        return host.js(answer) if asked.token == host.holds else host.raw(b"Authorization failed.")

    return check


def adopting(host):
    """As the genuine portal: the handshake gives tokens, the profile makes one the session."""
    host.holds, host.made = "", 0

    def handshake(asked):
        if host.holds and asked.said["token"] == host.holds:
            return host.js({"token": host.holds})
        host.made += 1
        return host.js({"token": f"{host.made:032X}"})

    def profile(asked):
        host.holds = asked.token
        return host.js(host.profile)

    def link(asked):
        if asked.token != host.holds:
            return host.raw(b"Authorization failed.")
        return host.js({"cmd": "ffmpeg http://cdn.example/5.ts", "error": ""})

    host.answers |= {"stb/handshake": handshake, "stb/get_profile": profile, "itv/create_link": link}


def imitating(host):
    """As the imitation: each handshake kills the token before it; without a token nothing is said."""
    host.holds, host.made = "", 0

    def handshake(_asked):
        host.made += 1
        host.holds = f"blob.{host.made}=="
        return host.js({"token": host.holds})

    def profile(asked):
        known = asked.token == host.holds
        return host.js(host.profile if known else {"status": 1, "id": None, "name": None})

    def link(asked):
        if asked.token != host.holds:
            return host.raw()
        return host.raw(b'{"js":{"id":"5","cmd":"ffmpeg http:\\/\\/cdn.example\\/5"},"error":""}')

    host.answers |= {"stb/handshake": handshake, "stb/get_profile": profile, "itv/create_link": link}


def test_signing_in_takes_three_requests_at_the_usual_address(host, box):
    host.lets_in()
    told = box("/c/").sign_in()
    assert [one.action for one in host.asked] == [
        "stb/handshake",
        "stb/get_profile",
        "account_info/get_main_info",
    ]
    assert (told.status, told.owner) == (AccountStatus.ACTIVE, "Nadia")


def test_what_a_mag_says_of_itself(host, box):
    """As captured from a real one; cookies are per-cent encoded, the token is not shown at the handshake."""
    host.lets_in()
    box("/c/", model="MAG254").sign_in()
    first, second = host.asked[0].headers, host.asked[1].headers
    assert "Authorization" not in first
    assert second["Authorization"] == f"Bearer {host.token}"
    assert first["User-Agent"].startswith("Mozilla/5.0 (QtEmbedded; U; Linux; C) AppleWebKit/533.3")
    assert first["X-User-Agent"] == "Model: MAG254; Link: Ethernet"
    assert first["Referer"] == f"{host.origin}/c/"
    assert first["Cookie"].startswith("mac=00%3A1A%3A79%3A01%3A02%3A03; stb_lang=en; timezone=")
    assert "mac_emu" not in first["Cookie"]


def test_the_portals_own_time_zone_once_it_is_known(host, box):
    """The imitation's times are wrong in every other."""
    host.lets_in(default_timezone="Asia/Baghdad")
    memory = Unkept()
    box("/c/", memory).sign_in()
    assert "timezone=Asia%2FBaghdad" not in host.asked[0].headers["Cookie"]
    assert "timezone=Asia%2FBaghdad" in host.last("account_info/get_main_info").headers["Cookie"]
    host.forget()
    box("/c/", memory).sign_in()
    assert "timezone=Asia%2FBaghdad" in host.asked[0].headers["Cookie"]


def test_what_is_random_is_sent_back(host, box):
    host.lets_in()
    host.answers["stb/handshake"] = {"token": host.token, "random": "abc"}
    box().sign_in()
    headers = host.last("stb/get_profile").headers
    assert (headers["X-Random"], headers["Random"], headers["SN"]) == ("abc", "abc", host.identity.sn)


def test_the_viewers_own_address_and_name_for_the_box(host, box):
    host.lets_in()
    box(mac="00:1A:79:AA:BB:CC", user_agent="Other/1").sign_in()
    assert "mac=00%3A1A%3A79%3AAA%3ABB%3ACC" in host.asked[0].headers["Cookie"]
    assert host.asked[0].headers["User-Agent"] == "Other/1"


def test_the_place_is_remembered(host, box):
    host.script = "/stalker_portal/server/load.php"
    host.lets_in()
    memory = Unkept()
    box("/", memory).sign_in()
    assert [one.path for one in host.asked[:3]] == ["/portal.php", "/server/load.php", host.script]
    host.forget()
    other = box("/", memory)
    other.sign_in()
    assert {one.path for one in host.asked} == {host.script}
    assert other.address == f"{host.origin}{host.script}"


def test_what_was_remembered_of_another_address_is_not_used(host, box):
    host.lets_in()
    memory = Unkept()
    box("/c/", memory).sign_in()
    host.script = "/other/server/load.php"
    host.forget()
    box("/other/c/", memory).sign_in()
    assert {one.path for one in host.asked} == {host.script}


def test_a_token_that_is_lost_while_watching_costs_three_requests_more(host, box):
    """A second box with our address signed in: handshake, profile, and the question once more."""
    adopting(host)
    ours = box()
    ours.sign_in()
    host.holds = "F" * 32
    host.forget()
    assert ours.stream(CHANNEL).address == "http://cdn.example/5.ts"
    assert [one.action for one in host.asked if one.action != "itv/set_last_id"][:4] == [
        "itv/create_link",
        "stb/handshake",
        "stb/get_profile",
        "itv/create_link",
    ]


def test_threads_that_lose_the_token_together_sign_in_once(host, box):
    """Three workers of the box ask at the same time."""
    adopting(host)
    ours = box()
    ours.sign_in()
    host.holds = "F" * 32
    host.forget()
    with ThreadPoolExecutor(3) as workers:
        streams = list(workers.map(ours.stream, [CHANNEL] * 3))
    assert {stream.address for stream in streams} == {"http://cdn.example/5.ts"}
    assert host.counts()["stb/handshake"] == host.counts()["stb/get_profile"] == 1


def test_a_portal_that_refuses_for_good_is_left_alone_longer_each_time(host, box, clock):
    host.lets_in()
    host.answers["itv/create_link"] = host.raw(b"Authorization failed.")
    ours = box()
    ours.sign_in()
    host.forget()
    for _ in range(50):  # the ladder of a picture that was lost
        with pytest.raises(LoginRefused):
            ours.stream(CHANNEL)
    assert sum(host.counts().values()) == 4
    for _ in range(600):
        clock.now += 1
        with pytest.raises(LoginRefused):
            ours.stream(CHANNEL)
    assert sum(host.counts().values()) < 40


@pytest.mark.parametrize(
    ("status", "kind"),
    [pytest.param(404, LoginRefused, id="a ban"), pytest.param(429, ServerFault, id="asked too often")],
)
def test_a_ban_is_not_answered_with_more_requests(host, box, clock, status, kind):
    adopting(host)
    ours = box()
    ours.sign_in()
    host.forget()
    host.answers["itv/create_link"] = host.raw(b"<html>", status, "text/html")
    for _ in range(20):
        with pytest.raises(kind):
            ours.stream(CHANNEL)
    assert sum(host.counts().values()) == 1
    adopting(host)
    clock.now += 6
    assert ours.stream(CHANNEL).address


def test_a_portal_that_was_restarted_and_forgot_us(host, box):
    adopting(host)
    ours = box()
    ours.sign_in()
    host.holds = ""
    assert ours.stream(CHANNEL).address


def test_the_other_process_goes_on_with_the_boxs_token(host, box):
    """The imitation kills the old token at each handshake."""
    imitating(host)
    memory = Unkept()
    ours, child = box(memory=memory), box(memory=memory)
    ours.sign_in()
    child.sign_in()
    assert host.counts()["stb/handshake"] == 1
    assert ours.stream(CHANNEL).address == child.stream(CHANNEL).address


def test_a_token_that_the_other_process_got_is_taken_up(host, box):
    imitating(host)
    memory = Unkept()
    ours = box(memory=memory)
    ours.sign_in()
    host.holds = "gone"
    box(memory=memory).sign_in()
    host.forget()
    assert ours.stream(CHANNEL).address
    assert host.counts()["stb/handshake"] == 0
    assert host.counts()["stb/get_profile"] == 0


def test_an_empty_answer_of_the_imitation_to_what_it_does_not_know(host, box):
    """The token holds, so it is kept: no handshake."""
    imitating(host)
    ours = box()
    ours.sign_in()
    host.forget()
    host.answers["itv/get_fav_ids"] = host.raw()
    with pytest.raises(NoSuchItem):
        ours.favourites()
    assert host.counts() == {"itv/get_fav_ids": 2, "stb/get_profile": 1}


def test_a_start_with_a_kept_token_tunes_at_once(host, box):
    adopting(host)
    memory = Unkept()
    box(memory=memory).sign_in()
    host.forget()
    assert box(memory=memory).stream(CHANNEL).address
    assert host.asked[0].action == "itv/create_link"


def test_a_channel_before_anything_was_signed_in(host, box):
    adopting(host)
    assert box().stream(CHANNEL).address


def test_a_device_that_is_unknown(host, box):
    host.answers["stb/handshake"] = {"token": None}
    with pytest.raises(NotRegistered):
        box().sign_in()


def test_a_device_that_is_switched_off_gets_nothing(host, box):
    host.lets_in(status=1, block_msg="Pay first")
    ours = box()
    assert ours.sign_in().message == "Pay first"
    host.answers["itv/create_link"] = host.raw(b"Access denied.")
    with pytest.raises(AccountDisabled):
        ours.stream(CHANNEL)


def test_a_switched_off_device_is_not_let_in_while_watching(host, box):
    host.lets_in()
    host.answers["itv/create_link"] = host.raw(b"Authorization failed.")
    ours = box()
    ours.sign_in()
    host.answers["stb/get_profile"] = {"status": 1, "block_msg": "Pay first"}
    with pytest.raises(AccountDisabled) as caught:
        ours.stream(CHANNEL)
    assert caught.value.words == "Pay first"


def test_a_portal_that_moved_is_looked_for_again(host, box):
    host.lets_in()
    ours = box("/c/")
    ours.sign_in()
    host.script = "/portal.php"
    with pytest.raises(LoginRefused):
        ours.sign_in()
    assert ours.sign_in().status is AccountStatus.ACTIVE
    assert ours.address == f"{host.origin}/portal.php"


def test_a_host_that_is_greeted_once_is_greeted_at_each_sign_in(host, box):
    host.lets_in()
    plain = host.answers["stb/handshake"]
    greeted = set()

    def greet(asked):
        greeted.add(asked.path)
        return host.raw(b"var ver = '5.6.0';", media="text/javascript")

    def handshake(_asked):
        return host.js(plain) if len(greeted) == 2 else host.raw(b"<html>", 404, "text/html")

    host.answers |= {"/c/version.js": greet, "/c/xpcom.common.js": greet, "stb/handshake": handshake}
    memory = Unkept()
    box("/c/", memory).sign_in()
    host.forget()
    greeted.clear()
    box("/c/", memory).sign_in()
    assert [one.path for one in host.asked[:3]] == ["/c/version.js", "/c/xpcom.common.js", "/server/load.php"]


def test_a_time_zone_to_begin_with_is_one_that_there_is(tmp_path, monkeypatch):
    system = tmp_path / "localtime"
    monkeypatch.setattr("stb.providers.stalker.session._SYSTEM", system)
    assert own_zone() == "UTC", "nobody says"
    for target, zone in {"/x/zoneinfo/Asia/Baghdad": "Asia/Baghdad", "/x/zoneinfo/Nowhere": "UTC"}.items():
        system.unlink(missing_ok=True)
        system.symlink_to(target)
        assert own_zone() == zone


def test_nobody_there(box):
    with pytest.raises(Unreachable):
        box("http://127.0.0.1:9/c/").sign_in()


def test_a_login_is_sent_where_it_is_wanted(host, box):
    host.lets_in()
    host.answers["stb/get_profile"] = lambda asked: host.js(
        host.profile if asked.said["auth_second_step"] == "1" else {"status": 2}
    )
    host.answers["stb/do_auth"] = True
    box(user="nadia", password="secret").sign_in()
    assert host.last("stb/do_auth").said["password"] == "secret"


SEED = (
    "type=stb&action=handshake&prehash=0&token=&JsHttpRequest=1-xml",
    "type=stb&action=get_profile&JsHttpRequest=1-xml",
    "type=itv&action=get_all_channels&JsHttpRequest=1-xml",
    "type=itv&action=get_genres&JsHttpRequest=1-xml",
    "type=vod&action=get_categories&JsHttpRequest=1-xml",
    "type=vod&action=get_ordered_list&category=5&JsHttpRequest=1-xml",
    "type=series&action=get_categories&JsHttpRequest=1-xml",
    "type=series&action=get_ordered_list&category=5&JsHttpRequest=1-xml",
    "type=itv&action=get_epg_info&period=week&JsHttpRequest=1-xml",
    "type=itv&action=create_link&cmd=ffmpeg%20http://localhost/ch/5_&JsHttpRequest=1-xml",
)


@pytest.mark.parametrize("line", SEED)
def test_every_request_of_the_seed_word_for_word(host, box, line):
    """At the seed's own place: the page's folder kept."""
    host.script = "/c/server/load.php"
    host.lets_in()
    ours = box("/c/")
    ours.sign_in()
    pairs = [pair.split("=", 1) for pair in line.split("&")]
    said = {name: value.replace("%20", " ") for name, value in pairs[:-1]}
    kind, action = said.pop("type"), said.pop("action")
    ours._session.tell(question(kind, action, **said))
    assert f"/c/server/load.php?{line}" in [one.line for one in host.asked]


def test_what_is_encoded_in_a_cmd_is_not_encoded_twice(host, box):
    """The portal decodes once, and finds the text that it wrote."""
    host.lets_in()
    cmd = "ffmpeg http://localhost/ch/5_ a%20b?x=1&y=2#z;+"
    box()._session.tell(question("itv", "create_link", cmd=cmd))
    assert "cmd=ffmpeg%20http://localhost/ch/5_%20a%20b%3Fx%3D1%26y%3D2%23z%3B%2B&" in host.asked[-1].line
