"""Lines: what an operator says about a subscription, and what the books make of it."""

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from stb.errors import PortalError
from stb.portal.library import Shelf
from stb.portal.lines import LineStatus
from stb.portal.nouns import Delivery, Picture, PortalChannel, Standing
from stb.portal.world import World

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


class Calendar:
    """A clock that a test turns."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def calendar() -> Calendar:
    return Calendar()


@pytest.fixture
def world(tmp_path: Path, calendar: Calendar) -> World:
    return World(tmp_path / "portal.sqlite", clock=calendar)


def test_a_new_world_has_one_line_for_ever_which_stays_forgotten(world, tmp_path):
    (line,) = world.lines.all()

    assert (line.username, line.status, line.expires) == ("demo", LineStatus.ACTIVE, None)
    world.lines.forget("demo")
    assert World(tmp_path / "portal.sqlite").lines.all() == ()


def test_a_line_is_for_a_year_with_a_password_of_its_own(world):
    one, other = world.lines.add("ann"), world.lines.add("ben")

    assert one.expires == int((NOW + timedelta(days=365)).timestamp())
    assert one.password != other.password
    assert len(one.password) == 10
    assert (one.max_connections, one.is_trial, one.formats) == (1, False, ("m3u8", "ts"))


def test_a_name_is_given_once(world):
    world.lines.add("ann")

    with pytest.raises(PortalError, match="there is a line 'ann' already"):
        world.lines.add("ann")


def test_what_an_operator_says_is_so(world):
    lines = world.lines
    lines.add("ann")

    assert lines.ban("ann").status is LineStatus.BANNED
    assert lines.unban("ann").status is LineStatus.ACTIVE
    assert lines.disable("ann").status is LineStatus.DISABLED
    assert lines.ban("ann").status is LineStatus.BANNED, "which says more than switched off"
    lines.unban("ann")
    assert lines.enable("ann").status is LineStatus.ACTIVE
    assert lines.expire("ann").status is LineStatus.EXPIRED
    assert lines.renew("ann", days=None).expires is None
    assert lines.limit("ann", 3).max_connections == 3
    assert lines.allow("ann", "ts").formats == ("ts",)


def test_a_line_ends_by_itself(world, calendar):
    world.lines.add("ann", days=1)

    calendar.now += timedelta(days=1, seconds=-1)
    assert world.lines.line("ann").status is LineStatus.ACTIVE
    calendar.now += timedelta(seconds=1)
    assert world.lines.line("ann").status is LineStatus.EXPIRED


def test_signing_in_takes_the_name_and_the_password(world):
    world.lines.add("ann", password="pass wörd/")

    assert world.lines.sign_in("ann", "pass wörd/") == world.lines.line("ann")
    assert world.lines.sign_in("ann", "password") is None
    assert world.lines.sign_in("nobody", "") is None


@pytest.mark.parametrize("sentence", ["line", "expire", "renew", "ban", "enable", "forget"])
def test_an_unknown_line_is_an_error(world, sentence):
    with pytest.raises(PortalError, match="no line 'ann'"):
        getattr(world.lines, sentence)("ann")


def test_the_books_of_an_older_version_keep_their_devices_and_get_films(tmp_path):
    path = tmp_path / "portal.sqlite"
    world = World(path)
    world.register("BOX")
    world.activate("BOX")
    db = sqlite3.connect(path)
    for table in ("line", "film", "series", "episode", "category"):
        db.execute(f"DROP TABLE {table}")
    db.execute("ALTER TABLE channel DROP COLUMN archive")
    db.execute("PRAGMA user_version = 2")
    db.close()

    world = World(path)

    assert world.device("BOX").standing is Standing.ACTIVE
    assert [line.username for line in world.lines.all()] == ["demo"]
    assert len(world.library.films()) == 5
    assert sum(channel.archive > 0 for channel in world.channels()) == 4


def test_a_persons_own_films_stand_behind_the_operators(tmp_path):
    own = PortalChannel(
        id=101,
        name="My Holiday",
        logo_url="/uploads/own-101.png",
        type="Local",
        category="Films",
        has_news=0,
        created_at="2026-03-01T00:00:00.000Z",
        updated_at="2026-03-01T00:00:00.000Z",
        picture=Picture.OWN,
        delivery=Delivery.FILE,
        link="/media/My_Holiday.MKV",
    )
    library = World(tmp_path / "portal.sqlite", own=[own]).library

    *_, last = library.films()
    assert (last.id, last.name, last.extension, last.link) == (101, "My Holiday", "mkv", own.link)
    assert library.film(101) == last
    assert library.categories(Shelf.FILMS)[-1].name == "Films"
    assert len({each.id for shelf in Shelf for each in library.categories(shelf)}) == 11


def test_every_film_and_series_stands_in_a_category_of_its_shelf(world):
    library = world.library
    for shelf, things in ((Shelf.FILMS, library.films()), (Shelf.SERIES, library.series())):
        assert {each.category for each in things} == {each.name for each in library.categories(shelf)}


def test_series_have_their_seasons_and_specials(world):
    library = world.library

    assert {
        series.name: sorted({episode.season for episode in library.episodes(series.id)})
        for series in library.series()
    } == {"Harbour Lights": [0, 1, 2], "One Winter": [1]}
    assert library.episode(312) == next(each for each in library.episodes(51) if each.id == 312)
    assert library.episode(1) is None
    assert library.one_series(1) is None
