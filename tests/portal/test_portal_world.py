"""The operator's sentences, and the file that outlives a portal."""

import multiprocessing
import sqlite3
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from stb.errors import PortalError
from stb.portal.nouns import Standing
from stb.portal.world import World

BOX = "195C68F32A17B98"


class Calendar:
    """A clock that a test turns."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 1, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def calendar() -> Calendar:
    return Calendar()


@pytest.fixture
def world(tmp_path: Path, calendar: Calendar) -> World:
    return World(tmp_path / "operator" / "portal.sqlite", clock=calendar)


def test_a_new_device_is_pending_for_a_year_with_a_code_of_four_digits(world: World):
    device = world.register(BOX)

    assert device.standing is Standing.PENDING
    assert device.expiry_date == date(2027, 3, 1)
    assert len(device.activation_code) == 4
    assert device.activation_code.isdigit()


def test_what_an_operator_says_is_so(world: World):
    world.register(BOX)

    assert world.activate(BOX).standing is Standing.ACTIVE
    assert world.expire(BOX).standing is Standing.EXPIRED
    assert world.activate(BOX).standing is Standing.ACTIVE
    assert world.disable(BOX).standing is Standing.DISABLED
    assert world.activate(BOX).standing is Standing.ACTIVE
    assert world.rename(BOX, "Living Room TV").owner_name == "Living Room TV"
    world.forget(BOX)
    assert world.devices() == ()


def test_a_subscription_ends_by_itself_after_its_last_day(world: World, calendar: Calendar):
    world.register(BOX)
    world.activate(BOX)

    calendar.now += timedelta(days=365)
    assert world.device(BOX).standing is Standing.ACTIVE
    calendar.now += timedelta(days=1)
    assert world.device(BOX).standing is Standing.EXPIRED


def test_activating_an_expired_device_begins_another_year(world: World):
    world.register(BOX)
    world.expire(BOX)

    assert world.activate(BOX).expiry_date == date(2027, 3, 1)


def test_devices_are_listed_in_the_order_they_came(world: World, calendar: Calendar):
    for duid in ("3", "1", "2"):
        world.register(duid)
        calendar.now += timedelta(seconds=1)

    assert [device.duid for device in world.devices()] == ["3", "1", "2"]


@pytest.mark.parametrize("sentence", ["device", "activate", "disable", "expire", "forget"])
def test_an_unknown_device_is_an_error(world: World, sentence):
    with pytest.raises(PortalError, match="no device '195C68F32A17B98'"):
        getattr(world, sentence)(BOX)


def test_the_first_operator_has_twelve_channels_and_one_is_lost_with_the_subscription(world: World):
    world.register(BOX)

    def seen() -> list[int]:
        return sorted(channel.id for channel in world.channels(world.device(BOX).types))

    assert seen() == []
    world.activate(BOX)
    assert seen() == list(range(1, 13))
    world.expire(BOX)
    assert seen() == [1, *range(3, 13)]
    world.disable(BOX)
    assert seen() == []


def test_who_may_watch_what(world: World):
    amber, blue, *_ = world.channels()
    world.register(BOX)
    world.expire(BOX)

    assert world.may_watch(BOX, amber)
    assert not world.may_watch(BOX, blue)
    assert world.may_watch(None, amber)
    assert not world.may_watch(None, blue)
    assert not world.may_watch("unknown", amber)


def test_the_books_outlive_the_portal(world: World, tmp_path: Path, calendar: Calendar):
    device = world.register(BOX)

    again = World(tmp_path / "operator" / "portal.sqlite", clock=calendar, channels=(), news=())

    assert again.devices() == (device,)
    assert len(again.channels()) == 12
    assert len(again.news()) == 3


def _register_many(path: Path, prefix: str) -> None:
    world = World(path)
    for number in range(20):
        world.register(f"{prefix}{number}")
        world.activate(f"{prefix}{number}")


def test_two_processes_make_and_write_one_world(tmp_path: Path):
    path = tmp_path / "portal.sqlite"
    spawn = multiprocessing.get_context("spawn")
    clerks = [spawn.Process(target=_register_many, args=(path, prefix)) for prefix in "AB"]
    for clerk in clerks:
        clerk.start()
    for clerk in clerks:
        clerk.join()

    assert [clerk.exitcode for clerk in clerks] == [0, 0]
    devices = World(path).devices()
    assert len(devices) == 40
    assert {device.standing for device in devices} == {Standing.ACTIVE}
    assert len(World(path).channels()) == 12


def test_a_file_of_a_newer_version_is_left_alone(tmp_path: Path):
    path = tmp_path / "portal.sqlite"
    World(path)
    db = sqlite3.connect(path)
    db.execute("PRAGMA user_version = 99")
    db.close()

    with pytest.raises(PortalError, match="newer version"):
        World(path)


def test_a_place_that_cannot_hold_a_file_is_an_error_of_ours(tmp_path: Path):
    (tmp_path / "portal.sqlite").mkdir()
    with pytest.raises(PortalError, match="cannot be used"):
        World(tmp_path / "portal.sqlite")


@pytest.mark.parametrize("damage", [b"no database at all", None], ids=["another file", "cut in the middle"])
def test_a_damaged_file_is_set_aside_and_the_books_begin_anew(tmp_path: Path, damage: bytes | None):
    path = tmp_path / "portal.sqlite"
    World(path).register(BOX)
    whole = path.read_bytes()
    path.write_bytes(damage or whole[: len(whole) // 2])
    world = World(path)
    assert world.find(BOX) is None
    assert (tmp_path / "portal.damaged").exists()
