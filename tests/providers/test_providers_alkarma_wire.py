"""The answers of AlKarma, from bytes to values: the document's own, and everything a server may get wrong."""

import json
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stb.errors import AccountDisabled, BadReply, LoginRefused, NotRegistered, ProviderError, ServerFault
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


# --- bytes ------------------------------------------------------------------------------------------

ARABIC = {"status": "active", "message": "بسم الله"}
TEXT = json.dumps(ARABIC, ensure_ascii=False)


@pytest.mark.parametrize(
    ("body", "charset"),
    [
        pytest.param(TEXT.encode(), "", id="UTF-8"),
        pytest.param(TEXT.encode(), "iso-8859-1", id="UTF-8, declared as something else"),
        pytest.param(TEXT.encode("utf-8-sig"), "", id="byte order mark"),
        pytest.param(TEXT.encode("utf-16"), "", id="UTF-16 with a mark"),
        pytest.param(TEXT.encode("utf-16-le"), "", id="UTF-16 without"),
        pytest.param(TEXT.encode("utf-32"), "utf-8", id="UTF-32"),
        pytest.param(TEXT.encode("windows-1256"), "windows-1256", id="a charset of another age, declared"),
        pytest.param(json.dumps(ARABIC).encode("ascii"), "us-ascii", id="escaped"),
    ],
)
def test_the_operators_words_in_any_charset(body, charset):
    assert account(said(body, charset)).message == "بسم الله"


@pytest.mark.parametrize(
    ("body", "charset"),
    [
        pytest.param(b"", "", id="empty"),
        pytest.param(b" \r\n", "", id="blank"),
        pytest.param(b"\xef\xbb\xbf", "", id="a mark and nothing else"),
        pytest.param(b"<!DOCTYPE html><html>", "", id="HTML"),
        pytest.param(b'{"status": "act', "", id="truncated"),
        pytest.param(b'{"status": "active"} {}', "", id="two of them"),
        pytest.param(b"null", "", id="null"),
        pytest.param(b"[]", "", id="list"),
        pytest.param(b"NaN", "", id="no number"),
        pytest.param(b"\xff\xfe\xfa", "", id="no text"),
        pytest.param(TEXT.encode("windows-1256"), "", id="undeclared charset"),
        pytest.param(TEXT.encode("windows-1256"), "utf-8", id="wrongly declared charset"),
        pytest.param(TEXT.encode("windows-1256"), "windows-1259", id="unknown charset"),
        pytest.param(b"\xff", "punycode", id="a codec that is no charset"),
        pytest.param(b'{"a":' + b"[" * 200_000, "", id="nested without end"),
        pytest.param(
            b'{"status":"active","a":' + b"9" * 10_000 + b"}", "", id="a number of ten thousand digits"
        ),
    ],
)
def test_bytes_that_hold_no_answer(body, charset):
    with pytest.raises(BadReply) as caught:
        account(said(body, charset))
    assert caught.value.where == "body"


def test_a_list_nested_almost_too_deep_is_no_traceback():
    for depth in range(1, 1200, 7):
        rows = b"[" * depth + b"]" * depth
        with suppress(BadReply):
            account(said(b'{"status":"active","data":{"channels":' + rows + b"}}"))


def test_numbers_that_json_does_not_have_do_no_harm():
    body = (
        b'{"status":"active","data":{"channels":[{"id":NaN,"url":1e999},{"id":-Infinity,"url":"http://h/"}]}}'
    )
    assert account(said(body)).status is AccountStatus.ACTIVE
    with pytest.raises(BadReply):
        channels(said(body))


# --- channels -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(reply({"status": "active"}), id="no data"),
        pytest.param(reply({"status": "active", "data": {}}), id="no channels"),
        pytest.param(active(None), id="null"),
        pytest.param(active({"1": GOOD}), id="object"),
        pytest.param(active("none"), id="text"),
    ],
)
def test_an_answer_without_a_list_is_not_an_empty_list(answer):
    with pytest.raises(BadReply) as caught:
        channels(answer)
    assert caught.value.where == "data.channels"


def test_an_empty_list_is_an_empty_list():
    assert channels(active([])).channels == ()


def test_a_list_without_one_good_row_is_a_bad_reply():
    with pytest.raises(BadReply) as caught:
        channels(active([{"id": 1}, {"id": 2}]))
    assert caught.value.where == "data.channels[0].url"


