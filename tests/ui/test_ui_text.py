from ctypes import c_int, c_void_p
from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from stb.ui import DARK, SCREEN_HEIGHT, Align, Colour, Region, Style, Text
from stb.ui.clibrary import load
from stb.ui.pango import Direction, Layout, Paragraph, direction
from stb.ui.sdl import pygame
from stb.ui.text import CACHE_BYTES, Typesetter

ROOM = Region(100, 100, 800, 60)


@pytest.fixture(scope="module")
def typesetter():
    return Typesetter(DARK, SCREEN_HEIGHT)


def ink(typesetter, text, *, mirrored=False, style=Style.BODY):
    """The drawn letters of a text."""
    picture, _ = typesetter.place(Text(ROOM, text, style), mirrored=mirrored)
    return picture.surface


def letters(picture):
    """Its pixels without what is empty around them."""
    return pygame.image.tobytes(picture.subsurface(picture.get_bounding_rect()), "RGBA")


def same(one, other):
    return one.get_size() == other.get_size() and bytes(one.get_buffer()) == bytes(other.get_buffer())


def unknown_glyphs(text):
    pango = load("libpango-1.0.so.0", {"pango_layout_get_unknown_glyphs_count": (c_int, c_void_p)})
    layout = Layout()
    layout.set(Paragraph(text, "Noto Sans,Noto Sans Arabic,Noto Sans CJK SC", 32))
    return pango.pango_layout_get_unknown_glyphs_count(layout._layout)


@pytest.mark.parametrize("mirrored", [False, True], ids=["left to right", "right to left"])
def test_a_mixed_name_keeps_its_order_in_both_directions(typesetter, mirrored):
    name = ink(typesetter, "الخبر HD", mirrored=mirrored)
    latin = ink(typesetter, "HD")
    # Arabic begins at the right, so its second word stands at the left.
    beginning = name.subsurface((0, 0, latin.get_width() - 1, name.get_height()))
    assert letters(beginning) == letters(latin)
    assert letters(name) != letters(latin)


def test_arabic_letters_are_joined(typesetter):
    apart = sum(typesetter.measure(letter, Style.BODY).width for letter in "الخبر")
    assert typesetter.measure("الخبر", Style.BODY).width < 0.85 * apart


def test_the_order_of_a_text_does_not_follow_the_interface(typesetter):
    assert same(ink(typesetter, "نشرة 9"), ink(typesetter, "نشرة 9", mirrored=True))
    assert same(ink(typesetter, "News 9"), ink(typesetter, "News 9", mirrored=True))


def test_a_text_without_letters_follows_the_interface(typesetter):
    there = ink(typesetter, "20:30 – 21:15", mirrored=True)
    assert not same(ink(typesetter, "20:30 – 21:15"), there)
    assert same(ink(typesetter, "21:15 – 20:30"), there)


def test_groups_of_a_device_number_never_change_places(typesetter):
    digits = "19586 82324 17298"
    assert same(
        ink(typesetter, digits, style=Style.DEVICE),
        ink(typesetter, digits, style=Style.DEVICE, mirrored=True),
    )


@pytest.mark.parametrize(
    "text",
    [
        "الخبر",
        "نشرة المساء",
        "中文新闻",
        "ニュース",
        "뉴스",
        "Новости",
        "Ειδήσεις",
        "חדשות",
        "हिन्दी",
        "ข่าว",
        "★ ▶ · –",
    ],
)
def test_every_script_has_letters(text):
    assert unknown_glyphs(text) == 0


@pytest.mark.parametrize(
    ("align", "mirrored", "edge"),
    [
        (Align.START, False, "left"),
        (Align.START, True, "right"),
        (Align.END, False, "right"),
        (Align.END, True, "left"),
        (Align.CENTRE, False, "middle"),
        (Align.CENTRE, True, "middle"),
    ],
    ids=["start", "start mirrored", "end", "end mirrored", "centre", "centre mirrored"],
)
@pytest.mark.parametrize(
    "text",
    [
        Text(ROOM, "World News", Style.BODY),
        Text(ROOM, "الخبر", Style.BODY),
        Text(ROOM, "20:47", Style.BODY),
        Text(ROOM, "World News", Style.BODY, lines=3),
        Text(ROOM, "الخبر", Style.BODY, lines=3),
    ],
    ids=["latin", "arabic", "clock", "latin paragraph", "arabic paragraph"],
)
def test_where_a_text_stands_follows_the_interface(typesetter, text, align, mirrored, edge):
    _, bounds = typesetter.place(replace(text, align=align), mirrored=mirrored)
    distance = {
        "left": bounds.x - ROOM.x,
        "right": ROOM.right - bounds.right,
        "middle": (ROOM.right - bounds.right) - (bounds.x - ROOM.x),
    }[edge]
    assert abs(distance) <= 8


@pytest.mark.parametrize("style", Style)
def test_digits_are_equally_wide(typesetter, style):
    assert len({typesetter.measure(digit * 4, style).width for digit in "0123456789"}) == 1


@pytest.mark.parametrize("text", ["News", "الخبر", "中文"])
def test_a_line_is_as_tall_in_every_script(typesetter, text):
    assert typesetter.measure(text, Style.BODY).height == typesetter.measure("x", Style.BODY).height


