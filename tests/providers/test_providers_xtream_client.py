"""An Xtream panel over real HTTP: what it is asked, and what becomes of its answers."""

import base64
import gzip
import socket
import time
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from stb.board import derive
from stb.errors import (
    AccountDisabled,
    BadReply,
    LoginRefused,
    NoSuchItem,
    ServerFault,
    SettingsError,
    Unreachable,
)
from stb.model import (
    AccountStatus,
    EpisodeId,
    EpisodeRef,
    Facts,
    Film,
    FilmId,
    FilmRef,
    GuideChannel,
    Programme,
    Series,
    SeriesId,
    SeriesRef,
    Source,
    SourceId,
    read_programmes,
)
from stb.providers import Offer, Shelf, open_provider
from stb.providers.access import Unkept
from stb.providers.provider import PLAYER_AGENT
from stb.providers.xtream import client

HOME = SourceId("home")
NOWHERE = Path("nowhere")
PASSWORD = "wo/rd"
ACCOUNT = {
    "user_info": {"auth": 1, "status": "Active", "exp_date": None, "allowed_output_formats": ["m3u8", "ts"]},
    "server_info": {"timezone": "Europe/Berlin", "rtmp_port": "25462"},
}
LOGIN = {"username": "me", "password": PASSWORD}
CATEGORIES = [{"category_id": "1", "category_name": "News"}, {"category_id": "2", "category_name": "Sport"}]
ROWS = [
    {
        "num": 1,
        "stream_id": 11,
        "name": "One",
        "category_id": "1",
        "epg_channel_id": "one.de",
        "tv_archive": 1,
        "tv_archive_duration": 3,
    },
    {"num": 2, "stream_id": 12, "name": "Two", "category_id": "2"},
    {"num": 3, "stream_id": 12, "name": "Two again", "category_id": "1"},
    {"num": 4, "stream_id": 13, "name": "##### UK #####", "category_id": "1"},
]
FILM = Film(ref=FilmRef(HOME, FilmId("7")), name="Film", link="7.mkv")
SERIES = Series(ref=SeriesRef(HOME, SeriesId("9")), name="Series")
PACKETS = (b"G" + bytes(187)) * 20
PAGE = b"<html><head><title>404 Not Found</title></head></html>"


def provider_for(address, folder=NOWHERE, user="me", password=PASSWORD, memory=None, **fields):
    source = Source(id=HOME, kind="xtream", name="Home", address=address, user=user, **fields)
    return open_provider(source, derive(Facts(serial="1a2b")), folder, password=password, memory=memory)


@pytest.fixture
def memory():
    return Unkept()


@pytest.fixture
def xtream(panel, tmp_path, memory):
    panel.says("", ACCOUNT)
    panel.says("get_live_categories", CATEGORIES)
    panel.says("get_live_streams", ROWS)
    with closing(provider_for(panel.address, tmp_path, memory=memory)) as provider:
        yield provider


def channel(provider):
    return next(iter(provider.items()))


# --- account --------------------------------------------------------------------------------------------


def test_signing_in_asks_for_the_account(panel, xtream):
    assert xtream.sign_in().status is AccountStatus.ACTIVE
    assert panel.asked == [("/player_api.php", LOGIN)]


def test_it_offers_films_and_series_a_guide_and_what_was_on(xtream):
    guides = {Offer.GUIDE, Offer.SHORT_GUIDE, Offer.DAYS}
    assert xtream.offers == {Offer.LIBRARY, Offer.CATCH_UP, Offer.EDITIONS, *guides}


@pytest.mark.parametrize(("chosen", "said"), [("", PLAYER_AGENT), ("Box/1", "Box/1")])
def test_it_calls_itself_a_player_or_what_the_viewer_chose(panel, chosen, said):
    panel.says("", ACCOUNT)
    panel.says("get_live_streams", ROWS)
    with closing(provider_for(panel.address, user_agent=chosen)) as xtream:
        xtream.sign_in()
        streams = [xtream.stream(each) for each in xtream.items()]
    assert {headers["User-Agent"] for headers in panel.headers} == {said}
    assert {stream.user_agent for stream in streams} == {said}


def test_an_address_may_have_the_login_in_it(panel):
    panel.says("", ACCOUNT)
    typed = f"{panel.address}/get.php?username=me&password=wo%2Frd&type=m3u_plus"
    with closing(provider_for(typed, user="", password="")) as xtream:
        xtream.sign_in()
        assert xtream.address == panel.address
    assert panel.asked == [("/player_api.php", LOGIN)]


