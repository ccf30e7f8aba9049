"""What films and television begin with, told by a few bytes and never by a name or a media type. Pure."""

_PACKET = 188
ENOUGH = 4 * 188
"""Bytes: four packets of a transport stream (ISO 13818-1, 2.4.3.2)."""
_BEGINNINGS = {
    b"#EXTM3U": "HLS",
    b"\x1a\x45\xdf\xa3": "Matroska",
    b"FLV": "FLV",
    b"RIFF": "AVI",
    b"OggS": "Ogg",
    b"ID3": "MP3",
    b"\x00\x00\x01\xba": "MPEG-PS",
    b"fLaC": "FLAC",
}
"""How files of each kind begin."""
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_BOXES = (b"ftyp", b"styp", b"moov", b"moof", b"sidx")
"""Of MP4 (ISO 14496-12), behind four bytes of length."""
_SYNC = 0xFF
"""Begins a frame of MPEG audio or ADTS, with three or four more bits."""


def media_kind(head: bytes) -> str:
    """What begins like this: ``MPEG-TS``, ``HLS``, ``MP4``; empty where it is nothing that can be played."""
    head = head.removeprefix(_BYTE_ORDER_MARK)
    for beginning, kind in _BEGINNINGS.items():
        if head.lstrip(b"\r\n\t ").startswith(beginning):
            return kind
    if head[4:8] in _BOXES:
        return "MP4"
    if any(_in_step(head, start) for start in range(min(_PACKET, len(head)))):
        return "MPEG-TS"
    return "MPEG audio" if len(head) > 1 and head[0] == _SYNC and head[1] & 0xE0 == 0xE0 else ""  # noqa: PLR2004


def _in_step(head: bytes, start: int) -> bool:
    """Whether packets begin there: a server may begin in the midst of one."""
    marks = head[start : start + ENOUGH : _PACKET]
    return len(marks) > 1 and set(marks) == {0x47}
