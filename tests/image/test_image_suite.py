"""The project's whole suite on the image's system: Debian 13 and its Python."""

import os
from pathlib import Path

import pytest

from image import base, flavour

HOUR = 3600.0
PROJECT = Path(__file__).parents[2]
CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")
_COPY = """
set -eu
mkdir /root/project
tar -C /mnt/project -c --exclude=./.venv --exclude=./image/out --exclude=./.git . | tar -x -C /root/project
rm -f /etc/apt/sources.list.d/*.sources
apt-get -q update
DEBIAN_FRONTEND=noninteractive apt-get -q install -y --no-install-recommends make git
"""


@pytest.mark.suite
def test_the_projects_own_tests_pass_on_debian_13(boot):
    """Everything the tests want beyond the image is installed into the container, and gone with it."""
    room = boot(
        alone=False,
        files={
            "/etc/apt/sources.list": "\n".join(base.sources(flavour.read("test-amd64"))) + "\n",
            "/etc/resolv.conf": Path("/etc/resolv.conf").read_text("utf-8"),
            "/etc/systemd/system/stb.service.d/off.conf": "[Unit]\nConditionPathExists=/nowhere\n",
        },
        binds={"/mnt/project": PROJECT, str(CERTIFICATES): CERTIFICATES},
    )
    room.run("sh", "-c", _COPY, seconds=HOUR / 2)
    asked = [
        f"{name}={value}"
        for name, value in os.environ.items()
        if name.startswith("PIP_") or name.lower().endswith("_proxy")
    ]
    tested = room.run("env", "-C", "/root/project", *asked, "make", "test", seconds=HOUR, check=False)
    assert tested.returncode == 0, tested.stdout[-20000:] + tested.stderr[-5000:]
    print(*tested.stdout.splitlines()[-1:])  # noqa: T201 # how many they were
