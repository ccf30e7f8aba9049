"""Two small panels over real HTTP, one of each dialect, with the habits that real ones have.

What they answer was seen in the panels' own scripts: ``api.php``, ``table_search.php``, ``login.php`` and
``process_monitor.php`` of xtream-ui (r22f and its successors), ``api``, ``table`` and ``login`` of XC_VM.
"""

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qsl, urlsplit

import pytest

from stb.admin import session as sessions
from stb.admin.client import Panel
from stb.model import SourceId
from stb.net import HttpClient

USER, PASSWORD = "root", "pa55 & word"
LOGIN = """<!DOCTYPE html><html><head><title>Panel</title>
<script>var a = "<input name='x'>";</script></head>
<body>{alert}<form action="./{page}" method="POST"><input type="hidden" name="referrer" value="">
<input class="form-login" type="text" name="username" required><input type="password" name="password">
<button class="btn" type="submit" name="login">Login</button></form></body></html>"""
ALERT = """<div class="alert alert-danger alert-dismissible"><button type="button" class="close">
<span aria-hidden="true">&times;</span></button> {words} </div>"""
PICTURES = {"stopped": "dark", "ready": "success", "encoding": "warning"}


@dataclass
class Scripted:
    """What a panel knows, how it behaves, and what it was asked."""

    dialect: str
    port: int = 0
    streams: dict[tuple[str, int], dict[str, object]] = field(default_factory=dict)
    movies: dict[tuple[str, int], dict[str, object]] = field(default_factory=dict)
    episodes: dict[tuple[str, int], dict[str, object]] = field(default_factory=dict)
    users: dict[str, dict[str, object]] = field(default_factory=dict)
    connections: dict[str, str] = field(default_factory=dict)
    """Of a pid, or long name: whose it is."""
    processes: dict[int, dict[int, str]] = field(default_factory=dict)
    session: str = ""
    """The one that is good."""
    answers: dict[str, str] = field(default_factory=dict)
    """Of an action: what is said in place of the truth, and nothing done."""
    timed_out: set[str] = field(default_factory=set)
    """Actions that are obeyed and answered by nothing."""
    hidden: set[str] = field(default_factory=set)
    """Lists that this account may not see."""
    slow: int = 0
    """Looks at a list until a start or stop is to be seen."""
    words: str = "Incorrect username or password."
    asked: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    later: list[Callable[[], None]] = field(default_factory=list)

    @property
    def suffix(self) -> str:
        return ".php" if self.dialect == "xtream-ui" else ""

    @property
    def root(self) -> str:
        return "/" if self.dialect == "xtream-ui" else "/c0de/"

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}{self.root}"

    @property
    def deeds(self) -> list[dict[str, str]]:
        """The actions that were asked for, without the look whether somebody is logged in."""
        return [
            query
            for _, path, query in self.asked
            if path.startswith("api") and query["action"] != "stb-nothing"
        ]

    def answer(self, method: str, path: str, query: dict[str, str], headers: dict[str, str]):
        """Status, body, more headers."""
        self.headers.append(headers)
        if not path.startswith(self.root):
            return 404, "<h1>Not Found</h1>", {}
        page = path.removeprefix(self.root)
        self.asked.append((method, page, query))
        inside = f"PHPSESSID={self.session}" in headers.get("cookie", "") and bool(self.session)
        name = page.removesuffix(".php")
        if page != name + self.suffix and page != self.table:
            return 404, "<h1>Not Found</h1>", {}
        if name == "login":
            return self._login(method, query, headers)
        if name == "logout":
            self.session = ""
            return 302, "", {"Location": f"./login{self.suffix}"}
        if page == self.table:
            return 200, self._table(query) if inside else self._nobody_table(), {}
        if name == "process_monitor":
            return self._monitor(query) if inside else (302, "", {"Location": f"./index{self.suffix}"})
        if name == "api":
            return 200, self._api(query, inside, headers), {}
        return 404, "<h1>Not Found</h1>", {}

    @property
    def table(self) -> str:
        return "table_search.php" if self.dialect == "xtream-ui" else "table"

    def _login(self, method, query, headers):
        page = f"login{self.suffix}"
        if method == "GET":
            return (
                200,
                LOGIN.format(alert="", page=page),
                {"Set-Cookie": "PHPSESSID=fresh1; path=/; HttpOnly"},
            )
        good = (query.get("username"), query.get("password")) == (USER, PASSWORD)
        if self.dialect == "xc_vm" and "login" not in query:
            good = False  # its script looks for the button
        if not good or "PHPSESSID=fresh1" not in headers.get("cookie", ""):
            return 200, LOGIN.format(alert=ALERT.format(words=self.words), page=page), {}
        self.session = "fresh1"
        return 302, "", {"Location": f"./dashboard{self.suffix}"}

    def _nobody_table(self) -> str:
        """Nothing; or, with ``xc_vm``, an empty list that looks like the truth."""
        empty = {"draw": 0, "recordsTotal": 0, "recordsFiltered": 0, "data": []}
        return "" if self.dialect == "xtream-ui" else json.dumps(empty)

    def _api(self, query, inside, headers) -> str:
        ajax = headers.get("x-requested-with", "").lower() == "xmlhttprequest"
        if self.dialect == "xc_vm" and not ajax:
            return ""
        if not inside:
            return "" if self.dialect == "xtream-ui" else '{"result":false,"error":"Not logged in"}'
        action = query.get("action", "")
        if action in self.answers:
            return self.answers[action]
        done = self._do(action, query)
        return "" if action in self.timed_out else json.dumps({"result": done})

    def _do(self, action, query) -> bool:
        line, live = ("user", "user_activity") if self.dialect == "xtream-ui" else ("line", "line_activity")
        served = {"stream": self.streams, "movie": self.movies, "episode": self.episodes}
        sub = query.get("sub", "")
        if action in served:
            return self._serve(action, served[action], sub, (query["stream_id"], int(query["server_id"])))
        if action == line:
            return self._user(sub, query["user_id"])
        if action == live:
            there = self.connections.pop(query["pid"], None) is not None
            return there if self.dialect == "xtream-ui" else True
        if action == "process":
            self.processes.get(int(query["server"]), {}).pop(int(query["pid"]), None)
            return True
        return False

    def _serve(self, action, rows, sub, key) -> bool:
        if sub == "delete":
            rows.pop(key, None)
            return True
        if sub not in {"start", "stop", "restart"} or (sub == "restart" and action != "stream"):
            return False
        if action == "episode" and self.dialect == "xtream-ui":
            sub = "start"  # its script says start to both
        keys = [each for each in rows if each[0] == key[0]] if key[1] == -1 else [key]
        aim = "stopped" if sub == "stop" else {"stream": "running"}.get(action, "encoding")

        def change() -> None:
            for each in keys:
                if each in rows:
                    rows[each] |= {"state": aim, "uptime": 0}

        self.later.append(change) if self.slow else change()
        return True

    def _user(self, sub, which) -> bool:
        changes = {
            "enable": {"enabled": True},
            "disable": {"enabled": False},
            "ban": {"banned": True},
            "unban": {"banned": False},
        }
        if self.dialect == "xtream-ui":
            changes |= {"lockk": {"locked": True}, "unlockk": {"locked": False}, "resetispuser": {}}
        if sub == "delete":
            self.users.pop(which, None)
        elif sub == "kill":
            self.connections = {pid: owner for pid, owner in self.connections.items() if owner != which}
        elif sub in changes:
            self.users.get(which, {}).update(changes[sub])
        else:
            return False
        return True  # of users who do not exist too

    def _table(self, query) -> str:
        kind = query["id"]
        if kind in self.hidden:
            return ""
        if self.slow and self.later:
            self.slow -= 1
            if not self.slow:
                for change in self.later:
                    change()
        lists = {
            "streams": lambda: [self._stream(key, row) for key, row in self.streams.items()],
            "movies": lambda: [self._film(key, row) for key, row in self.movies.items()],
            "episodes": lambda: [self._film(key, row) for key, row in self.episodes.items()],
            "users" if self.dialect == "xtream-ui" else "lines": lambda: [
                self._line(key, row) for key, row in self.users.items()
            ],
            "live_connections": lambda: [self._live(*each) for each in self.connections.items()],
        }
        rows = lists[kind]() if kind in lists else []
        start, length = int(query["start"]), int(query["length"])
        page = rows[start : start + length]
        return json.dumps(
            {
                "draw": query["draw"],
                "recordsTotal": str(len(rows)),
                "recordsFiltered": str(len(rows)),
                "data": page,
            }
        )

    def _stream(self, key, row):
        which, server = key
        running = row["state"] == "running"
        uptime = row["uptime"]
        state = f"{uptime // 3600:02}h {uptime // 60 % 60:02}m {uptime % 60:02}s" if running else "STOPPED"
        offered = ("stop", "restart", "delete") if running else ("start", "delete")
        return [
            which
            if self.dialect == "xtream-ui"
            else f"<a href='stream_view?id={which}'>{which}-{server}</a>",
            "<img src='./resize.php?max=32' />",
            f"<b>{row['name']}</b><br><span style='font-size:11px;'>News</span>",
            f"Server {server}<br/><span style='font-size:11px;'>source.example</span>",
            f'<a href="./live_connections.php?stream_id={which}&server_id={server}">0</a>',
            f"<button type='button' class='btn btn-outline-success'>{state}</button>",
            buttons(*(f"api({which}, {server}, '{sub}');" for sub in offered)),
            "<button type='button' disabled></button>",
        ]

    def _film(self, key, row):
        which, server = key
        picture = f"<i class='text-{PICTURES[row['state']]} mdi mdi-circle'></i>"
        offered = ("stop" if row["state"] == "encoding" else "start", "delete")
        name = f"<b>{row['name']}</b><br><span>Films</span>"
        pressed = buttons(*(f"api({which}, {server}, '{sub}');" for sub in offered))
        if self.dialect == "xtream-ui":
            return [which, name, f"Server {server}", "0", picture, pressed, "", ""]
        return [which, "", name, f"Server {server}", "0", picture, "", pressed, "", ""]

    def _line(self, which, row):
        colour = "danger" if row["banned"] else "success" if row["enabled"] else "secondary"
        offered = [
            "kill",
            "unban" if row["banned"] else "ban",
            "disable" if row["enabled"] else "enable",
            "delete",
        ]
        if self.dialect == "xtream-ui":
            offered += ["resetispuser", "unlockk" if row["locked"] else "lockk"]
        state = f'<i class="text-{colour} fas fa-circle"></i>'
        pressed = buttons(*(f"api({which}, '{sub}');" for sub in offered))
        return [
            which,
            row["name"],
            "line's pa55word",
            "owner",
            state,
            "",
            "",
            "Never",
            "0",
            "1",
            "Never",
            pressed,
        ]

    def _live(self, pid, owner):
        ui = self.dialect == "xtream-ui"
        page = f"./user.php?id={owner}" if ui else f"line?id={owner}"
        user = f"<a href='{page}'>{self.users.get(owner, {'name': '?'})['name']}</a>"
        called = pid if ui else f"'{pid}'"
        address = "<a target='_blank' href='https://whois.example/?ip=192.0.2.7'>192.0.2.7</a>"
        row = ["900", "", user, "Clock", "Server 1", "VLC/3.0", "00:01:02" if ui else "isp", address, ""]
        return [*row, *([] if ui else ["TS", ""]), buttons(f"api({called}, 'kill');")]

    def _monitor(self, query):
        server = int(query["server"])
        if server not in self.processes:
            return 302, "", {"Location": f"./dashboard{self.suffix}"}
        rows = "".join(
            f"<tr><td>{pid}</td><td>xtreamc+</td><td>Main - Stream</td><td><a href='#'>{name}</a></td>"
            f"<td>0.1</td><td>12</td><td>1:02</td><td>"
            f"<button onClick='kill({server}, {pid});'>x</button></td></tr>"
            for pid, name in self.processes[server].items()
        )
        mounts = (
            "<table><tbody><tr><td>/</td><td>10G</td><td>1G</td><td>9G</td><td>10%</td><td></td></tr></table>"
        )
        body = (
            f"<html><body>{mounts}<table id='datatable-activity'><tbody>{rows}</tbody></table></body></html>"
        )
        return 200, body, {}