@pytest.mark.parametrize(
    ("row", "field"),
    [
        pytest.param(None, "row", id="null"),
        pytest.param("text", "row", id="text"),
        pytest.param([1], "row", id="list"),
        pytest.param({"url": "http://h/"}, "id", id="no id"),
        pytest.param({"id": None, "url": "http://h/"}, "id", id="null id"),
        pytest.param({"id": True, "url": "http://h/"}, "id", id="boolean id"),
        pytest.param({"id": 1.5, "url": "http://h/"}, "id", id="broken id"),
        pytest.param({"id": {}, "url": "http://h/"}, "id", id="object as id"),
        pytest.param({"id": "", "url": "http://h/"}, "id", id="empty id"),
        pytest.param({"id": 7, "url": "http://h/"}, "id", id="id of another row"),
        pytest.param({"id": 1}, "url", id="no address"),
        pytest.param({"id": 1, "url": None}, "url", id="null address"),
        pytest.param({"id": 1, "url": ["http://h/"]}, "url", id="list of addresses"),
    ],
)
def test_a_bad_row_costs_one_channel(row, field):
    found = channels(active([GOOD, row]))
    assert [channel.name for channel in found.channels] == ["Seven"]
    assert found.skipped == (f"data.channels[1].{field}",)


@pytest.mark.parametrize(
    "link",
    [
        "http://h/1.ts",
        "HTTPS://h:8443/1.m3u8?token=a%20b",
        "rtsp://me:word@h/1",
        "rtmp://h/live/1",
        "udp://@239.1.1.1:1234",
        "rtp://239.1.1.1:5004",
        "mms://h/1",
        "http://h/قناة",
        "http://[2001:db8::7]/1",
    ],
)
def test_a_channel_is_played_from_a_server(link):
    assert only({"id": 1, "url": f" {link}\n"}).link == link


@pytest.mark.parametrize(
    "link",
    [
        "",
        " ",
        "/etc/passwd",
        "stream1",
        "file:///etc/passwd",
        "FILE:///etc/passwd",
        "file://host/share",
        "v4l2:///dev/video0",
        "alsa://hw:0",
        "dvd://",
        "screen://",
        "fd://0",
        "concat:http://h/|file:///etc/passwd",
        "javascript:alert(1)",
        "http:///1",
        "http://:80/1",
        "udp://@:1234",
        "http://h:99999/",
        "http://h:0/",
        "http://[::1",
        "http://h/\n:sout=file",
        "http://h/\0",
        "http://h/\ud800",
        "http://h/" + "a" * 5000,
    ],
)
def test_an_address_that_is_no_server_is_refused(link):
    assert channels(active([{"id": 1, "url": link}, GOOD])).skipped == ("data.channels[0].url",)


@pytest.mark.parametrize(
    ("written", "identifier", "number"),
    [
        pytest.param(12, "12", 12, id="number"),
        pytest.param("12", "12", 12, id="text"),
        pytest.param(" 12 ", "12", 12, id="text with spaces"),
        pytest.param("007", "007", 8, id="the same number as another channel"),
        pytest.param(12.0, "12", 12, id="the only kind of number some servers know"),
        pytest.param(0, "0", 8, id="zero"),
        pytest.param(-3, "-3", 8, id="negative"),
        pytest.param("abc-1", "abc-1", 8, id="a name"),
        pytest.param("١٢", "١٢", 8, id="other digits"),
        pytest.param(1742770423059, "1742770423059", 8, id="too long to type"),
    ],
)
def test_the_number_is_the_operators_id_or_the_next_free_one(written, identifier, number):
    found = channels(active([GOOD, {"id": written, "name": "It", "url": "http://h/"}])).channels
    (channel,) = (one for one in found if one.name == "It")
    assert (channel.ref.channel, channel.number) == (identifier, number)


def test_numbers_are_unique_and_channels_in_their_order():
    ids = ["b", 3, "003", 1, 999_999, 1_000_000, "a"]
    rows = [{"id": one, "name": str(one), "url": "http://h/"} for one in ids]
    found = channels(active(rows)).channels
    assert [(channel.name, channel.number) for channel in found] == [
        ("1", 1),
        ("3", 3),
        ("999999", 999_999),
        ("b", 1_000_000),
        ("003", 1_000_001),
        ("1000000", 1_000_002),
        ("a", 1_000_003),
    ]


@pytest.mark.parametrize(
    ("written", "name"),
    [
        pytest.param("  Al\n Jazeera\t HD ", "Al Jazeera HD", id="white space folded"),
        pytest.param("الخبر HD", "الخبر HD", id="Arabic"),
        pytest.param("a\0b\x1bc\x85\ud800d", "abcd", id="unprintable"),
        pytest.param("👨\u200d👩", "👨\u200d👩", id="joiners stay"),
        pytest.param(24, "24", id="number"),
        pytest.param("", "1", id="empty"),
        pytest.param(None, "1", id="null"),
        pytest.param(True, "1", id="boolean"),
        pytest.param({"en": "x"}, "1", id="object"),
        pytest.param("x" * 10_000, "x" * 200, id="endless"),
    ],
)
def test_a_name_is_one_line_and_never_empty(written, name):
    assert only({"id": 1, "name": written, "url": "http://h/"}).name == name


@pytest.mark.parametrize(
    ("written", "group"), [(" My  News ", "My News"), ("", ""), (None, ""), (5, "5"), ([], "")]
)
def test_the_group_is_the_operators_category(written, group):
    assert only({"id": 1, "category": written, "url": "http://h/"}).group == group


