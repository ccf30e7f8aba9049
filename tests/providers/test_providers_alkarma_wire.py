"""The answers of AlKarma, from bytes to values: the document's own, and everything a server may get wrong."""

import json
from datetime import date

import pytest

from stb.errors import AccountDisabled, BadReply, LoginRefused, NotRegistered, ServerFault
from stb.model import Account, AccountStatus, Channel, ChannelId, ChannelRef, Duid, SourceId
from stb.net import Reply
from stb.providers.alkarma import wire

HOME = SourceId("home")
ORIGIN = "http://tv.example:5000"
DUID = Duid("195C68F32A17B98")
GOOD = {"id": 7, "name": "Seven", "url": "http://tv.example/7"}


def reply(value, status=200):
    return Reply(status=status, media_type="application/json", body=json.dumps(value).encode())


def said(body, charset=""):
    return Reply(status=200, media_type="application/json", charset=charset, body=body)


def active(rows, **fields):
    return reply({"status": "active", "data": {"channels": rows}, **fields})


def account(answer):
    return wire.account(answer, HOME, ORIGIN)


def channels(answer):
    return wire.channels(answer, HOME, ORIGIN)


def only(row):
    """The one channel of a list of this row and a good one."""
    (channel,) = (one for one in channels(active([row, GOOD])).channels if one.name != "Seven")
    return channel


# --- the document ---------------------------------------------------------------------------------


def test_an_active_device(recorded):
    who = account(recorded("check-active"))
    assert (who.status, who.message, who.owner) == (
        AccountStatus.ACTIVE,
        "Device active",
        "Updated Test User",
    )
    assert who.expires == date(2026, 3, 24)
    assert len(who.revision) == 64


def test_an_expired_device(recorded):
    who = account(recorded("check-expired"))
    assert who.status is AccountStatus.EXPIRED
    assert who.expires == date(2024, 3, 23)
    assert who.message == "Your subscription has ended. You can only view Free-To-Air and Local channels now."


def test_a_disabled_device(recorded):
    who = account(recorded("check-disabled"))
    assert (who.status, who.expires, who.revision) == (AccountStatus.DISABLED, None, "")
    assert who.message.startswith("Your device has been disabled by the administrator.")


def test_a_device_nobody_knows_is_a_value_and_no_error(recorded):
    assert account(recorded("check-not-registered")) == Account(
        status=AccountStatus.UNREGISTERED,
        message="Device not registered. Please register your device first.",
    )


@pytest.mark.parametrize(
    ("name", "read"),
    [
        pytest.param("check-missing", account, id="check"),
        pytest.param("register-missing", lambda answer: wire.registration(answer, HOME, DUID), id="register"),
        pytest.param("activate-missing", lambda answer: wire.activated(answer, HOME), id="activate"),
    ],
)
def test_a_question_without_its_parameter_is_refused_with_the_servers_words(recorded, name, read):
    with pytest.raises(LoginRefused) as caught:
        read(recorded(name))
    assert caught.value.words == json.loads(recorded(name).body)["error"]


def test_the_channels_of_the_document(recorded):
    found = channels(recorded("check-active"))
    assert found.skipped == ()
    assert found.channels == (
        Channel(
            ref=ChannelRef(HOME, ChannelId("2")),
            number=2,
            name="Channel Name 2",
            group="General",
            link="rtsp://example.com/stream2",
            logo="http://tv.example:5000/uploads/channel-1742761614998-390365615.png",
        ),
        Channel(
            ref=ChannelRef(HOME, ChannelId("4")),
            number=4,
            name="Channel Name 1",
            group="Movies",
            link="rtsp://example.com/stream1",
            logo="http://tv.example:5000/uploads/channel-1742770423059-779571465.jpeg",
            has_news=True,
        ),
    )


@pytest.mark.parametrize(
    ("name", "error"), [("check-disabled", AccountDisabled), ("check-not-registered", NotRegistered)]
)
def test_no_channels_for_a_device_that_may_not_watch(recorded, name, error):
    with pytest.raises(error):
        channels(recorded(name))


# --- the account, otherwise than in the document ----------------------------------------------------


def test_what_the_document_does_not_have_is_passed_over():
    answer = {
        "status": "active",
        "new": [1],
        "data": {"device": {"colour": {}}, "channels": []},
        "message": None,
    }
    assert account(reply(answer)).status is AccountStatus.ACTIVE


@pytest.mark.parametrize("data", [None, [], "text", {}, {"device": None}, {"device": [1]}])
def test_an_account_needs_nothing_but_its_status(data):
    assert account(reply({"status": "expired", "data": data})) == Account(status=AccountStatus.EXPIRED)


def test_the_status_may_stand_with_the_device_only():
    answer = {"status": None, "data": {"device": {"status": " Disabled "}}}
    assert account(reply(answer)).status is AccountStatus.DISABLED


