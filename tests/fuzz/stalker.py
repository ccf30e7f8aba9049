"""Any bytes as a portal's answers: what they say, or an error of ours."""

from contextlib import suppress

from stb.errors import ProviderError
from stb.model import Channel, ChannelId, ChannelRef, Series, SeriesId, SeriesRef, SourceId
from stb.net import Reply
from stb.providers.stalker import answers, epg, rows, vod
from stb.providers.stalker.events import event
from stb.providers.stalker.links import read
from stb.providers.stalker.mag import Mag
from stb.providers.stalker.profile import account, profile
from stb.providers.stalker.wire import envelope, fields, listed

SEEDS = (
    b"""{"js":{"total_items":2,"max_page_items":14,"data":[{"id":"5","number":"1","name":"One",
"cmd":"ffmpeg http://localhost/ch/5_","cmds":[{"id":"1","url":"ffrt http://h/1"}],"use_http_tmp_link":"1","logo":"5.png",
"tv_genre_id":"3","censored":0,"archive":1,"tv_archive_duration":"24","wowza_tmp_link":0,"xmltv_id":"one"},
{"id":6,"name":"F","o_name":"G","series":[1,2],"time":"90","added":"2025-01-02 03:04:05","is_series":"1",
"rating_imdb":"7.1","screenshot_uri":"/a.jpg","season_number":1,"has_files":1,"is_season":true}]},"text":"debug"}""",
    b'{"js":[{"id":"*","title":"All"},{"id":"3","title":"News","alias":"news","censored":"1"}]}',
    b"""{"js":{"id":"1","status":"0","default_timezone":"Europe/Kiev","allowed_stb_types":["mag250"],
"watchdog_timeout":120,"timeslot":"10","phone":"January 5, 2030, 12:00 am","msg":"","block_msg":"a<br/>b",
"end_date":"2030-01-02","token":"AB"}}""",
    b'{"js":{"id":"7","cmd":"ffmpeg http://h/u/p/7?play_token=x","error":""},"error":"nothing_to_play"}',
    b"""{"js":{"data":{"5":[{"id":"1","ch_id":"5","time":"2025-06-15 21:00:00","start_timestamp":1750010400,
"stop_timestamp":"1750014000","name":"News","descr":"Text","mark_archive":1}]}}}""",
    b'{"js":{"data":{"msgs":1,"id":"9","event":"send_msg","msg":"Hello<br>you","need_confirm":"1"}}}',
    b"Authorization failed 123",
)
_HOME = SourceId("home")
_ORIGIN = rows.Origin(source=_HOME, base="http://h/stalker_portal/")
_MAG = Mag(model="", mac="m", sn="s", device_id="", device_id2="", signature="", user_agent="")
_CHANNEL = Channel(ref=ChannelRef(_HOME, ChannelId("5")), number=1, name="One", link="x")
_SERIES = Series(ref=SeriesRef(_HOME, SeriesId("1")), name="S")
_NAMES = {"3": rows.Genre("3", "News")}


def one(data: bytes) -> None:
    """Read it as every answer of a portal."""
    with suppress(ValueError):
        for channel, row in epg.rows(iter([data])):
            epg.programme(row, channel)
    read(data.decode("utf-8", "replace"))
    with suppress(ProviderError):
        said = envelope(Reply(status=200, media_type="application/json", body=data), _HOME)
        with suppress(ProviderError):
            answers.made(said)
        account(profile(said.js), said.js, imitation=False)
        event(said.js, _MAG)
        epg.programmes(said.js, _CHANNEL)
        _read(said.js)


def _read(js: object) -> None:
    found = [row for row in listed(fields(js).get("data", js)) if isinstance(row, dict)]
    list(rows.channels(found, rows.genres(js), _ORIGIN))
    list(rows.radio(found, _ORIGIN, "Radio", 1))
    vod.versions(found)
    for row in found:
        vod.film(row, _NAMES, _ORIGIN)
        vod.series(row, _NAMES, _ORIGIN)
        vod.season_row(row, _SERIES, 1)
        vod.episode(row, _SERIES, 1, "1", 1)
