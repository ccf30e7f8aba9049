"""Words to shapes with Pango: shaping, order within a line, fallback fonts, wrapping, ellipsis.

The system's libraries through their C interface (Pango 1.44 or newer); sizes and places in pixels.
"""

from ctypes import POINTER, Structure, byref, c_char_p, c_double, c_int, c_void_p
from dataclasses import dataclass
from enum import IntEnum

from stb.ui.clibrary import load
from stb.ui.geometry import Region

UNITS = 1024
"""Pango's own units in a pixel."""

_BOLD = 700
_REGULAR = 400
_WRAP_WORD_CHAR = 2
_ELLIPSIZE_END = 3
_HINT_SLIGHT = 2
_HINT_METRICS_OFF = 1
_ANTIALIAS_GRAY = 2


class _Rectangle(Structure):
    _fields_ = (("x", c_int), ("y", c_int), ("width", c_int), ("height", c_int))


class _Line(Structure):
    """The public beginning of PangoLayoutLine: which bytes of the text stand on it."""

    _fields_ = (("layout", c_void_p), ("start", c_int), ("length", c_int))


class Direction(IntEnum):
    """Which way a paragraph runs (PangoDirection)."""

    LTR = 0
    RTL = 1
    NEUTRAL = 6


class Side(IntEnum):
    """Where the lines of a paragraph stand (PangoAlignment)."""

    LEFT = 0
    CENTRE = 1
    RIGHT = 2


