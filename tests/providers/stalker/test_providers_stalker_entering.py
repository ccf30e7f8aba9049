"""Signing in, without a network: which questions, in which order, and how it ends (PROTOCOLS 1.4 to 1.6)."""

import json
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stb.errors import LoginRefused, NotRegistered, ProviderError
from stb.model import AccountStatus, Source, SourceId
from stb.net import Reply
from stb.providers.stalker.entering import Caller, entering
from stb.providers.stalker.mag import Pass, normal_mac, the_mag
from stb.providers.stalker.profile import Profile, account, day, profile

HOME = SourceId("home")
HEX = "0123456789ABCDEF0123456789ABCDEF"
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)


@pytest.fixture
def caller(host):
    def make(login="", password="", **source):
        mag = the_mag(Source(id=HOME, kind="stalker", name="", address="h", **source), host.identity)
        return Caller(mag=mag, source=HOME, login=login, password=password, now=1_700_000_000)

    return make


def sign_in(caller, kept, *answers):
    """The steps that were asked for, and how it ended."""
    steps, flow, left = [], entering(caller, kept), list(answers)
    try:
        steps.append(next(flow))
        while True:
            steps.append(flow.send(said(left.pop(0))))
    except StopIteration as ended:
        assert not left
        return steps, ended.value
    except ProviderError as error:
        return steps, error


def said(value):
    body = value if isinstance(value, bytes) else json.dumps({"js": value}).encode()
    return Reply(status=200, media_type="application/json", body=body)


def actions(steps):
    return [step.question.action for step in steps]


def fields(step):
    return dict(step.question.fields)


ACTIVE = {"status": 0, "id": "7"}
YES, NO = True, False


def test_a_handshake_and_a_profile(caller):
    steps, entry = sign_in(caller(), Pass(), {"token": HEX, "random": "r"}, ACTIVE)
    assert actions(steps) == ["handshake", "get_profile"]
    assert steps[0].shown == Pass()
    assert steps[1].shown == entry.shown == Pass(token=HEX, random="r")


def test_the_handshake_is_the_seeds_word_for_word(caller):
    steps, _ = sign_in(caller(), Pass(), {"token": HEX}, ACTIVE)
    assert steps[0].question.query == "type=stb&action=handshake&prehash=0&token=&JsHttpRequest=1-xml"


def test_a_kept_token_of_the_genuine_portal_is_shown_at_the_handshake(caller):
    """Shown again it is given back unchanged."""
    steps, entry = sign_in(caller(), Pass(token=HEX), {"token": HEX}, ACTIVE)
    assert fields(steps[0])["token"] == HEX
    assert entry.shown.token == HEX


def test_a_kept_token_of_the_imitation_is_used_without_a_handshake(caller):
    """Each handshake makes a new token, and the old one is dead at once."""
    steps, entry = sign_in(caller(), Pass(token="blob"), ACTIVE)
    assert actions(steps) == ["get_profile"]
    assert entry.shown.token == "blob"


@pytest.mark.parametrize("refusal", [b"", b"Authorization failed.", {"status": 1, "id": None, "mac": None}])
def test_where_it_no_longer_works_a_new_one_is_asked_for_once(caller, refusal):
    steps, entry = sign_in(caller(), Pass(token="blob"), refusal, {"token": "other"}, ACTIVE)
    assert actions(steps) == ["get_profile", "handshake", "get_profile"]
    assert fields(steps[1])["token"] == ""
    assert entry.shown.token == "other"


def test_a_token_that_is_not_valid_is_said_to_be_so(caller):
    steps, _ = sign_in(caller(), Pass(token=HEX), {"token": HEX, "not_valid": 1}, ACTIVE)
    assert fields(steps[1])["not_valid_token"] == "1"


def test_no_token_for_an_address_that_the_imitation_does_not_know(caller):
    _, error = sign_in(caller(), Pass(), {"token": None})
    assert isinstance(error, NotRegistered)


@pytest.mark.parametrize("js", [False, None, [], ""])
def test_a_portal_without_tokens_is_asked_for_the_profile_all_the_same(caller, js):
    steps, entry = sign_in(caller(), Pass(), js, ACTIVE)
    assert entry.shown == Pass()
    assert actions(steps) == ["handshake", "get_profile"]


@pytest.mark.parametrize("js", [False, None, [], "", {}, {"id": "7"}, {"status": ""}, {"status": None}])
def test_a_profile_that_does_not_say_is_a_refusal(caller, js):
    _, error = sign_in(caller(), Pass(), {"token": HEX}, js)
    assert isinstance(error, LoginRefused)


