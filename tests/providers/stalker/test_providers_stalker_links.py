"""From a ``cmd`` to what the player plays (PROTOCOLS 1.10)."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stb.errors import LoginRefused, NoSuchItem, ServerFault
from stb.model import Channel, ChannelId, ChannelRef, Programme, SourceId
from stb.providers.stalker.answers import made
from stb.providers.stalker.cmd import command, completed, is_playable, resolved
from stb.providers.stalker.links import Link, written
from stb.providers.stalker.wire import Envelope

REF = ChannelRef(SourceId("home"), ChannelId("5"))
MAC = "00:1A:79:01:02:03"
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)


def channel(cmd, must_ask=None, **fields):
    return Channel(ref=REF, number=5, name="Five", link=written(Link(cmd=cmd, must_ask=must_ask)), **fields)


@pytest.mark.parametrize(
    ("cmd", "address", "solution"),
    [
        ("ffmpeg http://a.example/1", "http://a.example/1", "ffmpeg"),
        ("ffrt3 http://a.example/1", "http://a.example/1", "ffrt3"),
        ("extTimeShift http://a.example/1", "http://a.example/1", "extTimeShift"),
        ("auto  rtsp://a.example/1", "rtsp://a.example/1", "auto"),
        ("rtp udp://@239.1.1.1:1234", "udp://@239.1.1.1:1234", "rtp"),
        ("http://a.example/1", "http://a.example/1", ""),
        ("http://a.example/my film.mp4", "http://a.example/my%20film.mp4", ""),
        ("ffmpeg http://a.example/?mac=%mac%", f"http://a.example/?mac={MAC}", "ffmpeg"),
        ("ffmpeg ?token=abc", "?token=abc", "ffmpeg"),
        ("/media/file_7.mpg", "/media/file_7.mpg", ""),
        ("", "", ""),
    ],
)
def test_the_grammar_of_a_cmd(cmd, address, solution):
    taken = command(cmd, MAC)
    assert (taken.address, taken.solution) == (address, solution)


def test_options_behind_the_address():
    taken = command("ffmpeg http://a.example/1.mpg position:123 media_len:3600")
    assert taken.address == "http://a.example/1.mpg"
    assert dict(taken.options) == {"position": "123", "media_len": "3600"}


@pytest.mark.parametrize(
    "address",
    [
        "http://localhost/ch/5_",
        "http://localhost:88/ch/5",
        "http://127.0.0.1/ch/5",
        "http://127.8.8.8/ch/5",
        "http://[::1]/ch/5",
        "http://0.0.0.0/x",
        "udp://wtf?",
        "ffrt4://a.example/x",
        "/media/5.mpg",
        "file:///etc/passwd",
        "dvb://7",
        "eyJ0eXBlIjoibW92aWUifQ==",
        "http://",
        "http://[",
        "",
    ],
)
def test_placeholders_are_never_played(address):
    assert not is_playable(address)


@pytest.mark.parametrize("address", ["http://wtf.example/x", "udp://@239.1.1.1:1234", "rtmp://a.example/x"])
def test_addresses_of_streams(address):
    assert is_playable(address)


@pytest.mark.parametrize(
    ("result", "address"),
    [
        ("?token=abc&x=http://y", "http://h/c/portal.php?token=abc&x=http://y"),
        ("/media/5.mpg", "http://h/media/5.mpg"),
        ("http://cdn.example/5", "http://cdn.example/5"),
        ("http://localhost/ch/5", ""),
    ],
)
def test_relative_results_hang_off_the_portal(result, address):
    assert resolved(result, "http://h/c/portal.php") == address


def test_values_that_the_portal_lost_are_the_rows_own():
    """Asked for a link it does not make, a portal answers with an empty stream (two clients' users)."""
    ours = "http://h/play/live.php?mac=00:1A&stream=77&extension=ts&sn2="
    theirs = "http://h/play/live.php?mac=00:1A&stream=&extension=ts&play_token=abc&sn2="
    assert completed(theirs, ours) == (
        "http://h/play/live.php?mac=00:1A&stream=77&extension=ts&play_token=abc&sn2="
    )


def test_what_is_encoded_stays_so():
    assert completed("http://h/?a=&b=%20", "http://h/?a=x%2Fy") == "http://h/?a=x%2Fy&b=%20"


@settings(deadline=None)
@given(st.text(max_size=80), st.text(max_size=80))
def test_any_text_is_a_cmd(one, other):
    command(one, MAC)
    is_playable(one)
    resolved(one, "http://h/portal.php")
    completed(one, other)
    completed(f"http://h/?{one}", f"http://h/?{other}")


@settings(deadline=None)
@given(json_values)
def test_any_answer_is_a_link_or_none(value):
    made(Envelope(value))
    made(Envelope({"cmd": value, "error": value, "is_advert": value}, "x"))
    made(Envelope([{"cmd": value, "media_type": value}]))


def test_the_last_that_is_no_advertisement():
    said = [
        {"media_type": "vclub_ad", "cmd": "ffmpeg http://a.example/ad", "is_advert": True},
        {"cmd": "ffmpeg http://a.example/film"},
    ]
    assert made(Envelope(said)).cmd == "ffmpeg http://a.example/film"


LINK = {"cmd": "ffmpeg http://cdn.example/5.ts", "error": ""}


@pytest.mark.parametrize(
    ("cmd", "must_ask", "asks"),
    [
        pytest.param("ffmpeg http://cdn.example/own", False, False, id="the flags say no"),
        pytest.param("ffmpeg http://cdn.example/own", True, True, id="the flags say yes"),
        pytest.param("ffmpeg http://cdn.example/own", None, True, id="no flags"),
        pytest.param("ffrt http://localhost/ch/5_", False, True, id="a placeholder"),
        pytest.param("ffrt4://a.example/1", False, True, id="a scheme of a MAG's"),
        pytest.param("/media/5.mpg", False, True, id="relative"),
    ],
)
def test_when_a_link_is_asked_for(host, box, cmd, must_ask, asks):
    host.lets_in()
    host.answers["itv/create_link"] = LINK
    stream = box().stream(channel(cmd, must_ask))
    assert host.counts()["itv/create_link"] == int(asks)
    assert stream.address == ("http://cdn.example/5.ts" if asks else "http://cdn.example/own")


def test_a_profile_that_wants_every_link_asked_for(host, box):
    host.lets_in(force_ch_link_check="1")
    host.answers["itv/create_link"] = LINK
    ours = box()
    ours.sign_in()
    ours.stream(channel("ffmpeg http://cdn.example/own", must_ask=False))
    assert host.counts()["itv/create_link"] == 1


def test_links_are_asked_for_each_time(host, box):
    """They live for seconds."""
    host.lets_in()
    host.answers["itv/create_link"] = LINK
    ours = box()
    for _ in range(3):
        ours.stream(channel("ffrt http://localhost/ch/5_", must_ask=True))
    assert host.counts()["itv/create_link"] == 3


def test_the_question_for_a_link(host, box):
    host.lets_in()
    host.answers["itv/create_link"] = LINK
    box().stream(channel("ffrt http://localhost/ch/5_", must_ask=True))
    assert host.last("itv/create_link").said == {
        "type": "itv",
        "action": "create_link",
        "cmd": "ffrt http://localhost/ch/5_",
        "series": "",
        "forced_storage": "",
        "disable_ad": "0",
        "download": "0",
        "force_ch_link_check": "0",
        "JsHttpRequest": "1-xml",
    }


def test_nothing_but_advertisements_is_asked_for_again_without(host, box):
    host.lets_in()
    advert = [{"media_type": "advert", "cmd": "ffmpeg http://a.example/ad", "is_advert": 1}]
    host.answers["itv/create_link"] = lambda asked: host.js(
        LINK if asked.said["disable_ad"] == "1" else advert
    )
    assert box().stream(channel("ffrt http://localhost/ch/5", must_ask=True)).address.endswith("/5.ts")


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        pytest.param({"cmd": "", "error": "nothing_to_play"}, NoSuchItem, id="nothing to play"),
        pytest.param({"cmd": "", "error": "link_fault"}, ServerFault, id="link fault"),
        pytest.param({"cmd": "", "error": "limit"}, ServerFault, id="limit"),
        pytest.param({"cmd": "", "error": "access_denied"}, LoginRefused, id="access denied"),
        pytest.param({"cmd": "ffmpeg http://h/x", "error": "player_file_missing"}, NoSuchItem, id="no file"),
        pytest.param({"cmd": "", "error": ""}, NoSuchItem, id="nothing at all"),
        pytest.param({"cmd": "ffmpeg http://localhost/ch/5", "error": ""}, NoSuchItem, id="a placeholder"),
        pytest.param(False, NoSuchItem, id="false"),
        pytest.param([], NoSuchItem, id="an empty list"),
        pytest.param(None, NoSuchItem, id="null"),
    ],
)
def test_no_link(host, box, answer, kind):
    host.lets_in()
    host.answers["itv/create_link"] = answer
    with pytest.raises(kind):
        box().stream(channel("ffrt http://localhost/ch/5", must_ask=True))


