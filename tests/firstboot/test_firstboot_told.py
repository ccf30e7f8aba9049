"""What is wrong with the card is said on the screen, as long as it is wrong."""

import pytest

from stb.app.remarks import of_card


def _titles(box):
    return [remark.title for remark in of_card(box.places)]


def test_a_sound_card_is_not_mentioned(box):
    box.write('language = "ar"\n')
    box.boot()
    assert _titles(box) == []


def test_faults_of_the_card_are_read_one_by_one(box):
    box.write('langage = "ar"\nhostname = "?"\n')
    box.boot()
    (remark,) = of_card(box.places)
    assert remark.title == "remark.card"
    assert len(remark.details) == 2
    box.write('language = "ar"\n')
    box.boot()
    assert _titles(box) == []


def test_what_memory_alone_would_keep_stays_on_the_card(box):
    box.places.data_trouble.parent.mkdir(parents=True)
    box.places.data_trouble.write_text("broken\n")
    text = '[network]\nwifi = "Home"\npassword = "open sesame"\n'
    box.write(text)
    box.boot()
    assert "psk=open sesame" in box.kept("network/stb-wifi.nmconnection")
    assert box.on_card() == text
    box.places.data_trouble.unlink()
    box.boot()
    assert "sesame" not in box.on_card()


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("missing\n", "remark.data_away"),
        ("repaired\nbroken\n", "remark.data_away"),
        ("repaired\n", "remark.data_repaired"),
    ],
    ids=["no partition", "none that can be mounted", "mended"],
)
def test_trouble_with_the_data_is_told(box, words, title):
    box.places.data_trouble.parent.mkdir(parents=True)
    box.places.data_trouble.write_text(words)
    assert _titles(box) == [title]
