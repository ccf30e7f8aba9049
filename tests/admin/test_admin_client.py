"""Lists and actions over real HTTP, with panels that say true of everything."""

import pytest

from stb.admin.dialects import Deed, Noun
from stb.errors import AddressForbidden, AdminError, NoPermission, NoSession, WrongKey


def deed(noun, verb, which, server=0):
    return Deed(noun=Noun(noun), verb=verb, which=which, server=server)


def test_streams_are_listed_on_each_of_their_servers(panel):
    shown = [
        (each.id, each.server, each.name, each.state, each.uptime) for each in panel.entries(Noun.STREAM)
    ]
    assert shown == [
        ("7", 1, "Clock", "running", 3723),
        ("7", 2, "Clock", "stopped", None),
        ("8", 1, "News & more", "stopped", None),
    ]


def test_users_are_listed_with_what_they_are_and_without_their_passwords(panel):
    shown = panel.entries(Noun.USER)
    assert [(each.id, each.name, each.enabled, each.banned) for each in shown] == [
        ("101", "amal", True, False),
        ("102", "bilal", False, True),
    ]
    assert "pa55" not in repr(shown)


def test_connections_are_listed_by_what_kills_them(panel):
    shown = [
        (each.id, each.user, each.user_id, each.name, each.address) for each in panel.entries(Noun.CONNECTION)
    ]
    assert shown == [
        ("4711", "amal", "101", "Clock", "192.0.2.7"),
        ("4712", "amal", "101", "Clock", "192.0.2.7"),
        ("4713", "bilal", "102", "Clock", "192.0.2.7"),
    ]


def test_processes_are_read_off_the_monitors_page(panel):
    shown = [(each.id, each.name, each.server) for each in panel.entries(Noun.PROCESS, server=1)]
    assert shown == [("4000", "Clock", 1), ("4001", "Film", 1)]


def test_a_server_that_the_panel_does_not_have_has_no_processes(panel):
    with pytest.raises(AdminError, match="no server 9"):
        panel.entries(Noun.PROCESS, server=9)


def test_a_list_of_thousands_is_read_page_by_page(panel, scripted):
    scripted.users = {
        str(each): {"name": f"u{each}", "enabled": True, "banned": False, "locked": False}
        for each in range(1, 2502)
    }
    assert len(panel.entries(Noun.USER)) == 2501
    assert [query["start"] for _, path, query in scripted.asked if path == scripted.table] == [
        "0",
        "1000",
        "2000",
    ]


@pytest.mark.parametrize(
    ("noun", "verb", "which", "server"),
    [
        pytest.param("stream", "stop", "7", 1, id="stop a stream"),
        pytest.param("stream", "start", "8", 1, id="start a stream"),
        pytest.param("stream", "restart", "7", 1, id="restart a running stream"),
        pytest.param("stream", "restart", "8", 1, id="restart a stopped stream"),
        pytest.param("stream", "delete", "7", 2, id="delete a stream from one server"),
        pytest.param("movie", "stop", "20", 1, id="stop a film's encoding"),
        pytest.param("movie", "start", "20", 1, id="start a film's encoding"),
        pytest.param("movie", "delete", "20", 1, id="delete a film"),
        pytest.param("episode", "start", "30", 1, id="start an episode"),
        pytest.param("episode", "delete", "30", 1, id="delete an episode"),
        pytest.param("user", "disable", "101", 0, id="disable a user"),
        pytest.param("user", "enable", "102", 0, id="enable a user"),
        pytest.param("user", "ban", "101", 0, id="ban a user"),
        pytest.param("user", "unban", "102", 0, id="unban a user"),
        pytest.param("user", "kill", "101", 0, id="cut a user off"),
        pytest.param("user", "delete", "101", 0, id="delete a user"),
        pytest.param("connection", "kill", "4713", 0, id="cut a connection"),
        pytest.param("process", "kill", "4001", 1, id="kill a process"),
    ],
)
def test_what_was_done_is_seen_and_was_asked_for_once(panel, scripted, noun, verb, which, server):
    outcome = panel.act(deed(noun, verb, which, server))
    assert (outcome.verified, outcome.answered) == (True, True)
    assert len(scripted.deeds) == 1


def test_a_user_is_bound_to_a_network_where_the_dialect_has_that(panel, scripted):
    if scripted.dialect == "xc_vm":
        with pytest.raises(AdminError, match="xc_vm have no lock"):
            panel.act(deed("user", "lock", "101"))
        assert scripted.deeds == []
        return
    assert panel.act(deed("user", "lock", "101")).verified
    assert panel.act(deed("user", "unlock", "101")).verified
    assert [each["sub"] for each in scripted.deeds] == ["lockk", "unlockk"]


def test_a_forgotten_network_is_nowhere_to_be_seen(panel, scripted):
    if scripted.dialect == "xc_vm":
        with pytest.raises(AdminError, match="xc_vm have no resetispuser"):
            panel.act(deed("user", "resetispuser", "101"))
        return
    outcome = panel.act(deed("user", "resetispuser", "101"))
    assert (outcome.verified, outcome.answered) == (False, True)


