"""What panels were seen to answer to a sign-in: the account in every shape, refusals in every form."""

import json
from datetime import UTC, date, datetime

import pytest

from stb.errors import BadReply, LoginRefused, ServerFault
from stb.model import AccountStatus, SourceId
from stb.net import Reply
from stb.providers.xtream import wire

HOME = SourceId("home")
NOW = datetime(2025, 6, 15, 12, tzinfo=UTC)
PAST, FUTURE = 1735689600, 1767225600
"""The first of January 2025 and 2026."""
NGINX = (
    b"<html>\r\n<head><title>404 Not Found</title></head>\r\n"
    b"<body>\r\n<center><h1>404 Not Found</h1></center>\r\n<hr><center>nginx</center>\r\n</body></html>"
)

USER = {
    "username": "me",
    "password": "word",
    "message": "Welcome",
    "auth": 1,
    "status": "Active",
    "exp_date": str(FUTURE),
    "is_trial": "0",
    "active_cons": "1",
    "created_at": "1609459200",
    "max_connections": "2",
    "allowed_output_formats": ["m3u8", "ts", "rtmp"],
}
SERVER = {
    "url": "tv.example",
    "port": "8080",
    "https_port": "8443",
    "server_protocol": "http",
    "rtmp_port": "25461",
    "timezone": "Europe/Berlin",
    "timestamp_now": int(NOW.timestamp()),
    "time_now": "2025-06-15 14:00:00",
    "process": True,
}


def reply(value, status=200, date=None, media_type="application/json"):
    body = value if isinstance(value, bytes) else json.dumps(value).encode()
    return Reply(status=status, media_type=media_type, body=body, date=date)


def read(user=None, server=None, **changes):
    user = {**USER, **changes} if user is None else user
    return wire.account(
        reply({"user_info": user, "server_info": SERVER if server is None else server}), HOME, NOW
    )


def account(**changes):
    return read(**changes)[0]


def without(fields, *names):
    return {name: value for name, value in fields.items() if name not in names}


def test_the_account_of_a_usual_panel():
    who, server = read()
    assert who.status is AccountStatus.ACTIVE
    assert who.message == "Welcome"
    assert who.expires == date(2026, 1, 1)
    assert (who.connections, who.connected, who.trial) == (2, 1, False)
    assert server == wire.Server(
        zone="Europe/Berlin", formats=frozenset({"m3u8", "ts", "rtmp"}), rtmp_port=25461
    )


def test_the_password_that_panels_send_back_is_kept_nowhere():
    assert "word" not in repr(read())


@pytest.mark.parametrize(
    "expiry",
    [
        pytest.param(None, id="null (real panels)"),
        pytest.param("", id="empty text (iptvnator)"),
        pytest.param(0, id="0 (iptvnator)"),
        pytest.param("0", id="0 as text (iptvnator)"),
        pytest.param(-1, id="negative (iptvnator)"),
        pytest.param("Unlimited", id="a word"),
        pytest.param("0000-00-00 00:00:00", id="a database's nothing"),
        pytest.param([], id="list"),
        pytest.param(10**30, id="beyond all years"),
    ],
)
def test_a_subscription_without_an_end(expiry):
    who = account(exp_date=expiry)
    assert (who.status, who.expires) == (AccountStatus.ACTIVE, None)


def test_a_panel_that_has_no_field_for_the_end():  # xtreamcodeserver
    who, _ = read(user=without(USER, "exp_date"))
    assert (who.status, who.expires) == (AccountStatus.ACTIVE, None)


@pytest.mark.parametrize(
    "expiry",
    [
        pytest.param(FUTURE, id="number (xtreamcodeserver)"),
        pytest.param(str(FUTURE), id="text (real panels)"),
        pytest.param(f" {FUTURE} ", id="text with spaces"),
        pytest.param(float(FUTURE), id="fraction"),
        pytest.param(FUTURE * 1000, id="milliseconds"),
        pytest.param("2026-01-01 01:00:00", id="date and time"),
        pytest.param("2026-01-01", id="date"),
    ],
)
def test_the_end_of_a_subscription_in_every_shape(expiry):
    assert account(exp_date=expiry).expires == date(2026, 1, 1)


def test_the_last_day_is_that_of_the_servers_clock():
    late = int(datetime(2025, 12, 31, 23, 30, tzinfo=UTC).timestamp())
    assert account(exp_date=late).expires == date(2026, 1, 1)
    assert read(server={**SERVER, "timezone": "UTC"}, exp_date=late)[0].expires == date(2025, 12, 31)


def test_an_account_that_ended_is_expired_though_the_panel_calls_it_active():  # XC_VM
    assert account(exp_date=str(PAST)).status is AccountStatus.EXPIRED


