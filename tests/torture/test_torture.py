"""The box's writers, killed at a hundred moments; `make torture` does it a thousand times."""

import subprocess
import sys
from pathlib import Path

TORTURE = Path(__file__).with_name("torture.py")


def test_nothing_is_lost_and_nothing_half():
    command = [sys.executable, str(TORTURE), "--count", "100", "--seed", "7"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("100 kills of seed 7: ")
