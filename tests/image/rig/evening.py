"""What the emulated evening begins with: what the machine is given, and how the box gets its operator."""

from rig.box import Box
from rig.card import PATIENCE
from rig.machine import Machine

FIRST_FRAME = "first-frame"
WATCHING = "watching"
PRETENDED = ("modules_load=snd-aloop", "snd_aloop.id=Headphones", "consoleblank=10")
"""A board with a jack (whoever listens at its other end hears it), and a console that goes dark quickly."""
_STATE = "/var/lib/stb"


def introduce(machine: Machine, settings: str) -> None:
    """Give the box its settings, as its first boot would have, and wait until it plays."""
    code, told = machine.ask(
        f"systemctl stop stb && cat >{_STATE}/stb.toml <<'THE END' && chown stb:stb {_STATE}/stb.toml\n"
        f"{settings}\nTHE END\nsystemctl start stb",
        PATIENCE,
    )
    assert code == 0, told
    Box(machine, PATIENCE).until("the first channel", phase="watching", channel=1, playing="playing")
