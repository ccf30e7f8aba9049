"""Small pictures on disk: there after a restart, bounded, and never worse than not there."""

import os
import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stb.ui import Size
from stb.ui.raster import Raster
from stb.ui.shelf import DAY, Kept, Shelf

ROOM = Size(100, 50)
ADDRESS = "http://tv.example/logo.png"


def a_raster(seed=0, size=Size(40, 20)):  # noqa: B008 - a frozen value
    """Noise, which does not pack."""
    return Raster(size, os.urandom(4 * size.width * size.height - 1) + bytes([seed]))


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "logos"


@pytest.fixture
def shelf(folder):
    return Shelf(folder, ROOM)


def age(folder, seconds):
    """Let everything on the shelf be so many seconds older."""
    for path in folder.iterdir():
        then = path.stat().st_mtime - seconds
        os.utime(path, (then, then))


def used(folder):
    return sum(path.stat().st_size for path in folder.iterdir())


def test_nothing_is_known_of_an_address_nobody_asked_for(shelf):
    assert shelf.find(ADDRESS) is None


def test_a_picture_is_there_after_a_restart(shelf, folder):
    for raster in (a_raster(), replace(a_raster(), dark=True)):
        shelf.put(ADDRESS, raster)
        assert Shelf(folder, ROOM).find(ADDRESS) == Kept(raster)


def test_a_picture_for_another_screen_is_another_picture(shelf, folder):
    shelf.put(ADDRESS, a_raster())
    assert Shelf(folder, Size(200, 100)).find(ADDRESS) is None


def test_that_there_is_no_picture_is_believed_for_a_day(shelf, folder):
    shelf.put(ADDRESS, None)
    assert shelf.find(ADDRESS) == Kept(None)
    age(folder, DAY + 1)
    assert shelf.find(ADDRESS) is None


def test_a_box_whose_clock_fell_back_asks_again(shelf, folder):
    shelf.put(ADDRESS, None)
    age(folder, -1000)
    assert shelf.find(ADDRESS) is None


def test_pictures_do_not_grow_old(shelf, folder):
    raster = a_raster()
    shelf.put(ADDRESS, raster)
    age(folder, 1000 * DAY)
    assert shelf.find(ADDRESS) == Kept(raster)


def test_a_new_picture_takes_the_place_of_the_old(shelf):
    raster = a_raster(2)
    shelf.put(ADDRESS, a_raster(1))
    shelf.put(ADDRESS, raster)
    assert shelf.find(ADDRESS) == Kept(raster)


def test_the_shelf_never_holds_more_than_its_bound(folder):
    limit = 50_000
    shelf = Shelf(folder, ROOM, limit)
    for number in range(60):
        shelf.put(f"{ADDRESS}?{number}", a_raster())
        assert used(folder) <= limit
    assert used(folder) > limit / 2


def test_what_was_not_used_for_the_longest_goes_first(folder):
    shelf = Shelf(folder, ROOM, 12_000)
    for name in ("used", "unused"):
        shelf.put(name, a_raster())
    age(folder, 3 * DAY)
    assert shelf.find("used") is not None
    for number in range(2):
        shelf.put(f"new {number}", a_raster())
    assert shelf.find("used") is not None
    assert shelf.find("unused") is None


def test_the_bound_holds_over_restarts(folder):
    for number in range(60):
        Shelf(folder, ROOM, 50_000).put(f"{ADDRESS}?{number}", a_raster())
    assert used(folder) <= 50_000


def test_what_was_being_written_when_the_power_went_is_gone_at_the_next_start(folder, shelf):
    folder.mkdir()
    (folder / "half.part").write_bytes(b"half")
    shelf.put(ADDRESS, a_raster())
    assert not (folder / "half.part").exists()


def test_a_disk_that_cannot_be_written_is_told_and_no_error(folder, shelf, caplog):
    folder.parent.joinpath("logos").write_text("a file in the place of the folder")
    shelf.put(ADDRESS, a_raster())
    assert shelf.find(ADDRESS) is None
    assert "picture not kept" in caplog.text


@given(st.data())
def test_a_damaged_file_is_as_if_it_was_not_there(tmp_path_factory, data):
    folder = tmp_path_factory.getbasetemp() / "damaged logos"
    shelf, raster = Shelf(folder, ROOM), Raster(Size(3, 2), bytes(range(24)))
    shelf.put(ADDRESS, raster)
    (path,) = folder.iterdir()
    damaged = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(0, 3))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] ^= data.draw(st.integers(0, 255))
    path.write_bytes(damaged[: data.draw(st.integers(0, len(damaged)))])
    found = shelf.find(ADDRESS)
    if found and found.raster:
        assert found.raster.weight == 4 * found.raster.size.width * found.raster.size.height


def test_a_use_is_noted_only_once_a_day(shelf, folder):
    shelf.put(ADDRESS, a_raster())
    age(folder, DAY / 2)
    (path,) = folder.iterdir()
    before = path.stat().st_mtime
    shelf.find(ADDRESS)
    assert path.stat().st_mtime == before
    age(folder, DAY)
    shelf.find(ADDRESS)
    assert time.time() - path.stat().st_mtime < DAY