def test_what_counts_is_the_clock_of_the_server():
    early = {**SERVER, "timestamp_now": PAST - 60}
    assert read(server=early, exp_date=PAST)[0].status is AccountStatus.ACTIVE
    fine = {**SERVER, "timestamp_now": (PAST - 60) * 1000}
    assert read(server=fine, exp_date=PAST)[0].status is AccountStatus.ACTIVE
    silent = without(SERVER, "timestamp_now")
    assert read(server=silent, exp_date=PAST)[0].status is AccountStatus.EXPIRED
    before = reply({"user_info": {**USER, "exp_date": PAST}}, date=datetime(2024, 6, 1, tzinfo=UTC))
    assert wire.account(before, HOME, NOW)[0].status is AccountStatus.ACTIVE


@pytest.mark.parametrize(
    ("said", "status"),
    [
        pytest.param("Active", AccountStatus.ACTIVE, id="Active"),
        pytest.param("active", AccountStatus.ACTIVE, id="lower case (iptvnator)"),
        pytest.param(" ACTIVE ", AccountStatus.ACTIVE, id="capitals"),
        pytest.param("Trial", AccountStatus.ACTIVE, id="Trial (iptvnator)"),
        pytest.param("Expired", AccountStatus.EXPIRED, id="Expired"),
        pytest.param("expired", AccountStatus.EXPIRED, id="expired"),
        pytest.param("Banned", AccountStatus.DISABLED, id="Banned"),
        pytest.param("DISABLED", AccountStatus.DISABLED, id="Disabled"),
        pytest.param("Inactive", AccountStatus.DISABLED, id="Inactive (xtreamcodeserver)"),
        pytest.param(None, AccountStatus.ACTIVE, id="null"),
        pytest.param(1, AccountStatus.ACTIVE, id="number"),
        pytest.param(["Active"], AccountStatus.ACTIVE, id="list"),
        pytest.param("Premium", AccountStatus.ACTIVE, id="a word of its own"),
    ],
)
def test_the_status_in_every_case_and_shape(said, status):
    assert account(status=said).status is status


@pytest.mark.parametrize("said", ["1", 1, True, "true"])
def test_an_account_for_trying(said):
    assert account(is_trial=said).trial
    assert account(status="trial").trial


@pytest.mark.parametrize(
    ("allowed", "used", "counts"),
    [
        pytest.param("0", "0", (0, 0), id="0: as many as like"),
        pytest.param("1", "3", (1, 3), id="more than allowed (XC)"),
        pytest.param(None, None, (0, 0), id="null"),
        pytest.param(-1, [], (0, 0), id="nonsense"),
        pytest.param(2.0, "1.0", (2, 1), id="fractions"),
    ],
)
def test_connections_in_every_shape(allowed, used, counts):
    who = account(max_connections=allowed, active_cons=used)
    assert (who.connections, who.connected) == counts


@pytest.mark.parametrize(
    ("said", "formats"),
    [
        pytest.param(["m3u8", "ts"], {"m3u8", "ts"}, id="list"),
        pytest.param({"0": "m3u8", "2": "ts"}, {"m3u8", "ts"}, id="object: a PHP array with gaps"),
        pytest.param('["m3u8","ts"]', {"m3u8", "ts"}, id="JSON in a text"),
        pytest.param("TS, m3u8", {"m3u8", "ts"}, id="words"),
        pytest.param(["rtmp"], {"rtmp"}, id="RTMP only"),
        pytest.param([], set(), id="empty"),
        pytest.param(None, set(), id="null"),
        pytest.param(7, set(), id="number"),
    ],
)
def test_formats_in_every_shape(said, formats):
    assert read(allowed_output_formats=said)[1].formats == formats


# --- refusals -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("auth", [0, "0", False, "", "false"])
def test_auth_0_is_a_refusal(auth):  # classic panels
    with pytest.raises(LoginRefused) as caught:
        wire.account(reply({"user_info": {"auth": auth}}), HOME, NOW)
    assert caught.value.status == 200
    assert caught.value.source == HOME


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        pytest.param({"user_info": {"auth": 0, "message": "Pay first"}}, "Pay first", id="message"),
        pytest.param({"user_info": {"auth": 0, "status": "Banned"}}, "Banned", id="status"),
        pytest.param({"user_info": {"auth": 0}}, "", id="none"),
        pytest.param({"error": "Unauthorized"}, "Unauthorized", id="error alone"),
    ],
)
def test_a_refusal_in_json_keeps_the_operators_words(answer, words):
    with pytest.raises(LoginRefused) as caught:
        wire.account(reply(answer), HOME, NOW)
    assert caught.value.words == words


