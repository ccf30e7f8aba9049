"""Words to shapes with Pango: shaping, order within a line, fallback fonts, wrapping, ellipsis.

The system's libraries through their C interface (Pango 1.44 or newer); sizes and places in pixels.
"""

from ctypes import POINTER, Structure, byref, c_char_p, c_double, c_int, c_uint, c_void_p
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
        "pango_layout_get_extents": (None, c_void_p, POINTER(_Rectangle), POINTER(_Rectangle)),
        "pango_layout_get_pixel_extents": (None, c_void_p, POINTER(_Rectangle), POINTER(_Rectangle)),
        "pango_layout_is_ellipsized": (c_int, c_void_p),
        "pango_layout_get_line_count": (c_int, c_void_p),
        "pango_layout_get_unknown_glyphs_count": (c_int, c_void_p),
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
