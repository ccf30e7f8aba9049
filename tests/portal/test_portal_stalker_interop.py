"""Both Stalker portals read by a program that others wrote: stb-reader."""

from itertools import pairwise

import pytest
import requests
import stb_reader
from stb_reader.exceptions import AuthError, STBError

MAC = "00:1A:79:00:00:05"
GENUINE = "stalker_portal/server/load.php"


@pytest.fixture
def reader(portal, monkeypatch):
    """It names no port in its ``Host``, so the portal's addresses have to be given theirs back."""
    monkeypatch.setenv("NO_PROXY", "*")

    def reader(path=GENUINE, **said):
        client = stb_reader.STBClient(portal.address, MAC, portal_path=path, **said)
        client._session._base_headers.pop("Host")
        return client

    return reader


def first_bytes(address):
    with requests.get(address, stream=True, timeout=180) as answer:
        assert answer.status_code == 200
        return answer.raw.read(188)


def test_it_reads_the_channels_of_the_genuine_portal(reader):
    client = reader()
    client.authenticate()
    assert [genre.title for genre in client.live_tv.get_genres()][:2] == ["All", "Information"]
    channels = client.live_tv.get_all_channels()
    assert [(each.number, each.name) for each in channels[:2]] == [
        ("1", "Amber Hills"),
        ("2", "Blue Valley HD"),
    ]
    page = client.live_tv.get_channels(genre_id="3", page=2)
    assert (page.total, page.per_page, [each.name for each in page.items]) == (
        2,
        14,
        ["Emerald Lake", "Frost Ridge"],
    )


def test_it_reads_films_and_series_of_the_genuine_portal_and_what_it_would_play_is_there(reader):
    client = reader()
    client.authenticate()
    content = {each.name: each for each in client.vod.get_content().items}
    assert len(content) == 7
    series = content["Harbour Lights"]
    assert series.is_series
    seasons = client.vod.get_seasons(series.id)
    assert [(each.season_number, each.episode_count) for each in seasons] == [("0", 1), ("1", 3), ("2", 2)]
    episodes = client.vod.get_episodes(series.id, seasons[1].id).items
    for cmd in (content["North of the Reeds"].cmd, episodes[0].cmd):
        assert first_bytes(client.vod.get_stream_url(cmd))[4:8] == b"ftyp"


def test_a_second_machine_makes_the_first_sign_in_again_by_itself(reader):
    clients = [reader(), reader()]
    for client in clients:
        client.authenticate()
    for client, _ in pairwise([*clients, *clients]):
        assert client.live_tv.get_all_channels()


def test_it_is_told_that_a_box_is_blocked(reader, portal):
    portal.world.macs.add(MAC)
    portal.world.macs.block(MAC)
    client = reader()
    client.authenticate()
    with pytest.raises(AuthError, match="Access denied"):
        client.live_tv.get_all_channels()


def test_a_panel_bans_it_as_it_says_no_serial_number(reader, portal):
    portal.world.macs.add(MAC)
    with pytest.raises(STBError, match="404"):
        reader("c/portal.php").authenticate()
    assert portal.world.macs.mac(MAC).banned