@pytest.mark.parametrize(
    ("written", "logo"),
    [
        pytest.param("/uploads/a.png", f"{ORIGIN}/uploads/a.png", id="path"),
        pytest.param("uploads/a b.png", f"{ORIGIN}/uploads/a%20b.png", id="relative, with a space"),
        pytest.param("https://cdn.example/a.png?x=1", "https://cdn.example/a.png?x=1", id="absolute"),
        pytest.param("//cdn.example/a.png", "http://cdn.example/a.png", id="without a scheme"),
        pytest.param("file:///etc/passwd", "", id="local"),
        pytest.param("data:image/png;base64,AAAA", "", id="in itself"),
        pytest.param("javascript:1", "", id="script"),
        pytest.param("http://[", "", id="broken"),
        pytest.param("", "", id="empty"),
        pytest.param(None, "", id="null"),
        pytest.param(7, "", id="number"),
    ],
)
def test_a_logo_is_an_absolute_address_or_none(written, logo):
    assert only({"id": 1, "logo_url": written, "url": "http://h/"}).logo == logo


# --- revision -----------------------------------------------------------------------------------------


def test_the_revision_is_that_of_the_channels_alone():
    one = account(active([GOOD], message="Hello"))
    other = account(active([dict(reversed(GOOD.items()))], message="Bye", news=[1]))
    assert one.revision == other.revision


@pytest.mark.parametrize(
    "changed", [[GOOD | {"name": "Eight"}], [GOOD | {"url": "http://h/8"}], [GOOD, GOOD], []]
)
def test_another_list_has_another_revision(changed):
    assert account(active([GOOD])).revision != account(active(changed)).revision


def test_another_server_has_another_revision_because_logos_hang_off_it():
    assert (
        wire.account(active([GOOD]), HOME, "http://a:1").revision
        != wire.account(active([GOOD]), HOME, "http://b:1").revision
    )


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


# --- anything at all ------------------------------------------------------------------------------------

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters()),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=15,
)
ROWS = st.lists(
    st.fixed_dictionaries(
        {},
        optional={
            "id": JSON | st.integers(0, 9),
            "name": JSON,
            "url": JSON | st.sampled_from(["http://h/", "udp://@239.1.1.1:1"]),
            "logo_url": JSON | st.text().map("/".__add__),
            "category": JSON,
            "has_news": JSON,
        },
    )
    | JSON,
    max_size=5,
)
STATUSES = st.sampled_from(["active", "expired", "disabled"])
SHAPES = JSON | st.fixed_dictionaries(
    {},
    optional={
        "status": JSON | STATUSES,
        "message": JSON,
        "error": JSON | st.sampled_from(["Device not found", "Device is already activated"]),
        "data": JSON
        | st.fixed_dictionaries(
            {}, optional={"device": JSON, "channels": JSON | ROWS, "activation_code": JSON, "duid": JSON}
        ),
    },
)
HTTP_STATUSES = st.sampled_from([200, 201, 204, 301, 400, 401, 404, 429, 500, 599])


def every_reading(answer):
    """Read an answer in every way; only errors of ours may come out."""
    with suppress(ProviderError):
        account(answer)
    with suppress(ProviderError):
        wire.registration(answer, HOME, DUID)
    with suppress(ProviderError):
        wire.activated(answer, HOME)
    with suppress(ProviderError):
        found = channels(answer).channels
        numbers = [channel.number for channel in found]
        assert numbers == sorted(set(numbers))
        assert all(number > 0 for number in numbers)
        assert all(channel.name for channel in found)
        assert len({channel.ref for channel in found}) == len(found)
        repr(found).encode()
        "".join(channel.name + channel.group + channel.link + channel.logo for channel in found).encode()


@given(value=SHAPES, status=HTTP_STATUSES)
def test_any_json_is_a_value_or_an_error_of_ours(value, status):
    every_reading(reply(value, status))


@given(rows=ROWS)
def test_any_rows_are_channels_or_left_out(rows):
    every_reading(active(rows))


CHARSETS = st.sampled_from(["", "utf-8", "utf-16", "windows-1256", "iso-8859-6", "hex", "idna", "\0", "none"])


@given(body=st.binary(max_size=300), charset=CHARSETS, status=HTTP_STATUSES)
def test_any_bytes_are_an_error_of_ours(body, charset, status):
    every_reading(Reply(status=status, media_type="application/json", charset=charset, body=body))


@given(data=st.data(), charset=CHARSETS)
def test_an_answer_that_was_cut_or_changed_on_its_way(data, charset, recorded):
    body = bytearray(recorded("check-active").body)
    for _ in range(data.draw(st.integers(0, 3))):
        body[data.draw(st.integers(0, len(body) - 1))] = data.draw(st.integers(0, 255))
    every_reading(said(bytes(body[: data.draw(st.integers(0, len(body)))]), charset))
