"""What panels answer, as values: every shape where it was seen, and whatever else may come."""

import json
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stb.admin.dialects import XC_VM, XTREAM_UI, Deed, Noun
from stb.admin.entries import Entry, from_cells, from_fields
from stb.admin.pages import plain, read_page
from stb.admin.verdicts import judge
from stb.admin.wire import Said, door, listing, processes, said, welcome
from stb.errors import AdminError, EmptyAnswer, NoPermission, NoSession
from stb.net import Reply


def reply(body, status=200, location=""):
    content = body if isinstance(body, bytes) else body.encode()
    return Reply(status=status, media_type="text/html", body=content, location=location)


@pytest.mark.parametrize(
    ("body", "answer"),
    [
        pytest.param('{"result":true}', Said.DONE, id="xtream-ui api.php: done"),
        pytest.param('{"result":false}', Said.REFUSED, id="xtream-ui api.php: no right, unknown sub"),
        pytest.param(
            '{"result":false,"0":"IP FORBIDDEN"}', Said.ADDRESS_FORBIDDEN, id="main api.php: relayed"
        ),
        pytest.param('{"result":false,"0":"KEY WRONG"}', Said.WRONG_KEY, id="main api.php: relayed key"),
        pytest.param('{"result":false,"error":"Not logged in"}', Said.NO_SESSION, id="xc_vm api: no session"),
        pytest.param("", Said.EMPTY, id="xtream-ui api.php: no session, or the inner call timed out"),
        pytest.param("\ufeff \n", Said.EMPTY, id="nothing that is seen"),
        pytest.param('\ufeff{"result":true}\n', Said.DONE, id="behind a byte order mark"),
        pytest.param("IP FORBIDDEN", Said.ADDRESS_FORBIDDEN, id="bare words"),
        pytest.param(
            '<br />\n<b>Warning</b>: Undefined {"x in <b>a.php</b><br />{"result":true}',
            Said.DONE,
            id="behind a notice of PHP",
        ),
        pytest.param(
            "<form><input name='username'><input name='password'></form>",
            Said.NO_SESSION,
            id="the login page",
        ),
    ],
)
def test_an_answer_is_told_apart(body, answer):
    assert said(reply(body))[0] is answer


@pytest.mark.parametrize("location", ["http://tv.example/index.php", "http://tv.example/c0de/login"])
def test_being_sent_to_the_door_is_no_session(location):
    assert said(reply("", 302, location))[0] is Said.NO_SESSION
    with pytest.raises(NoSession):
        listing(reply("", 302, location), Noun.USER, XTREAM_UI)
    with pytest.raises(NoSession):
        processes(reply("", 302, location), 1)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        pytest.param("<html>hello</html>", 200, id="a page"),
        pytest.param("{}", 200, id="no result"),
        pytest.param('{"result":"yes"}', 200, id="a result that is no truth"),
        pytest.param("[true]", 200, id="a list"),
        pytest.param('{"result":true}', 500, id="a broken server"),
        pytest.param("", 404, id="nothing there"),
        pytest.param("", 302, id="sent nowhere"),
    ],
)
def test_what_is_no_answer_is_an_error(body, status):
    with pytest.raises(AdminError):
        said(reply(body, status))


def test_a_list_of_ids_and_texts_is_a_list():
    """Seen in ``api.php``: ``userlist`` and ``streamlist`` of both dialects."""
    body = '{"total_count":"2","items":[{"id":"101","text":"amal"},{"id":102,"text":"bilal"}],"result":true}'
    page = listing(reply(body), Noun.USER, XTREAM_UI)
    assert [(each.id, each.name) for each in page.entries] == [("101", "amal"), ("102", "bilal")]
    assert page.total == 2