@pytest.mark.parametrize(
    ("status", "body", "words"),
    [
        pytest.param(404, NGINX, "", id="404 imitation of nginx (XC_VM)"),
        pytest.param(403, b"", "", id="403 empty: address blocked (XC_VM)"),
        pytest.param(401, b'{"error":"Unauthorized"}', "Unauthorized", id="401 JSON (Dispatcharr)"),
        pytest.param(
            401, b"<html><title>Error response</title></html>", "", id="401 page (xtreamcodeserver)"
        ),
        pytest.param(200, b"Blocked", "Blocked", id="200 Blocked (a firewall, Dispatcharr 241)"),
        pytest.param(
            200,
            b"<html><style>b{}</style><body><b>Your IP</b> is banned</body></html>",
            "Your IP is banned",
            id="200 page (XC_VM, debug)",
        ),
        pytest.param(200, b"", "", id="200 empty"),
        pytest.param(454, b"", "", id="454 (Jellyfin.Xtream 115)"),
        pytest.param(456, b"", "", id="456"),
        pytest.param(458, b"", "", id="458"),
        pytest.param(461, b"", "", id="461"),
        pytest.param(512, b"", "", id="512 (Dispatcharr)"),
        pytest.param(513, b"", "", id="513 (Dispatcharr)"),
        pytest.param(514, b"", "", id="514 (xTeVe 381)"),
        pytest.param(520, b"", "", id="520"),
        pytest.param(521, b"", "", id="521"),
        pytest.param(884, b"", "", id="884 (ViniPlay 22)"),
        pytest.param(999, b"Not you", "Not you", id="999"),
    ],
)
def test_refusals_keep_their_status_and_words(status, body, words):
    with pytest.raises(LoginRefused) as caught:
        wire.account(reply(body, status, media_type="text/html"), HOME, NOW)
    assert (caught.value.status, caught.value.words) == (status, words)


@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503, 504, 511])
def test_a_server_in_trouble_is_no_refusal(status):
    with pytest.raises(ServerFault) as caught:
        wire.account(reply(NGINX, status, media_type="text/html"), HOME, NOW)
    assert caught.value.status == status


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param([], id="list"),
        pytest.param({}, id="empty object"),
        pytest.param({"js": {}}, id="another protocol"),
        pytest.param({"user_info": []}, id="no account in it"),
        pytest.param(b'{"user_info": {"auth"', id="cut short"),
    ],
)
def test_what_is_no_account(answer):
    with pytest.raises(BadReply) as caught:
        wire.account(reply(answer), HOME, NOW)
    assert caught.value.status == 200


def test_a_page_that_repeats_the_question_shows_no_password():
    page = b"<p>no access to http://tv.example/player_api.php?username=me&password=s3cret</p>"
    with pytest.raises(LoginRefused) as caught:
        wire.account(reply(page, media_type="text/html"), HOME, NOW)
    assert caught.value.words == "no access to http://tv.example/player_api.php?username=***&password=***"


# --- the server's clock ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "zone"),
    [
        pytest.param({"timezone": "Europe/Berlin"}, "Europe/Berlin", id="IANA"),
        pytest.param(
            {"timezone": "UTC+3", "time_now": "2025-06-15 15:00:02"},
            "+180",
            id="no IANA name (iptvnator 1562)",
        ),
        pytest.param({"timezone": None, "time_now": "2025-06-15 17:29:50"}, "+330", id="null, half an hour"),
        pytest.param(
            {"timezone": "", "time_now": "2025-06-15 17:46:00"}, "+345", id="a quarter, clocks a minute apart"
        ),
        pytest.param({"timezone": "x/y", "time_now": "2025-06-15 08:00:00"}, "-240", id="west"),
        pytest.param(
            {"timezone": "x", "time_now": "2025-06-15T12:00:00.123Z"},
            "+0",
            id="milliseconds and Z (iptvnator's mock)",
        ),
        pytest.param({"timezone": "x", "time_now": "2020-01-01 00:00:00"}, "+0", id="clocks years apart"),
        pytest.param({"timezone": "x", "time_now": "noon"}, "+0", id="no time"),
        pytest.param({"timezone": "../../etc/passwd", "time_now": ""}, "+0", id="a path"),
        pytest.param({"timezone": "Europe", "time_now": None}, "+0", id="a folder of zones"),
        pytest.param({"timezone": 3, "time_now": None, "timestamp_now": None}, "+0", id="nothing of use"),
    ],
)
def test_the_servers_zone_is_named_or_told_by_its_two_clocks(fields, zone):
    assert read(server={**SERVER, **fields})[1].zone == zone


@pytest.mark.parametrize(
    ("said", "port"),
    [("25461", 25461), ("0", 25462), (None, 25462), ("99999", 25462), (1935, 1935)],
)
def test_the_port_of_rtmp(said, port):
    assert read(server={**SERVER, "rtmp_port": said})[1].rtmp_port == port


@pytest.mark.parametrize("server", [None, [], "", 7])
def test_a_panel_that_says_nothing_of_its_server(server):
    _, found = wire.account(reply({"user_info": USER, "server_info": server}), HOME, NOW)
    assert found.zone == "+0"


# --- answers to an action -------------------------------------------------------------------------------


def test_the_account_in_place_of_an_answer_is_none():  # XC_VM: what it does with an action it does not know
    with pytest.raises(BadReply, match="the account in place of an answer"):
        wire.value_of(reply({"user_info": USER, "server_info": SERVER}), HOME)


def test_a_refusal_in_place_of_an_answer_is_one():
    with pytest.raises(LoginRefused):
        wire.value_of(reply({"user_info": {"auth": 0}}), HOME)


@pytest.mark.parametrize("status", [404, 884])
def test_an_action_may_be_refused(status):
    with pytest.raises(LoginRefused) as caught:
        wire.value_of(reply(NGINX, status), HOME)
    assert caught.value.status == status
