"""The sign on the screen before there is a box."""

import subprocess
import sys

import pytest

from stb.board import splash

DEPTHS = {"32 bits": (32, b"\x14\x0f\x0b\0", b"\x57\xc8\xff\0"), "16 bits": (16, b"\x62\x08", b"\x4a\xfe")}


@pytest.fixture(params=DEPTHS.values(), ids=DEPTHS)
def depth(request):
    return request.param


@pytest.fixture
def framebuffer(tmp_path, depth):
    """A file in place of the device, of 640x360, with eight bytes after each line."""
    bits = depth[0]
    stride = 640 * bits // 8 + 8
    for name, text in {"virtual_size": "640,360", "stride": stride, "bits_per_pixel": bits}.items():
        (tmp_path / name).write_text(f"{text}\n")
    (tmp_path / "fb0").write_bytes(b"?" * stride * 360)
    return tmp_path, stride


def _at(framebuffer, depth, x, y):
    folder, stride = framebuffer
    size = depth[0] // 8
    return (folder / "fb0").read_bytes()[y * stride + x * size :][:size]


def test_it_is_dark_with_a_golden_sign_in_the_middle(framebuffer, depth):
    folder, stride = framebuffer
    splash.show(folder, folder / "fb0")
    _, ground, gold = depth
    assert (folder / "fb0").stat().st_size == stride * 360
    assert _at(framebuffer, depth, 310, 180) == gold
    for corner in ((0, 0), (639, 0), (0, 359), (639, 359)):
        assert _at(framebuffer, depth, *corner) == ground
    assert b"?" not in (folder / "fb0").read_bytes()


def test_another_depth_is_left_alone(framebuffer):
    folder, _ = framebuffer
    (folder / "bits_per_pixel").write_text("8\n")
    with pytest.raises(ValueError, match="8"):
        splash.show(folder, folder / "fb0")


def test_it_reads_nothing_of_the_box():
    program = f"import runpy; runpy.run_path({splash.__file__!r})"
    found = subprocess.run(
        [sys.executable, "-IS", "-X", "importtime", "-c", program], capture_output=True, text=True, check=True
    )
    assert "pathlib" in found.stderr
    assert "stb" not in found.stderr