_CAIRO = load(
    "libcairo.so.2",
    {
        "cairo_font_options_create": (c_void_p,),
        "cairo_font_options_set_antialias": (None, c_void_p, c_int),
        "cairo_font_options_set_hint_style": (None, c_void_p, c_int),
        "cairo_font_options_set_hint_metrics": (None, c_void_p, c_int),
    },
)
_PANGO = load(
    "libpango-1.0.so.0",
    {
        "pango_find_base_dir": (c_int, c_char_p, c_int),
        "pango_font_map_create_context": (c_void_p, c_void_p),
        "pango_context_set_base_dir": (None, c_void_p, c_int),
        "pango_context_set_round_glyph_positions": (None, c_void_p, c_int),
        "pango_font_description_new": (c_void_p,),
        "pango_font_description_set_family": (None, c_void_p, c_char_p),
        "pango_font_description_set_weight": (None, c_void_p, c_int),
        "pango_font_description_set_absolute_size": (None, c_void_p, c_double),
        "pango_attr_list_new": (c_void_p,),
        "pango_attr_list_insert": (None, c_void_p, c_void_p),
        "pango_attr_font_features_new": (c_void_p, c_char_p),
        "pango_layout_new": (c_void_p, c_void_p),
        "pango_layout_context_changed": (None, c_void_p),
        "pango_layout_set_attributes": (None, c_void_p, c_void_p),
        "pango_layout_set_auto_dir": (None, c_void_p, c_int),
        "pango_layout_set_wrap": (None, c_void_p, c_int),
        "pango_layout_set_ellipsize": (None, c_void_p, c_int),
        "pango_layout_set_font_description": (None, c_void_p, c_void_p),
        "pango_layout_set_width": (None, c_void_p, c_int),
        "pango_layout_set_height": (None, c_void_p, c_int),
        "pango_layout_set_alignment": (None, c_void_p, c_int),
        "pango_layout_set_text": (None, c_void_p, c_char_p, c_int),
        "pango_layout_get_baseline": (c_int, c_void_p),
        "pango_layout_get_line_count": (c_int, c_void_p),
        "pango_layout_get_line_readonly": (POINTER(_Line), c_void_p, c_int),
        "pango_layout_get_extents": (None, c_void_p, POINTER(_Rectangle), POINTER(_Rectangle)),
        "pango_layout_get_pixel_extents": (None, c_void_p, POINTER(_Rectangle), POINTER(_Rectangle)),
    },
)
_PANGOCAIRO = load(
    "libpangocairo-1.0.so.0",
    {
        "pango_cairo_font_map_get_default": (c_void_p,),
        "pango_cairo_context_set_font_options": (None, c_void_p, c_void_p),
        "pango_cairo_show_layout": (None, c_void_p, c_void_p),
    },
)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Words and how they are to be set."""

    text: str
    families: str
    """Font families, the next one for what the one before it lacks: ``Noto Sans,Noto Sans Arabic``."""
    size: float
    """Pixels of an em."""
    bold: bool = False
    rtl: bool = False
    """Right-to-left: the order of the pieces of a line, not where the line stands."""
    side: Side = Side.LEFT
    width: float | None = None
    """Pixels a line may take; None is without limit."""
    lines: int = 1
    """What does not fit into so many lines ends in an ellipsis."""


@dataclass(frozen=True, slots=True)
class Extent:
    """How a set paragraph lies around its own origin, its upper left corner."""

    ink: Region
    """Where pixels are."""
    advance: float
    """Width the lines take, spaces at their ends included."""
    height: float
    baseline: float
    """Of the first line."""


class Layout:
    """The one layout of Pango, told anew for each paragraph; it lives as long as the box."""

    def __init__(self) -> None:
        context = _PANGO.pango_font_map_create_context(_PANGOCAIRO.pango_cairo_font_map_get_default())
        options = _CAIRO.cairo_font_options_create()
        _CAIRO.cairo_font_options_set_antialias(options, _ANTIALIAS_GRAY)
        _CAIRO.cairo_font_options_set_hint_style(options, _HINT_SLIGHT)
        # Widths must grow with the size of the screen evenly: screens measure for 1080 lines.
        _CAIRO.cairo_font_options_set_hint_metrics(options, _HINT_METRICS_OFF)
        _PANGOCAIRO.pango_cairo_context_set_font_options(context, options)
        _PANGO.pango_context_set_round_glyph_positions(context, 0)
        attributes = _PANGO.pango_attr_list_new()
        _PANGO.pango_attr_list_insert(attributes, _PANGO.pango_attr_font_features_new(b"tnum=1"))
        layout = _PANGO.pango_layout_new(context)
        _PANGO.pango_layout_set_attributes(layout, attributes)
        _PANGO.pango_layout_set_auto_dir(layout, 0)
        _PANGO.pango_layout_set_wrap(layout, _WRAP_WORD_CHAR)
        _PANGO.pango_layout_set_ellipsize(layout, _ELLIPSIZE_END)
        self._context, self._layout = context, layout
        self._fonts: dict[tuple[str, float, bool], int] = {}

    def set(self, paragraph: Paragraph) -> Extent:
        """Set this paragraph; `draw` draws it."""
        text = paragraph.text.encode("utf-8", "replace")
        width = -1 if paragraph.width is None else round(paragraph.width * UNITS)
        _PANGO.pango_context_set_base_dir(self._context, Direction.RTL if paragraph.rtl else Direction.LTR)
        _PANGO.pango_layout_context_changed(self._layout)
        _PANGO.pango_layout_set_font_description(self._layout, self._font(paragraph))
        _PANGO.pango_layout_set_width(self._layout, width)
        _PANGO.pango_layout_set_height(self._layout, -paragraph.lines)
        _PANGO.pango_layout_set_alignment(self._layout, paragraph.side)
        _PANGO.pango_layout_set_text(self._layout, text, len(text))
        return self._extent()

    def draw(self, pen: int) -> None:
        """Draw what was set last with a ``cairo_t``, its origin at the pen's."""
        _PANGOCAIRO.pango_cairo_show_layout(pen, self._layout)

    def lines(self, text: str) -> list[str]:
        """The text that was set last as it was broken into lines, without the blanks between them."""
        encoded = text.encode("utf-8", "replace")
        broken = []
        for number in range(_PANGO.pango_layout_get_line_count(self._layout)):
            line = _PANGO.pango_layout_get_line_readonly(self._layout, number).contents
            broken.append(encoded[line.start : line.start + line.length].decode("utf-8", "replace").strip())
        return broken

    def _extent(self) -> Extent:
        ink, logical = _Rectangle(), _Rectangle()
        _PANGO.pango_layout_get_extents(self._layout, None, byref(logical))
        _PANGO.pango_layout_get_pixel_extents(self._layout, byref(ink), None)
        return Extent(
            Region(ink.x, ink.y, ink.width, ink.height),
            logical.width / UNITS,
            logical.height / UNITS,
            _PANGO.pango_layout_get_baseline(self._layout) / UNITS,
        )

    def _font(self, paragraph: Paragraph) -> int:
        key = (paragraph.families, paragraph.size, paragraph.bold)
        if key not in self._fonts:
            font = self._fonts[key] = _PANGO.pango_font_description_new()
            _PANGO.pango_font_description_set_family(font, paragraph.families.encode())
            _PANGO.pango_font_description_set_weight(font, _BOLD if paragraph.bold else _REGULAR)
            _PANGO.pango_font_description_set_absolute_size(font, paragraph.size * UNITS)
        return self._fonts[key]


def direction(text: str) -> Direction:
    """Which way a text runs by its first letter; neutral if it has none (``20:47``)."""
    encoded = text.encode("utf-8", "replace")
    return {0: Direction.LTR, 1: Direction.RTL}.get(
        _PANGO.pango_find_base_dir(encoded, len(encoded)), Direction.NEUTRAL
    )