def test_a_folder_in_front_of_the_panel_stays(panel):
    panel.says("", ACCOUNT)
    with closing(provider_for(f"{panel.address}/sub/")) as xtream:
        xtream.sign_in()
        assert xtream.lend(FILM.ref, FILM.link).address.startswith(f"{panel.address}/sub/movie/")
    assert panel.asked[0][0] == "/sub/player_api.php"


def test_an_address_that_is_none_is_a_fault_of_the_settings():
    with pytest.raises(SettingsError):
        provider_for("ftp://tv.example")


@pytest.mark.parametrize("status", [401, 403, 404, 454, 512, 884])
def test_a_refusal_keeps_its_status_and_is_not_asked_again(panel, xtream, status):
    panel.says("", PAGE, status=status, media_type="text/html")
    with pytest.raises(LoginRefused) as caught:
        xtream.sign_in()
    assert (caught.value.status, caught.value.source) == (status, HOME)
    assert len(panel.asked) == 1


def test_nobody_there():
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        provider = provider_for(f"127.0.0.1:{nobody.getsockname()[1]}")
        for verb in (provider.sign_in, lambda: list(provider.items()), lambda: list(provider.films())):
            with pytest.raises(Unreachable):
                verb()
        provider.close()


def test_no_secret_in_any_error_or_log(panel, xtream, caplog):
    caplog.set_level("DEBUG")
    panel.says("get_live_streams", PAGE, status=500)
    panel.says("get_live_categories", PAGE, status=404)
    xtream.sign_in()
    with pytest.raises(LoginRefused) as caught:
        list(xtream.items())
    text = caplog.text + repr(caught.value) + str(caught.value.failure)
    assert "wo/rd" not in text
    assert "wo%2Frd" not in text
    assert "player_api.php?username=***" in text


def test_a_disabled_account_gets_neither_list_nor_stream(panel, xtream):
    one = channel(xtream)
    panel.says("", {"user_info": {"auth": 1, "status": "Banned", "message": "Call us"}})
    assert xtream.sign_in().status is AccountStatus.DISABLED
    for verb in (lambda: list(xtream.items()), lambda: xtream.stream(one), lambda: list(xtream.films())):
        with pytest.raises(AccountDisabled) as caught:
            verb()
        assert caught.value.words == "Call us"


def test_an_expired_account_has_what_the_panel_still_gives(panel, xtream):
    panel.says("", {"user_info": {"auth": 1, "status": "Expired"}})
    assert xtream.sign_in().status is AccountStatus.EXPIRED
    assert len(list(xtream.items())) == 2
    with pytest.raises(LoginRefused):  # and an empty list is not taken for the operator's
        list(xtream.films())


# --- lists ----------------------------------------------------------------------------------------------


def test_the_channels_with_their_groups_each_id_once_and_no_headings(panel, xtream):
    found = [(each.number, each.name, each.group) for each in xtream.items()]
    assert found == [(1, "One", "News"), (2, "Two", "Sport")]
    assert panel.actions == ["get_live_categories", "get_live_streams"]


@pytest.mark.parametrize("nothing", [None, "", [], {}, True])
def test_a_row_without_an_id_is_left_out(panel, xtream, nothing):
    row = {"name": "x", "stream_id": nothing, "series_id": nothing}
    for action in ("get_live_streams", "get_vod_streams", "get_series"):
        panel.says(action, [row])
    assert [*xtream.items(), *xtream.films(), *xtream.series()] == []


@pytest.mark.parametrize("numbers", [range(9), [1] * 9], ids=["always new ones", "always the same"])
def test_a_list_without_end_is_given_up(panel, xtream, monkeypatch, numbers):
    monkeypatch.setattr(client, "_MOST", 3)
    panel.says("get_vod_streams", [{"stream_id": number} for number in numbers])
    with pytest.raises(BadReply, match="a list without end"):
        list(xtream.films())


@pytest.mark.parametrize("written", [12, "12", 12.0])
def test_an_id_in_every_shape(panel, xtream, written):
    panel.says("get_vod_streams", [{"stream_id": written, "name": "F"}, {"stream_id": 12}])
    assert [film.link for film in xtream.films()] == ["12.mp4"]


