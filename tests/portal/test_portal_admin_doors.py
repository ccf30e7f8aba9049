"""The doors of the operator's panel: sessions, what is forced, what is made up, and many at once."""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests
from requests.adapters import HTTPAdapter

from stb.portal.admin.sessions import IDLE_S, MOST_REFUSED, Sessions
from stb.portal.portal import Portal
from stb.portal.staff import Permission
from stb.portal.world import World

PASSWORD = "correct horse"


class From(HTTPAdapter):
    """Come from another address of this machine."""

    def __init__(self, address: str) -> None:
        self._address = address
        super().__init__()

    def init_poolmanager(self, *args, **kwargs):
        super().init_poolmanager(*args, **kwargs, source_address=(self._address, 0))


@pytest.fixture
def portal(tmp_path, clips_cache) -> Iterator[Portal]:
    with Portal(state=tmp_path, cache=clips_cache) as portal:
        portal.world.staff.add("root", PASSWORD, permissions={Permission.ALL})
        yield portal


def sign_in(portal, path="/login.php", password=PASSWORD, source="", cookie="", **headers):
    session = requests.Session()
    if source:
        session.mount("http://", From(source))
    if cookie:
        session.cookies.set("PHPSESSID", cookie)
    form = {"username": "root", "password": password}
    answer = session.post(
        portal.address + path, data=form, headers=headers, timeout=60, allow_redirects=False
    )
    return session, answer


def ask(portal, session, path="/api.php?action=users", **headers):
    return session.get(portal.address + path, headers=headers, timeout=60, allow_redirects=False)


def test_a_cookie_is_kept_from_scripts_and_foreign_pages(portal):
    session, answer = sign_in(portal)
    assert (answer.status_code, answer.headers["Location"]) == (302, "./dashboard.php")
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("PHPSESSID=")
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert ask(portal, session).json()["result"]
    assert ask(portal, session, "/dashboard.php").headers["Location"] == "/admin/"


def test_the_newer_panel_is_below_its_code(portal):
    code = portal.world.staff.access_code
    session, answer = sign_in(portal, f"/{code}/login")
    assert (answer.status_code, answer.headers["Location"]) == (302, "./dashboard")
    path = f"/{code}/api?action=users"
    assert ask(portal, session, path).text == ""
    script = {"X-Requested-With": "XMLHttpRequest"}
    assert ask(portal, session, path, **script).json()["result"]
    nobody = ask(portal, requests.Session(), path, **script)
    assert nobody.json() == {"result": False, "error": "Not logged in"}
    for path in ("/0000/login", "/0000/api?action=users"):
        assert ask(portal, session, path, **script).status_code == 404


def test_a_wrong_password_is_a_page_and_a_right_one_needs_its_name(portal):
    session, answer = sign_in(portal, password="wrong")
    assert (answer.status_code, "Incorrect" in answer.text) == (200, True)
    assert ask(portal, session).text == ""


def test_a_session_that_was_forced_upon_a_browser_is_not_taken_up(portal):
    session, answer = sign_in(portal, cookie="a" * 64)
    assert "a" * 64 not in answer.headers["Set-Cookie"]
    forced = requests.Session()
    forced.cookies.set("PHPSESSID", "a" * 64)
    assert ask(portal, forced).text == ""
    before = session.cookies.get_dict()["PHPSESSID"]
    sign_in(portal, cookie=before)
    old = requests.Session()
    old.cookies.set("PHPSESSID", before)
    assert ask(portal, old).text == ""


def test_a_session_belongs_to_its_address(portal):
    session, answer = sign_in(portal)
    elsewhere = requests.Session()
    elsewhere.mount("http://", From("127.0.0.2"))
    elsewhere.cookies.update(answer.cookies)
    assert ask(portal, elsewhere).text == ""
    assert ask(portal, elsewhere, "/dashboard.php").headers["Location"] == "./login.php"
    assert ask(portal, session).json()["result"]


def test_a_session_ends_when_idle_when_ended_and_with_its_administrator(tmp_path):
    world = World(tmp_path / "portal.sqlite")
    world.staff.add("root", PASSWORD, permissions={Permission.ALL})
    now = [0.0]
    sessions = Sessions(world, lambda: now[0])
    token = sessions.sign_in("root", PASSWORD, "a")
    now[0] += IDLE_S
    assert sessions.find(token, "a").name == "root"
    now[0] += IDLE_S + 1
    assert sessions.find(token, "a") is None
    token = sessions.sign_in("root", PASSWORD, "a")
    sessions.end(token)
    assert sessions.find(token, "a") is None
    token = sessions.sign_in("root", PASSWORD, "a")
    world.staff.forget("root")
    assert sessions.find(token, "a") is None


