"""The portal's clips, as a decoder finds them."""

import json
import subprocess
from pathlib import Path

import pytest

from stb.portal import interlaced, subtitles
from stb.portal.clips import Studio
from stb.portal.nouns import Picture
from stb.portal.seed import CHANNELS
from stb.portal.streams import recipe_of


@pytest.fixture
def clip(clips_cache: Path):
    """The clip of a channel, the same that every portal of this run sends."""
    studio = Studio(clips_cache)

    def clip(picture: Picture) -> Path:
        channel = next(channel for channel in CHANNELS if channel.picture == picture)
        return studio.clip(recipe_of(channel)).result()

    yield clip
    studio.close()


def streams(path: Path) -> list[dict]:
    command = ["ffprobe", "-loglevel", "error", "-of", "json", "-show_streams", str(path)]
    return json.loads(subprocess.run(command, capture_output=True, check=True).stdout)["streams"]


def decoded(path: Path, *arguments: str) -> bytes:
    command = ["ffmpeg", "-loglevel", "error", "-i", str(path), *arguments, "pipe:1"]
    return subprocess.run(command, capture_output=True, check=True).stdout


def test_the_interlaced_clip_says_that_its_top_field_comes_first(clip):
    video, audio = streams(clip(Picture.SD_576I))

    assert (video["codec_name"], video["width"], video["height"]) == ("mpeg2video", 720, 576)
    # ffmpeg 7 says "tb" of the same pictures: the fields lie interleaved in the file.
    assert video["field_order"] in {"tt", "tb"}
    assert video["avg_frame_rate"] == "25/1"
    assert video["display_aspect_ratio"] == "16:9"
    assert audio["codec_name"] == "mp2"


def test_the_bar_of_the_interlaced_clip_is_where_it_is_said_to_be_in_each_field(clip):
    raw = decoded(clip(Picture.SD_576I), "-frames:v", "30", "-f", "rawvideo", "-pix_fmt", "gray", "-an")
    size = interlaced.WIDTH * interlaced.HEIGHT
    middle = (interlaced.STRIP_TOP + interlaced.STRIP_HEIGHT // 2) // 2 * 2
    for picture in range(30):
        for parity in (0, 1):
            start = picture * size + (middle + parity) * interlaced.WIDTH
            line = raw[start : start + interlaced.WIDTH]
            left = interlaced.bar_left(2 * picture + parity)
            bright = [column for column, level in enumerate(line) if level > 140]
            right = min(left + interlaced.BAR, interlaced.WIDTH) - 1
            assert abs(bright[0] - left) <= 1
            assert abs(bright[-1] - right) <= 1


def test_two_sounds_and_two_subtitles_say_their_languages(clip):
    told = [
        (stream["codec_name"], stream.get("tags", {}).get("language"))
        for stream in streams(clip(Picture.LANGUAGES))
    ]

    assert told == [
        ("h264", None),
        ("aac", "eng"),
        ("aac", "ara"),
        ("dvb_subtitle", "eng"),
        ("dvb_subtitle", "ara"),
    ]


def test_a_subtitle_is_seen_at_its_time_at_the_foot_of_the_picture(clip):
    path = clip(Picture.LANGUAGES)
    shown = ("-filter_complex", "color=black:s=1280x720:r=2[ground];[ground][0:s:0]overlay=shortest=1[v]")
    raw = decoded(path, *shown, "-map", "[v]", "-t", "2", "-f", "rawvideo", "-pix_fmt", "gray")
    size = 1280 * 720
    pictures = [raw[at : at + size] for at in range(0, len(raw), size)]

    def letters(picture: bytes) -> list[int]:
        return [row for row in range(720) if max(picture[row * 1280 : row * 1280 + 1280]) > 200]

    assert letters(pictures[0]) == []
    rows = letters(pictures[1])
    assert 0.8 * 720 < min(rows) < max(rows) < 0.95 * 720


def test_hevc_is_hevc(clip):
    assert [stream["codec_name"] for stream in streams(clip(Picture.HEVC))] == ["hevc", "aac"]


def test_subtitles_of_any_text_can_be_read_by_ffmpeg(tmp_path):
    texts = ("A", "A longer one, of many letters.", "مرحبا", "…")
    cues = [subtitles.Cue(number + 0.1, number + 0.9, text) for number, text in enumerate(texts)]
    path = tmp_path / "texts.sup"
    path.write_bytes(subtitles.encode(cues, 1280, 720))

    command = ["ffprobe", "-loglevel", "error", "-of", "json", "-show_packets", str(path)]
    packets = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)["packets"]
    done = subprocess.run(
        [
            "ffmpeg",
            "-v",
            "warning",
            "-fix_sub_duration",
            "-i",
            str(path),
            "-c:s",
            "dvbsub",
            "-f",
            "matroska",
            "-y",
            "/dev/null",
        ],
        capture_output=True,
        text=True,
        check=True,
    )

    starts = sorted({float(packet["pts_time"]) for packet in packets})
    assert starts == [0.0, *(round(at, 6) for n in range(4) for at in (n + 0.1, n + 0.9))]
    assert done.stderr == ""