def test_rows_of_different_scripts_share_a_baseline(typesetter):
    latin, _ = typesetter.place(Text(ROOM, "HD", Style.BODY), mirrored=False)
    mixed, _ = typesetter.place(Text(ROOM, "HD الخبر 中文", Style.BODY), mirrored=False)
    column = latin.ink.width // 4
    foot = max(y for y in range(latin.ink.height) if latin.surface.get_at((column, y)).a > 128)
    mixed_foot = max(y for y in range(mixed.ink.height) if mixed.surface.get_at((column, y)).a > 128)
    assert latin.ink.y + foot == mixed.ink.y + mixed_foot


names = st.text("abcWiM.,- 0123éÅ" + "الخبرة" + "中文", min_size=1, max_size=40)


@settings(deadline=None)
@given(names, st.sampled_from(Style), st.sampled_from([480, 720, 1080, 2160]), st.booleans())
def test_a_text_fits_where_it_was_measured(text, style, height, mirrored):
    """At 720 lines too: no ellipsis in room made by measuring at 1080."""
    typesetter = typesetters[height]
    size = typesetter.measure(text, style)
    fitting = Text(Region(7, 0, size.width, size.height), text, style)
    free, _ = typesetter.place(Text(Region(7, 0, 9000, 90), text, style), mirrored=mirrored)
    placed, _ = typesetter.place(fitting, mirrored=mirrored)
    assert placed.ink == free.ink


typesetters = {height: Typesetter(DARK, height) for height in (480, 720, 1080, 2160)}


def test_a_text_too_long_ends_in_an_ellipsis_within_its_room(typesetter):
    text = "Storm Watch: the Atlantic from the Azores to Iceland"
    picture, bounds = typesetter.place(Text(ROOM._replace(width=200), text, Style.BODY), mirrored=False)
    assert bounds.width <= 203
    assert picture.advance <= 201


def test_a_paragraph_takes_no_more_lines_than_it_may(typesetter):
    words = "The box asks your operator every ten seconds and goes on by itself. " * 9
    line = typesetter.measure("x", Style.BODY).height
    room = Region(0, 0, 500, 900)
    heights = [
        typesetter.place(Text(room, words, Style.BODY, lines=lines), mirrored=False)[1].height
        for lines in (2, 3, 4)
    ]
    assert heights == sorted(set(heights))
    assert heights[2] <= 4 * line


def test_a_paragraph_of_many_paragraphs_stays_in_its_room(typesetter):
    room = Region(0, 0, 500, 100)
    _, bounds = typesetter.place(Text(room, "a\nb\nc\nd\ne\nf\ng", Style.BODY, lines=2), mirrored=False)
    assert bounds.bottom <= room.bottom


def test_a_line_break_does_not_break_a_line(typesetter):
    assert typesetter.measure("World\nNews\t\x00HD", Style.BODY) == typesetter.measure(
        "World News  HD", Style.BODY
    )


@settings(deadline=None, max_examples=200)
@given(
    text=st.text(max_size=80),
    style=st.sampled_from(Style),
    width=st.integers(0, 400),
    lines=st.integers(1, 4),
    mirrored=st.booleans(),
)
@example(text="\ud800 lone surrogate", style=Style.BODY, width=300, lines=1, mirrored=False)
@example(text="e" + "\u0301" * 400, style=Style.BODY, width=300, lines=1, mirrored=False)
@example(text="\u202e\u2066\u2067", style=Style.CODE, width=100, lines=2, mirrored=True)
def test_anything_an_operator_sends_can_be_drawn(text, style, width, lines, mirrored):
    picture, bounds = typesetters[720].place(
        Text(Region(10, 10, width, 60), text, style, lines=lines), mirrored=mirrored
    )
    assert bounds.width == picture.ink.width
    assert typesetters[720].measure(text, style).width >= 0


def test_a_name_of_a_megabyte_is_not_set_whole(typesetter):
    assert (
        typesetter.measure("W" * 2**20, Style.BODY).width == typesetter.measure("W" * 600, Style.BODY).width
    )


def test_a_text_is_drawn_once(typesetter):
    again = Text(Region(1, 2, 300, 40), "World News", Style.BODY)
    picture, _ = typesetter.place(again, mirrored=False)
    elsewhere, _ = typesetter.place(Text(Region(50, 80, 300, 40), "World News", Style.BODY), mirrored=False)
    assert elsewhere is picture
    gold, _ = typesetter.place(Text(again.region, "World News", Style.BODY, Colour.GOLD), mirrored=False)
    assert gold is not picture


def test_what_is_kept_of_drawn_texts_is_bounded():
    typesetter = Typesetter(DARK, 2160)
    for number in range(120):
        typesetter.place(Text(Region(0, 0, 3000, 200), f"{number} " + "W" * 40, Style.CODE), mirrored=False)
    assert CACHE_BYTES // 2 < typesetter._pictures.used <= CACHE_BYTES


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("World", Direction.LTR),
        ("12 الخبر", Direction.RTL),
        ("20:47", Direction.NEUTRAL),
        ("", Direction.NEUTRAL),
    ],
    ids=["latin", "arabic after a number", "clock", "nothing"],
)
def test_a_text_runs_the_way_of_its_first_letter(text, expected):
    assert direction(text) is expected


def test_letters_are_soft_at_their_edges(typesetter):
    letters = ink(typesetter, "World News")
    alphas = {
        letters.get_at((x, y)).a for x in range(letters.get_width()) for y in range(letters.get_height())
    }
    assert {0, 255} < alphas
