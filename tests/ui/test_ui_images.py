"""Pictures from outside: what is read of them, and what is refused before it costs memory."""

import struct
import subprocess
import sys
import zlib
from contextlib import suppress
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from stb.errors import PictureError
from stb.ui import Size
from stb.ui.images import decode

ROOM = Size(100, 50)
RED, CLEAR = (200, 30, 60, 255), (0, 0, 0, 0)


def drawn(form="PNG", size=(40, 40), mode="RGBA", colour=RED, **how):
    """A picture of one colour, as a file."""
    file = BytesIO()
    Image.new("RGBA", size, colour).convert(mode).save(file, form, **how)
    return file.getvalue()


def pixel(raster, x, y):
    at = 4 * (y * raster.size.width + x)
    blue, green, red, alpha = raster.pixels[at : at + 4]
    return red, green, blue, alpha


@pytest.mark.parametrize(
    ("form", "mode"),
    [
        ("PNG", "RGBA"),
        ("PNG", "RGB"),
        ("PNG", "P"),
        ("JPEG", "RGB"),
        ("JPEG", "CMYK"),
        ("WEBP", "RGBA"),
        ("WEBP", "RGB"),
        ("GIF", "P"),
    ],
)
def test_each_kind_of_picture_is_read(form, mode):
    raster = decode(drawn(form, mode=mode), ROOM)
    assert raster.size == Size(50, 50)
    assert raster.weight == 4 * 50 * 50
    assert pixel(raster, 25, 25) == pytest.approx(RED, abs=6)


@pytest.mark.parametrize(
    ("size", "fitted"),
    [
        pytest.param((400, 100), (100, 25), id="wide"),
        pytest.param((100, 400), (12, 50), id="high"),
        pytest.param((2, 1), (100, 50), id="tiny"),
        pytest.param((3000, 1), (100, 1), id="a line"),
    ],
)
def test_a_picture_keeps_its_shape_and_touches_two_sides(size, fitted):
    assert decode(drawn(size=size), ROOM).size == fitted


def test_clear_margins_are_cut_away():
    picture = Image.new("RGBA", (300, 300), CLEAR)
    picture.paste(RED, (100, 140, 200, 160))
    file = BytesIO()
    picture.save(file, "PNG")
    assert decode(file.getvalue(), ROOM).size == (100, 20)


def test_colours_are_multiplied_by_alpha_and_hidden_ones_do_not_bleed():
    picture = Image.new("RGBA", (100, 50), (255, 255, 255, 0))
    picture.paste((0, 0, 0, 255), (0, 0, 50, 50))
    picture.paste((0, 0, 0, 255), (99, 0, 100, 50))
    file = BytesIO()
    picture.save(file, "PNG")
    raster = decode(file.getvalue(), Size(50, 25))
    assert all(pixel(raster, x, 12)[:3] == (0, 0, 0) for x in range(50))


def lettering(colour, ground):
    picture = Image.new("RGBA", (120, 60), ground)
    for x in range(0, 120, 10):
        picture.paste(colour, (x, 0, x + 5, 60))
    file = BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()


@pytest.mark.parametrize(
    ("colour", "ground", "dark"),
    [
        pytest.param((10, 10, 30, 255), CLEAR, True, id="black letters on nothing"),
        pytest.param((240, 240, 240, 255), CLEAR, False, id="white letters on nothing"),
        pytest.param((200, 30, 60, 255), CLEAR, False, id="red letters on nothing"),
        pytest.param((10, 10, 30, 255), (20, 20, 40, 255), False, id="a dark picture that is whole"),
    ],
)
def test_what_would_not_be_seen_on_a_dark_plate_is_known(colour, ground, dark):
    assert decode(lettering(colour, ground), ROOM).dark is dark


