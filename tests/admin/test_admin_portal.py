"""The tool and the portal that comes with the box, each written from the documents, meet over HTTP."""

from contextlib import closing
from itertools import islice

import pytest
import requests

from stb.admin.client import Panel
from stb.admin.dialects import Deed, Noun
from stb.admin.session import log_in
from stb.errors import AdminError, NoPermission, NoSession
from stb.portal.staff import Permission

PASSWORD = "correct horse"
PATIENCE = 60.0
"""Seconds after which a test gives up waiting."""


@pytest.fixture(params=["xtream-ui", "xc_vm"])
def address(request, portal):
    portal.world.staff.add("root", PASSWORD, permissions={Permission.ALL})
    folder = f"{portal.world.staff.access_code}/" if request.param == "xc_vm" else ""
    return f"{portal.address}/{folder}"


@pytest.fixture
def panel(address, http):
    return Panel(http, log_in(http, address, "root", PASSWORD), patience=PATIENCE)


def deed(noun, verb, which, server=0):
    return Deed(noun=Noun(noun), verb=verb, which=which, server=server)


@pytest.fixture
def line(portal):
    return portal.world.lines.add("amal", password="pa55word", connections=2)


@pytest.fixture
def watch(portal, line):
    """Watch a channel: what comes of it, piece by piece."""

    def watch(channel: int) -> requests.Response:
        address = f"{portal.address}/live/{line.username}/{line.password}/{channel}.ts"
        return requests.get(address, stream=True, timeout=PATIENCE)

    return watch


def test_the_portal_is_logged_in_at_by_its_own_form(address, http):
    session = log_in(http, address, "root", PASSWORD)
    assert session.dialect.name == ("xtream-ui" if address.count("/") == 3 else "xc_vm")


def test_a_wrong_password_lets_nobody_in(address, http):
    with pytest.raises(AdminError, match="not logged in"):
        log_in(http, address, "root", "wrong horse")


def test_what_the_portal_has_is_listed(panel, line):
    streams = panel.entries(Noun.STREAM)
    assert {"running"} == {each.state for each in streams}
    assert {1, 2} == {each.server for each in streams}
    user = next(each for each in panel.entries(Noun.USER) if each.id == str(line.id))
    assert (user.name, user.enabled, user.banned, user.locked) == ("amal", True, False, False)
    assert panel.entries(Noun.MOVIE)
    assert panel.entries(Noun.EPISODE)
    assert panel.entries(Noun.CONNECTION) == ()
    assert panel.entries(Noun.PROCESS, server=1) == ()


@pytest.mark.parametrize("noun", ["stream", "movie", "episode"])
def test_something_is_stopped_started_and_deleted(panel, noun):
    entry = panel.entries(Noun(noun))[0]
    for verb in ("stop", "start", "delete"):
        assert panel.act(deed(noun, verb, entry.id, entry.server)).verified, verb
    assert entry not in panel.entries(Noun(noun))


def test_a_restart_is_answered_though_nothing_shows_it(panel):
    entry = panel.entries(Noun.STREAM)[0]
    outcome = panel.act(deed("stream", "restart", entry.id, entry.server))
    assert (outcome.answered, outcome.verified) == (True, False)
    assert outcome.words.startswith("running")


@pytest.mark.parametrize("verb", ["disable", "enable", "ban", "unban", "kill", "delete"])
def test_a_user_is_changed(panel, line, verb):
    if verb in {"enable", "unban"}:
        panel.act(deed("user", {"enable": "disable", "unban": "ban"}[verb], str(line.id)))
    assert panel.act(deed("user", verb, str(line.id))).verified


@pytest.mark.parametrize("verb", ["lock", "unlock", "resetispuser"])
def test_a_user_is_bound_to_a_network_in_one_dialect(panel, line, address, verb):
    if address.count("/") > 3:
        with pytest.raises(AdminError, match=f"no {verb}"):
            panel.act(deed("user", verb, str(line.id)))
    else:
        assert panel.act(deed("user", verb, str(line.id))).verified


@pytest.mark.parametrize("noun", ["user", "connection"])
def test_a_viewer_is_cut_off(panel, line, watch, noun):
    with closing(watch(3)) as watched:
        pieces = watched.iter_content(1 << 14)
        assert next(pieces)
        (live,) = panel.entries(Noun.CONNECTION)
        assert (live.user, live.user_id) == ("amal", str(line.id))
        assert panel.act(deed(noun, "kill", str(line.id) if noun == "user" else live.id)).verified
        assert ends(pieces)


def ends(pieces):
    """Whether no more comes, with or without a goodbye; a channel sends for ever."""
    most = 10_000
    try:
        return sum(1 for _ in islice(pieces, most)) < most
    except requests.RequestException:
        return True


def test_a_process_of_the_portals_own_is_killed(panel, watch):
    with closing(watch(3)) as watched:
        assert next(watched.iter_content(1 << 14))
        entry = next(each for server in (1, 2) for each in panel.entries(Noun.PROCESS, server=server))
        assert panel.act(deed("process", "kill", entry.id, entry.server or 1)).verified


def test_nothing_is_asked_about_what_the_portal_does_not_have(panel):
    for one in (
        deed("stream", "stop", "99999", 1),
        deed("user", "ban", "99999"),
        deed("process", "kill", "1", 1),
    ):
        with pytest.raises(AdminError, match="nothing was asked"):
            panel.act(one)


def test_a_reseller_has_own_users_and_fewer_rights(portal, http, line):
    seller = portal.world.staff.add("seller", PASSWORD, reseller=True)
    own = portal.world.lines.add("bilal", owner=seller.id)
    panel = Panel(http, log_in(http, portal.address, "seller", PASSWORD), patience=PATIENCE)
    assert [each.name for each in panel.entries(Noun.USER)] == ["bilal"]
    assert panel.act(deed("user", "disable", str(own.id))).verified
    with pytest.raises(NoPermission):
        panel.act(deed("user", "ban", str(own.id)))
    with pytest.raises(AdminError, match="nothing was asked"):
        panel.act(deed("user", "disable", str(line.id)))
    assert portal.world.lines.with_id(line.id).status == "Active"


def test_who_lacks_a_right_is_told_which(portal, http):
    portal.world.staff.add("clerk", PASSWORD, permissions={Permission.EDIT_USER})
    panel = Panel(http, log_in(http, portal.address, "clerk", PASSWORD), patience=0)
    with pytest.raises(NoPermission, match="edit_stream"):
        panel.act(deed("stream", "stop", "1", 1))


def test_a_session_that_the_portal_forgot_is_none(portal, panel, http, address):
    portal.stop()
    portal.start()
    fresh = Panel(http, log_in(http, address, "root", PASSWORD))
    assert fresh.entries(Noun.USER)
    with pytest.raises(NoSession):
        panel.entries(Noun.USER)