def test_lists_and_categories_are_asked_for_as_the_api_says(panel, xtream):
    assert list(xtream.films()) == []
    assert list(xtream.series()) == []
    assert panel.actions == ["get_vod_categories", "get_vod_streams", "get_series_categories", "get_series"]


def test_categories_in_the_operators_order(panel, xtream):
    panel.says("get_vod_categories", [CATEGORIES[1], CATEGORIES[0], {**CATEGORIES[0], "category_id": "3"}])
    assert xtream.categories(Shelf.FILMS) == ("Sport", "News")
    assert xtream.categories(Shelf.SERIES) == ()


@pytest.mark.parametrize(
    ("body", "status", "length"),
    [
        pytest.param(b"", 200, None, id="empty"),
        pytest.param(b"[]", 200, None, id="an empty list"),
        pytest.param(b"null", 200, None, id="null"),
        pytest.param(b'""', 200, None, id="an empty text"),
        pytest.param(b"<b>Fatal error</b>: Allowed memory size exhausted", 200, None, id="a page: no memory"),
        pytest.param(
            b'[{"num":9,"stream_id":11,"name":"One","category_id":"1"},{"num"', 200, None, id="cut short"
        ),
        pytest.param(b'[{"num":9,"stream_id":11,', 200, 4000, id="cut off"),
        pytest.param(b'{"user_info":{"auth":1},"server_info":{}}', 200, None, id="the account (XC_VM)"),
        pytest.param(b'{"error":"Too many requests"}', 200, None, id="an error with 200"),
        pytest.param(PAGE, 500, None, id="500"),
        pytest.param(PAGE, 504, None, id="504"),
    ],
)
def test_where_the_whole_list_does_not_come_each_category_is_asked_for(panel, xtream, body, status, length):
    panel.says("get_live_streams", body, status=status, length=length)
    panel.says("get_live_streams", [ROWS[0], ROWS[2]], category="1")
    panel.says("get_live_streams", [ROWS[1]], category="2")
    found = list(xtream.items())
    assert sorted(each.ref.channel for each in found) == ["11", "12"]
    assert len({each.number for each in found}) == 2
    assert panel.actions == ["get_live_categories", *["get_live_streams"] * 3]
    assert [fields.get("category_id") for _, fields in panel.asked[1:]] == [None, "1", "2"]


def test_a_list_that_was_fetched_is_read_from_the_disk(panel, xtream):
    assert xtream.fetch()
    assert [channel.name for channel in xtream.items()] == ["One", "Two"]
    assert panel.actions == ["get_live_streams", "get_live_categories"]


def test_lists_that_are_alike_are_of_one_edition(panel, xtream, tmp_path):
    first = xtream.fetch()
    with closing(provider_for(panel.address, tmp_path)) as later:
        assert later.fetch() == first
    panel.says("get_live_categories", CATEGORIES[:1])
    with closing(provider_for(panel.address, tmp_path)) as later:
        renamed = later.fetch()
    panel.says("get_live_streams", ROWS[:2])
    with closing(provider_for(panel.address, tmp_path)) as later:
        assert len({first, renamed, later.fetch(), later.fetch(Shelf.FILMS)}) == 4


@pytest.mark.parametrize(
    ("answer", "asked"),
    [
        pytest.param({"status": 503}, 1, id="a fault"),
        pytest.param({"value": b"[", "length": 10**6}, 2, id="cut off"),
    ],
)
def test_a_list_that_could_not_be_fetched_is_asked_for_by_category(panel, xtream, answer, asked):
    panel.says("get_live_streams", **answer)
    for category in CATEGORIES:
        number = category["category_id"]
        panel.says("get_live_streams", [row for row in ROWS if row["category_id"] == number], category=number)
    assert xtream.fetch() == ""
    assert [channel.name for channel in xtream.items()] == ["One", "Two again", "Two"][:2]
    whole = [fields for _, fields in panel.asked if fields.get("action") == "get_live_streams"]
    assert sum("category_id" not in fields for fields in whole) == asked


def test_the_panels_words_are_heard_where_it_refuses_a_list(panel, xtream):
    panel.says("get_live_streams", {"message": "not today"}, status=403)
    assert xtream.fetch() == ""
    with pytest.raises(LoginRefused) as caught:
        list(xtream.items())
    assert caught.value.words == "not today"