def test_rows_with_the_names_of_the_database_are_a_list():
    """Seen in ``table`` of xc_vm where a key is used."""
    rows = [
        {"id": 7, "stream_display_name": "Clock", "server_id": 1, "pid": 4000, "monitor_pid": 3999},
        {"id": 8, "stream_display_name": "News", "server_id": None, "pid": None},
    ]
    page = listing(reply(json.dumps({"data": rows, "recordsFiltered": 2})), Noun.STREAM, XC_VM)
    assert page.entries == (
        Entry(id="7", name="Clock", state="running", server=1),
        Entry(id="8", name="News", state="stopped"),
    )
    user = {
        "id": 101,
        "username": "amal",
        "enabled": "1",
        "admin_enabled": 0,
        "is_isplock": 1,
        "isp_desc": "A",
    }
    assert from_fields(Noun.USER, user) == (
        Entry(id="101", name="amal", enabled=True, banned=True, locked=True, network="A"),
    )
    live = {"uuid": "a1b2", "pid": 4711, "username": "amal", "user_id": 101, "user_ip": "192.0.2.7"}
    assert from_fields(Noun.CONNECTION, live) == (
        Entry(id="a1b2", user="amal", user_id="101", address="192.0.2.7"),
    )


def test_a_row_with_all_its_servers_is_an_entry_on_each():
    """Seen at the portal that comes with the box."""
    row = {"id": 7, "text": "Clock", "servers": {"1": "running", "2": "stopped", "x": "odd"}, "viewers": 0}
    assert from_fields(Noun.STREAM, row) == (
        Entry(id="7", name="Clock", state="running", server=1),
        Entry(id="7", name="Clock", state="stopped", server=2),
    )


@pytest.mark.parametrize(
    ("status", "enabled", "banned"),
    [
        pytest.param("Active", True, False, id="active"),
        pytest.param("Banned", None, True, id="banned, and who knows what else"),
        pytest.param("Disabled", False, False, id="disabled"),
        pytest.param("Expired", None, None, id="expired"),
    ],
)
def test_one_word_says_what_a_user_is(status, enabled, banned):
    (entry,) = from_fields(Noun.USER, {"id": 101, "text": "amal", "status": status})
    assert (entry.enabled, entry.banned) == (enabled, banned)


@pytest.mark.parametrize(
    ("body", "error"),
    [
        pytest.param("", EmptyAnswer, id="nothing"),
        pytest.param('{"result":false}', NoPermission, id="no"),
        pytest.param('{"result":false,"error":"Not logged in"}', NoSession, id="no session"),
        pytest.param('{"result":true}', AdminError, id="no list"),
        pytest.param('{"data":{"a":1}}', AdminError, id="a list that is none"),
    ],
)
def test_what_is_no_list_says_why(body, error):
    with pytest.raises(AdminError) as caught:
        listing(reply(body), Noun.STREAM, XTREAM_UI)
    assert type(caught.value) is error


def test_a_button_of_another_row_or_in_a_note_says_nothing_of_this_one():
    note = "<button title=\"api(101, 'unban');\" onClick=\"api(999, 'unban');\"></button>"
    own = "<button onClick=\"api(101, 'ban');\"></button>"
    entry = from_cells(Noun.USER, XTREAM_UI.columns[Noun.USER], ["101", "amal", "", "", "", note + own])
    assert entry is not None
    assert entry.banned is False


@pytest.mark.parametrize(
    ("words", "state"),
    [
        pytest.param("STOPPED", "stopped", id="stopped"),
        pytest.param("ON DEMAND", "on demand", id="on demand"),
        pytest.param("02d 01h 00m 05s", "running", id="for days"),
        pytest.param("02d 01h 00m", "running", id="for days, without seconds"),
        pytest.param("42% DONE", "42% done", id="the panel's own word"),
    ],
)
def test_a_state_is_read_off_the_word(words, state):
    cells = ["7", "", "<b>Clock</b>", "", "", f"<button>{words}</button>"]
    entry = from_cells(Noun.STREAM, XTREAM_UI.columns[Noun.STREAM], cells)
    assert entry is not None
    assert entry.state == state