@pytest.mark.parametrize("status", ["suspended", "", None, 1, True, ["active"], {}])
def test_an_unknown_status_is_a_bad_reply(status):
    with pytest.raises(BadReply, match="unknown status") as caught:
        account(reply({"status": status}))
    assert caught.value.where == "status"


def test_a_bad_reply_says_what_stood_there():
    with pytest.raises(BadReply) as caught:
        account(reply({"status": "suspended"}))
    assert caught.value.got == "suspended"


def test_what_stood_there_is_short_and_without_passwords():
    with pytest.raises(BadReply) as caught:
        account(reply({"status": "see http://me:word@tv.example/?t=s3cret " + "x" * 500}))
    assert caught.value.got.startswith("see http://tv.example/?t=*** xxx")
    assert len(caught.value.got) <= 200


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2026-03-24", date(2026, 3, 24)),
        (" 2026-03-24 ", date(2026, 3, 24)),
        ("2026-03-24T23:59:59.608Z", date(2026, 3, 24)),
        ("2026-03-24 10:00:00", date(2026, 3, 24)),
        ("", None),
        ("never", None),
        ("0000-00-00", None),
        ("2026-13-45", None),
        (None, None),
        (1774310400, None),
        (True, None),
        ([], None),
    ],
)
def test_the_last_day_of_a_subscription(written, day):
    answer = {"status": "active", "data": {"device": {"expiry_date": written}}}
    assert account(reply(answer)).expires == day


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(reply({"error": "Not found"}, 404), id="another 404 of JSON"),
        pytest.param(reply({"detail": "Not Found"}, 404), id="a framework's 404"),
        pytest.param(reply({"message": "Device not registered"}, 404), id="404 without an error"),
        pytest.param(Reply(status=404, media_type="text/html", body=b"<h1>Not Found</h1>"), id="404 of HTML"),
        pytest.param(reply({}, 405), id="405"),
        pytest.param(reply({"status": "active"}, 302), id="redirect to nowhere"),
    ],
)
def test_a_wrong_address_is_a_bad_reply_and_no_unknown_device(answer):
    with pytest.raises(BadReply):
        account(answer)


@pytest.mark.parametrize("status", [401, 403, 422])
def test_any_refusal_with_an_error_keeps_the_servers_words(status):
    with pytest.raises(LoginRefused) as caught:
        account(reply({"error": "Go", "message": "Go  away"}, status))
    assert (caught.value.words, caught.value.status) == ("Go away", status)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        pytest.param(
            reply({"error": "Internal server error"}, 500), "Internal server error", id="the document's"
        ),
        pytest.param(reply({"error": ["?"]}, 500), "", id="no text"),
        pytest.param(reply([], 503), "", id="no object"),
        pytest.param(Reply(status=502, media_type="text/html", body=b"<h1>Bad"), "", id="a proxy's page"),
        pytest.param(Reply(status=999), "", id="no status of HTTP"),
        pytest.param(reply({"error": "Slow down"}, 429), "Slow down", id="too many questions"),
    ],
)
def test_a_server_in_trouble_says_so(answer, words):
    with pytest.raises(ServerFault) as caught:
        account(answer)
    assert (caught.value.status, caught.value.words) == (answer.status, words)


# --- registration and activation ------------------------------------------------------------------------


def registered(data):
    return wire.registration(reply({"message": "Device successfully created", "data": data}, 201), HOME, DUID)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        pytest.param({"duid": DUID, "activation_code": "5634"}, "5634", id="the document's"),
        pytest.param({"duid": DUID.lower(), "activation_code": " 0034 "}, "0034", id="leading zeros"),
        pytest.param({"duid": DUID, "activation_code": 34}, "0034", id="zeros lost as a number"),
        pytest.param({"activation_code": "123456"}, "123456", id="no duid, longer code"),
    ],
)
def test_the_code_of_a_registration(data, code):
    assert registered(data).code == code
    assert registered(data).duid == DUID


@pytest.mark.parametrize(
    ("data", "where"),
    [
        pytest.param(None, "data.activation_code", id="no data"),
        pytest.param({"duid": DUID}, "data.activation_code", id="no code"),
        pytest.param({"duid": DUID, "activation_code": None}, "data.activation_code", id="null code"),
        pytest.param({"duid": "195C4B197334637", "activation_code": "1"}, "data.duid", id="another device"),
    ],
)
def test_a_registration_without_what_it_is_for(data, where):
    with pytest.raises(BadReply) as caught:
        registered(data)
    assert caught.value.where == where


@pytest.mark.parametrize("answer", [{}, {"data": {"status": "disabled"}}, {"data": []}])
def test_an_activation_that_does_not_say_active_is_none(answer):
    with pytest.raises(BadReply) as caught:
        wire.activated(reply(answer), HOME)
    assert caught.value.where == "data.status"
