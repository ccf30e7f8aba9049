"""The disk: partitions, and what is on them, without mounting anything."""

import hashlib
import os
import shutil
import subprocess
import uuid
from pathlib import Path

from image import boot
from image.command import run

MB = 1 << 20
SIZE = 2048 * MB
"""Of the whole disk: a power of two, which an emulated card has to be."""
_BOOT = 192 * MB
_ROOT = 640 * MB
_ALIGN = 4 * MB
_NAMES = uuid.UUID("7c0f6a0e-5f63-4a3c-9f0e-2d6f1f7c5b11")
_LAYOUT = """\
image boot.img {{
    vfat {{
        label = "STB-BOOT"
        extraargs = "-F 32 --invariant"
        files = {{ {files} }}
    }}
    size = {boot}
}}

image data.img {{
    ext4 {{
        use-mke2fs = true
        label = "stb-data"
        extraargs = "-U {data_id} -E hash_seed={data_id},lazy_itable_init=0,lazy_journal_init=0 -m 0"
    }}
    size = {data}
}}

image stb.img {{
    hdimage {{
        align = {align}
        partition-table-type = "mbr"
        disk-signature = 0x{signature:08x}
    }}
    partition boot {{
        partition-type = 0xC
        bootable = true
        image = "boot.img"
    }}
    partition root-a {{
        partition-type = 0x83
        image = "{root_image}"
        size = {root}
    }}
    partition root-b {{
        partition-type = 0x83
        size = {root}
    }}
    partition data {{
        partition-type = 0x83
        image = "data.img"
    }}
    size = {whole}
}}
"""


def layout(files: list[str], root: Path) -> str:
    """Say the disk in genimage's words.

    Args:
        files: What lies at the top of the first partition.
        root: The read-only root.
    """
    return _LAYOUT.format(
        files=", ".join(f'"{name}"' for name in files),
        signature=boot.SIGNATURE,
        data_id=uuid.uuid5(_NAMES, "data"),
        boot=_BOOT,
        root=_ROOT,
        root_image=root,
        data=SIZE - _ALIGN - _BOOT - 2 * _ROOT,
        align=_ALIGN,
        whole=SIZE,
    )


def pack_root(tree: Path, target: Path, level: int) -> None:
    """Make the read-only root.

    Args:
        tree: What is in it.
        target: The file system.
        level: Of zstd, 1 to 22.

    Raises:
        ValueError: It is larger than its partition.
    """
    target.unlink(missing_ok=True)
    run(
        *(
            "mksquashfs",
            str(tree),
            str(target),
            "-quiet",
            "-no-progress",
            "-noappend",
            "-no-exports",
            "-no-xattrs",
        ),
        # Small files apart: where they share a block, each of a program's thousand modules unpacks all of it.
        *("-comp", "zstd", "-Xcompression-level", str(level), "-b", "128K", "-no-fragments"),
        *("-mkfs-time", "0", "-e", "proc/*", "sys/*", "dev/*", "run/*", "-wildcards"),
    )
    if target.stat().st_size > _ROOT:
        raise ValueError(f"The root is {target.stat().st_size // MB} MB; its partition has {_ROOT // MB} MB.")


def pack_tree(tree: Path, target: Path) -> None:
    """Write the tree as a tar archive, in a fixed order."""
    run("tar", "--sort=name", "--numeric-owner", "--format=gnu", "-cf", str(target), "-C", str(tree), ".")


def assemble(first: Path, root: Path, scratch: Path, target: Path, epoch: int) -> None:
    """Put partitions together into one image, with its map of blocks beside it.

    Args:
        first: What goes onto the first partition.
        root: The read-only root.
        scratch: A directory that is not there yet.
        target: The image.
        epoch: Seconds since 1970, the date of all that is in it.
    """
    for path in [first, *sorted(first.rglob("*"))]:
        os.utime(path, (epoch, epoch))
    scratch.mkdir()
    (scratch / "layout").write_text(layout(sorted(path.name for path in first.iterdir()), root))
    (scratch / "nothing").mkdir()
    date = {"SOURCE_DATE_EPOCH": str(epoch), "E2FSPROGS_FAKE_TIME": str(epoch), "E2FSCK_TIME": str(epoch)}
    made = subprocess.run(
        [
            *("genimage", "--loglevel", "1", "--config", str(scratch / "layout")),
            *("--rootpath", str(scratch / "nothing"), "--inputpath", str(first)),
            *("--outputpath", str(scratch / "out"), "--tmppath", str(scratch / "tmp")),
        ],
        check=False,
        env={**os.environ, **date, "TZ": "UTC"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if made.returncode:
        raise ValueError(f"genimage failed: {made.stdout}")
    shutil.move(scratch / "out/stb.img", target)
    run("bmaptool", "-q", "create", "-o", f"{target}.bmap", str(target))


def compress(image: Path, target: Path) -> None:
    """Compress an image with zstd, as much as is worth the time."""
    run("zstd", "-q", "-f", "-T0", "-6", str(image), "-o", str(target))


def checksum(path: Path) -> str:
    """Compute the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
