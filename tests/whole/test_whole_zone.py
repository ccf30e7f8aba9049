"""The time zone on the box, where operators want to be told a wall clock."""

from stb.messages import ChangeSetting
from stb.model import Programme

SETTINGS = """
time_zone = "Asia/Riyadh"
[[source]]
id = "list"
kind = "m3u"
name = "List"
address = "{path}"
"""
LIST = """#EXTM3U
#EXTINF:-1 catchup="append" catchup-source="?t={Y}{m}{d}{H}{M}",One
http://127.0.0.1:9/1
"""
NINE = Programme(channel="one", start=1_785_488_400, stop=1_785_492_000, title="9 in Greenwich, 31 July 2026")


def test_a_zone_that_is_chosen_is_that_of_what_was_on_from_then_on(switch_on, places, tmp_path):
    path = tmp_path / "list.m3u"
    path.write_text(LIST, "utf-8")
    places.settings.write_text(SETTINGS.format(path=path), "utf-8")
    pilot = switch_on(as_it_is=True)
    provider = pilot.box.crew.provider
    (one,) = provider.items()
    assert provider.past(one, NINE).address == "http://127.0.0.1:9/1?t=202607311200"
    pilot._inbox.post(ChangeSetting("time_zone", "Europe/London"))
    pilot.turn()
    assert provider.past(one, NINE).address == "http://127.0.0.1:9/1?t=202607311000"
