"""The image's tree as a running system: systemd-nspawn boots it, and whatever it writes is thrown away."""

import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Self

from rig.patience import until

COMMAND = 180.0
"""Seconds that a command inside has, unless more is granted."""
BOOT = 300.0
_NSPAWN = (
    *("systemd-nspawn", "--boot", "--quiet", "--register=no", "--keep-unit", "--volatile=overlay"),
    # Of the image's units some want hardware, disks or the kernel's own file systems.
    *("--link-journal=no", "--resolv-conf=off", "--timezone=off"),
)
_HOME = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8", "HOME": "/root", "TERM": "dumb"}


class Container:
    """A tree that boots under its own systemd, with the machine's kernel.

    Args:
        tree: The root; it is only read.
        files: Files laid into it: what is in them, by their place inside.
        binds: Files and directories of the machine, by their place inside; they are only read.
        scratch: An empty directory of the caller's.
        alone: Without the machine's network.
        kernel: More words for systemd, as on a kernel's command line.
    """

    def __init__(
        self,
        tree: Path,
        scratch: Path,
        *,
        files: Mapping[str, str] | None = None,
        binds: Mapping[str, Path] | None = None,
        alone: bool = True,
        kernel: Sequence[str] = (),
    ) -> None:
        self._log = (scratch / "console.log").open("w+b")
        self._process = subprocess.Popen(
            [
                *("setpriv", "--pdeathsig", "TERM"),
                *_NSPAWN,
                f"--directory={tree}",
                *(["--private-network"] if alone else []),
                *(f"--bind-ro={path}:{place}" for place, path in _laid(scratch, files or {}).items()),
                *(f"--bind-ro={path}:{place}" for place, path in (binds or {}).items()),
                *kernel,
            ],
            stdin=subprocess.DEVNULL,
            stdout=self._log,
            stderr=subprocess.STDOUT,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def boot(self) -> str:
        """Wait until it is up, and say how: ``running``, or ``degraded`` where a unit failed."""
        self._init = until(self._first_process, "the container's first process", BOOT)
        until(lambda: self.succeeds("test", "-S", "/run/systemd/private"), "the container's systemd", BOOT)
        return self.run("systemctl", "is-system-running", "--wait", seconds=BOOT, check=False).stdout.strip()

    def run(
        self, *command: str, seconds: float = COMMAND, check: bool = True, told: str = ""
    ) -> subprocess.CompletedProcess[str]:
        """Run a command inside, as root.

        Raises:
            AssertionError: It failed, and that was not to be.
            subprocess.TimeoutExpired: It did not end in time.
        """
        enter = ["nsenter", "-t", str(self._init), "-m", "-u", "-i", "-n", "-p", "-C", "--"]
        done = subprocess.run(
            [*enter, *command],
            check=False,
            env=_HOME,
            input=told,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=seconds,
        )
        assert not check or done.returncode == 0, f"{command}: {done.stdout[-2000:]} {done.stderr[-2000:]}"
        return done

    def succeeds(self, *command: str) -> bool:
        """Whether a command inside ends well."""
        return self.run(*command, check=False).returncode == 0

    def ask(self, command: str, seconds: float = COMMAND) -> tuple[int, str]:
        """Run a command of the shell inside; its exit code and what it said."""
        done = self.run("sh", "-c", command, seconds=seconds, check=False)
        return done.returncode, done.stdout + done.stderr

    def read(self, path: str) -> bytes:
        """What is in a file inside."""
        return (Path(f"/proc/{self._init}/root") / path.lstrip("/")).read_bytes()

    def ends_well(self, seconds: float) -> bool:
        """Wait until it ends by itself, and tell whether all went well."""
        with suppress(subprocess.TimeoutExpired):
            return self._process.wait(seconds) == 0
        return False

    def close(self) -> None:
        """Have it shut down in good order, or else end it."""
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(30)
        except subprocess.TimeoutExpired:
            for child in self._children():
                with suppress(ProcessLookupError):
                    os.kill(child, signal.SIGKILL)
            self._process.kill()
            self._process.wait(30)
        self._log.close()

    def console(self) -> str:
        """What it said on its console."""
        return os.pread(self._log.fileno(), 1_000_000, 0).decode("utf-8", "replace")

    def _first_process(self) -> int | None:
        assert self._process.poll() is None, f"systemd-nspawn ended: {self.console()[-2000:]}"
        return next((child for child in self._children() if _is_first(child)), None)

    def _children(self) -> list[int]:
        pid = self._process.pid
        with suppress(FileNotFoundError):
            return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
        return []


def _is_first(pid: int) -> bool:
    """Whether it is the first of a room's processes (proc_pid_status(5)), and not who prepares the room."""
    with suppress(FileNotFoundError, ProcessLookupError):
        status = Path(f"/proc/{pid}/status").read_text("utf-8")
        (numbers,) = (line.split()[1:] for line in status.splitlines() if line.startswith("NSpid:"))
        return len(numbers) > 1 and numbers[-1] == "1"
    return False


def _laid(scratch: Path, files: Mapping[str, str]) -> Mapping[str, Path]:
    laid = {}
    for number, (place, text) in enumerate(files.items()):
        laid[place] = scratch / f"laid-{number}"
        laid[place].write_text(text, "utf-8")
    return laid
