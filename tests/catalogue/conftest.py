"""Lists to keep, and a catalogue to keep them in."""

import pytest

from stb.catalogue import Catalogue
from stb.model import Channel, ChannelId, ChannelRef, SourceId


def a_channel(number, *, source="a", group="", name="", identifier="", has_news=False):
    return Channel(
        ref=ChannelRef(SourceId(source), ChannelId(identifier or f"id{number}")),
        number=number,
        name=name or f"Channel {number}",
        group=group,
        link=f"http://tv.example/{number}",
        logo=f"http://tv.example/{number}.png",
        has_news=has_news,
    )


@pytest.fixture(name="a_channel")
def a_channel_fixture():
    return a_channel


@pytest.fixture
def path(tmp_path):
    return tmp_path / "state" / "catalogue.db"


@pytest.fixture
def catalogue(path):
    with Catalogue(path) as catalogue:
        yield catalogue


@pytest.fixture
def filled(catalogue):
    """Source a: 1 News, 3 Films, 5 News, 9 (no group). Source b: 2 Films, 5 Sport."""
    groups = {1: "News", 3: "Films", 5: "News", 9: ""}
    catalogue.replace(
        SourceId("a"), [a_channel(number, group=group) for number, group in groups.items()], "r1"
    )
    groups = {2: "Films", 5: "Sport"}
    catalogue.replace(
        SourceId("b"), [a_channel(number, source="b", group=group) for number, group in groups.items()], "r9"
    )
    return catalogue
