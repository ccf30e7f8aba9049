"""Clips: what they show and sound like, and how they are kept."""

import json
import os
import subprocess
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from stb.errors import PortalError
from stb.portal.clips import Studio
from stb.portal.recipes import Form, Recipe

SMALL = Recipe(channel=7, name="Test Card", form=Form(width=320, height=180), tone=440)


@pytest.fixture
def studio(tmp_path: Path):
    studio = Studio(tmp_path / "clips")
    yield studio
    studio.close()


@pytest.fixture(scope="module")
def small(tmp_path_factory) -> Path:
    """The small clip, made once."""
    studio = Studio(tmp_path_factory.mktemp("small"))
    try:
        return studio.clip(SMALL).result()
    finally:
        studio.close()


def probe(path: Path | str, *what: str, data: bytes | None = None) -> dict:
    command = ["ffprobe", "-loglevel", "error", "-of", "json", *what, str(path)]
    return json.loads(subprocess.run(command, input=data, capture_output=True, check=True).stdout)


def decoded(path: Path, *arguments: str) -> bytes:
    command = ["ffmpeg", "-loglevel", "error", "-i", str(path), *arguments, "pipe:1"]
    return subprocess.run(command, capture_output=True, check=True).stdout


def test_a_clip_is_h264_and_aac_at_25_pictures_a_second(small: Path):
    video, audio = probe(small, "-show_streams")["streams"]

    assert (video["codec_name"], video["profile"], video["width"], video["height"]) == (
        "h264",
        "High",
        320,
        180,
    )
    assert (video["pix_fmt"], video["avg_frame_rate"]) == ("yuv420p", "25/1")
    assert (audio["codec_name"], audio["sample_rate"], audio["channels"]) == ("aac", "48000", 2)


def test_a_viewer_can_join_a_clip_every_second(small: Path):
    flags = [packet["flags"] for packet in probe(small, "-select_streams", "v", "-show_packets")["packets"]]

    assert [number for number, flag in enumerate(flags) if "K" in flag] == list(range(0, 200, 25))


def test_the_picture_moves_and_goes_round_without_a_jump(small: Path):
    raw = decoded(small, "-f", "rawvideo", "-pix_fmt", "gray")
    size = 320 * 180
    pictures = [raw[at : at + size] for at in range(0, len(raw), size)]

    def change(one: bytes, other: bytes) -> float:
        return sum(abs(a - b) for a, b in zip(one[size // 2 :], other[size // 2 :], strict=True)) / size

    steps = [change(one, other) for one, other in pairwise(pictures[::20])]
    assert min(steps) > 1
    assert change(pictures[-1], pictures[0]) < min(steps)


def test_the_name_of_the_channel_is_burnt_in(small: Path, studio: Studio):
    nameless = studio.clip(replace(SMALL, name="")).result()
    corner = ("-frames:v", "1", "-vf", "crop=iw/2:24:0:8", "-f", "rawvideo", "-pix_fmt", "gray")

    with_name, without = decoded(small, *corner), decoded(nameless, *corner)

    assert sum(value > 220 for value in with_name) > 100
    assert not any(value > 220 for value in without)


def test_each_clip_has_a_tone_of_its_own(small: Path):
    raw = decoded(small, "-map", "0:a", "-ac", "1", "-f", "s8", "-af", "volume=8", "-t", "4")
    levels = [value - 256 if value > 127 else value for value in raw[48000 : 48000 * 3]]

    rising = sum(one < 0 <= other for one, other in pairwise(levels))

    assert rising / 2 == pytest.approx(440, abs=2)


def test_timestamps_go_on_over_the_seam(small: Path):
    command = ["ffmpeg", "-loglevel", "error", "-stream_loop", "3", "-i", str(small), "-c", "copy"]
    looped = subprocess.run([*command, "-f", "mpegts", "pipe:1"], capture_output=True, check=True).stdout

    def steps(kind: str) -> set[int]:
        shown = probe("pipe:0", "-select_streams", kind, "-show_packets", data=looped)["packets"]
        times = [int(packet["dts"]) for packet in shown]
        assert times[-1] - times[0] > 31 * 90_000
        return {later - earlier for earlier, later in pairwise(times)}

    # From ffmpeg 7 on the seam leaves room for one frame of sound, the encoder's own first one. The
    # container counts milliseconds: there sound may be a fraction of one early or late.
    assert all(3600 <= step <= 3600 + 1920 for step in steps("v"))
    assert all(1920 - 45 < step < 2 * 1920 + 45 for step in steps("a"))


def test_a_clip_is_made_once_and_found_by_the_next_studio(small: Path):
    made = small.stat().st_mtime_ns
    studio = Studio(small.parent)
    try:
        assert studio.clip(SMALL).result() == small
    finally:
        studio.close()

    assert small.stat().st_mtime_ns == made


@pytest.mark.parametrize(
    "change",
    [{"name": "Other"}, {"form": Form(width=320, height=178)}, {"tone": 441}, {"channel": 8}],
    ids=["name", "form", "tone", "channel"],
)
def test_another_recipe_is_another_file(change):
    assert replace(SMALL, **change).file_name() != SMALL.file_name()


def test_two_studios_make_a_clip_once_and_leave_nothing_half_made(tmp_path: Path, caplog):
    caplog.set_level("INFO", "stb.portal")
    studios = [Studio(tmp_path), Studio(tmp_path)]
    clips = [studio.clip(SMALL) for studio in studios]
    files = {clip.result() for clip in clips}
    for studio in studios:
        studio.close()

    assert len(files) == 1
    assert [line for line in caplog.messages if line.startswith("making")] == ["making the clip of Test Card"]
    assert {path.suffix for path in tmp_path.iterdir()} == {".mkv", ".lock"}


def test_a_studio_that_closes_gives_up_what_it_makes(tmp_path: Path, encoders):
    studio = Studio(tmp_path)
    clip = studio.clip(replace(SMALL, form=Form(width=1920, height=1080)))
    waiting = studio.clip(SMALL)
    studio.close()

    assert isinstance(clip.exception(), PortalError)
    assert isinstance(waiting.exception(), PortalError)
    assert encoders() == {}
    assert not list(tmp_path.glob("*.mkv"))


def test_a_cache_that_cannot_be_written_is_an_error_of_ours(tmp_path: Path):
    (tmp_path / "file").touch()
    studio = Studio(tmp_path / "file")
    try:
        assert isinstance(studio.clip(SMALL).exception(), PortalError)
    finally:
        studio.close()


def test_what_ffmpeg_complains_of_is_said(studio: Studio):
    error = studio.clip(replace(SMALL, tone=-1)).exception()

    assert isinstance(error, PortalError)
    assert "clip of Test Card" in str(error)
    assert os.linesep not in str(error)
