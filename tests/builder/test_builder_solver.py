"""What apt makes of the pins of Raspberry Pi's archive, on two archives that stand in for the real ones."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from image import flavour

pytestmark = pytest.mark.skipif(not shutil.which("apt-get"), reason="apt solves")

DEBIAN = {
    "linux-image-arm64": ("linux-signed-arm64", "6.12.107-1", ""),
    "raspi-firmware": ("raspi-firmware", "1:1.20240424+ds-6", ""),
    "firmware-brcm80211": ("firmware-nonfree", "20250410-2", ""),
    "libvlc5": ("vlc", "3.0.23-0+deb13u1", ""),
    "vlc-plugin-base": ("vlc", "3.0.23-0+deb13u1", "libavcodec61, libvlc5"),
    "libavcodec61": ("ffmpeg", "7:7.1.5-0+deb13u1", ""),
    "ffmpeg": ("ffmpeg", "7:7.1.5-0+deb13u1", "libavcodec61 (= 7:7.1.5-0+deb13u1)"),
    "python3": ("python3-defaults", "3.13.5-1", ""),
}
THEIRS = {
    "linux-image-rpi-v8": ("linux", "1:6.12.75-1+rpt1", ""),
    "raspi-firmware": ("raspi-firmware", "1:1.20260301-1", ""),
    "firmware-brcm80211": ("firmware-nonfree", "1:20240709-2+rpt1", ""),
    "libvlc5": ("vlc", "1:3.0.21-0+rpt8", ""),
    "vlc-plugin-base": ("vlc", "1:3.0.21-0+rpt8", "libavcodec61 (>= 8:7), libvlc5"),
    "libavcodec61": ("ffmpeg", "8:7.1.1-1+rpt1", ""),
    "ffmpeg": ("ffmpeg", "8:7.1.1-1+rpt1", "libavcodec61 (= 8:7.1.1-1+rpt1)"),
    "python3": ("python3-defaults", "3.99-1+rpt1", ""),
}
PI = flavour.read("rpi-arm64")


def solve(home: Path, theirs: dict[str, tuple[str, str, str]]) -> dict[str, str]:
    """What apt would install of the flavour's packages that the stand-ins have: name, version."""
    lines = [
        f"deb [trusted=yes] file:{_archive(home / name, origin, packages)} ./"
        for name, origin, packages in (
            ("debian", "Debian", DEBIAN),
            ("theirs", "Raspberry Pi Foundation", theirs),
        )
    ]
    for directory in ("lists/partial", "cache/archives/partial", "empty"):
        (home / directory).mkdir(parents=True)
    (home / "status").touch()
    (home / "sources").write_text("\n".join(lines) + "\n")
    (home / "pins").write_text(PI.archive.pins)
    (home / "apt.conf").write_text(
        "\n".join(
            (
                'APT::Architecture "arm64"; APT::Architectures { "arm64"; };',
                'APT::Install-Recommends "false"; APT::Sandbox::User "";',
                f'Dir::State "{home}"; Dir::State::lists "{home}/lists"; Dir::State::status "{home}/status";',
                f'Dir::Cache "{home}/cache"; Dir::Etc::sourcelist "{home}/sources";',
                f'Dir::Etc::sourceparts "{home}/empty"; Dir::Etc::preferences "{home}/pins";',
                f'Dir::Etc::preferencesparts "{home}/empty"; Dir::Etc::parts "{home}/empty";',
            )
        )
    )
    wanted = sorted(set(PI.packages) & (set(DEBIAN) | set(THEIRS)))
    _apt(home, "update")
    told = _apt(home, "--simulate", "install", *wanted)
    words = (line.split() for line in told.splitlines() if line.startswith("Inst "))
    return {each[1]: each[2].lstrip("(") for each in words}


def _archive(place: Path, origin: str, packages: dict[str, tuple[str, str, str]]) -> Path:
    place.mkdir()
    (place / "Packages").write_text(
        "\n".join(
            f"Package: {name}\nSource: {source}\nVersion: {version}\nArchitecture: arm64\n"
            f"{f'Depends: {needs}' if needs else 'Priority: optional'}\nFilename: ./{name}.deb\nSize: 1\n"
            for name, (source, version, needs) in packages.items()
        )
    )
    (place / "Release").write_text(f"Origin: {origin}\nLabel: {origin}\nSuite: stable\nCodename: trixie\n")
    return place


def _apt(home: Path, *words: str) -> str:
    environment = {**os.environ, "APT_CONFIG": str(home / "apt.conf"), "LC_ALL": "C"}
    done = subprocess.run(
        ["apt-get", "-q", *words], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise LookupError(done.stderr)
    return done.stdout


def test_what_belongs_together_comes_from_one_archive_and_the_rest_from_debian(tmp_path):
    chosen = solve(tmp_path, THEIRS)
    together = {"linux-image-rpi-v8", "raspi-firmware", "firmware-brcm80211", "libvlc5", "vlc-plugin-base"}
    together |= {"libavcodec61", "ffmpeg"}
    assert {name: chosen[name] for name in together} == {name: THEIRS[name][1] for name in together}
    assert chosen["python3"] == DEBIAN["python3"][1]


@pytest.mark.parametrize("missing", ["libavcodec61", "libvlc5", "linux-image-rpi-v8"])
def test_an_archive_without_one_of_them_makes_no_image_rather_than_one_that_decodes_slowly(tmp_path, missing):
    with pytest.raises(LookupError):
        solve(tmp_path, {name: each for name, each in THEIRS.items() if name != missing})
