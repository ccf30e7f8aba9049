"""A thousand random inputs for every decoder; `make fuzz` makes a million of each, and chooses them well."""

import subprocess
import sys
from pathlib import Path

import pytest

FUZZ = Path(__file__).with_name("fuzz.py")


@pytest.mark.parametrize("name", ["xmltv", "m3u", "json_rows", "stalker"])
def test_no_input_breaks_a_decoder(name):
    command = [sys.executable, str(FUZZ), name, "--plain", "--count", "1000", "--seed", "7"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout == "1000 inputs of seed 7\n"