@pytest.mark.parametrize("status", [0, "0", 0.0])
def test_status_0_lets_us_in(caller, status):
    _, entry = sign_in(caller(), Pass(), {"token": HEX}, {"status": status})
    assert entry.profile.status == 0


@pytest.mark.parametrize(
    ("told", "words"),
    [
        pytest.param({"status": 1}, "", id="a hardware address of another maker"),
        pytest.param(
            {
                "status": "1",
                "msg": "device conflict - device_id mismatch",
                "block_msg": "Your STB is damaged.<br/> Call the provider.",
            },
            "Your STB is damaged.\nCall the provider.",
            id="another device id",
        ),
        pytest.param(
            {"status": 1, "block_msg": "Please contact your provider<br>to register this device!"},
            "Please contact your provider\nto register this device!",
            id="an unknown address",
        ),
        pytest.param({"status": 1, "msg": "access denied"}, "access denied", id="the operator's filter"),
        pytest.param(
            {"status": 1, "block_msg": "Closed for repairs", "portal_disabled": True},
            "Closed for repairs",
            id="the portal is off",
        ),
        pytest.param(b"Access denied.", "", id="plain words"),
    ],
)
def test_status_1_is_switched_off_in_the_operators_words(caller, told, words):
    _, entry = sign_in(caller(), Pass(), {"token": HEX}, told)
    found = account(entry.profile, None, imitation=False)
    assert (found.status, found.message) == (AccountStatus.DISABLED, words)


def test_a_blocked_account_comes_with_its_whole_profile(caller):
    _, entry = sign_in(caller(), Pass(), {"token": HEX}, {**ACTIVE, "fname": "Nadia", "status": 1})
    assert account(entry.profile, None, imitation=False).status is AccountStatus.DISABLED


def test_status_2_wants_a_name_and_a_password(caller):
    steps, entry = sign_in(caller("nadia", "p&w"), Pass(), {"token": HEX}, {"status": 2}, YES, ACTIVE)
    assert actions(steps) == ["handshake", "get_profile", "do_auth", "get_profile"]
    assert fields(steps[2])["login"] == "nadia"
    assert "password=p%26w" in steps[2].question.query
    assert fields(steps[2])["device_id"] == "A" * 64
    assert [fields(step)["auth_second_step"] for step in (steps[1], steps[3])] == ["0", "1"]
    assert entry.profile.status == 0


def test_a_wrong_password(caller):
    _, error = sign_in(caller("nadia", "x"), Pass(), {"token": HEX}, {"status": 2}, NO)
    assert isinstance(error, LoginRefused)


def test_where_there_is_no_password_nothing_is_sent(caller):
    steps, error = sign_in(caller("nadia"), Pass(), {"token": HEX}, {"status": 2, "info": "Log in, please"})
    assert actions(steps) == ["handshake", "get_profile"]
    assert error.words == "Log in, please"


def test_a_login_that_changes_nothing_is_not_tried_again(caller):
    _, error = sign_in(caller("nadia", "x"), Pass(), {"token": HEX}, {"status": 2}, YES, {"status": 2})
    assert isinstance(error, LoginRefused)


def test_a_portal_for_other_boxes_says_which(caller):
    told = {**ACTIVE, "allowed_stb_types": ["mag254", "mag256"]}
    _, error = sign_in(caller(), Pass(), {"token": HEX}, told)
    assert (type(error), error.words) == (LoginRefused, "MAG254, MAG256")
    _, entry = sign_in(caller(model="254"), Pass(), {"token": HEX}, told)
    assert entry.profile.status == 0


def test_the_profile_is_asked_for_with_all_that_a_mag_says(caller):
    steps, _ = sign_in(caller(), Pass(), {"token": HEX, "random": "r"}, ACTIVE)
    sent = fields(steps[1])
    assert list(sent) == [
        "hd",
        "ver",
        "num_banks",
        "sn",
        "stb_type",
        "client_type",
        "image_version",
        "video_out",
        "device_id",
        "device_id2",
        "signature",
        "auth_second_step",
        "hw_version",
        "not_valid_token",
        "metrics",
        "hw_version_2",
        "timestamp",
        "api_signature",
        "prehash",
    ]
    assert sent["sn"] == "072021N009218", "a panel bans who has none"
    assert "Player Engine version: 0x566" in sent["ver"], "the least that is let in"
    assert (sent["stb_type"], sent["client_type"]) == ("MAG250", "STB")
    assert json.loads(sent["metrics"]) == {
        "mac": "00:1A:79:01:02:03",
        "sn": "072021N009218",
        "model": "MAG250",
        "type": "STB",
        "uid": "B" * 64,
        "random": "r",
    }


