"""What is known of libVLC on each machine: its options, and what its words about decoding mean.

libVLC's ``set_xwindow`` overrides ``--vout``; what picks the video output is its order (``gl``, ``gles2``,
``xcb_xv``, ``xcb_x11``) and which of them can start, so a machine says which ones must not. ``avcodec-hw``
likewise works only as an option of the media, with a colon in front. No machine names a decoder: Raspberry
Pi's libVLC tries silicon first by itself, and not at all where one is named.

Without a GPU plain X is by far the cheapest. Measured under Xvfb, 25 frames per second, per cent of one
core in the player, xcb_x11 against gl and gles2 on llvmpipe: 720p in a window of its size 9 against 51,
1080p 11 against 54; scaled from 720 to 1080 lines 17.
"""

from stb.model import Machine, SoundOut

COMMON = (
    "--quiet",
    "--no-osd",
    "--no-video-title-show",
    "--no-lua",  # its scripts guess at web pages and ask outside servers for covers
    "--no-disable-screensaver",  # starts a D-Bus daemon; the box keeps the screen on itself
    "--network-caching=1000",  # ms; see below
    "--deinterlace=-1",  # only what says it is interlaced
)
"""Options of every machine.

Caching does not delay the first picture, which libVLC shows at once, only when it starts to move.
With gaps of up to 0.8 s between deliveries 1000 ms played through, 600 and 300 stalled twice in 12 s.
"""

DRAWN_BY_GPU = ("--gl=none",)  # leaves gles2, which takes the decoder's frames as they are
DRAWN_BY_X = ("--gl=none", "--gles2=none", ":avcodec-hw=none")

NULL_SOUND = ("--aout=adummy",)
"""Where there is no sound card: ALSA would flood the log and be tried again for seconds."""

IF_KNOWN = "?"
"""Before an option that only some builds of libVLC know: the others do without."""

WORDS = {
    "av1": "AV1",
    "h264": "H.264",
    "hevc": "HEVC",
    "mpeg1video": "MPEG-1",
    "mpeg2video": "MPEG-2",
    "mpeg4": "MPEG-4",
    "vc1": "VC-1",
    "vp8": "VP8",
    "vp9": "VP9",
}
"""What the viewer calls the pictures' codecs, by libavcodec's names."""

SILICON = ("v4l2m2m",)
"""What libavcodec appends to the names of decoders that are hardware: ``h264_v4l2m2m``."""

FALLBACKS = (
    b"Set hw fail for",
    b"Avoid trying hw decoder",
    b"No hwaccel - using",
    b"No dma_buf_import",
    b"Failed to get xlease",
    b"Cannot create window - probably not using Wayland",
)
"""What Raspberry Pi's libVLC says in its log when it leaves the hardware aside."""


def described(decoder: str) -> tuple[str, bool]:
    """The viewer's word for a decoder and whether it is hardware; no word where it decodes no pictures.

    Args:
        decoder: libavcodec's name.
    """
    codec, _, maker = decoder.partition("_")
    return WORDS.get(codec, ""), maker in SILICON


def why_software(decoder: str, machine: Machine, said: str) -> str:
    """Why pictures are not decoded by silicon.

    Args:
        decoder: the viewer's word for what decodes them; empty where nothing does yet.
        machine: what it runs on.
        said: what libVLC said about falling back, if anything.
    """
    if not decoder:
        return ""
    if decoder not in machine.silicon:
        return f"this {'board' if machine.name else 'computer'} has no {decoder} decoder"
    return f"libVLC fell back: {said}" if said else "libVLC did not try"


def options(machine: Machine, sound: SoundOut) -> tuple[str, ...]:
    """LibVLC's options for a machine and its sound; those with a colon in front belong to the media."""
    drawn = DRAWN_BY_GPU if machine.gpu else DRAWN_BY_X
    return (*COMMON, f"--deinterlace-mode={machine.deinterlacer}", *drawn, *_heard(sound))


def _heard(sound: SoundOut) -> tuple[str, ...]:
    if sound.name == "null":
        return NULL_SOUND
    if not sound.device:
        return ()
    device = ("--aout=alsa", f"--alsa-audio-device={sound.device}")
    if not sound.passthrough:
        return device
    # Debian's libVLC passes AC-3 on and knows no list; Raspberry Pi's would pass on what the TV cannot hear.
    codecs = ",".join(name.replace("-", "").lower() for name in sound.passthrough)
    return (*device, "--spdif", f"{IF_KNOWN}--alsa-passthrough-types={codecs}")
