"""The operator's panel: who may do what to whom, what is answered, and what comes of it."""

import itertools
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace

import pytest
import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import ProtocolError

from stb.portal import reels
from stb.portal.lines import Line, LineStatus
from stb.portal.placements import Content, Standing
from stb.portal.portal import Portal
from stb.portal.staff import Permission

from .conftest import until

PASSWORD = "correct horse"
ROLES = {
    "root": {"permissions": {Permission.ALL}},
    "clerk": {"permissions": ()},
    "seller": {"permissions": {Permission.DELETE_USERS}, "reseller": True},
    "helper": {"permissions": (), "reseller": True},
}
ENOUGH = 188 * 100
NOBODY = 999_999
names = map("viewer{}".format, itertools.count())


class From(HTTPAdapter):
    """Come from another address of this machine."""

    def __init__(self, address: str) -> None:
        self._address = address
        super().__init__()

    def init_poolmanager(self, *args, **kwargs):
        super().init_poolmanager(*args, **kwargs, source_address=(self._address, 0))


class Panel:
    """One person at the panel."""

    def __init__(self, portal: Portal, name: str, session: requests.Session) -> None:
        self.portal = portal
        self.name = name
        self.session = session

    def get(self, path: str, **options) -> requests.Response:
        return self.session.get(self.portal.address + path, timeout=60, **options)

    def ask(self, action: str, sub: str = "", **params) -> dict:
        return self.get("/api.php", params={"action": action, "sub": sub, **params}).json()

    def newer(self, action: str, sub: str = "", **params) -> dict:
        path = f"/{self.portal.world.staff.access_code}/api"
        headers = {"X-Requested-With": "XMLHttpRequest"}
        return self.get(path, params={"action": action, "sub": sub, **params}, headers=headers).json()

    @property
    def id(self) -> int:
        return next(each.id for each in self.portal.world.staff.all() if each.name == self.name)


def sign_in(portal: Portal, name: str, password: str = PASSWORD, path: str = "/login.php", source: str = ""):
    session = requests.Session()
    if source:
        session.mount("http://", From(source))
    answer = session.post(
        portal.address + path,
        data={"username": name, "password": password},
        timeout=60,
        allow_redirects=False,
    )
    return Panel(portal, name, session), answer


@pytest.fixture(scope="module")
def portal(tmp_path_factory, clips_cache) -> Iterator[Portal]:
    with Portal(state=tmp_path_factory.mktemp("panel"), cache=clips_cache, linger_s=0.3) as portal:
        for name, role in ROLES.items():
            portal.world.staff.add(name, PASSWORD, **role)
        yield portal


@pytest.fixture(scope="module")
def panels(portal) -> dict[str, Panel]:
    return {name: sign_in(portal, name)[0] for name in ROLES}


@pytest.fixture
def root(panels) -> Panel:
    return panels["root"]


@pytest.fixture
def viewer(portal) -> Line:
    return portal.world.lines.add(next(names), connections=3)


@pytest.fixture
def alone(tmp_path, clips_cache) -> Iterator[Panel]:
    """An administrator of a portal that nobody else changes."""
    with Portal(state=tmp_path, cache=clips_cache, linger_s=0.3) as portal:
        portal.world.staff.add("root", PASSWORD, **ROLES["root"])
        yield sign_in(portal, "root")[0]


@contextmanager
def watching(portal: Portal, line: Line, path: str, source: str = "") -> Iterator[requests.Response]:
    session = requests.Session()
    if source:
        session.mount("http://", From(source))
    kind, number = path.split("/")
    url = f"{portal.address}/{kind}/{line.username}/{line.password}/{number}"
    with session, session.get(url, stream=True, timeout=60) as answer:
        yield answer


def ends(answer: requests.Response) -> None:
    with suppress(ProtocolError):
        while answer.raw.read(ENOUGH):
            pass


# --- users: every action, role and target ---------------------------------------------------------

