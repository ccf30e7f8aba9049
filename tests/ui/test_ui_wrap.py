"""Paragraphs in lines: nothing is lost or too wide, and each line keeps its paragraph's direction."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stb.ui import DARK, Style
from stb.ui.text import Typesetter

TYPESETTER = Typesetter(DARK, 1080)
LTR, RTL = "\N{LEFT-TO-RIGHT MARK}", "\N{RIGHT-TO-LEFT MARK}"
ENGLISH = "On the night of 2 April our lines are renewed: short interruptions on قناة الفانوس are possible."
ARABIC = "أهلاً بكم في تلفزيون الفانوس. قناة Blue Valley HD متاحة الآن بدقة 1080p لجميع المشتركين."
CHINESE = "新闻频道今天晚上七点半开始播出新的节目敬请期待"


def letters(text):
    """What is to be read of it."""
    return [letter for letter in text if letter.isalnum()]


@pytest.mark.parametrize("text", [ENGLISH, ARABIC, CHINESE], ids=["English", "Arabic", "Chinese"])
@pytest.mark.parametrize("width", [120, 400, 5000])
def test_nothing_is_lost_and_nothing_too_wide(text, width):
    lines = TYPESETTER.wrap(text, Style.BODY, width)
    assert letters("".join(lines)) == letters(text)
    assert all(TYPESETTER.measure(line, Style.BODY).width <= width + 2 for line in lines)
    assert len(lines) > 1 or width == 5000


@pytest.mark.parametrize(
    ("text", "mark"), [(ENGLISH, LTR), (ARABIC, RTL), ("20:47", "")], ids=["English", "Arabic", "digits"]
)
def test_each_line_says_which_way_its_paragraph_runs(text, mark):
    lines = TYPESETTER.wrap(text, Style.BODY, 200)
    assert all(line.startswith(mark) for line in lines)
    assert all(not line.startswith((LTR, RTL)) for line in lines) or mark


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=80), st.integers(1, 600))
def test_any_text_is_lines(text, width):
    lines = TYPESETTER.wrap(text, Style.BODY, width)
    assert letters("".join(lines)) == letters(text)
