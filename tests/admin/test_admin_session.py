"""Logging in as a browser does, and what is kept of it."""

import json
import os
import stat

import pytest

from stb.admin import session as sessions
from stb.admin.dialects import XC_VM, XTREAM_UI, Noun
from stb.admin.session import Session, folder, forget, keep, kept, log_in, log_out
from stb.errors import AdminError, NoSession

USER, PASSWORD = "root", "pa55 & word"


def test_the_dialect_is_found_out_by_the_door(scripted, http):
    session = log_in(http, scripted.address, USER, PASSWORD)
    assert (session.dialect.name, session.address) == (scripted.dialect, scripted.address)
    assert session.cookies == {"PHPSESSID": "fresh1"}


def test_the_dialect_can_be_told(scripted, http):
    session = log_in(http, scripted.address, USER, PASSWORD, scripted.dialect)
    assert session.dialect.name == scripted.dialect


def test_the_password_is_sent_once_in_a_form(scripted, http):
    log_in(http, scripted.address, USER, PASSWORD)
    told = [(method, query) for method, _, query in scripted.asked if "password" in query]
    assert told == [("POST", {"referrer": "", "username": USER, "password": PASSWORD, "login": "1"})]


def test_who_is_not_let_in_hears_why_in_the_panels_words(scripted, http):
    scripted.words = "Your \x1b[31maccount\u202e has been banned."
    with pytest.raises(AdminError, match="Your \\[31maccount has been banned") as caught:
        log_in(http, scripted.address, USER, "wrong")
    assert "wrong" not in str(caught.value)


def test_where_no_panel_is_nobody_logs_in(scripted, http):
    with pytest.raises(AdminError, match="access code"):
        log_in(http, f"http://127.0.0.1:{scripted.port}/elsewhere/", USER, PASSWORD)
    assert all(method == "GET" for method, *_ in scripted.asked)


def test_a_panel_that_moved_is_named_and_not_told_the_password(scripted, http):
    scripted.answer = lambda *_: (301, "", {"Location": "https://panel.example/login.php"})
    with pytest.raises(AdminError, match=r"at https://panel\.example/"):
        log_in(http, scripted.address, USER, PASSWORD)


@pytest.mark.parametrize(
    ("page", "why"),
    [
        pytest.param("<input name='newpass'><input name='confirm'>", "too short", id="a password too short"),
        pytest.param("<input type='gauth' name='gauth'>", "second factor", id="a second factor"),
        pytest.param("<div class='g-recaptcha'></div>", "reCAPTCHA", id="a captcha"),
        pytest.param("<p class='text-danger'>blocked</p>", "blocked", id="its own words"),
        pytest.param("", "nobody in from here", id="nothing"),
    ],
)
def test_a_door_that_stays_shut_says_what_it_wants(scripted, http, page, why):
    shown = scripted.answer

    def answer(method, *how):
        return (200, page, {}) if method == "POST" else shown(method, *how)

    scripted.answer = answer
    with pytest.raises(AdminError, match=why):
        log_in(http, scripted.address, USER, PASSWORD)


def test_logging_out_ends_it_at_the_panel(http, session, panel):
    log_out(http, session)
    with pytest.raises(NoSession):
        panel.entries(Noun.USER)


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        pytest.param("http://tv.example", "http://tv.example/", id="a server"),
        pytest.param("tv.example:8080", "http://tv.example:8080/", id="without a scheme"),
        pytest.param("https://tv.example/c0de", "https://tv.example/c0de/", id="an access code"),
        pytest.param(
            "https://tv.example/c0de/login", "https://tv.example/c0de/", id="the login page of xc_vm"
        ),
        pytest.param("http://tv.example/a/login.php?x=1#y", "http://tv.example/a/", id="the login page"),
        pytest.param("http://tv.example/dashboard.php", "http://tv.example/", id="the dashboard"),
    ],
)
def test_any_address_of_a_panel_is_its_folder(typed, address):
    assert folder(typed) == address


@pytest.mark.parametrize(
    "typed",
    ["", "ftp://tv.example/", "http://", "http://[::1", "http://tv.example:x/", "http://me:word@tv.example/"],
)
def test_what_is_no_address_or_has_a_password_in_it_is_refused(typed):
    with pytest.raises(AdminError) as caught:
        folder(typed)
    assert "word@" not in str(caught.value)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "state" / "admin.json"


def one(address="http://tv.example/", dialect=XTREAM_UI, **cookies):
    return Session(address=address, dialect=dialect, cookies=cookies or {"PHPSESSID": "abc"})


def test_a_session_is_kept_for_its_owner_only(path):
    old = os.umask(0)
    try:
        keep(path, one())
    finally:
        os.umask(old)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert kept(path) == one()


def test_the_last_panel_is_meant_where_none_is_named(path):
    keep(path, one())
    keep(path, one("https://other.example/c0de/", XC_VM))
    assert kept(path).address == "https://other.example/c0de/"
    assert kept(path, "tv.example/login.php") == one()


def test_a_new_session_replaces_the_old_one_of_a_panel(path):
    keep(path, one())
    keep(path, one(PHPSESSID="new"))
    assert len(json.loads(path.read_bytes())) == 1
    assert kept(path).cookies == {"PHPSESSID": "new"}


def test_a_forgotten_session_is_gone(path):
    keep(path, one())
    forget(path, one())
    with pytest.raises(NoSession):
        kept(path)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"\xff\xfe", id="no text"),
        pytest.param(b"[" * 100_000, id="nested without end"),
        pytest.param(b'{"a":1}', id="another document"),
        pytest.param(b'[1,{"address":"a"},{"address":"a","dialect":"b","cookies":{}}]', id="rows of others"),
        pytest.param(b'[{"address":"a","dialect":["xc_vm"],"cookies":{}}]', id="a dialect that is no name"),
    ],
)
def test_a_damaged_file_is_none(path, content):
    path.parent.mkdir()
    path.write_bytes(content)
    with pytest.raises(NoSession):
        kept(path)


def test_a_cookie_that_is_no_cookie_is_not_sent():
    assert one(good="1", bad="a\r\nX-Evil: 1").headers["Cookie"] == "good=1"


def test_a_session_does_not_show_its_cookie():
    assert "abc" not in repr(one())


def test_sessions_are_among_the_users_own_files(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    assert sessions.place() == tmp_path / "stb" / "admin.json"