def test_the_door_is_open_for_the_dashboard_only():
    assert welcome(reply("", 302, "http://tv.example/dashboard.php")) == ""
    assert welcome(reply("", 302, "http://tv.example/c0de/dashboard")) == ""
    assert welcome(reply("", 302, "http://tv.example/index.php"))
    assert welcome(reply("<html></html>"))
    assert welcome(reply("", 500)) == "HTTP 500"


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(), inner, max_size=5),
    max_leaves=20,
)
NAMES = st.sampled_from(
    ["id", "pid", "uuid", "server_id", "username", "enabled", "isp_desc", "status", "text"]
)
ROWS = st.lists(st.lists(ANYTHING, max_size=8) | st.dictionaries(NAMES, ANYTHING, max_size=6), max_size=4)


def try_all(answer):
    for decode in (
        said,
        door,
        welcome,
        lambda answer: listing(answer, Noun.STREAM, XTREAM_UI),
        lambda answer: processes(answer, 1),
    ):
        with suppress(AdminError):
            decode(answer)


@settings(deadline=None)
@given(st.binary(max_size=400), st.sampled_from([200, 302, 404]), st.text(max_size=40))
def test_any_bytes_are_an_answer_or_an_error_of_ours(body, status, location):
    try_all(reply(body, status, location))


@settings(deadline=None)
@given(ANYTHING)
def test_any_document_is_an_answer_or_an_error_of_ours(document):
    try_all(reply(json.dumps(document)))


@settings(deadline=None, max_examples=50)
@given(ROWS, st.sampled_from(sorted(XTREAM_UI.lists)), ANYTHING)
def test_any_rows_are_a_list(rows, noun, count):
    for dialect in (XTREAM_UI, XC_VM):
        page = listing(reply(json.dumps({"data": rows, "recordsFiltered": count})), noun, dialect)
        assert all(each.id for each in page.entries)
        assert page.total >= len(rows)


@settings(deadline=None)
@given(st.text(alphabet="<>/='\" abtrdinpuform!-&;#", max_size=200))
def test_any_markup_is_a_page(markup):
    page = read_page(markup)
    assert plain(page.alert) == page.alert


@pytest.mark.parametrize(
    "piece", ["<a ", "<!--", '<a b="', "<td>", "&#x;", "<p class='text-danger'>x", "<aaaa"]
)
def test_a_page_of_a_million_letters_is_read(piece):
    assert read_page("<table><tr><td>7" + piece * (1_000_000 // len(piece))).tables[0][0][0].startswith("7")


@settings(deadline=None)
@given(st.text())
def test_no_letter_that_moves_a_cursor_is_repeated(text):
    assert not {each for each in plain(text) if each < " " or each in "\x7f\x9b\u202e\u2066"}


ENTRIES = st.lists(
    st.builds(
        Entry,
        id=st.sampled_from(["1", "2"]),
        state=st.sampled_from(["", "running", "stopped", "odd"]),
        uptime=st.none() | st.integers(0, 9),
        enabled=st.none() | st.booleans(),
        banned=st.none() | st.booleans(),
        locked=st.none() | st.booleans(),
        network=st.none() | st.sampled_from(["", "A"]),
    ),
    max_size=3,
)
DEEDS = st.sampled_from(
    ["start", "stop", "restart", "delete", "kill", "enable", "ban", "lock", "resetispuser"]
)


@settings(deadline=None)
@given(DEEDS, st.sampled_from(Noun), ENTRIES, ENTRIES)
def test_every_comparison_has_a_verdict_in_words(verb, noun, before, after):
    verdict = judge(Deed(noun=noun, verb=verb, which="1"), before, after)
    assert verdict.words
    if verb == "delete" and verdict.seen:
        assert not {each.id for each in before} & {each.id for each in after}