def test_an_error_beside_js(host, box):
    host.lets_in()
    host.answers["itv/create_link"] = host.raw(b'{"js":{"id":"5","cmd":""},"error":"limit"}')
    with pytest.raises(ServerFault):
        box().stream(channel("ffrt http://localhost/ch/5_", must_ask=True))


def test_the_rows_own_where_nobody_said_that_it_must_be_asked_for(host, box):
    host.lets_in()
    host.answers["itv/create_link"] = {"cmd": "", "error": "nothing_to_play"}
    assert box().stream(channel("ffmpeg http://cdn.example/own")).address == "http://cdn.example/own"


def test_media_of_another_host_see_no_token(host, box):
    host.lets_in()
    host.answers["itv/create_link"] = LINK
    stream = box().stream(channel("ffrt http://localhost/ch/5", must_ask=True))
    assert stream.headers == ()
    assert "MAG200" in stream.user_agent


def test_media_of_the_portals_own_host_do(host, box):
    host.lets_in()
    host.answers["itv/create_link"] = {"cmd": "ffmpeg /media/5.mpg"}
    headers = dict(box().stream(channel("ffrt http://localhost/ch/5", must_ask=True)).headers)
    assert headers["Authorization"] == f"Bearer {host.token}"
    assert headers["Cookie"].startswith("mac=00%3A1A%3A79")