def test_a_category_in_trouble_is_left_out(panel, xtream, caplog):
    panel.says("get_live_streams", PAGE, status=500)
    panel.says("get_live_streams", PAGE, status=500, category="1")
    panel.says("get_live_streams", [ROWS[1]], category="2")
    assert [each.name for each in xtream.items()] == ["Two"]
    assert "category left out source=home list=LIVE" in caplog.text


def test_where_nothing_comes_the_trouble_is_told(panel, xtream):
    for category in ("", "1", "2"):
        panel.says("get_live_streams", PAGE, status=503, category=category)
    with pytest.raises(ServerFault) as caught:
        list(xtream.items())
    assert caught.value.status == 503


def test_where_nothing_comes_not_every_category_is_asked_for(panel, xtream):
    panel.says("get_live_categories", [{"category_id": n, "category_name": f"Group {n}"} for n in range(300)])
    for category in ("", *map(str, range(300))):
        panel.says("get_live_streams", PAGE, category=category)
    with pytest.raises(BadReply):
        list(xtream.items())
    assert panel.actions.count("get_live_streams") == 6


def test_a_refusal_in_the_middle_ends_all_questions(panel, xtream):
    panel.says("get_live_streams", PAGE, status=500)
    panel.says("get_live_streams", PAGE, status=403, category="1")
    with pytest.raises(LoginRefused):
        list(xtream.items())
    assert len(panel.asked) == 3


def test_an_error_in_place_of_every_list_is_no_empty_list(panel, xtream):
    for category in ("", "1", "2"):
        panel.says("get_live_streams", {"error": "Too many requests"}, category=category)
    with pytest.raises(BadReply) as caught:
        list(xtream.items())
    assert caught.value.got == "Too many requests"


def test_a_login_that_ended_meanwhile_ends_all_questions(panel, xtream):
    panel.says("get_live_streams", {"user_info": {"auth": 0}})
    with pytest.raises(LoginRefused):
        list(xtream.items())
    assert len(panel.asked) == 2


def test_a_list_that_is_empty_is_believed_after_a_few_categories(panel, xtream):
    many = [{"category_id": str(number), "category_name": f"C{number}"} for number in range(100)]
    panel.says("get_vod_categories", many)
    assert list(xtream.films()) == []
    assert len(panel.asked) < 10


def test_a_list_may_come_without_its_categories(panel, xtream):
    panel.says("get_live_categories", PAGE, status=500)
    assert [each.group for each in xtream.items()] == ["", ""]


@pytest.mark.parametrize("shape", ["object", "lists"])
def test_a_list_in_another_shape_of_a_php_array(panel, xtream, shape):
    value = {"5": ROWS[0], "9": ROWS[1]} if shape == "object" else [[ROWS[0]], [ROWS[1]]]
    panel.says("get_live_streams", value)
    assert [each.name for each in xtream.items()] == ["One", "Two"]


def test_nothing_is_refused_for_want_of_series(panel, xtream):
    assert list(xtream.series()) == []
    assert panel.actions == ["get_series_categories", "get_series"]


# --- details --------------------------------------------------------------------------------------------


def test_a_film_is_looked_at_closely(panel, xtream):
    panel.says(
        "get_vod_info", {"info": {"plot": "P"}, "movie_data": {"stream_id": 7, "container_extension": "avi"}}
    )
    details = xtream.film(FILM)
    assert (details.film.link, details.about.plot) == ("7.avi", "P")
    assert panel.asked[-1][1] == {**LOGIN, "action": "get_vod_info", "vod_id": "7"}


@pytest.mark.parametrize(("value", "status"), [({"info": []}, 200), (PAGE, 404)])
def test_a_film_that_is_gone(panel, xtream, value, status):
    panel.says("get_vod_info", value, status=status)
    with pytest.raises(NoSuchItem):
        xtream.film(FILM)


def test_a_series_is_looked_at_closely(panel, xtream):
    panel.says(
        "get_series_info", {"seasons": [], "info": {}, "episodes": {"1": [{"id": "71", "episode_num": 1}]}}
    )
    (season,) = xtream.seasons(SERIES).seasons
    assert season.episodes[0].link == "71.mp4"
    assert panel.asked[-1][1] == {**LOGIN, "action": "get_series_info", "series_id": "9"}


def test_details_may_be_refused_too(panel, xtream):
    panel.says("get_series_info", PAGE, status=403)
    with pytest.raises(LoginRefused):
        xtream.seasons(SERIES)


