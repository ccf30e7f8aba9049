"""A panel's streams: who may, gets a pass that soon ends; and real bytes, for as long as the line is good."""

import json
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import requests
from urllib3.exceptions import ProtocolError

from stb.portal import reels
from stb.portal.connections import Kind
from stb.portal.gate import Trouble
from stb.portal.portal import Portal

from .conftest import until

ENOUGH = 188 * 100
WHO = "ann/s3cret"


@pytest.fixture
def portal(tmp_path: Path, clips_cache: Path) -> Iterator[Portal]:
    with Portal(state=tmp_path, cache=clips_cache, linger_s=0.3) as portal:
        portal.world.lines.add("ann", password="s3cret", connections=2)
        yield portal


@contextmanager
def watching(portal: Portal, path: str, **headers: str) -> Iterator[requests.Response]:
    with requests.get(portal.address + path, headers=headers, stream=True, timeout=60) as answer:
        yield answer


def drained(answer: requests.Response) -> None:
    """Read until it ends; one that is cut ends in the middle."""
    with suppress(ProtocolError):
        while answer.raw.read(ENOUGH):
            pass


def redirect(portal: Portal, path: str) -> str:
    answer = requests.get(portal.address + path, allow_redirects=False, timeout=60)
    assert answer.status_code == 302
    return answer.headers["Location"]


def watched(portal: Portal) -> list[tuple[str, Kind, int]]:
    return [(each.viewing.line, each.viewing.kind, each.viewing.stream) for each in portal.connections()]


@pytest.mark.parametrize("path", [f"/live/{WHO}/1.ts", f"/{WHO}/1.ts", f"/{WHO}/1"])
def test_a_channel_comes_by_a_redirect_to_a_pass(portal, path):
    with watching(portal, path) as answer:
        assert [hop.status_code for hop in answer.history] == [302]
        assert answer.url.startswith(f"{portal.address}/auth/")
        assert "s3cret" not in answer.url
        assert answer.headers["Content-Type"] == "video/mp2t"
        data = answer.raw.read(ENOUGH)
        assert {data[at] for at in range(0, ENOUGH, 188)} == {0x47}
        (connection,) = portal.connections()
    assert (connection.viewing.line, connection.viewing.stream) == ("ann", 1)
    assert connection.viewing.ip == "127.0.0.1"
    assert connection.viewing.agent.startswith("python-requests/")
    assert datetime.now(UTC) - connection.started < timedelta(minutes=2)
    until(lambda: not portal.connections())


def test_a_pass_soon_ends_and_so_does_what_was_never_one(tmp_path, clips_cache):
    with Portal(state=tmp_path, cache=clips_cache, pass_s=0.0) as portal:
        late = redirect(portal, "/live/demo/demo/1.ts")

        assert requests.get(late, timeout=60).status_code == 404
        assert requests.get(f"{portal.address}/auth/token/1.ts", timeout=60).status_code == 404


def test_a_pass_is_not_for_a_line_that_ended_meanwhile(portal):
    late = redirect(portal, f"/live/{WHO}/1.ts")
    portal.world.lines.expire("ann")

    assert requests.get(late, timeout=60).status_code == 404


def test_asking_about_a_stream_takes_no_connection(portal, on_air):
    answer = requests.head(redirect(portal, f"/live/{WHO}/1.ts"), timeout=60)

    assert (answer.status_code, portal.connections(), on_air()) == (200, (), {})


def test_a_channel_in_segments_is_one_connection(portal):
    path = f"{portal.address}/live/{WHO}/9.m3u8"
    for _ in range(2):
        answer = requests.get(path, timeout=60)
        assert answer.headers["Content-Type"] == "application/vnd.apple.mpegurl"
        *_, segment = (line for line in answer.text.splitlines() if not line.startswith("#"))
        assert "s3cret" not in segment
        data = requests.get(portal.address + segment, timeout=60).content
        assert len(data) % 188 == 0
        assert data[0] == 0x47
    assert watched(portal) == [("ann", Kind.LIVE, 9)]


def test_a_viewer_of_segments_who_zaps_stays_one_connection(portal):
    for channel in (9, 1, 9):
        assert requests.get(f"{portal.address}/live/{WHO}/{channel}.m3u8", timeout=60).status_code == 200
        assert watched(portal) == [("ann", Kind.LIVE, channel)]


