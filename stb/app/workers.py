"""A few named threads for what blocks: talking to operators."""

import logging
from collections.abc import Callable
from queue import SimpleQueue
from threading import Thread

from stb.errors import StbError
from stb.messages import Message
from stb.model import Failure

_log = logging.getLogger(__name__)

Job = Callable[[], Message]
"""What blocks, and what came of it."""
Failed = Callable[[Failure], Message]
"""What is said when it raised."""


class Workers:
    """Do jobs one after the other on each thread, and post what comes of them.

    The threads are daemons: a job that hangs in the network does not hold up the end of the box.
    """

    def __init__(self, post: Callable[[Message], None], count: int = 3) -> None:
        """Start ``count`` threads that give their results to ``post``."""
        self._post = post
        self._jobs: SimpleQueue[Job | None] = SimpleQueue()
        self._threads = [
            Thread(target=self._work, name=f"worker-{number}", daemon=True) for number in range(1, count + 1)
        ]
        for thread in self._threads:
            thread.start()

    def run(self, job: Job, failed: Failed) -> None:
        """Have ``job`` done; what it returns is posted, or ``failed`` of what it raised."""
        self._jobs.put(lambda: _outcome(job, failed))

    def close(self) -> None:
        """Take no further job."""
        for _ in self._threads:
            self._jobs.put(None)

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            self._post(job())


def _outcome(job: Job, failed: Failed) -> Message:
    try:
        return job()
    except StbError as error:
        _log.warning("job failed kind=%s detail=%s", type(error).__name__, error)
        return failed(error.failure)
    except Exception as error:  # noqa: BLE001 - a worker outlives a fault of ours, and the viewer is told
        _log.exception("job broke kind=%s", type(error).__name__)
        return failed(Failure(kind=type(error).__name__, advice="error.unknown"))