def test_of_a_moving_picture_the_first_frame_is_read():
    file = BytesIO()
    frames = [Image.new("RGB", (40, 40), colour) for colour in ("red", "blue")]
    frames[0].save(file, "GIF", save_all=True, append_images=frames[1:])
    assert pixel(decode(file.getvalue(), ROOM), 25, 25) == (255, 0, 0, 255)


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_bomb(width, height):
    """A real PNG of so many pixels, all of them one colour: 50 million take 6 KB."""
    packer = zlib.compressobj(9)
    row = b"\0" * (width // 8 + 1)
    lines = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", lines) + chunk(b"IEND", b"")


def webp(kind, tail):
    body = b"WEBP" + kind + struct.pack("<I", len(tail)) + tail
    return b"RIFF" + struct.pack("<I", len(body)) + body


LARGE = {
    "PNG of 50 million pixels": png_bomb(8000, 6250),
    "WebP that says it is 16384 x 16384": webp(b"VP8X", b"\x10\0\0\0" + b"\xff\x3f\0" * 2 + b"\0" * 20),
    "lossless WebP of the same size": webp(b"VP8L", b"\x2f\xff\xff\xff\x0f" + b"\0" * 20),
    "lossy WebP of the same size": webp(b"VP8 ", b"\x30\x01\0\x9d\x01\x2a\xff\x3f\xff\x3f" + b"\0" * 20),
    "GIF of 65535 x 65535": b"GIF89a\xff\xff\xff\xff\x80\0\0"
    + b"\0" * 6
    + b",\0\0\0\0\xff\xff\xff\xff\0\x02\x01\0;",
    "JPEG of 65500 x 65500": drawn("JPEG", mode="RGB").replace(b"\0\x28\0\x28", b"\xff\xdc\xff\xdc"),
}
MEASURED = """
import resource, sys
from stb.errors import PictureError
from stb.ui import Size
from stb.ui.images import decode

def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

decode(open(sys.argv[2], "rb").read(), Size(100, 50))  # the decoders are loaded
before = peak()
try:
    decode(open(sys.argv[1], "rb").read(), Size(100, 50))
except PictureError:
    print(peak() - before)
"""


@pytest.mark.parametrize("data", LARGE.values(), ids=LARGE)
def test_a_picture_that_is_too_large_is_refused_before_memory_is_taken(tmp_path, data):
    (tmp_path / "large").write_bytes(data)
    (tmp_path / "small").write_bytes(drawn())
    kilobytes = subprocess.check_output(
        [sys.executable, "-c", MEASURED, tmp_path / "large", tmp_path / "small"], text=True
    )
    assert int(kilobytes) < 8000


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP", "GIF"])
def test_a_picture_that_was_cut_short_is_refused(form):
    noise = Image.effect_noise((64, 64), 80).convert("P" if form == "GIF" else "RGB")
    file = BytesIO()
    noise.save(file, form)
    with pytest.raises(PictureError):
        decode(file.getvalue()[: len(file.getvalue()) * 2 // 3], ROOM)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"<html>not found</html>", id="a page"),
        pytest.param(b"<svg xmlns='http://www.w3.org/2000/svg'/>", id="SVG"),
        pytest.param(drawn("BMP"), id="BMP"),
        pytest.param(drawn("TIFF"), id="TIFF"),
        pytest.param(drawn(colour=CLEAR), id="all of it clear"),
        pytest.param(b"RIFF\0\0\0\0WEBPVP8L", id="a head of WebP and no more"),
    ],
)
def test_what_is_no_picture_for_a_television_is_refused(data):
    with pytest.raises(PictureError):
        decode(data, ROOM)


def check(data):
    with suppress(PictureError):
        raster = decode(data, ROOM)
        assert raster.size.width <= ROOM.width
        assert raster.size.height <= ROOM.height
        assert raster.weight == 4 * raster.size.width * raster.size.height


HEADS = st.sampled_from(
    [
        b"",
        b"\x89PNG\r\n\x1a\n",
        b"GIF89a",
        b"\xff\xd8\xff\xe0",
        b"RIFF\x40\0\0\0WEBPVP8X",
        b"RIFF\x40\0\0\0WEBPVP8 ",
    ]
)


@given(head=HEADS, data=st.binary(max_size=300))
def test_any_bytes_are_a_picture_or_an_error_of_ours(head, data):
    check(head + data)


WHOLE = st.sampled_from([drawn(form, size=(9, 7), mode="RGB") for form in ("PNG", "JPEG", "WEBP", "GIF")])


@settings(deadline=None)
@given(whole=WHOLE, data=st.data())
def test_a_picture_that_was_changed_on_its_way(whole, data):
    damaged = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 6))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    check(bytes(damaged[: data.draw(st.integers(0, len(damaged)))]))
