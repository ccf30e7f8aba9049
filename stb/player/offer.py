"""The tracks of a stream, as libVLC knows them.

Two lists of libVLC's are joined: the descriptions, which are what can be chosen now, and the media's tracks,
which say the language. For the second python-vlc has a structure with fields missing and never gives the
memory back, so libVLC is asked here.

The two number the same track differently (the second by when it was met) but have them in the same order. The
second keeps tracks that went, before those that came in their place: so the last ones are those that can be
chosen.
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
        ("met", c_int),
        ("type", c_int),
        ("profile", c_int),
        ("level", c_int),
        ("details", c_void_p),
        ("bitrate", c_uint),
        ("language", c_char_p),
        ("description", c_char_p),
    )


_AUDIO, _TEXT = 0, 2
"""libvlc_track_type_t."""
_Rows = POINTER(POINTER(_Row))
_get = vlc.dll["libvlc_media_tracks_get"]
_get.argtypes, _get.restype = (vlc.Media, POINTER(_Rows)), c_uint
_release = vlc.dll["libvlc_media_tracks_release"]
_release.argtypes, _release.restype = (_Rows, c_uint), None

_Texts = list[tuple[str, str]]
"""Language and name of each track."""


def read_tracks(player: vlc.MediaPlayer, media: vlc.Media) -> tuple[Tracks, Tracks]:
    """What can be heard and read now, and which of it is."""
    audio, subtitles = _texts(media)
    return (
        _joined(player.audio_get_track_description(), player.audio_get_track(), audio),
        _joined(player.video_get_spu_description(), player.video_get_spu(), subtitles),
    )


def _texts(media: vlc.Media) -> tuple[_Texts, _Texts]:
    rows = _Rows()
    count = _get(media, byref(rows))
    met = sorted((each.contents for each in rows[:count]), key=lambda row: row.met)
    texts = tuple(
        [(_text(row.language), _text(row.description)) for row in met if row.type == kind]
        for kind in (_AUDIO, _TEXT)
    )
    _release(rows, count)
    return texts[0], texts[1]


def _joined(can: Sequence[tuple[int, bytes]], chosen: int, texts: _Texts) -> Tracks:
    ids = [number for number, _ in can if number != OFF]
    unknown = [("", "")] * (len(ids) - len(texts))
    last = (unknown + texts)[-len(ids) :] if ids else []
    offered = (
        Track(id=number, language=words[0], name=words[1]) for number, words in zip(ids, last, strict=True)
    )
    return Tracks(offered=tuple(offered), chosen=chosen)


def _text(raw: bytes | None) -> str:
    return (raw or b"").decode("utf-8", "replace").strip()
