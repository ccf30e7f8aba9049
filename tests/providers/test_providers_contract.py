"""What the box relies on, whatever an operator speaks: every kind of provider against the embedded portal.

A kind joins with a row in `KINDS`; its offers say which tests are for it.
"""

import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

import pytest
import requests

from stb.board import derive
from stb.errors import NoSuchItem
from stb.model import (
    SCHEMES,
    AccountStatus,
    Channel,
    ChannelId,
    ChannelRef,
    Duid,
    Facts,
    GuideChannel,
    Identity,
    Programme,
    Query,
    Sorting,
    Source,
    SourceId,
    read_programmes,
)
from stb.portal.portal import Portal
from stb.providers import PROVIDERS, Offer, Shelf, open_provider

HOME = SourceId("home")
BOX = replace(derive(Facts(serial="1a2b")), duid=Duid("195C68F32A17B98"))
NOWHERE = ChannelRef(HOME, ChannelId("99999"))
PATIENCE = 60.0
"""Seconds after which a test gives up waiting: a portal makes its clips when they are first asked for."""


@dataclass(frozen=True)
class Kind:
    """How a viewer comes to an account of this kind with a portal."""

    name: str
    subscribe: Callable[[Portal, Identity], dict[str, str]]
    """Makes the account; what the viewer types is returned: fields of `Source`, and the password."""
    without: frozenset[Offer] = frozenset()
    """What this operator does not have, though its kind may."""


def device(portal, identity):
    portal.world.register(identity.duid)
    portal.world.activate(identity.duid)
    return {"address": portal.address}


def line(portal, _identity):
    portal.world.lines.add("the viewer", password="pass/wörd@1", connections=0)
    return {"address": portal.address, "user": "the viewer", "password": "pass/wörd@1"}


def plain_list(portal, _identity):
    return {"address": f"{portal.address}/playlist.m3u"}


def pasted_list(portal, _identity):
    """What a panel writes for a line, taken for any list."""
    portal.world.lines.add("viewer", password="word", connections=0)
    return {"address": f"{portal.address}/get.php?username=viewer&password=word&type=m3u_plus&output=ts"}


def portal_of_a_mac(portal, _identity):
    """As operators write it; the box is entered when it first comes."""
    return {"address": f"{portal.address}/stalker_portal/c/"}


def panel_of_a_mac(portal, identity):
    portal.world.macs.add(identity.stalker_mac)
    return {"address": f"{portal.address}/c/"}


KINDS = (
    Kind("alkarma", device),
    Kind("xtream", line),
    Kind("m3u", plain_list),
    Kind("m3u", pasted_list),
    Kind("stalker", portal_of_a_mac),
    Kind("stalker", panel_of_a_mac, without=frozenset({Offer.GUIDE})),
)


def kinds(*offers):
    """A parameter for each kind that offers all of these."""
    return pytest.mark.parametrize(
        "provider",
        [
            pytest.param(kind, id=kind.name)
            for kind in KINDS
            if set(offers) <= PROVIDERS[kind.name].offers - kind.without
        ],
        indirect=True,
    )


@pytest.fixture
def provider(request, portal, tmp_path):
    kind = request.param
    typed = kind.subscribe(portal, BOX)
    password = typed.pop("password", "")
    source = Source(id=HOME, kind=kind.name, name="Home", **typed)
    with closing(open_provider(source, BOX, tmp_path / "kept", password=password)) as provider:
        yield provider


def first_bytes(stream):
    """What whoever plays it is sent first."""
    headers = dict(stream.headers) | ({"User-Agent": stream.user_agent} if stream.user_agent else {})
    with requests.get(stream.address, headers=headers, stream=True, timeout=PATIENCE) as answer:
        assert answer.status_code == 200
        return next(answer.iter_content(188))


def is_video(beginning):
    return beginning[:1] == b"G" or beginning[4:8] == b"ftyp" or beginning.startswith((b"\x1aE", b"#EXTM3U"))


@kinds()
def test_signing_in_tells_of_an_active_account(provider):
    assert provider.sign_in().status is AccountStatus.ACTIVE