def test_a_relative_token_goes_with_cookies_alone(host, box):
    host.lets_in()
    host.answers["itv/create_link"] = {"cmd": "ffmpeg ?token=abc"}
    stream = box().stream(channel("ffrt http://localhost/ch/5", must_ask=True))
    assert stream.address == f"{host.origin}/server/load.php?token=abc"
    assert [name for name, _ in stream.headers] == ["Cookie"]
    assert f"token={host.token}" in stream.headers[0][1]


def test_the_portal_is_told_what_is_watched(host, box):
    host.lets_in()
    host.answers["itv/create_link"] = LINK
    box().stream(channel("ffrt http://localhost/ch/5", must_ask=True))
    host.wait_for("itv/set_played")
    assert host.last("itv/set_last_id").said["id"] == "5"
    assert (host.last("itv/set_played").said["itv_id"], host.last("itv/set_played").said["censored"]) == (
        "5",
        "0",
    )
    said = host.last("stb/log").said
    assert (said["real_action"], said["param"], said["tmp_type"]) == (
        "play",
        "ffrt http://localhost/ch/5",
        "1",
    )


def test_a_portal_that_wants_to_know_nothing_does_no_harm(host, box):
    host.lets_in()
    host.answers |= {"itv/create_link": LINK, "itv/set_last_id": host.raw(), "stb/log": host.raw(status=404)}
    ours = box()
    ours.stream(channel("ffrt http://localhost/ch/5", must_ask=True))
    host.wait_for("stb/log")
    assert ours.stream(channel("ffrt http://localhost/ch/5", must_ask=True)).address