BEFORE = {"enable": "disable", "unban": "ban", "unlockk": "lock"}
AFTER = {
    "delete": lambda line: None,  # noqa: ARG005
    "enable": lambda line: replace(line, status=LineStatus.ACTIVE),
    "disable": lambda line: replace(line, status=LineStatus.DISABLED),
    "ban": lambda line: replace(line, status=LineStatus.BANNED),
    "unban": lambda line: replace(line, status=LineStatus.ACTIVE),
    "kill": lambda line: line,
    "resetispuser": lambda line: replace(line, network=""),
    "lockk": lambda line: replace(line, isp_locked=True),
    "unlockk": lambda line: replace(line, isp_locked=False),
}
ALLOWED = {
    ("root", "own"): set(AFTER),
    ("root", "foreign"): set(AFTER),
    ("root", "unknown"): set(AFTER),  # as real panels say
    ("seller", "own"): set(AFTER) - {"ban", "unban"},
    ("helper", "own"): set(AFTER) - {"ban", "unban", "delete"},
}
"""What is answered with true; all else with false."""


@pytest.mark.parametrize("sub", AFTER)
@pytest.mark.parametrize("whose", ["own", "foreign", "missing", "unknown"])
@pytest.mark.parametrize("role", ROLES)
def test_a_user_is_changed_by_whom_it_is_given_to(portal, panels, role, whose, sub):
    panel = panels[role]
    lines = portal.world.lines
    owner = panel.id if whose == "own" else panels["seller" if role == "helper" else "helper"].id
    line = lines.add(next(names), owner=owner)
    assert lines.admits(line, "10.1.2.3")
    if sub in BEFORE:
        getattr(lines, BEFORE[sub])(line.username)
    line = lines.line(line.username)
    target = {"missing": {}, "unknown": {"user_id": NOBODY}}.get(whose, {"user_id": line.id})
    right = sub in ALLOWED.get((role, whose), ())
    assert panel.ask("user", sub, **target) == {"result": right}
    after = lines.with_id(line.id)
    assert after == (AFTER[sub](line) if right and whose in {"own", "foreign"} else line)


@pytest.mark.parametrize("sub", ["delete", "enable", "disable", "ban", "unban", "kill"])
def test_the_newer_panel_calls_users_lines(portal, root, viewer, sub):
    if sub in BEFORE:
        getattr(portal.world.lines, BEFORE[sub])(viewer.username)
    assert root.newer("line", sub, user_id=viewer.id) == {"result": True}
    assert portal.world.lines.with_id(viewer.id) == AFTER[sub](viewer)


@pytest.mark.parametrize("sub", ["resetispuser", "lockk", "unlockk", "nothing", ""])
def test_the_newer_panel_knows_no_lock(root, viewer, sub):
    assert root.newer("line", sub, user_id=viewer.id) == {"result": False}
    assert root.newer("user", "kill", user_id=viewer.id) == {"result": False}


# --- channels, films, episodes --------------------------------------------------------------------

ON_BOTH = {"stream": 8, "movie": 202, "episode": 312}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("kind", ["stream", "movie", "episode"])
@pytest.mark.parametrize("target", ["there", "unknown", "missing", "no server"])
def test_what_is_sent_is_the_administrators(portal, panels, role, kind, target):
    number = ON_BOTH[kind]
    params = {
        "there": {"stream_id": number, "server_id": 2},
        "unknown": {"stream_id": NOBODY - 1, "server_id": 2},
        "missing": {"server_id": 2},
        "no server": {"stream_id": number, "server_id": 7},
    }[target]
    right = role == "root" and target in {"there", "unknown"}
    assert panels[role].ask(kind, "stop", **params) == {"result": right}
    standing = portal.world.placements.of(Content(kind), number)
    stopped = right and target == "there"
    assert standing == {1: Standing.RUNNING, 2: Standing.STOPPED if stopped else Standing.RUNNING}
    if kind == "stream":
        portal.world.placements.say(Content.STREAM, number, 2, Standing.RUNNING)
    else:
        panels["root"].ask(kind, "start", **params)
    assert portal.world.placements.of(Content(kind), number)[2] is Standing.RUNNING