def buttons(*pressed: str) -> str:
    """A group of buttons, as both panels draw them."""
    each = "".join(f'<button type="button" class="btn" onClick="{call}"></button>' for call in pressed)
    return f'<div class="btn-group">{each}</div>'


def handler(scripted: Scripted):
    class Handler(BaseHTTPRequestHandler):
        def _speak(self, method: str) -> None:
            parts = urlsplit(self.path)
            sent = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
            query = dict(parse_qsl(sent or parts.query, keep_blank_values=True))
            headers = {name.lower(): value for name, value in self.headers.items()}
            status, body, more = scripted.answer(method, parts.path, query, headers)
            content = body.encode()
            with suppress(OSError):
                self.send_response(status)
                more = {
                    "Content-Type": "text/html; charset=UTF-8",
                    "Content-Length": str(len(content)),
                    **more,
                }
                for name, value in more.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(content)

        def do_GET(self):
            self._speak("GET")

        def do_POST(self):
            self._speak("POST")

        def log_message(self, *_args):
            pass

    return Handler


@pytest.fixture(params=["xtream-ui", "xc_vm"])
def scripted(request):
    scripted = Scripted(
        dialect=request.param,
        streams={
            ("7", 1): {"name": "Clock", "state": "running", "uptime": 3723},
            ("7", 2): {"name": "Clock", "state": "stopped", "uptime": 0},
            ("8", 1): {"name": "News & more", "state": "stopped", "uptime": 0},
        },
        movies={("20", 1): {"name": "Film", "state": "encoding"}},
        episodes={("30", 1): {"name": "Episode", "state": "ready"}},
        users={
            "101": {"name": "amal", "enabled": True, "banned": False, "locked": False},
            "102": {"name": "bilal", "enabled": False, "banned": True, "locked": True},
        },
        connections={"4711": "101", "4712": "101", "4713": "102"},
        processes={1: {4000: "Clock", 4001: "Film"}, 2: {}},
    )
    yield from serve(scripted)


def serve(scripted: Scripted):
    with ThreadingHTTPServer(("127.0.0.1", 0), handler(scripted)) as server:
        server.daemon_threads = False
        scripted.port = server.server_address[1]
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield scripted
        server.shutdown()
        thread.join()


@pytest.fixture
def http():
    http = HttpClient(SourceId("admin"))
    yield http
    http.close()


@pytest.fixture
def session(scripted, http):
    return sessions.log_in(http, scripted.address, USER, PASSWORD)


class Hands:
    """Time that goes by only when somebody waits."""

    def __init__(self):
        self.now = 0.0
        self.waits = 0

    def clock(self) -> float:
        return self.now

    def pause(self, seconds: float) -> None:
        self.now += seconds
        self.waits += 1


@pytest.fixture
def hands():
    return Hands()


@pytest.fixture
def panel(session, http, hands):
    return Panel(http, session, patience=3.0, clock=hands.clock, pause=hands.pause)