@pytest.mark.parametrize(
    ("typed", "model"), [("", "MAG250"), ("254", "MAG254"), ("mag 322", "MAG322"), ("AuraHD3", "AuraHD3")]
)
def test_the_model_of_the_settings(caller, typed, model):
    mag = caller(model=typed).mag
    assert mag.x_user_agent == f"Model: {model}; Link: Ethernet"
    assert "MAG200 stbapp" in mag.user_agent, "so says every model"


def test_another_address_has_device_numbers_of_its_own(caller):
    """A portal pins each number to one address, and blocks the second that says it."""
    ours, other = caller().mag, caller(mac="00:1a:79:aa:bb:cc").mag
    assert other.mac == "00:1A:79:AA:BB:CC"
    assert {ours.device_id, ours.device_id2}.isdisjoint({other.device_id, other.device_id2})
    assert other == caller(mac="00:1A:79:AA:BB:CC").mag
    assert len(other.device_id) == 64


@pytest.mark.parametrize(
    "typed",
    ["00:1a:79:0a:bc:ef", "001A790ABCEF", "00-1A-79-0A-BC-EF", "00:1А:79:0А:ВС:ЕF"],  # noqa: RUF001
)
def test_a_hardware_address_however_it_was_typed(typed):
    assert normal_mac(typed) == "00:1A:79:0A:BC:EF"


@settings(deadline=None)
@given(st.lists(st.binary(max_size=80) | json_values, min_size=8, max_size=8))
def test_any_answers_let_us_in_or_are_an_error_of_ours(answers):
    from stb.model import Duid, Identity  # noqa: PLC0415 - a property test has no fixtures

    identity = Identity(
        duid=Duid("0"),
        mac="",
        stalker_mac="00:1A:79:00:00:01",
        sn="1",
        device_id="",
        device_id2="",
        signature="",
    )
    mag = the_mag(Source(id=HOME, kind="stalker", name="", address="h"), identity)
    flow = entering(Caller(mag=mag, source=HOME, login="a", password="b", now=0), Pass(token="blob"))
    with suppress(StopIteration, ProviderError):
        next(flow)
        for answer in answers:
            flow.send(said(answer))


@settings(deadline=None)
@given(json_values, json_values, st.booleans())
def test_any_profile_is_read(one, other, imitation):
    account(profile(one), other, imitation=imitation)
    keys = (
        "status",
        "default_timezone",
        "allowed_stb_types",
        "watchdog_timeout",
        "timeslot",
        "end_date",
        "phone",
    )
    said = dict.fromkeys(keys, one)
    assert 30 <= profile(said).period <= 300
    account(profile(said), {"phone": one, "end_date": other}, imitation=imitation)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("1 January 2027 (40 days)", date(2027, 1, 1)),
        ("January 1, 2027, 5:30 pm", date(2027, 1, 1)),
        ("2027-01-31 00:00:00", date(2027, 1, 31)),
        ("31.01.2027", date(2027, 1, 31)),
        ("31/01/2027", date(2027, 1, 31)),
        ("Jan 5th, 2027", date(2027, 1, 5)),
        ("1798761600", date(2027, 1, 1)),
        ("Unlimited", None),
        ("31 February 2027", None),
        ("0000-00-00 00:00:00", None),
        ("", None),
    ],
)
def test_the_last_day_in_every_form(written, meant):
    assert day(written) == meant


def test_the_imitation_tells_the_last_day_as_a_telephone():
    told = account(Profile(status=0), {"mac": "x", "phone": "March 5, 2027, 5:30 pm"}, imitation=True)
    assert told.expires == date(2027, 3, 5)


def test_a_telephone_is_no_day():
    assert account(Profile(status=0), {"phone": "+44 20-12-2027"}, imitation=False).expires is None


def test_a_resellers_account_page_is_one_deeper():
    told = account(Profile(status=0), {"account_info": {"end_date": "2 May 2027"}}, imitation=False)
    assert told.expires == date(2027, 5, 2)


@pytest.mark.parametrize(("said", "zone"), [("Europe/Kiev", "Europe/Kiev"), ("undefined", ""), (7, "")])
def test_only_a_time_zone_that_exists_goes_into_a_cookie(said, zone):
    assert profile({"status": 0, "default_timezone": said}).zone == zone