@pytest.mark.parametrize(
    ("kind", "sub"),
    [
        ("stream", "nothing"),
        ("movie", "restart"),
        ("episode", "restart"),
        ("stream", "kill"),
        ("nothing", "start"),
    ],
)
def test_what_is_unknown_is_false(root, kind, sub):
    assert root.ask(kind, sub, stream_id=1, server_id=1) == {"result": False}


@pytest.mark.parametrize(
    "example",
    [
        "/api.php?action=stream&sub=start&stream_id=123&server_id=1",
        "/api.php?action=movie&sub=delete&stream_id=456&server_id=2",
        "/api.php?action=episode&sub=start&stream_id=789&server_id=1",
        "/api.php?action=user&sub=kill&user_id=101",
    ],
)
def test_the_examples_of_the_document(root, example):
    answer = root.get(example)
    assert answer.text == '{"result": true}'
    assert answer.headers["Content-Type"].startswith("text/html")
    address, query = example.split("?")
    posted = root.session.post(
        root.portal.address + address, data=dict(pair.split("=") for pair in query.split("&")), timeout=60
    )
    assert posted.json() == {"result": True}


def test_a_channel_goes_off_the_air_and_comes_back_with_its_process(alone, on_air, gone):
    root, portal = alone, alone.portal
    viewer = portal.world.lines.line("demo")
    with watching(portal, viewer, "live/1.ts") as answer:
        assert answer.raw.read(ENOUGH)
        (process,) = on_air()
        assert root.ask("stream", "stop", stream_id=1, server_id=1) == {"result": True}
        ends(answer)
        gone(process)
    with watching(portal, viewer, "live/1.ts") as answer:
        assert answer.status_code == 503
    root.ask("stream", "start", stream_id=1, server_id=1)
    until(on_air)  # though nobody watches
    (process,) = on_air()
    (row,) = root.ask("processes")["items"]
    assert (row["pid"], row["server_id"], row["stream_id"]) == (process, 1, 1)
    with watching(portal, viewer, "live/1.ts") as answer:
        assert answer.raw.read(ENOUGH)
        assert root.ask("stream", "restart", stream_id=1, server_id=1) == {"result": True}
        ends(answer)
    gone(process)
    until(on_air)
    assert process not in on_air()
    root.ask("stream", "stop", stream_id=1, server_id=1)
    until(lambda: not on_air())


def test_a_channel_on_two_servers_is_off_the_air_when_both_have_stopped(alone, on_air):
    root, portal = alone, alone.portal
    viewer = portal.world.lines.line("demo")
    for server in (1, 2):
        with watching(portal, viewer, "live/8.ts") as answer:
            assert answer.raw.read(ENOUGH)
            root.ask("stream", "stop", stream_id=8, server_id=server)
            ends(answer)
    with watching(portal, viewer, "live/8.ts") as answer:
        assert answer.status_code == 503
    root.newer("stream", "start", stream_id=8, server_id=-1)
    assert set(portal.world.placements.of(Content.STREAM, 8).values()) == {Standing.RUNNING}
    with watching(portal, viewer, "live/8.ts") as answer:
        assert answer.raw.read(ENOUGH)
        assert root.newer("stream", "purge", stream_id=8, server_id=-1) == {"result": True}
        ends(answer)
    root.ask("stream", "stop", stream_id=8, server_id=1)
    root.ask("stream", "stop", stream_id=8, server_id=2)
    until(lambda: not on_air())


def test_what_was_stopped_stays_so_when_the_portal_begins_anew(alone):
    portal, viewer = alone.portal, alone.portal.world.lines.line("demo")
    alone.ask("stream", "stop", stream_id=1, server_id=1)
    portal.stop()
    portal.start()
    with watching(portal, viewer, "live/1.ts") as answer:
        assert answer.status_code == 503


def test_what_is_deleted_from_its_last_server_is_gone(alone):
    root, portal = alone, alone.portal
    assert root.ask("stream", "delete", stream_id=4, server_id=2) == {"result": True}
    assert 4 in {each.id for each in portal.world.channels()}
    assert root.ask("stream", "delete", stream_id=4, server_id=1) == {"result": True}
    assert 4 not in {each.id for each in portal.world.channels()}
    assert root.ask("stream", "start", stream_id=4, server_id=1) == {"result": True}
    assert 4 not in {each.id for each in portal.world.channels()}