@pytest.mark.parametrize(
    ("noun", "verb", "server"),
    [
        pytest.param("stream", "delete", 1, id="a stream"),
        pytest.param("movie", "stop", 1, id="a film"),
        pytest.param("user", "ban", 0, id="a user"),
        pytest.param("user", "kill", 0, id="a user's connections"),
        pytest.param("connection", "kill", 0, id="a connection"),
        pytest.param("process", "kill", 1, id="a process"),
    ],
)
def test_nothing_is_asked_about_what_is_not_in_the_list(panel, scripted, noun, verb, server):
    with pytest.raises(AdminError, match="nothing was asked"):
        panel.act(deed(noun, verb, "9999", server))
    assert scripted.deeds == []


def test_a_stream_is_left_alone_on_a_server_where_it_is_not(panel, scripted):
    with pytest.raises(AdminError, match="stream 8 on server 2"):
        panel.act(deed("stream", "stop", "8", 2))
    assert scripted.deeds == []


def test_an_episode_that_is_told_to_stop_may_start(panel, scripted):
    outcome = panel.act(deed("episode", "stop", "30", 1))
    assert outcome.verified is (scripted.dialect == "xc_vm")
    if not outcome.verified:
        assert outcome.words.startswith("encoding: panels are known")


def test_true_only_says_that_it_was_passed_on(panel, scripted):
    scripted.answers["stream"] = '{"result":true}'
    outcome = panel.act(deed("stream", "start", "8", 1))
    assert (outcome.verified, outcome.answered, outcome.words) == (False, True, "stopped")
    assert len(scripted.deeds) == 1


def test_what_takes_a_while_is_waited_for_without_asking_again(panel, scripted, hands):
    scripted.slow = 3
    assert panel.act(deed("stream", "stop", "7", 1)).verified
    assert hands.waits > 0
    assert len(scripted.deeds) == 1


def test_a_restart_that_changes_nothing_is_not_believed(panel, scripted):
    scripted.answers["stream"] = '{"result":true}'
    outcome = panel.act(deed("stream", "restart", "7", 1))
    assert not outcome.verified
    assert "as if nothing had happened" in outcome.words


def test_silence_of_a_slow_server_is_looked_into(panel, scripted):
    scripted.timed_out.add("stream")
    outcome = panel.act(deed("stream", "stop", "7", 1))
    assert (outcome.verified, outcome.answered) == (True, False)
    assert len(scripted.deeds) == 1


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        pytest.param('{"result":false,"0":"IP FORBIDDEN"}', AddressForbidden, id="the panel's address"),
        pytest.param('{"result":false,"0":"KEY WRONG"}', WrongKey, id="the panel's key"),
        pytest.param('{"result":false}', NoPermission, id="no, and not why"),
        pytest.param("<html><b>Fatal error</b></html>", AdminError, id="a page"),
        pytest.param('{"total":1}', AdminError, id="another document"),
    ],
)
def test_a_refusal_has_its_own_error(panel, scripted, answer, error):
    scripted.answers["stream"] = answer
    with pytest.raises(AdminError) as caught:
        panel.act(deed("stream", "stop", "7", 1))
    assert type(caught.value) is error
    assert len(scripted.deeds) == 1


def test_a_lost_session_is_told_from_an_empty_list(panel, scripted):
    scripted.session = ""
    for noun in (Noun.STREAM, Noun.USER, Noun.CONNECTION):
        with pytest.raises(NoSession):
            panel.entries(noun)
    with pytest.raises(NoSession):
        panel.entries(Noun.PROCESS, server=1)


def test_a_session_that_is_lost_in_between_proves_no_deletion(panel, scripted):
    scripted.answers["stream"] = '{"result":true}'
    listed = scripted._table
    looks = iter(range(100))

    def once(query):
        if next(looks) == 1:
            scripted.session = ""
        return listed(query)

    scripted._table = once
    with pytest.raises(NoSession):
        panel.act(deed("stream", "delete", "8", 1))


def test_an_empty_list_is_a_list(panel, scripted):
    scripted.connections = {}
    assert panel.entries(Noun.CONNECTION) == ()
    assert panel.entries(Noun.PROCESS, server=2) == ()
    outcome = panel.act(deed("user", "kill", "101"))
    assert (outcome.verified, outcome.words) == (True, "there was no connection")


def test_who_may_not_see_a_list_acts_without_being_sure(panel, scripted):
    scripted.hidden.add("streams")
    with pytest.raises(NoPermission):
        panel.entries(Noun.STREAM)
    outcome = panel.act(deed("stream", "stop", "7", 1))
    assert (outcome.verified, outcome.answered) == (False, True)
    assert scripted.streams["7", 1]["state"] == "stopped"


def test_all_servers_at_once_where_the_dialect_has_that(panel, scripted):
    if scripted.dialect == "xtream-ui":
        with pytest.raises(AdminError, match="one server at a time"):
            panel.act(deed("stream", "start", "7", -1))
        return
    assert panel.act(deed("stream", "stop", "7", -1)).verified
    assert {row["state"] for (which, _), row in scripted.streams.items() if which == "7"} == {"stopped"}


def test_every_question_says_that_a_script_asks(panel, scripted):
    panel.act(deed("user", "ban", "101"))
    assert {each.get("x-requested-with") for each in scripted.headers} == {"XMLHttpRequest"}
