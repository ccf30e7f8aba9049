"""What the tests of the image may ask for; where it is not there, they say why they did not run."""

import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest
from able import hindrance
from rig.box import Box
from rig.card import PATIENCE, Card, up
from rig.container import Container
from rig.evening import FIRST_FRAME, PRETENDED, WATCHING, introduce
from rig.image import IMAGES, OUT, Image
from rig.machine import Machine
from rig.operator import Operator

SCREEN = """\
# There is no display in a container: another X server, with all else that the unit says.
[Service]
ExecStart=
ExecStart=/usr/bin/Xvfb :0 -screen 0 1280x720x24 -fbdir /tmp -auth /run/stb-x/authority -nolisten tcp -noreset
"""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--tree", type=Path, help="an unpacked tree, instead of that of the flavour test-amd64")
    parser.addoption(
        "--cards", type=Path, help="keep cards that were booted here, and use those that are here"
    )
    parser.addoption("--images", type=Path, default=OUT, help="where images are (image/out)")


def not_run(why: str) -> None:
    pytest.skip(f"not run: {why}")


@pytest.fixture(scope="session")
def tree(pytestconfig: pytest.Config) -> Iterator[Path]:
    """The unpacked root of the flavour test-amd64; nobody writes to it."""
    if why := hindrance():
        not_run(why)
    if given := pytestconfig.getoption("--tree"):
        yield given
        return
    packed = pytestconfig.getoption("--images") / "test-amd64" / "root.tar"
    if not packed.exists():
        not_run("the image is not built (make image FLAVOUR=test-amd64)")
    with tempfile.TemporaryDirectory(prefix="stb-tree-", dir="/var/tmp") as root:  # a gigabyte
        subprocess.run(["tar", "-xpf", packed, "-C", root, "--numeric-owner"], check=True, timeout=900)
        yield Path(root)


@pytest.fixture(scope="module")
def boot(tree: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Container]]:
    """Boot the tree, with Xvfb in place of Xorg; ``boot(files={place: text}, binds={place: path})``."""
    with ExitStack() as rooms:

        def up(*, files: dict[str, str] | None = None, **options: object) -> Container:
            laid = {"/etc/systemd/system/stb-x.service.d/screen.conf": SCREEN} | (files or {})
            scratch = tmp_path_factory.mktemp("room")
            room = rooms.enter_context(Container(tree, scratch, files=laid, **options))
            room.boot()
            return room

        yield up


@pytest.fixture(scope="session")
def operator() -> Iterator[Operator]:
    """On this machine, on the air."""
    with tempfile.TemporaryDirectory(prefix="stb-operator-") as home, Operator(Path(home)) as operator:
        yield operator


@pytest.fixture(scope="session", params=sorted(IMAGES))
def image(request: pytest.FixtureRequest) -> Image:
    """A flavour that was built."""
    image = replace(IMAGES[request.param], out=request.config.getoption("--images"))
    if not shutil.which(image.board.program):
        not_run(f"{image.board.program} is not installed")
    if why := image.missing():
        not_run(why)
    return image


@pytest.fixture(scope="session")
def card(image: Image, operator: Operator, pytestconfig: pytest.Config) -> Iterator[Card]:
    """One with two snapshots: `FIRST_FRAME`, of the image as it is flashed, and `WATCHING`."""
    with ExitStack() as stack:
        if kept := pytestconfig.getoption("--cards"):
            home = kept / image.flavour
            home.mkdir(parents=True, exist_ok=True)
        else:
            scratch = tempfile.TemporaryDirectory(prefix="stb-card-", dir="/var/tmp")
            home = Path(stack.enter_context(scratch))
        card = Card(image, home, kernel=PRETENDED)
        if not card.has(FIRST_FRAME):
            with card.insert() as machine:
                up(machine).until("the welcome", screen="welcome")
                machine.save(FIRST_FRAME)
        with card.insert(FIRST_FRAME) as machine:
            introduce(machine, operator.settings())
            machine.save(WATCHING)
        yield card


@pytest.fixture
def fresh(card: Card) -> Iterator[Machine]:
    """A machine with a box out of its package, at its first frame."""
    with card.insert(FIRST_FRAME) as machine:
        yield machine


@pytest.fixture
def machine(card: Card) -> Iterator[Machine]:
    """A machine whose box watches the first channel."""
    with card.insert(WATCHING) as machine:
        yield machine


@pytest.fixture
def box(machine: Machine) -> Box:
    """The box in the machine."""
    return Box(machine, PATIENCE)
