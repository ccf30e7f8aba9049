"""`stb doctor` as a person reads it."""

from stb.app.doctor import lines

TOLD = {
    "board": "Raspberry Pi 4 Model B",
    "finished": 9.04,
    "stages": [
        {"name": "kernel", "at": 2.1, "took": 2.1, "budget": 2.0},
        {"name": "first frame", "at": 6.5, "took": 2.5, "budget": 2.5},
        {"name": "first picture", "at": None, "took": None, "budget": 12.0},
    ],
}


def test_the_table_says_what_took_too_long():
    assert lines(TOLD).splitlines() == [
        "board: Raspberry Pi 4 Model B",
        "                  at   took  budget",
        "kernel         2.1 s  2.1 s   2.0 s  over",
        "first frame    6.5 s  2.5 s   2.5 s",
        "first picture      -      -  12.0 s",
        "all of the system was up after 9.0 s",
    ]


def test_a_computer_has_no_budget():
    assert lines(TOLD | {"board": ""}).startswith("board: none of ours")