def test_the_account_in_place_of_details_is_none(panel, xtream):  # XC_VM: an action it does not know
    panel.says("get_vod_info", ACCOUNT)
    with pytest.raises(BadReply):
        xtream.film(FILM)


# --- streams --------------------------------------------------------------------------------------------


def test_addresses_of_what_is_played(panel, xtream):
    xtream.sign_in()
    asked = len(panel.asked)
    episode = EpisodeRef(SERIES.ref, EpisodeId("71"))
    assert xtream.lend(FILM.ref, "7.mkv").address == f"{panel.address}/movie/me/wo%2Frd/7.mkv"
    assert xtream.lend(episode, "71.mp4").address == f"{panel.address}/series/me/wo%2Frd/71.mp4"
    assert len(panel.asked) == asked
    live = xtream.stream(channel(xtream))
    assert live.address == f"{panel.address}/live/me/wo%2Frd/11.ts"


@pytest.mark.parametrize(
    ("formats", "begins", "ends"),
    [
        (["m3u8"], "http://", "/11.m3u8"),
        (["rtmp"], "rtmp://127.0.0.1:25462/live/", "/11"),
        (None, "http://", "/11.ts"),
    ],
)
def test_live_as_the_account_allows_also_after_a_new_start(panel, xtream, memory, formats, begins, ends):
    panel.says("", {**ACCOUNT, "user_info": {"auth": 1, "allowed_output_formats": formats}})
    xtream.sign_in()
    one = channel(xtream)
    with closing(provider_for(panel.address, memory=memory)) as later:
        address = later.stream(one).address
    assert address.startswith(begins)
    assert address.endswith(ends)
    assert panel.actions.count("") == 1


# --- guide ----------------------------------------------------------------------------------------------

XMLTV = b"""<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE tv SYSTEM "xmltv.dtd">
<tv generator-info-name="Panel"><channel id="one.de"><display-name>One</display-name></channel>
<programme channel="one.de" start_timestamp="1750010400" start="20250615200000 +0200"
stop="20250615203000 +0200"><title>News</title></programme></tv>"""


@pytest.mark.parametrize(
    "body", [pytest.param(XMLTV, id="plain"), pytest.param(gzip.compress(XMLTV), id="gz")]
)
def test_the_guide_is_fetched_and_read(panel, xtream, body):
    panel.says("/xmltv.php", body, media_type="application/octet-stream")
    guide = xtream.guide()
    entries = list(guide)
    assert [entry.id for entry in entries if isinstance(entry, GuideChannel)] == ["one.de"]
    assert [programme.title for programme in read_programmes(entries)] == ["News"]
    assert panel.asked == [("/xmltv.php", LOGIN)]
    assert panel.headers[0]["User-Agent"] == PLAYER_AGENT
    assert xtream.guide(guide.revision) is None


def test_a_guide_of_the_viewers_own_is_fetched_instead(panel, tmp_path):
    panel.says("/own.xml", XMLTV)
    with closing(provider_for(panel.address, tmp_path, guide=f"{panel.address}/own.xml")) as xtream:
        assert list(xtream.guide())
    assert panel.asked == [("/own.xml", {})]


@pytest.mark.parametrize(
    ("status", "error"),
    [
        pytest.param(404, NoSuchItem, id="none made yet (XC_VM)"),
        pytest.param(429, ServerFault, id="another is being fetched (XC_VM)"),
        pytest.param(403, LoginRefused, id="refused"),
    ],
)
def test_a_guide_that_does_not_come(panel, xtream, status, error):
    panel.says("/xmltv.php", PAGE, status=status)
    with pytest.raises(error):
        xtream.guide()


def listing(title, begins, ends):
    now = int(time.time())
    return {
        "title": base64.b64encode(title.encode()).decode(),
        "start_timestamp": str(now + begins),
        "stop_timestamp": now + ends,
    }


def test_the_short_guide_is_asked_for(panel, xtream):
    one = channel(xtream)
    panel.says("get_short_epg", {"epg_listings": [listing("Now", -60, 600), listing("Next", 600, 900)]})
    told = xtream.short_guide(one)
    assert [(each.title, each.channel) for each in told] == [("Now", "one.de"), ("Next", "one.de")]
    assert panel.asked[-1][1] == {**LOGIN, "action": "get_short_epg", "stream_id": "11", "limit": "12"}