def test_an_episode_is_deleted_with_its_file_and_nothing_else(tmp_path):
    with Portal(state=tmp_path, cache=tmp_path) as portal:
        portal.world.staff.add("root", PASSWORD, **ROLES["root"])
        _delete_an_episode(portal, tmp_path)


def _delete_an_episode(portal, cache):
    (root, _), viewer = sign_in(portal, "root"), portal.world.lines.line("demo")
    library = portal.world.library
    series = library.one_series(51)
    stays, goes = library.episode(313), library.episode(312)
    files = [cache / reels.of_episode(series, each).file_name() for each in (stays, goes)]
    for file in files:
        file.write_bytes(b"a film")
    with watching(portal, viewer, f"series/{goes.id}.{goes.extension}") as answer:
        assert answer.content == b"a film"
    root.ask("episode", "stop", stream_id=goes.id, server_id=1)
    root.ask("episode", "stop", stream_id=goes.id, server_id=2)
    with watching(portal, viewer, f"series/{goes.id}.{goes.extension}") as answer:
        assert answer.status_code == 503
    for server in (1, 2):
        root.ask("episode", "delete", stream_id=goes.id, server_id=server)
    assert [file.exists() for file in files] == [True, False]
    assert library.episode(goes.id) is None
    assert library.episode(stays.id) == stays


# --- connections and processes --------------------------------------------------------------------


def test_a_user_is_cut_and_may_come_again(portal, root, viewer):
    with watching(portal, viewer, "live/1.ts") as one, watching(portal, viewer, "live/1.ts") as other:
        assert one.raw.read(ENOUGH)
        assert other.raw.read(ENOUGH)
        assert root.ask("user", "kill", user_id=viewer.id) == {"result": True}
        ends(one)
        ends(other)
    with watching(portal, viewer, "live/1.ts") as again:
        assert again.raw.read(ENOUGH)


@pytest.mark.parametrize(
    ("role", "whose", "right"),
    [
        ("root", "foreign", True),
        ("clerk", "foreign", True),
        ("seller", "own", True),
        ("seller", "foreign", False),
        ("helper", "foreign", False),
    ],
)
@pytest.mark.parametrize("dialect", ["older", "newer"])
def test_one_connection_is_cut_by_whom_its_user_belongs_to(portal, panels, role, whose, right, dialect):
    panel = panels[role]
    line = portal.world.lines.add(next(names), owner=panel.id if whose == "own" else None)
    ask = panel.newer if dialect == "newer" else panel.ask
    action = "line_activity" if dialect == "newer" else "user_activity"
    with watching(portal, line, "live/1.ts") as answer:
        assert answer.raw.read(ENOUGH)
        number = next(each.number for each in portal.connections() if each.viewing.line == line.username)
        listed = {row["pid"] for row in panel.ask("connections")["items"]}
        assert (number in listed) is right
        assert ask(action, "kill", pid=number) == {"result": right}
        if right:
            ends(answer)
        else:
            assert answer.raw.read(ENOUGH)
    until(lambda: not portal.connections())
    assert ask(action, "kill", pid=number) == {"result": False}


@pytest.mark.parametrize("role", ROLES)
def test_a_process_is_ended_by_whom_it_is_given_to(portal, panels, viewer, on_air, gone, role):
    with watching(portal, viewer, "live/1.ts") as answer:
        assert answer.raw.read(ENOUGH)
        (process,) = on_air()
        right = role == "root"
        assert panels[role].ask("process", pid=process, server=2) == {"result": right}
        assert process in on_air()
        assert panels[role].ask("process", pid=process, server=1) == {"result": right}
        if right:
            ends(answer)
            gone(process)
        else:
            assert answer.raw.read(ENOUGH)
    until(lambda: not portal.viewers(1))