PAST = Programme(channel="5", start=1_700_000_000, stop=1_700_003_600, title="Then")


def link_named(host, name):
    """Makes a link of that alone, and says nothing to any other."""

    def make(asked):
        found = asked.said["cmd"].endswith(f"/media/{name}.mpg")
        return (
            host.js({"id": 0, "cmd": "ffmpeg http://cdn.example/past", "error": ""}) if found else host.raw()
        )

    return make


def test_a_programme_of_the_genuine_archive(host, box):
    host.lets_in()
    host.answers["tv_archive/create_link"] = link_named(host, "991")
    stream = box().past(
        channel("x", archive=24), Programme(channel="5", start=1, stop=2, title="", link="991")
    )
    assert stream.address == "http://cdn.example/past"
    assert host.last("tv_archive/create_link").said["cmd"] == "auto /media/991.mpg"


def test_a_programme_of_the_imitations_archive_has_the_channel_in_its_name(host, box):
    host.lets_in(token=host.blob)
    host.answers["tv_archive/create_link"] = link_named(host, "991_5")
    past = Programme(channel="5", start=1, stop=2, title="", link="991")
    assert box().past(channel("x", archive=24), past).address == "http://cdn.example/past"
    assert host.last("tv_archive/create_link").said["cmd"] == "/media/991_5.mpg"


def test_a_programme_whose_name_is_looked_up_in_its_days_table(host, box):
    host.lets_in(default_timezone="Asia/Baghdad")
    rows = [{"id": "991_5", "ch_id": "5", "start_timestamp": PAST.start, "name": "Then", "mark_archive": 1}]
    host.answers |= {
        "epg/get_simple_data_table": {"total_items": 1, "data": rows},
        "tv_archive/create_link": link_named(host, "991_5"),
    }
    ours = box()
    ours.sign_in()
    assert ours.past(channel("x", archive=24), PAST).address == "http://cdn.example/past"
    assert host.last("epg/get_simple_data_table").said["date"] == "2023-11-15", "in Baghdad it was tomorrow"


def test_a_programme_that_is_begun_in_its_midst_or_by_another_guide(host, box):
    host.lets_in()
    rows = [
        {
            "id": name,
            "ch_id": "5",
            "start_timestamp": PAST.start + at,
            "stop_timestamp": PAST.start + at + 1800,
        }
        for name, at in (("990", -1800), ("991", 0), ("992", 1800))
    ]
    host.answers |= {
        "epg/get_simple_data_table": {"total_items": 3, "data": rows},
        "tv_archive/create_link": link_named(host, "991"),
    }
    stream = box().past(channel("x", archive=24), PAST._replace(start=PAST.start + 120))
    assert (stream.address, stream.begins) == ("http://cdn.example/past", -120)


def test_a_programme_that_is_no_longer_kept(host, box):
    host.lets_in()
    host.answers["tv_archive/create_link"] = {"id": 0, "cmd": "", "error": "nothing_to_play"}
    with pytest.raises(NoSuchItem):
        box().past(channel("x", archive=24), Programme(channel="5", start=1, stop=2, title="", link="9"))


def test_what_is_on_now_is_wound_back(host, box):
    host.lets_in()
    host.answers |= {
        "tv_archive/create_link": {"cmd": "", "error": "nothing_to_play"},
        "tv_archive/get_link_for_channel": {
            "cmd": "ffmpeg http://cdn.example/shift.mpg position:60 media_len:90"
        },
    }
    on = Programme(channel="5", start=PAST.start, stop=None, title="", link="9")
    assert box().past(channel("x", archive=24), on).address == "http://cdn.example/shift.mpg"


