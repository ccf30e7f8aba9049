"""What a TV says it can hear: the kernel's text of its ELD (EDID-like data).

Lines of a name and a value, as ``sound/core/pcm_drm_eld.c`` and ``sound/hda`` of Linux write them below
/proc/asound. Short audio descriptors are numbered: ``sad2_coding_type  [0xa] E-AC-3/DD+ (Dolby ...)``.
"""

import re

_CODING = re.compile(r"^sad\d+_coding_type\s+\[0x([0-9a-f]{1,2})\]", re.MULTILINE)
_VALID = re.compile(r"^eld_valid\s+1\s*$", re.MULTILINE)
_CODECS = {0x2: "AC-3", 0xA: "E-AC-3"}
"""Audio format codes of CTA-861 that television is broadcast in."""


def passthrough(text: str) -> tuple[str, ...]:
    """The codecs, of those a box may meet, that the TV decodes itself; none where the text says nothing.

    Newer kernels leave ``eld_valid`` away where there is nothing but the data.
    """
    if "eld_valid" in text and not _VALID.search(text):
        return ()
    heard = {int(code, 16) for code in _CODING.findall(text)}
    return tuple(name for code, name in _CODECS.items() if code in heard)
