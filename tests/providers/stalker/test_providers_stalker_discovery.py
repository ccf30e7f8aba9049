"""Finding the portal's script from what a viewer typed (PROTOCOLS 1.1)."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stb.errors import BadReply, ProviderError, ServerFault, SettingsError, Unreachable
from stb.model import SourceId
from stb.net import Reply
from stb.providers.stalker.discovery import candidates, discovering, loaders

HOME = SourceId("home")


@pytest.mark.parametrize(
    ("typed", "first", "page"),
    [
        pytest.param("http://h/c/", "http://h/server/load.php", "http://h/c/", id="a MAG's address"),
        pytest.param("http://h/c", "http://h/server/load.php", "http://h/c/", id="without its slash"),
        pytest.param("h/c/index.html", "http://h/server/load.php", "http://h/c/", id="the page itself"),
        pytest.param(
            "http://h:88/stalker_portal/c/",
            "http://h:88/stalker_portal/server/load.php",
            "http://h:88/stalker_portal/c/",
            id="the genuine portal's folder",
        ),
        pytest.param(
            "h/stalker_portal",
            "http://h/stalker_portal/server/load.php",
            "http://h/stalker_portal/c/",
            id="the folder without the page",
        ),
        pytest.param("h", "http://h/portal.php", "http://h/c/", id="a bare name"),
        pytest.param("  H.example:8080 ", "http://H.example:8080/portal.php", None, id="white space"),
        pytest.param("h/portal.php", "http://h/portal.php", "http://h/c/", id="the imitation's script"),
        pytest.param("h/c/portal.php", "http://h/c/portal.php", "http://h/c/", id="the same in the page"),
        pytest.param(
            "https://h/x/server/load.php?type=stb",
            "https://h/x/server/load.php",
            "https://h/x/c/",
            id="script",
        ),
        pytest.param("h/client/", "http://h/server/load.php", "http://h/client/", id="another page"),
        pytest.param("2001:db8::7", "http://[2001:db8::7]/portal.php", None, id="bare IPv6"),
    ],
)
def test_what_is_tried_first(typed, first, page):
    place = candidates(typed)[0]
    assert place.api == first
    assert page is None or place.page == page


@pytest.mark.parametrize(
    ("typed", "base"),
    [
        pytest.param("http://h/c/", "http://h/", id="at the root"),
        pytest.param("http://h/stalker_portal/c/", "http://h/stalker_portal/", id="in a folder"),
        pytest.param("http://h/portal.php", "http://h/", id="the imitation's script"),
        pytest.param("http://h/stalker_portal/server/load.php", "http://h/stalker_portal/", id="the script"),
    ],
)
def test_what_pictures_hang_off(typed, base):
    assert candidates(typed)[0].base == base


def test_the_address_of_the_seed_with_the_page_kept_is_among_what_is_tried():
    tried = [place.api for place in candidates("http://portal.example.com/c/")]
    assert "http://portal.example.com/c/server/load.php" in tried


def test_a_bare_name_is_tried_everywhere_once_and_with_tls_last():
    tried = [place.api for place in candidates("h")]
    assert len(tried) == len(set(tried))
    assert tried[:3] == [
        "http://h/portal.php",
        "http://h/server/load.php",
        "http://h/stalker_portal/server/load.php",
    ]
    assert [one.startswith("https") for one in tried] == sorted(one.startswith("https") for one in tried)


def test_a_script_is_tried_alone():
    assert len(candidates("http://h/x/portal.php")) == 1


@pytest.mark.parametrize("typed", ["", " ", "/", "http://", "ftp://h", "h:word", "h:0", "[::1"])
def test_what_names_no_server_is_a_fault(typed):
    with pytest.raises(SettingsError):
        candidates(typed)


@settings(deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_places_or_a_fault(typed):
    with suppress(SettingsError):
        for place in candidates(typed):
            assert place.page.endswith("/")
            assert place.base.endswith("/")


PAGE = "http://h/stalker_portal/c/"


@pytest.mark.parametrize(
    ("program", "address"),
    [
        pytest.param(
            "this.ajax_loader = this.portal_protocol+'://'+this.portal_ip+'/'+this.portal_path+'/server/load.php';",
            "http://h/stalker_portal/server/load.php",
            id="as the genuine page has it",
        ),
        pytest.param(
            'stb.ajax_loader=stb.portal_protocol+"://"+stb.portal_ip+"/portal.php";',
            "http://h/portal.php",
            id="as the imitation has it",
        ),
        pytest.param("ajax_loader = '/tv/box.php';", "http://h/tv/box.php", id="a path"),
        pytest.param("ajax_loader = 'http://h/other/x.php';", "http://h/other/x.php", id="the whole address"),
    ],
)
def test_the_pages_own_program_says_where_the_script_is(program, address):
    assert loaders(f"var a = 1;\n{program}\nmore();", PAGE) == (address,)


@pytest.mark.parametrize(
    "program",
    ["", "ajax_loader = 7;", "ajax_loader = 'http://elsewhere/x.php';", "ajax_loader = 'x.js';"],
)
def test_a_program_that_leads_elsewhere_leads_nowhere(program):
    assert loaders(program, PAGE) == ()


@settings(deadline=None)
@given(st.text(max_size=200))
def test_any_program_is_read(program):
    loaders(f"ajax_loader = {program}", PAGE)


def reply(status=200, body=b"", media="application/json"):
    return Reply(status=status, media_type=media, body=body)


TAKEN = reply(body=b'{"js":{"token":"X"}}')
GONE = reply(404, b"<html>", "text/html")


def walk(typed, answer):
    """Everything that is asked, and where it ends."""
    asked, search = [], discovering(candidates(typed), HOME)
    try:
        probe = next(search)
        while True:
            asked.append(f"{probe.endpoint.page}{probe.part}" if probe.part else probe.endpoint.api)
            probe = search.send(answer(asked[-1]))
    except StopIteration as ended:
        return asked, ended.value[0]
    except ProviderError as error:
        return asked, error


def test_one_request_where_the_first_place_answers():
    asked, place = walk("http://h/c/", lambda _at: TAKEN)
    assert asked == ["http://h/server/load.php"]
    assert not place.greets


@pytest.mark.parametrize(
    "refusal",
    [
        pytest.param(reply(body=b'{"js":{"token":null}}'), id="no token for this address"),
        pytest.param(reply(body=b"Authorization failed."), id="words"),
        pytest.param(reply(body=b"Access denied."), id="an account that is off"),
        pytest.param(reply(401), id="HTTP 401"),
        pytest.param(reply(body=b'{"js":false,"text":"generated in: 0.01s"}'), id="false"),
    ],
)
def test_a_portal_that_refuses_us_is_found(refusal):
    asked, place = walk("h", lambda _at: refusal)
    assert asked == ["http://h/portal.php"]
    assert place.api == "http://h/portal.php"


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(GONE, id="404"),
        pytest.param(reply(500), id="500"),
        pytest.param(reply(body=b"<html>", media="text/html"), id="a page for everything"),
        pytest.param(reply(), id="nothing"),
        pytest.param(reply(403, b"<html>", "text/html"), id="a page of nginx"),
        pytest.param(BadReply("circles", where="Location", got=""), id="sent in circles"),
    ],
)
def test_what_is_no_portal_is_passed_by(other):
    asked, place = walk("h", lambda at: TAKEN if at == "http://h/stalker_portal/server/load.php" else other)
    assert len(asked) == 3
    assert place.api == asked[-1]


def test_slow_places_are_passed_by():
    slow = Unreachable("no answer in time")
    slow.__cause__ = TimeoutError()
    asked, place = walk("h", lambda at: slow if at.endswith("/portal.php") else TAKEN)
    assert asked == ["http://h/portal.php", "http://h/server/load.php"]
    assert place.api == asked[-1]


def test_a_server_that_refuses_connections_is_asked_once():
    refused = Unreachable("nothing listens there")
    refused.__cause__ = ConnectionRefusedError()
    asked, error = walk("http://h", lambda _at: refused)
    assert asked == ["http://h/portal.php"]
    assert isinstance(error, Unreachable)


def test_a_name_typed_bare_is_tried_with_tls_too():
    refused = Unreachable("nothing listens there")
    refused.__cause__ = ConnectionRefusedError()
    asked, place = walk("h", lambda at: TAKEN if at.startswith("https") else refused)
    assert asked == ["http://h/portal.php", "https://h/portal.php"]
    assert place.page == "https://h/c/"


def test_a_host_that_wants_to_be_greeted_is():
    """It answers 404 until the page's parts were asked for (a reseller's host)."""
    greeted = []

    def answer(at):
        if at.endswith(".js"):
            greeted.append(at)
            return reply(body=b"var ver = '5.6.0';")
        return TAKEN if len(greeted) == 2 else GONE

    asked, place = walk("http://h/c/", answer)
    assert greeted == ["http://h/c/version.js", "http://h/c/xpcom.common.js"]
    assert place.greets
    assert asked[-1] == "http://h/server/load.php"


def test_a_renamed_script_is_found_by_the_page():
    def answer(at):
        if at.endswith("xpcom.common.js"):
            return reply(body=b"this.ajax_loader = this.portal_protocol+'://'+this.portal_ip+'/tv/box.php';")
        return TAKEN if at == "http://h/tv/box.php" else reply(body=b"x") if at.endswith(".js") else GONE

    _, place = walk("http://h/c/", answer)
    assert place.api == "http://h/tv/box.php"


@pytest.mark.parametrize("folder", ["client", "c_", "stalker_portal/c_"])
def test_a_renamed_page_is_found_below_a_bare_name(folder):
    def answer(at):
        if at == f"http://h/{folder}/xpcom.common.js":
            return reply(body=b"this.ajax_loader = '/tv/box.php';")
        if at == f"http://h/{folder}/version.js":
            return reply(body=b"var ver = '5.6.0';")
        return TAKEN if at == "http://h/tv/box.php" else GONE

    _, place = walk("http://h", answer)
    assert (place.api, place.page) == ("http://h/tv/box.php", f"http://h/{folder}/")


def test_where_there_is_no_portal_each_place_is_asked_once_and_the_page_once():
    asked, error = walk("http://h/c/", lambda _at: GONE)
    assert isinstance(error, BadReply)
    assert len(asked) == len(set(asked)) <= 12


def test_a_server_in_trouble_is_told_rather_than_what_is_not_there():
    asked, error = walk("h", lambda at: reply(503) if "load" in at else GONE)
    assert asked
    assert isinstance(error, ServerFault)
