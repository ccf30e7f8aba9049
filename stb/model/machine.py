"""What the machine can show and let be heard."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """A kind of board, and what is known of its pictures."""

    name: str
    """As people call it: ``Raspberry Pi 4``; empty for any computer."""
    silicon: tuple[str, ...] = ()
    """Codecs that it decodes in hardware, in the words of `PlayerStatus.decoder`."""
    gpu: bool = False
    """Whether pictures are drawn by its graphics processor; else by plain X."""
    deinterlacer: str = "yadif2x"
    """libVLC's way of making whole pictures of interlaced ones that this machine can afford."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundOut:
    """Where sound leaves the machine."""

    name: str
    """``hdmi0``, ``hdmi1``, ``jack``, ``null``, or ``default`` where the system knows best."""
    device: str = ""
    """ALSA's name of it; empty for ``null`` and ``default``."""
    passthrough: tuple[str, ...] = ()
    """Codecs that go to the TV as they are: ``AC-3``, ``E-AC-3``. None: everything becomes stereo."""