FILMS = {
    "mp4": (f"/movie/{WHO}/201.mp4", "mov,mp4,m4a,3gp,3g2,mj2", 150, ["h264", "aac"]),
    "mkv": (f"/movie/{WHO}/202.mkv", "matroska,webm", 120, ["h264", "aac", "aac", "subrip", "subrip"]),
    "episode": (f"/series/{WHO}/311.mp4", "mov,mp4,m4a,3gp,3g2,mj2", 100, ["h264", "aac"]),
}


@pytest.mark.parametrize(("path", "form", "seconds", "codecs"), FILMS.values(), ids=FILMS)
def test_films_and_episodes_are_what_they_say(portal, path, form, seconds, codecs):
    command = ["ffprobe", "-loglevel", "error", "-of", "json", "-show_format", "-show_streams"]
    done = subprocess.run([*command, portal.address + path], capture_output=True, check=True)

    told = json.loads(done.stdout)
    assert told["format"]["format_name"] == form
    assert abs(float(told["format"]["duration"]) - seconds) < 0.1
    assert [stream["codec_name"] for stream in told["streams"]] == codecs
    assert (told["streams"][0]["width"], told["streams"][0]["height"]) == (1280, 720)
    if len(codecs) > 2:
        languages = [stream["tags"]["language"] for stream in told["streams"][1:]]
        assert languages == ["eng", "ara"] * 2


@pytest.mark.parametrize("second", [0, 61, 119])
def test_a_film_shows_how_long_it_has_run(portal, shown, second):
    place = ("-ss", str(second), "-i", f"{portal.address}/movie/{WHO}/203.mp4", "-frames:v", "1")

    assert shown(b"", *place, height=reels.HEIGHT, strip=reels.STRIP) == [second]


def test_any_part_of_a_film_can_be_had(portal):
    film = f"{portal.address}/movie/{WHO}/204.mkv"
    whole = requests.get(film, timeout=60)
    assert (whole.status_code, whole.headers["Accept-Ranges"]) == (200, "bytes")
    size = len(whole.content)

    for asked, begin, end in (
        ("bytes=0-99", 0, 99),
        (f"bytes={size - 10}-", size - 10, size - 1),
        ("bytes=-7", size - 7, size - 1),
    ):
        part = requests.get(film, headers={"Range": asked}, timeout=60)
        assert part.status_code == 206
        assert part.headers["Content-Range"] == f"bytes {begin}-{end}/{size}"
        assert part.content == whole.content[begin : end + 1]
    beyond = requests.get(film, headers={"Range": f"bytes={size}-"}, timeout=60)
    # Debian 13's Starlette leaves the unit out.
    assert (beyond.status_code, beyond.headers["Content-Range"][-len(f"*/{size}") :]) == (416, f"*/{size}")


def test_a_film_can_be_wound_for_hours_at_the_address_one_was_sent_to(tmp_path, clips_cache):
    with Portal(state=tmp_path, cache=clips_cache, pass_s=30.0) as portal:
        there = redirect(portal, "/movie/demo/demo/204.mkv")
        requests.get(there, headers={"Range": "bytes=0-9"}, timeout=60)
        until(lambda: not portal.connections())

        assert requests.get(there, headers={"Range": "bytes=20-29"}, timeout=60).status_code == 206
        assert watched(portal) == [("demo", Kind.FILM, 204)]


def test_one_more_than_the_line_may_have_cuts_the_oldest(portal):
    with (
        watching(portal, f"/live/{WHO}/1.ts") as first,
        watching(portal, f"/live/{WHO}/3.ts") as second,
    ):
        first.raw.read(ENOUGH)
        second.raw.read(ENOUGH)
        with watching(portal, f"/live/{WHO}/1.ts") as third:
            third.raw.read(ENOUGH)
            drained(first)
            assert len(second.raw.read(ENOUGH)) == len(third.raw.read(ENOUGH)) == ENOUGH
            assert [stream for _, _, stream in watched(portal)] == [3, 1]
            account = f"{portal.address}/player_api.php?username=ann&password=s3cret"
            assert requests.get(account, timeout=60).json()["user_info"]["active_cons"] == "2"
            assert requests.get(first.url, timeout=60).status_code == 404, "its pass went with it"


def test_segments_count_as_well_and_are_refused_while_another_watches(portal):
    portal.world.lines.limit("ann", 1)
    segments = f"{portal.address}/live/{WHO}/1.m3u8"
    text = requests.get(segments, timeout=60).text
    *_, segment = (line for line in text.splitlines() if not line.startswith("#"))

    with watching(portal, f"/live/{WHO}/3.ts") as other:
        other.raw.read(ENOUGH)
        assert requests.get(segments, timeout=60).status_code == 404
        assert requests.get(portal.address + segment, timeout=60).status_code == 404
        assert len(other.raw.read(ENOUGH)) == ENOUGH
    until(lambda: not portal.connections())
    assert requests.get(segments, timeout=60).status_code == 200