@kinds()
def test_each_channel_has_an_id_a_number_and_a_name_of_its_own(provider):
    provider.sign_in()
    channels = list(provider.items())
    assert channels
    assert all(isinstance(channel, Channel) and channel.ref.source == HOME for channel in channels)
    assert len({channel.ref for channel in channels}) == len(channels)
    assert len({channel.number for channel in channels}) == len(channels)
    assert all(channel.number > 0 and channel.name for channel in channels)


@kinds()
def test_a_list_that_did_not_change_is_read_the_same(provider):
    provider.sign_in()
    assert list(provider.items()) == list(provider.items())


@kinds()
def test_every_channel_has_an_address_that_a_player_may_open(provider):
    provider.sign_in()
    for channel in provider.items():
        stream = provider.stream(channel)
        assert stream.ref == channel.ref
        assert urlsplit(stream.address).scheme in SCHEMES
        assert urlsplit(stream.address).hostname


@kinds()
def test_a_channel_plays(provider):
    provider.sign_in()
    streams = (provider.stream(channel) for channel in provider.items() if not channel.radio)
    stream = next(stream for stream in streams if stream.address.startswith("http"))
    assert is_video(first_bytes(stream))


@kinds()
def test_a_stream_does_not_show_its_address(provider):
    provider.sign_in()
    stream = provider.stream(next(iter(provider.items())))
    assert stream.address not in repr(stream)


@kinds()
def test_a_provider_may_be_closed_twice(provider):
    provider.sign_in()
    provider.close()
    provider.close()


@kinds(Offer.LIBRARY)
def test_each_film_and_series_has_an_id_a_name_and_a_category_that_is_named_if_any_is(provider):
    provider.sign_in()
    for shelf, items in ((Shelf.FILMS, list(provider.films())), (Shelf.SERIES, list(provider.series()))):
        assert items
        assert len({item.ref for item in items}) == len(items)
        assert all(item.ref.source == HOME and item.name for item in items)
        named = provider.categories(shelf)
        assert not named or {item.category for item in items} <= {"", *named}


@kinds(Offer.LIBRARY)
def test_a_film_looked_at_closely_is_the_one_in_the_list_and_plays(provider):
    provider.sign_in()
    film = next(iter(provider.films()))
    details = provider.film(film)
    assert details.film.ref == film.ref
    assert details.film.name
    stream = provider.lend(details.film.ref, details.film.link)
    assert stream.ref == film.ref
    assert is_video(first_bytes(stream))


@kinds(Offer.LIBRARY)
def test_a_series_has_seasons_in_order_and_its_episodes_play(provider):
    provider.sign_in()
    series = next(iter(provider.series()))
    details = provider.seasons(series)
    assert details.series.ref == series.ref
    numbers = [season.number for season in details.seasons]
    assert numbers == sorted(numbers, key=lambda number: (number == 0, number))
    assert numbers
    episodes = [episode for season in details.seasons for episode in season.episodes]
    assert len({episode.ref for episode in episodes}) == len(episodes)
    assert all(season.episodes for season in details.seasons)
    assert all(episode.ref.series == series.ref and episode.name for episode in episodes)
    assert is_video(first_bytes(provider.lend(episodes[0].ref, episodes[0].link)))


@kinds(Offer.SEARCH)
def test_what_the_operator_finds_is_in_its_lists_too(provider):
    films, series = list(provider.films()), list(provider.series())
    assert provider.whole()
    for title in (films[0], films[-1], series[0]):
        assert title in provider.seek(Query(text=title.name))
    ratings = [film.rating for film in provider.seek(Query(shelf="films", sorting=Sorting.RATING))]
    assert ratings == sorted(ratings, reverse=True)
    some = next(film for film in films if film.category and film.year)
    alike = {film.ref for film in films if (film.category, film.year) == (some.category, some.year)}
    assert {one.ref for one in provider.seek(Query(category=some.category, year=some.year))} >= alike
    assert provider.seek(Query(text="no such words anywhere")) == ()
    mysteries = {film.ref for film in films if "Mystery" in film.genre}
    found = provider.seek(Query(shelf="films", genre="mystery", sorting=Sorting.NAME))
    assert {film.ref for film in found} == mysteries
    assert len(mysteries) == 2
    assert provider.seek(Query(shelf="films", genre="mystery", sorting=Sorting.NAME, part=1)) == ()


