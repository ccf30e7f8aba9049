"""Which board it is: from two texts of its device tree.

The texts are those of Linux, arch/arm64/boot/dts/broadcom (``compatible``), and of the firmware (``model``).
"""

import pytest

from stb.board.models import COMPUTER, machine, read_machine
from stb.model import Machine


@pytest.mark.parametrize(
    ("model", "compatible", "silicon"),
    [
        pytest.param(
            "Raspberry Pi Zero 2 W Rev 1.0",
            "raspberrypi,model-zero-2-w\0brcm,bcm2837\0",
            ("H.264",),
            id="Zero 2 W",
        ),
        pytest.param(
            "Raspberry Pi 3 Model B Plus Rev 1.3",
            "raspberrypi,3-model-b-plus\0brcm,bcm2837\0",
            ("H.264",),
            id="Pi 3",
        ),
        pytest.param(
            "Raspberry Pi 4 Model B Rev 1.5",
            "raspberrypi,4-model-b\0brcm,bcm2711\0",
            ("H.264", "HEVC"),
            id="Pi 4",
        ),
        pytest.param(
            "Raspberry Pi 400 Rev 1.0",
            "raspberrypi,400\0brcm,bcm2711\0",
            ("H.264", "HEVC"),
            id="Pi 400",
        ),
        pytest.param(
            "Raspberry Pi 5 Model B Rev 1.0", "raspberrypi,5-model-b\0brcm,bcm2712\0", ("HEVC",), id="Pi 5"
        ),
    ],
)
def test_a_board_is_known_by_its_chip(tmp_path, model, compatible, silicon):
    tree = tmp_path / "proc/device-tree"
    tree.mkdir(parents=True)
    (tree / "model").write_bytes(model.encode() + b"\0")
    (tree / "compatible").write_bytes(compatible.encode())

    found = read_machine(tmp_path)

    assert found.name == model.partition(" Rev ")[0]
    assert found.silicon == silicon
    assert found.gpu


def test_a_board_of_tomorrow_with_a_known_chip_is_known():
    assert machine("Raspberry Pi 500 Rev 1.0\0", "raspberrypi,500\0brcm,bcm2712\0").silicon == ("HEVC",)


@pytest.mark.parametrize(
    ("model", "compatible"),
    [
        pytest.param("", "", id="a computer"),
        pytest.param("Radxa ROCK 5B", "radxa,rock-5b\0rockchip,rk3588\0", id="another board"),
    ],
)
def test_anything_else_decodes_in_software(model, compatible):
    assert machine(model, compatible) == COMPUTER


def test_no_device_tree_is_a_computer(tmp_path):
    assert read_machine(tmp_path) == Machine(name="")