def test_a_line_without_a_limit_has_none(portal):
    portal.world.lines.limit("ann", 0)
    with (
        watching(portal, f"/live/{WHO}/1.ts"),
        watching(portal, f"/live/{WHO}/1.ts"),
        watching(portal, f"/live/{WHO}/3.ts"),
    ):
        assert len(portal.connections()) == 3


@pytest.mark.parametrize("sentence", ["expire", "ban", "disable", "forget"])
def test_what_is_watched_ends_with_the_line(portal, sentence):
    with (
        watching(portal, f"/live/{WHO}/1.ts") as answer,
        watching(portal, "/live/demo/demo/1.ts") as other,
    ):
        answer.raw.read(ENOUGH)
        getattr(portal.world.lines, sentence)("ann")
        drained(answer)
        assert len(other.raw.read(ENOUGH)) == ENOUGH
        assert watched(portal) == [("demo", Kind.LIVE, 1)]


def test_the_operator_can_cut_one_connection(portal):
    with (
        watching(portal, f"/live/{WHO}/1.ts") as answer,
        watching(portal, f"/live/{WHO}/1.ts") as other,
    ):
        answer.raw.read(ENOUGH)
        first, second = portal.connections()
        assert portal.cut(first.number)
        drained(answer)
        assert len(other.raw.read(ENOUGH)) == ENOUGH
        assert portal.connections() == (second,)
        assert not portal.cut(first.number)


def test_a_film_can_be_cut_in_the_middle(portal):
    with watching(portal, f"/movie/{WHO}/201.mp4") as answer:
        answer.raw.read(ENOUGH)
        (connection,) = portal.connections()
        assert portal.cut(connection.number)
        with pytest.raises(ProtocolError, match="IncompleteRead"):
            answer.raw.read()


def test_a_portal_that_does_not_serve_cuts_nobody(portal):
    portal.stop()

    assert not portal.cut(1)


def test_the_past_is_asked_by_the_clock_of_the_operators_wall(tmp_path, clips_cache, shown):
    zone = ZoneInfo("Asia/Kolkata")
    moment = (int(time.time()) - 3600) // 60 * 60
    start = datetime.fromtimestamp(moment, zone).strftime("%Y-%m-%d:%H-%M")
    with Portal(state=tmp_path, cache=clips_cache, zone=zone) as portal:
        account = f"{portal.address}/player_api.php?username=demo&password=demo"
        assert requests.get(account, timeout=60).json()["server_info"]["timezone"] == "Asia/Kolkata"
        with watching(portal, f"/timeshift/demo/demo/1/{start}/3.ts") as answer:
            assert shown(answer.raw.read(188 * 400))[0] == moment


REFUSED = {
    "a wrong password": "/live/ann/wrong/1.ts",
    "nobody": "/live/nobody/s3cret/1.ts",
    "no such channel": f"/live/{WHO}/99.ts",
    "no such film": f"/movie/{WHO}/1.mp4",
    "a film in another form": f"/movie/{WHO}/201.mkv",
    "no such episode": f"/series/{WHO}/201.mp4",
    "no archive": f"/timeshift/{WHO}/60/2026-03-01:10-00/2.ts",
    "a past that is no time": f"/timeshift/{WHO}/60/yesterday/3.ts",
    "too long ago": f"/timeshift/{WHO}/60/2020-03-01:10-00/3.ts",
    "nothing at all": "/",
}


@pytest.mark.parametrize("path", REFUSED.values(), ids=REFUSED)
def test_a_refusal_is_a_web_servers_own_page(portal, path):
    answer = requests.get(portal.address + path, timeout=60)

    assert answer.status_code == 404
    assert answer.headers["Content-Type"].startswith("text/html")


def test_a_format_that_the_line_does_not_have_is_refused(portal):
    portal.world.lines.allow("ann", "ts")

    assert requests.get(f"{portal.address}/live/{WHO}/1.m3u8", timeout=60).status_code == 404
    assert redirect(portal, f"/movie/{WHO}/201.mp4"), "films have a form of their own"