def test_who_tries_too_often_is_not_heard_any_more(portal):
    with ThreadPoolExecutor(8) as many:
        tries = [
            many.submit(sign_in, portal, password=f"guess{number}") for number in range(MOST_REFUSED + 6)
        ]
        assert {each.result()[1].status_code for each in tries} == {200}
    deeds = [deed.answer for deed in portal.world.audit.all() if deed.action == "login"]
    assert deeds.count("refused") == MOST_REFUSED
    assert deeds.count("flood") == 1
    _, answer = sign_in(portal)
    assert answer.status_code == 200
    _, answer = sign_in(portal, source="127.0.0.3")
    assert answer.status_code == 302


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "http://evil.example", "X-Requested-With": "XMLHttpRequest"},
        {"Referer": "http://evil.example/"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "same-site", "X-Requested-With": "XMLHttpRequest"},
        {"User-Agent": "Mozilla/5.0"},
    ],
    ids=["origin", "origin of a script", "referer", "another port", "a script of another port", "a picture"],
)
def test_a_foreign_page_does_nothing_with_our_cookie(portal, headers):
    session, _ = sign_in(portal)
    path = "/api.php?action=user&sub=ban&user_id=1"
    assert ask(portal, session, path, **headers).json() == {"result": False}
    assert portal.world.lines.line("demo").status == "Active"
    assert ask(portal, session, path).json() == {"result": True}


def test_a_foreign_page_signs_nobody_in(portal):
    _, answer = sign_in(portal, Origin="http://evil.example")
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize(
    "path",
    [
        "/api.php",
        "/api.php?action=users",
        "/reseller/api.php?action=users",
        "/api.php?action=user&sub=delete&user_id=1",
        "/api.php?action=stream&sub=delete&stream_id=1&server_id=1",
        "/api.php?action=process&server=1&pid=1",
    ],
)
def test_who_is_not_signed_in_gets_nothing(portal, path):
    answer = ask(portal, requests.Session(), path)
    assert (answer.status_code, answer.text) == (200, "")
    assert portal.world.lines.find("demo")
    assert not portal.world.audit.all()


@pytest.mark.parametrize(
    "name", ["page.py", "../page.py", "..%2fpage.py", "%2e%2e%2fpage.py", "/etc/passwd", "x"]
)
def test_the_page_serves_its_own_files_only(portal, name):
    assert requests.get(f"{portal.address}/admin/{name}", timeout=60).status_code == 404


NASTY = [
    "1' OR '1'='1",
    "1; DROP TABLE line",
    "../../etc/passwd",
    "%00",
    "-1",
    "9" * 40,
    "١",
    "1e3",
    "<script>",
    "",
]
PARAMETERS = [
    "action",
    "sub",
    "stream_id",
    "server_id",
    "user_id",
    "pid",
    "server",
    "duid",
    "mac",
    "search",
    "page",
]
WHOLE = [
    {"action": "stream", "sub": "stop", "stream_id": "1", "server_id": "1"},
    {"action": "user", "sub": "ban", "user_id": "1"},
    {"action": "process", "server": "1", "pid": "1"},
    {"action": "device", "sub": "forget", "duid": "x"},
    {"action": "box", "sub": "event", "mac": "x", "event": "reboot"},
    {"action": "users", "search": "demo", "page": "1"},
]


@pytest.mark.parametrize("name", PARAMETERS)
def test_no_parameter_says_more_than_it_may(portal, name):
    session, _ = sign_in(portal)
    for nasty in NASTY:
        for whole in WHOLE:
            if name not in whole:
                continue
            answer = session.get(portal.address + "/api.php", params={**whole, name: nasty}, timeout=60)
            assert answer.status_code == 200
            assert "result" in answer.json()
    assert portal.world.lines.find("demo")
    assert len(portal.world.channels()) == 12
    os.kill(os.getpid(), 0)


def test_many_delete_the_same_at_once(portal):
    session, _ = sign_in(portal)
    cookies = session.cookies.get_dict()
    line = portal.world.lines.add("ann")
    urls = [
        f"{portal.address}/api.php?action=user&sub=delete&user_id={line.id}",
        f"{portal.address}/api.php?action=stream&sub=delete&stream_id=1&server_id=1",
    ]
    with ThreadPoolExecutor(8) as many:
        answers = list(many.map(lambda url: requests.get(url, cookies=cookies, timeout=60), urls * 8))
    assert {answer.text for answer in answers} == {'{"result": true}'}
    assert portal.world.lines.find("ann") is None
    assert 1 not in {each.id for each in portal.world.channels()}
    assert len(portal.world.channels()) == 11