@kinds(Offer.GUIDE)
def test_the_guide_names_what_is_on_the_channels(provider):
    provider.sign_in()
    known = {channel.guide_id for channel in provider.items() if channel.guide_id}
    guide = provider.guide()
    entries = list(guide)
    channels = {entry.id for entry in entries if isinstance(entry, GuideChannel)}
    programmes = list(read_programmes(entries))
    assert known
    assert programmes
    if channels:
        assert known <= channels
    else:  # where channels and guide go by the same ids, a guide need not name them
        assert {programme.channel for programme in programmes} <= known
    assert all(entry.stop is None or entry.stop > entry.start for entry in programmes)
    assert guide.lost == 0


@kinds(Offer.GUIDE)
def test_a_guide_that_says_when_it_changes_is_not_read_again(provider):
    provider.sign_in()
    guide = provider.guide()
    assert list(guide)
    again = provider.guide(guide.revision)
    assert (again is None) == bool(guide.revision)


def now_on(provider, channels):
    """A channel with its short guide; the first that has one."""
    return next((channel, told) for channel in channels if (told := provider.short_guide(channel)))


@kinds(Offer.SHORT_GUIDE)
def test_the_short_guide_begins_with_what_is_on(provider):
    provider.sign_in()
    _, told = now_on(provider, provider.items())
    starts = [programme.start for programme in told]
    assert starts == sorted(set(starts))
    assert told[0].start <= time.time() < (told[0].stop or told[1].start)
    assert all(programme.title for programme in told)


def on_at(provider, channel, moment):
    """What the guide says was on a channel; None where it does not go back, or there is none."""
    try:
        entries = list(provider.guide())
    except NoSuchItem:
        return None
    of_channel = (each for each in read_programmes(entries) if each.channel == channel.guide_id)
    return next((each for each in of_channel if each.stop and each.start <= moment < each.stop), None)


def really_on_at(portal, channel, moment):
    """The same by the operator's own books."""
    true = next(each for each in portal.world.channels() if each.name == channel.name)
    show = portal.world.guide.at(true, int(moment))
    return Programme(channel=channel.guide_id, start=show.start, stop=show.stop, title=show.title)


@kinds(Offer.CATCH_UP)
def test_what_was_on_plays(provider, portal):
    provider.sign_in()
    channel = next(channel for channel in provider.items() if channel.archive and channel.guide_id)
    ago = time.time() - 4 * 3600
    programme = on_at(provider, channel, ago) or really_on_at(portal, channel, ago)
    stream = provider.past(channel, programme)
    assert (stream.ref.channel, stream.ref.start) == (channel.ref, programme.start)
    assert is_video(first_bytes(stream))


@kinds(Offer.DAYS, Offer.CATCH_UP)
def test_what_was_on_yesterday_is_told_and_plays(provider):
    provider.sign_in()
    channel = next(one for one in provider.items() if one.archive > 48 and one.guide_id)
    end = int(time.time()) - 6 * 3600
    begin = end - 24 * 3600
    told = provider.day(channel, begin, end)
    starts = [programme.start for programme in told]
    assert starts == sorted(set(starts))
    within = [one for one in told if begin <= one.start and one.stop <= end]
    assert sum(one.stop - one.start for one in within) > 20 * 3600, "nearly all of it"
    assert all(one.title and one.channel == channel.guide_id for one in within)
    stream = provider.past(channel, within[0])
    assert (stream.ref.channel, stream.ref.start) == (channel.ref, within[0].start)
    assert is_video(first_bytes(stream))


@kinds(Offer.DAYS)
def test_of_a_channel_without_a_guide_no_day_is_told(provider):
    provider.sign_in()
    channel = next(iter(provider.items()))._replace(ref=NOWHERE, guide_id="")
    assert provider.day(channel, int(time.time()) - 24 * 3600, int(time.time())) == ()