@pytest.mark.parametrize(
    ("sentence", "path"),
    [("expire", f"/live/{WHO}/1.ts"), ("ban", f"/movie/{WHO}/201.mp4"), ("disable", f"/{WHO}/1")],
)
def test_who_is_no_longer_active_sees_ten_seconds_that_say_so(portal, sentence, path):
    getattr(portal.world.lines, sentence)("ann")

    with watching(portal, path) as answer:
        assert answer.url.startswith(f"{portal.address}/refused/")
    command = ["ffprobe", "-loglevel", "error", "-of", "json", "-show_format", portal.address + path]
    told = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    assert abs(float(told["format"]["duration"]) - 10) < 0.2


def test_in_segments_the_refusal_is_a_list_that_has_ended(portal):
    portal.world.lines.expire("ann")

    text = requests.get(f"{portal.address}/live/{WHO}/1.m3u8", timeout=60).text

    assert text.splitlines()[-3:] == [
        "#EXTINF:10.0,",
        f"{portal.address}/refused/expired.ts",
        "#EXT-X-ENDLIST",
    ]
    assert requests.get(f"{portal.address}/refused/active.ts", timeout=60).status_code == 404


def test_names_with_any_letters_watch_too(portal):
    portal.world.lines.add("us/er@home", password="p? #%")

    with watching(portal, "/live/us%2Fer%40home/p%3F%20%23%25/1.ts") as answer:
        assert len(answer.raw.read(ENOUGH)) == ENOUGH


# --- what is past -----------------------------------------------------------------------------------


def an_hour_ago(portal: Portal) -> tuple[int, str]:
    """A whole minute, and how the clock on the operator's wall showed it."""
    minute = (int(time.time()) - 3600) // 60 * 60
    return minute, portal.world.guide.local(minute).strftime("%Y-%m-%d:%H-%M")


@pytest.mark.parametrize(
    "form",
    [
        "/timeshift/{who}/1/{start}/3.ts",
        "/timeshifts/{who}/1/3/{start}.ts",
        "/streaming/timeshift.php?username=ann&password=s3cret&stream=3&start={start}&duration=1",
        "/timeshift/{who}/1/{moment}/3.ts",
    ],
    ids=["path", "path, other order", "script", "seconds since 1970"],
)
def test_the_archive_of_the_clock_shows_the_asked_moment(portal, shown, form):
    moment, start = an_hour_ago(portal)

    with watching(portal, form.format(who=WHO, start=start, moment=moment)) as answer:
        assert answer.headers["Content-Type"] == "video/mp2t"
        stream = answer.raw.read(188 * 1500)
        assert watched(portal) == [("ann", Kind.PAST, 3)]

    moments = shown(stream)
    assert moments[0] == moment
    assert moments == sorted(moments)
    assert moments[-1] > moment + 3


def test_the_archive_of_another_channel_plays_and_ends(portal, tmp_path):
    file = tmp_path / "past.ts"
    file.write_bytes(
        requests.get(f"{portal.address}/open/8/{int(time.time()) - 600}/3.ts", timeout=60).content
    )
    command = ["ffprobe", "-loglevel", "error", "-of", "json", "-show_format", str(file)]
    told = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)

    assert abs(float(told["format"]["duration"]) - 3) < 0.3


def test_a_past_that_is_left_leaves_no_encoder(portal, on_air, gone):
    _, start = an_hour_ago(portal)
    with watching(portal, f"/timeshift/{WHO}/60/{start}/3.ts") as answer:
        answer.raw.read(ENOUGH)
        (encoder,) = on_air()

    gone(encoder)
    until(lambda: not portal.connections())


def test_the_script_of_the_past_ends_without_a_word(portal):
    path = "/streaming/timeshift.php?username=ann&password=s3cret&stream=2&start=2026-03-01:10-00&duration=60"
    answer = requests.get(portal.address + path, timeout=60)

    assert (answer.status_code, answer.content) == (200, b"")


def test_streams_can_be_refused_for_a_while(portal):
    with portal.troubled(Trouble.NO_STREAMS):
        for path in (f"/live/{WHO}/1.ts", f"/movie/{WHO}/201.mp4"):
            assert requests.get(portal.address + path, timeout=60).status_code == 403


def test_no_password_is_written_into_the_log(portal, caplog):
    caplog.set_level("DEBUG", "stb")
    with watching(portal, f"/live/{WHO}/1.ts") as answer:
        answer.raw.read(ENOUGH)
    requests.get(f"{portal.address}/get.php?username=ann&password=s3cret", timeout=60)

    assert "line ann" in caplog.text
    assert "s3cret" not in caplog.text
