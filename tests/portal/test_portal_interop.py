"""The panel read by programs that others wrote: pyxtream and xtream-api-client."""

import base64
from pathlib import Path

import pytest
import pyxtream
import requests
import xtream_api_client

from stb.portal.portal import Portal


@pytest.fixture
def portal(portal: Portal) -> Portal:
    portal.world.lines.add("ann", password="s3cret", days=30, connections=2)
    return portal


@pytest.fixture
def pyx(portal: Portal, tmp_path: Path, monkeypatch) -> pyxtream.XTream:
    """It keeps what it fetched in a folder, and checks every row against schemas of its own."""
    monkeypatch.setenv("NO_PROXY", "*")
    cache = tmp_path / "cache"
    cache.mkdir()
    return pyxtream.XTream(
        "lantern", "ann", "s3cret", portal.address, cache_path=str(cache), validate_json=True
    )


def test_pyxtream_signs_in_and_loads_every_list(pyx, capsys):
    assert pyx.auth_data["user_info"]["status"] == "Active"
    assert pyx.account_expiration.days == 29
    assert pyx.load_iptv()

    assert [channel.name for channel in pyx.channels][:3] == ["Amber Hills", "Blue Valley HD", "Clock"]
    assert [film.name for film in pyx.movies] == [
        "The Lighthouse Keeper's Clock",
        "Two Voices",
        "North of the Reeds",
        "1001",
        "مصباح في آخر الشارع",
    ]
    assert [series.name for series in pyx.series] == ["Harbour Lights", "One Winter"]
    assert {group.name for group in pyx.groups} >= {"Nature", "Sport", "Documentary", "أفلام عربية"}
    assert "Failed" not in capsys.readouterr().out


def test_what_pyxtream_would_play_is_there(pyx, portal):
    pyx.load_iptv()
    pyx.get_series_info_by_id(pyx.series[0])
    seasons = pyx.series[0].seasons

    assert list(seasons) == ["Season 1", "Season 2", "Specials"]
    episode = next(iter(seasons["Season 1"].episodes.values()))
    for address in (pyx.channels[0].url, pyx.movies[3].url, episode.url):
        assert address.startswith(portal.address)
        with requests.get(address, stream=True, timeout=60) as answer:
            assert answer.status_code == 200
            assert len(answer.raw.read(1880)) == 1880


def test_pyxtream_reads_the_guide(pyx):
    listings = pyx.liveEpgByStreamAndLimit(3, 2)["epg_listings"]

    assert len(listings) == 2
    assert base64.b64decode(listings[0]["title"]).decode()
    assert len(pyx.allLiveEpgByStream(3)["epg_listings"]) > 100


def test_xtream_api_client_reads_the_account_and_the_lists(portal):
    client = xtream_api_client.XtreamClient(portal.address, "ann", "s3cret", timeout=60)

    account = client.get_account_info_parsed()
    assert (account.status, account.is_trial, account.max_connections) == ("Active", False, 2)
    assert [each.name for each in client.list_live_categories()][:2] == ["Information", "Nature"]
    assert [each.name for each in client.list_series_categories()] == ["Drama", "Documentary"]
    assert [each.name for each in client.list_live_streams("3")] == ["Emerald Lake", "Frost Ridge"]
    assert len(client.get_vod_streams()) == 5
    assert len(client.get_series()) == 2


def test_xtream_api_client_is_told_that_a_password_is_wrong(portal):
    client = xtream_api_client.XtreamClient(portal.address, "ann", "wrong", timeout=60)

    with pytest.raises(xtream_api_client.XtreamAuthenticationError):
        client.get_account_info()
