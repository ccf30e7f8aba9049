"""Time zones by region and by name."""

from zoneinfo import ZoneInfo

import pytest

from stb.i18n import Words
from stb.i18n.zones import likely, regions


def test_every_zone_is_one_of_the_systems():
    for region, zones in regions().items():
        for zone in zones:
            assert zone.startswith(f"{region}/")
            assert ZoneInfo(zone).key == zone


def test_zones_are_there_once_under_the_name_in_use():
    asia = regions()["Asia"]
    assert {"Asia/Riyadh", "Asia/Baghdad", "Asia/Kolkata"} <= set(asia)
    assert "Asia/Calcutta" not in asia


@pytest.mark.parametrize(
    ("zone", "english", "arabic"),
    [
        ("Asia/Riyadh", "Riyadh", "الرياض"),
        ("Asia/Kolkata", "Kolkata", "كالكتا"),
        ("America/Argentina/Buenos_Aires", "Buenos Aires", "بوينوس أيرس"),
    ],
    ids=["a city", "a city CLDR keeps under an old name", "a city below a country"],
)
def test_a_zone_is_called_by_its_city(zone, english, arabic):
    assert (Words("en").city(zone), Words("ar").city(zone)) == (english, arabic)


def test_a_likely_zone_is_one_to_choose_from():
    for language in ("en", "ar", "tlh"):
        zone = likely(language)
        assert zone in regions()[zone.partition("/")[0]]