def test_a_programme_inside_of_a_longer_file(host, box):
    host.lets_in()
    host.answers["tv_archive/create_link"] = {
        "cmd": "ffmpeg http://cdn.example/20231114-22.mpg position:780 media_len:3600",
        "error": "",
    }
    past = Programme(channel="5", start=1, stop=2, link="991")
    stream = box().past(channel("x", archive=24), past)
    assert (stream.address, stream.begins, stream.ends) == ("http://cdn.example/20231114-22.mpg", -780, 4380)


@pytest.mark.parametrize("said", ["position:soon media_len:", "position:-5", "position:1e9", "other:7"])
def test_an_option_that_says_no_seconds_is_passed_over(host, box, said):
    host.lets_in()
    host.answers["tv_archive/create_link"] = {"cmd": f"ffmpeg http://cdn.example/a.mpg {said}", "error": ""}
    stream = box().past(channel("x", archive=24), Programme(channel="5", start=1, stop=2, link="991"))
    assert (stream.begins, stream.ends) == (0, 0)


def test_the_beginning_of_what_is_on_is_found_from_the_place_of_now(host, box, monkeypatch):
    host.lets_in()
    host.answers |= {
        "tv_archive/create_link": {"cmd": "", "error": "nothing_to_play"},
        "tv_archive/get_link_for_channel": {
            "cmd": "ffmpeg http://cdn.example/a.mpg position:600 media_len:600"
        },
    }
    monkeypatch.setattr("time.time", lambda: PAST.start + 400.0)
    on = Programme(channel="5", start=PAST.start, stop=None, link="9")
    stream = box().past(channel("x", archive=24), on)
    assert (stream.begins, stream.ends) == (-200, 0), (
        "the file began 200 s before the programme, and still grows"
    )


AFTER = Programme(channel="5", start=PAST.stop, stop=PAST.stop + 600, link="992")


def continued(host, part, **profile):
    host.lets_in(**profile)
    host.answers |= {
        "tv_archive/create_link": {"cmd": "ffmpeg http://cdn.example/past", "error": ""},
        "tv_archive/get_next_part_url": part,
    }


def test_a_portal_that_goes_on_is_asked_where_the_next_part_is(host, box):
    continued(host, "ffmpeg http://cdn.example/next position:30", tv_archive_continued="1")
    ours = box()
    assert ours.sign_in().archive_goes_on
    five = channel("x", archive=24)
    ours.past(five, PAST._replace(link="991"))
    stream = ours.past(five, AFTER)
    assert (stream.address, stream.begins) == ("http://cdn.example/next", -30)
    assert host.last("tv_archive/get_next_part_url").said["id"] == f"5_{PAST.start}"
    assert ours.past(five, AFTER).address == "http://cdn.example/past", "the same once more is no next part"


@pytest.mark.parametrize(
    ("part", "profile", "following", "asks"),
    [
        pytest.param(False, {"tv_archive_continued": 1}, AFTER, True, id="nothing more"),
        pytest.param("", {"tv_archive_continued": 1}, AFTER, True, id="an empty text"),
        pytest.param("ffmpeg http://cdn.example/next", {}, AFTER, False, id="a portal that does not go on"),
        pytest.param(
            "ffmpeg http://cdn.example/next",
            {"tv_archive_continued": 1},
            AFTER._replace(start=PAST.stop + 3600),
            False,
            id="what does not follow",
        ),
    ],
)
def test_what_is_no_next_part_is_asked_for_like_any_other(host, box, part, profile, following, asks):
    continued(host, part, **profile)
    ours = box()
    ours.sign_in()
    five = channel("x", archive=24)
    ours.past(five, PAST._replace(link="991"))
    assert ours.past(five, following).address == "http://cdn.example/past"
    assert bool(host.counts()["tv_archive/get_next_part_url"]) is asks


def test_no_address_in_what_is_logged(host, box):
    host.lets_in()
    host.answers["itv/create_link"] = LINK
    stream = box().stream(channel("ffrt http://localhost/ch/5", must_ask=True))
    assert host.token not in repr(stream)
    assert json.dumps(LINK["cmd"]) not in repr(stream)
