"""The benchmarks at a small size: everything is read, and all of it; nothing is timed."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
import bench
import inputs
from tasks import BOX, TASKS


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    folder = tmp_path_factory.mktemp("bench")
    programmes = bench.make_inputs(folder, inputs.SMALL)
    return programmes, bench.measure(folder, TASKS)


@pytest.mark.parametrize(
    ("task", "count"),
    [
        ("channels", inputs.SMALL.live),
        ("films", inputs.SMALL.films),
        ("series", inputs.SMALL.series),
        ("films and series", inputs.SMALL.films + inputs.SMALL.series),
        ("channels, unchanged", True),
        ("films, unchanged", True),
        ("M3U, unchanged", True),
        ("now and next", 200),
        ("grid", 100),
    ],
)
def test_all_of_it_is_read(found, task, count):
    assert found[1][task].count == count


@pytest.mark.parametrize(
    ("task", "file"),
    [
        ("guide", "guide.xml"),
        ("guide, unchanged", "guide.xml"),
        ("guide, 1 % changed", "changed.xml"),
        ("guide, distinct titles", "distinct.xml"),
    ],
)
def test_every_programme_is_read(found, task, file):
    programmes, figures = found
    assert figures[task].count == programmes[file]


def test_channels_films_and_series_of_a_plain_list_are_read(found):
    entries = inputs.SMALL.lines // 2
    live, films, series = entries * 6 // 10, entries * 3 // 10, entries // 10
    assert found[1]["M3U"].count == live + films + series


def test_something_is_found_of_what_is_typed(found):
    assert found[1]["search"].count > 0


def test_each_figure_is_in_the_table_beside_its_target(found):
    table = bench.table(found[1])
    assert all(f"| {task} |" in table for task in BOX)
    assert all(f"| {target.what} |" in table for target in bench.TARGETS)