def test_a_panel_without_a_short_guide_may_have_the_whole_table(panel, xtream):
    one = channel(xtream)
    panel.says("get_short_epg", {"epg_listings": []})
    rows = [listing("Then", -900, -60), listing("Now", -60, 600), listing("Next", 600, 900)]
    panel.says("get_simple_data_table", {"epg_listings": rows})
    assert [each.title for each in xtream.short_guide(one)] == ["Now", "Next"]
    assert panel.asked[-1][1] == {**LOGIN, "action": "get_simple_data_table", "stream_id": "11"}


def test_a_channel_of_which_nobody_knows_anything(xtream):
    assert xtream.short_guide(channel(xtream)) == ()


def test_a_channel_that_is_in_no_guide_is_not_asked_about(panel, xtream):
    _, two = xtream.items()
    asked = len(panel.asked)
    assert xtream.short_guide(two) == ()
    assert len(panel.asked) == asked


# --- catch-up -------------------------------------------------------------------------------------------

SHOW = Programme(channel="one.de", start=1750010400, stop=1750014000, title="")
"""20:00 in Berlin, in summer, for an hour."""
USUAL = "/timeshift/me/wo%2Frd/60/2025-06-15:20-00/11.ts"
UNDERSCORE = "/timeshift/me/wo%2Frd/60/2025-06-15_20-00/11.ts"
SCRIPT = "/streaming/timeshift.php"


def tried(panel):
    return [path for path, _ in panel.asked if "timeshift" in path]


def test_what_was_on_is_asked_for_by_the_servers_clock(panel, xtream):
    one = channel(xtream)
    panel.says(USUAL, PACKETS, status=206, media_type="video/mp2t")
    stream = xtream.past(one, SHOW)
    assert stream.address == f"{panel.address}{USUAL}"
    assert (stream.ref.channel, stream.ref.start) == (one.ref, SHOW.start)
    assert stream.user_agent == PLAYER_AGENT
    assert panel.headers[-1]["Range"] == "bytes=0-8191"


@pytest.mark.parametrize("status", [404, 500, 403, 416])
@pytest.mark.parametrize("works", [UNDERSCORE, SCRIPT])
def test_other_forms_are_tried_once_and_the_one_that_works_is_kept(panel, xtream, memory, status, works):
    panel.says(USUAL, PAGE, status=status)  # Dispatcharr 1242: a 500 is no end
    panel.says(works, PACKETS)
    one = channel(xtream)
    address = xtream.past(one, SHOW).address
    assert urlsplit(address).path == works
    forms = len(tried(panel))
    with closing(provider_for(panel.address, memory=memory)) as later:
        assert later.past(one, SHOW).address == address
    assert len(tried(panel)) == forms


def test_the_form_of_another_panel_is_not_believed(panel, xtream, memory):
    memory.put(archive="script http://old.example")
    panel.says(USUAL, PACKETS)
    assert xtream.past(channel(xtream), SHOW).address == f"{panel.address}{USUAL}"


@pytest.mark.parametrize(
    "excuse",
    [
        pytest.param(b"", id="empty (timeshift.php that gives up)"),
        pytest.param(PAGE, id="page"),
        pytest.param(b'{"error":"no archive"}', id="JSON"),
    ],
)
def test_an_excuse_with_200_is_not_the_archive(panel, xtream, memory, excuse):
    one = channel(xtream)
    panel.says(USUAL, excuse)
    with pytest.raises(NoSuchItem):
        xtream.past(one, SHOW)
    assert memory.get("archive") == ""
    assert len(tried(panel)) == 8


@pytest.mark.parametrize("status", [401, 429])
def test_whoever_is_sent_away_does_not_try_another_form(panel, xtream, status):
    one = channel(xtream)
    panel.says(USUAL, b"", status=status)
    with pytest.raises(LoginRefused):
        xtream.past(one, SHOW)
    assert len(tried(panel)) == 1


def test_a_channel_that_is_not_kept(xtream):
    _, two = xtream.items()
    with pytest.raises(NoSuchItem):
        xtream.past(two, SHOW)


def test_the_archive_is_a_transport_stream_though_live_is_not(panel, xtream):  # iptvnator; Lume 186
    panel.says("", {**ACCOUNT, "user_info": {"auth": 1, "allowed_output_formats": ["m3u8"]}})
    xtream.sign_in()
    panel.says(USUAL, PACKETS)
    assert xtream.past(channel(xtream), SHOW).address.endswith(".ts")


def test_closing_twice_is_no_error(xtream):
    xtream.close()
    xtream.close()
