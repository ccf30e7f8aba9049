"""What names of channels say, and whether two mean the same channel."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stb.catalogue.alike import Alike, Assignment, match
from stb.catalogue.naming import SURE, Sense, likeness, sense, sense_of_id
from stb.model import Channel, ChannelId, ChannelRef, SourceId

A = SourceId("a")


def a_channel(name, number=1, **fields):
    ref = ChannelRef(A, ChannelId(str(number)))
    return Channel(ref=ref, number=number, name=name, link="x", **fields)


def like(one, other):
    return likeness(sense(one), sense(other))


@pytest.mark.parametrize(
    ("name", "words", "numbers", "country", "later"),
    [
        pytest.param("BBC One", "bbc", "1", "", 0, id="a number in words"),
        pytest.param("UK| BBC 1 FHD", "bbc", "1", "uk", 0, id="a country and a quality"),
        pytest.param("|GB| BBC1 HEVC 50fps", "bbc", "1", "uk", 0, id="one word, other codes"),
        pytest.param("[DE] RTL II", "rtl", "2", "de", 0, id="Roman"),
        pytest.param("CNN (US)", "cnn", "", "us", 0, id="a country behind"),
        pytest.param("TR: TRT 1 4K", "trt", "1", "tr", 0, id="before a colon"),
        pytest.param("ITV +1", "itv", "", "", 1, id="an hour later"),
        pytest.param("E4+1 HD", "e", "4", "", 1, id="an hour later, closely written"),
        pytest.param("Canal+ Sport", "canal plus sport", "", "", 0, id="a plus of its own"),
        pytest.param("ᴴᴰ beIN Sports 1", "bein sport", "1", "", 0, id="raised letters, a plural"),
        pytest.param("AR: قناة الجَزيرة", "الجزيره", "", "", 0, id="Arabic"),
        pytest.param("ZDF - Neo", "zdf neo", "", "", 0, id="no country before a dash"),
        pytest.param("Channel 4", "channel", "4", "", 0, id="nothing but fillers"),
    ],
)
def test_what_a_name_says(name, words, numbers, country, later):
    found = sense(name)
    assert (" ".join(found.words), " ".join(found.numbers)) == (words, numbers)
    assert (found.country, found.later) == (country, later)


@pytest.mark.parametrize(
    ("identifier", "expected"),
    [
        ("BBCOneHD.uk", Sense(("bbc",), ("1",), "uk")),
        ("bbc1.uk", Sense(("bbc",), ("1",), "uk")),
        ("CNN.us2", Sense(("cnn",), (), "us")),
        ("sky-news", Sense(("sky", "news"))),
    ],
)
def test_what_an_id_says(identifier, expected):
    assert sense_of_id(identifier) == expected


@pytest.mark.parametrize(
    ("wanted", "offered"),
    [
        ("UK: BBC One FHD", "BBC 1"),
        ("AlJazeera", "Al Jazeera"),
        ("Nickelodeon", "Nickleodeon"),
        ("beIN SPORTS 1 HD", "Bein Sport 1"),
        ("ITV +1", "ITV"),
        ("قناة الجزيرة", "الجزيرة"),
        ("Disney Channel", "Disney"),
    ],
)
def test_names_of_one_channel(wanted, offered):
    assert like(wanted, offered) >= SURE


@pytest.mark.parametrize(
    ("wanted", "offered"),
    [
        ("BBC 1", "BBC 2"),
        ("BBC One", "BBC Two"),
        ("BBC", "BBC 1"),
        ("Sky Sports News", "Sky News"),
        ("Showtime East", "Showtime West"),
        ("Cinema", "Cinemax"),
        ("UK: CNN", "US: CNN"),
        ("Nick Jr", "Nick"),
        ("BBC One London", "BBC One Scotland"),
        ("ITV", "ITV +1"),
        ("Canal+", "Canal"),
        ("ESPN", "ESPNU"),
    ],
)
def test_names_of_two_channels(wanted, offered):
    assert like(wanted, offered) < SURE


@given(st.text(max_size=40), st.text(max_size=40))
def test_likeness_is_a_share_and_other_numbers_are_another_channel(one, other):
    said, offered = sense(one), sense(other)
    assert 0 <= likeness(said, offered) <= 1
    if said.numbers != offered.numbers:
        assert likeness(said, offered) == 0


@given(st.sampled_from(["BBC", "Sky Sports", "الجزيرة", "TV"]), st.integers(0, 99), st.integers(0, 99))
def test_the_guide_of_another_number_is_never_given(name, number, other):
    found = match(a_channel(f"UK: {name} {number} HD"), f"{name}{other}.uk", [f"{name} {other}"])
    assert (found.score >= SURE) == (number == other)


def test_each_channel_gets_the_likeliest():
    alike = Alike()
    names = ("UK: ITV FHD", "UK: ITV +1", "US: ITV", "Dave", "UK: BBC One")
    channels = [a_channel(name, number) for number, name in enumerate(names, 1)]
    for channel in channels:
        alike.add(channel)
    alike.hold("itv.uk", ["ITV"])
    alike.hold("itv1", ["ITV +1"])
    alike.hold("bbc2.uk", ["BBC Two"])
    found = {channel.name: alike.best.get(channel.ref) for channel in channels}
    assert found["UK: ITV FHD"] == Assignment("itv.uk", 0.98, 0)
    assert found["UK: ITV +1"].station == "itv1"
    assert found["US: ITV"] is found["Dave"] is found["UK: BBC One"] is None


def test_a_later_channel_without_a_guide_of_its_own_has_the_shifted_one():
    alike = Alike()
    channel = a_channel("ITV +1")
    alike.add(channel)
    alike.hold("itv", ["ITV"])
    assert alike.best[channel.ref].shift == 3600


def test_a_group_says_where_its_channels_are_from():
    channel = a_channel("CNN HD", group="US | News")
    assert match(channel, "cnn.us", ["CNN"]).score > match(channel, "cnn", ["CNN"]).score >= SURE
    assert match(channel, "cnn.tr", ["CNN"]).score < SURE