@pytest.mark.parametrize("pid", [-1, 0, 1, "ours", 2**31, 2**63, 10**30, "1;ls", "0x10"])
def test_no_other_process_is_touched(root, pid):
    pid = os.getpid() if pid == "ours" else pid
    assert root.ask("process", pid=pid, server=1) == {"result": True}
    assert root.ask("user_activity", "kill", pid=pid) == {"result": False}
    os.kill(os.getpid(), 0)


def test_a_locked_user_watches_from_one_network(portal, root, viewer):
    def status(source):
        with watching(portal, viewer, "live/1.ts", source) as answer:
            return answer.status_code

    assert status("127.0.0.1") == 200
    root.ask("user", "lockk", user_id=viewer.id)
    assert status("127.0.9.9") == 200
    assert status("127.5.0.1") == 404
    root.ask("user", "resetispuser", user_id=viewer.id)
    assert status("127.5.0.1") == 200
    assert status("127.0.0.1") == 404
    root.ask("user", "unlockk", user_id=viewer.id)
    assert status("127.0.0.1") == 200
    until(lambda: not portal.connections())


# --- lists, and the book of deeds -----------------------------------------------------------------


def test_a_reseller_sees_their_own(portal, panels):
    mine = portal.world.lines.add(next(names), owner=panels["seller"].id)
    listed = {row["text"] for row in panels["seller"].ask("users")["items"]}
    assert mine.username in listed
    assert "demo" not in listed
    assert panels["seller"].ask("streams") == {"result": False}
    found = panels["root"].ask("userlist", search="DEM")
    assert (found["total_count"], found["result"]) == (1, True)
    assert (found["items"][0]["id"], found["items"][0]["text"]) == (1, "demo")


@pytest.mark.parametrize(
    "name", ["streams", "movies", "episodes", "processes", "devices", "boxes", "newslist", "deeds"]
)
def test_lists_are_for_whom_they_are(panels, name):
    assert panels["root"].ask(name)["result"]
    assert panels["root"].newer(name)["result"]
    assert panels["clerk"].ask(name) == {"result": False}


def test_every_deed_is_on_record(portal, root, viewer):
    root.ask("user", "ban", user_id=viewer.id)
    deed = portal.world.audit.all()[0]
    assert (deed.who, deed.address, deed.action) == ("root", "127.0.0.1", "user ban")
    assert (deed.target, deed.answer) == (f"user_id={viewer.id}", "true")


# --- the desk -------------------------------------------------------------------------------------


def test_what_the_page_does_beyond_a_panel(portal, panels):
    root, seller = panels["root"], panels["seller"]
    portal.world.register("195C68F32A17B98")
    assert root.ask("device", "activate", duid="195C68F32A17B98") == {"result": True}
    root.ask("device", "rename", duid="195C68F32A17B98", owner="Living room")
    root.ask("device", "allow", duid="195C68F32A17B98", types="FTA")
    (device,) = root.ask("devices")["items"]
    assert (device["status"], device["owner"], device["allowed_types"]) == ("active", "Living room", "FTA")
    assert "no device" in root.ask("device", "activate", duid="nobody")["error"]
    assert "no day" in root.ask("device", "expire", duid="195C68F32A17B98", last_day="soon")["error"]
    assert root.ask("news", "add", title="Hello", body="World") == {"result": True}
    news = root.ask("newslist", search="Hello")["items"][0]
    root.ask("news", "edit", id=news["id"], title="Good day", body="")
    assert "Good day" in {each.title for each in portal.world.news()}
    root.ask("news", "delete", id=news["id"])
    assert "Good day" not in {each.title for each in portal.world.news()}
    assert root.ask("box", "add", mac="00:1a:79:00:00:01") == {"result": True}
    root.ask("box", "event", mac="00:1A:79:00:00:01", event="send_msg", msg="Hello")
    assert [each.msg for each in portal.world.events.waiting("00:1A:79:00:00:01")] == ["Hello"]
    told = seller.ask("account", "add", username=next(names), days=30, max_connections=1)["told"]
    assert told == portal.world.lines.all()[-1].password
    assert portal.world.lines.all()[-1].owner == seller.id
    assert seller.ask("news", "add", title="Hello") == {"result": False}
