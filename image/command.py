"""Programs that are run for what they say."""

import subprocess


def run(*words: str) -> str:
    """Run a program to its end, and return what it said.

    Raises:
        subprocess.CalledProcessError: It failed; what it complained about went to standard error.
    """
    return subprocess.run(words, check=True, stdout=subprocess.PIPE, text=True).stdout
