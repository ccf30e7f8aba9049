"""The tracks of a stream, as libVLC knows them.

Two lists of libVLC's are joined: the descriptions, which are what can be chosen now, and the media's tracks,
which say the language. For the second python-vlc has a structure with fields missing and never gives the
memory back, so libVLC is asked here.
"""

from collections.abc import Sequence
from ctypes import POINTER, Structure, byref, c_char_p, c_int, c_uint, c_uint32, c_void_p

import vlc

from stb.model import OFF, Track, Tracks


class _Row(Structure):
    """libvlc_media_track_t (libvlc_media.h, 3.0)."""

    _fields_ = (
        ("codec", c_uint32),
        ("fourcc", c_uint32),
        ("id", c_int),
        ("type", c_int),
        ("profile", c_int),
        ("level", c_int),
        ("details", c_void_p),
        ("bitrate", c_uint),
        ("language", c_char_p),
        ("description", c_char_p),
    )


_Rows = POINTER(POINTER(_Row))
_get = vlc.dll["libvlc_media_tracks_get"]
_get.argtypes, _get.restype = (vlc.Media, POINTER(_Rows)), c_uint
_release = vlc.dll["libvlc_media_tracks_release"]
_release.argtypes, _release.restype = (_Rows, c_uint), None


def read_tracks(player: vlc.MediaPlayer, media: vlc.Media) -> tuple[Tracks, Tracks]:
    """What can be heard and read now, and which of it is."""
    texts = _texts(media)
    return (
        _joined(player.audio_get_track_description(), player.audio_get_track(), texts),
        _joined(player.video_get_spu_description(), player.video_get_spu(), texts),
    )


def _texts(media: vlc.Media) -> dict[int, tuple[str, str]]:
    """Language and name by id."""
    rows = _Rows()
    count = _get(media, byref(rows))
    texts = {
        row.contents.id: (_text(row.contents.language), _text(row.contents.description))
        for row in rows[:count]
    }
    _release(rows, count)
    return texts


def _joined(can: Sequence[tuple[int, bytes]], chosen: int, texts: dict[int, tuple[str, str]]) -> Tracks:
    offered = []
    for number, _ in can:
        if number != OFF:
            language, name = texts.get(number, ("", ""))
            offered.append(Track(id=number, language=language, name=name))
    return Tracks(offered=tuple(offered), chosen=chosen)


def _text(raw: bytes | None) -> str:
    return (raw or b"").decode("utf-8", "replace").strip()
