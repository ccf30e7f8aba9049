"""What the tests of every room may ask for."""

import os
import select
import subprocess
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from stb.portal.portal import Portal

# How quick a machine is proves nothing of the product.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")
PATIENCE = 60.0
"""Seconds after which a test gives up waiting."""
_XVFB = ("-screen", "0", "1920x1080x24", "-nolisten", "tcp", "-noreset")


@pytest.fixture(scope="session")
def display() -> Iterator[str]:
    """An X display of this test process's own, ``":N"``: 1920x1080, no window manager, no compositor."""
    reader, writer = os.pipe()
    server = subprocess.Popen(
        # setpriv: a test process that crashes takes its server with it.
        ["setpriv", "--pdeathsig", "TERM", "Xvfb", "-displayfd", str(writer), *_XVFB],
        pass_fds=(writer,),
        stderr=subprocess.DEVNULL,
    )
    os.close(writer)
    try:
        with os.fdopen(reader) as answer:
            number = answer.readline().strip()
        assert number, "Xvfb did not start"
        yield f":{number}"
    finally:
        server.terminate()
        server.wait()


@pytest.fixture(scope="session")
def offspring() -> Callable[[int], dict[int, str]]:
    """The processes that a process has started, and their command lines; who ends meanwhile is left out."""

    def offspring(parent: int) -> dict[int, str]:
        found = {}
        for child in psutil.Process(parent).children():
            with suppress(psutil.NoSuchProcess):
                found[child.pid] = " ".join(child.cmdline())
        return found

    return offspring


@pytest.fixture(scope="session")
def gone() -> Callable[[int], None]:
    """Wait until a process has ended, whosever child it is."""

    def gone(process: int) -> None:
        try:
            handle = os.pidfd_open(process)
        except ProcessLookupError:
            return
        with os.fdopen(handle):
            assert select.select([handle], [], [], PATIENCE)[0], f"process {process} has not ended"

    return gone


@pytest.fixture(scope="session")
def clips_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the portals of this run keep their clips; test processes side by side share it."""
    run = tmp_path_factory.getbasetemp()
    return (run.parent if "PYTEST_XDIST_WORKER" in os.environ else run) / "clips"


@pytest.fixture
def portal(tmp_path: Path, clips_cache: Path) -> "Iterator[Portal]":
    """An operator of the test's own, who serves: ``portal.world.expire(duid)``, ``portal.stop()`` ..."""
    from stb.portal.portal import Portal  # noqa: PLC0415 # most rooms have no use for a web server

    with Portal(state=tmp_path / "portal", cache=clips_cache) as portal:
        yield portal
