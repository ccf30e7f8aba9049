"""What is in an image, on paper: its parts with their versions, and how Raspberry Pi Imager offers it."""

import uuid
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from image import icon
from image.flavour import Flavour

Package = Mapping[str, str]
"""A package as dpkg knows it: field, value."""

_NAMES = uuid.UUID("1e1cbb33-43a8-49b8-8c29-5f6b5e0f7a6e")


def manifest(packages: Iterable[Package]) -> str:
    """List packages: name, version and architecture, a line each."""
    return "".join(f"{each['Package']} {each['Version']} {each['Architecture']}\n" for each in packages)


def sbom(flavour: Flavour, version: str, packages: Iterable[Package], epoch: int) -> dict[str, Any]:
    """Name all parts in the form of CycloneDX 1.5.

    Args:
        flavour: What the image is.
        version: The television's.
        packages: What is in the image.
        epoch: Seconds since 1970, the date of the image.
    """
    parts = [_part(package, flavour.suite) for package in packages]
    own = f"stb@{version}"
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "serialNumber": f"urn:uuid:{uuid.uuid5(_NAMES, repr((flavour.name, version, epoch, parts)))}",
        "version": 1,
        "metadata": {
            "timestamp": _time(epoch).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "component": {"type": "firmware", "name": f"stb-{flavour.name}", "version": version},
        },
        "components": [
            {
                "type": "application",
                "bom-ref": own,
                "name": "stb",
                "version": version,
                "licenses": [{"license": {"id": "MIT"}}],
            },
            *parts,
        ],
    }


def _part(package: Package, suite: str) -> dict[str, Any]:
    """Name one package by its URL (package-url's type `deb`)."""
    name, version, architecture = package["Package"], package["Version"], package["Architecture"]
    url = f"pkg:deb/debian/{_quoted(name)}@{_quoted(version)}?arch={architecture}&distro={suite}"
    source = package.get("Source", name).partition(" ")[0]
    return {
        "type": "library",
        "bom-ref": url,
        "name": name,
        "version": version,
        "purl": url,
        "properties": [{"name": "debian:source", "value": source}],
    }


def _quoted(text: str) -> str:
    return text.replace("%", "%25").replace("+", "%2B").replace(":", "%3A").replace("~", "~")


def os_list(flavour: Flavour, version: str, image: Mapping[str, Any], epoch: int) -> dict[str, Any]:
    """Offer an image in the form of Raspberry Pi Imager's list of systems.

    The addresses are names of files beside the list; who publishes it puts where they are before them.

    Args:
        flavour: What the image is.
        version: The television's.
        image: Its `size`, `sha256`, `packed_size` and `packed_sha256`, and its `file`.
        epoch: Seconds since 1970, the date of the image.
    """
    return {
        "os_list": [
            {
                "name": f"stb {version} ({flavour.name})",
                "description": "A television box: plug it into a TV, sign in to an operator, watch",
                "icon": icon.FILE,
                "url": image["file"],
                "extract_size": image["size"],
                "extract_sha256": image["sha256"],
                "image_download_size": image["packed_size"],
                "image_download_sha256": image["packed_sha256"],
                "release_date": _time(epoch).strftime("%Y-%m-%d"),
                "devices": list(flavour.boards),
                "architecture": "armv8",
                # Of all forms the only one that is data and nothing else (README.md).
                "init_format": "rpi-preseed",
            }
        ]
    }


def _time(epoch: int) -> datetime:
    return datetime.fromtimestamp(epoch, UTC)
