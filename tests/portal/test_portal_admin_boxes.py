"""Set-top boxes at the operator's panel: they watch with the line their viewer signed in with."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import pytest
import requests
from urllib3.exceptions import ProtocolError

from stb.portal.lines import Line
from stb.portal.portal import Portal
from stb.portal.staff import Permission

from .conftest import PATIENCE, Box

PASSWORD = "correct horse"
ENOUGH = 188 * 10


@pytest.fixture
def line(portal: Portal, box: Box) -> Line:
    """The line that the box's viewer signed in with."""
    line = portal.world.lines.add("ann", connections=3)
    portal.world.macs.add(box.mac, login=line.username)
    box.sign_in()
    return line


@pytest.fixture
def panel(portal: Portal):
    """Ask the panel as an administrator."""
    portal.world.staff.add("root", PASSWORD, permissions={Permission.ALL})
    with signed_in(portal, "root") as ask:
        yield ask


@contextmanager
def signed_in(portal: Portal, name: str) -> Iterator[Callable[..., dict]]:
    with requests.Session() as session:
        door = {"username": name, "password": PASSWORD}
        session.post(f"{portal.address}/login.php", data=door, timeout=PATIENCE)

        def ask(action: str, sub: str = "", **params: object) -> dict:
            asked = {"action": action, "sub": sub, **params}
            return session.get(f"{portal.address}/api.php", params=asked, timeout=PATIENCE).json()

        yield ask


@contextmanager
def watching(box: Box) -> Iterator[requests.Response]:
    (radio,) = box.js("radio", "get_ordered_list", p=1)["data"]
    told = box.js("itv", "create_link", cmd=f"ffrt http://localhost/ch/{1000 + int(radio['id'])}")
    link = told["cmd"].split(" ")[1]
    with requests.get(link, stream=True, timeout=PATIENCE) as answer:
        assert answer.raw.read(ENOUGH)
        yield answer


def ends(answer: requests.Response) -> None:
    with suppress(ProtocolError):
        while answer.raw.read(ENOUGH):
            pass


def watched(panel) -> dict[str, int]:
    """How many watch with each line, as the panel lists it."""
    return {row["text"]: row["active_connections"] for row in panel("users")["items"]}


def test_a_user_is_cut_before_a_box_too_and_may_come_again(portal, box, line, panel):
    other = portal.world.lines.add("bob")
    with watching(box) as answer:
        assert watched(panel) | {"demo": 0} == {"ann": 1, "bob": 0, "demo": 0}
        assert panel("user", "kill", user_id=other.id) == {"result": True}
        assert [each.viewing.line for each in portal.connections()] == [box.mac]
        assert panel("user", "kill", user_id=line.id) == {"result": True}
        assert portal.connections() == ()
        ends(answer)
    with watching(box) as again:
        assert again.raw.read(ENOUGH)


@pytest.mark.parametrize("whose", ["own", "foreign"])
def test_a_reseller_cuts_the_boxes_of_its_own_customers(portal, box, whose):
    seller = portal.world.staff.add("seller", PASSWORD, permissions=(), reseller=True)
    portal.world.lines.add("ann", connections=3, owner=seller.id if whose == "own" else None)
    portal.world.macs.add(box.mac, login="ann")
    box.sign_in()
    with signed_in(portal, "seller") as ask, watching(box) as answer:
        (connection,) = portal.connections()
        assert ask("user_activity", "kill", pid=connection.number) == {"result": whose == "own"}
        if whose == "own":
            ends(answer)
        else:
            assert answer.raw.read(ENOUGH)
