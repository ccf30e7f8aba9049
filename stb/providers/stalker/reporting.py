"""Tells the portal what is watched, as a MAG does, without anybody waiting for it."""

import logging
from collections.abc import Callable
from queue import SimpleQueue
from threading import Thread

from stb.errors import StbError
from stb.model import Channel, EpisodeRef, FilmRef
from stb.providers.stalker.question import Question, question

log = logging.getLogger(__name__)

_SECONDS_TO_END = 1.0


class Reports:
    """Sends reports one after the other on a thread of its own, which begins with the first."""

    def __init__(self, tell: Callable[[Question], object]) -> None:
        """Send with ``tell``; what it raises of ours is passed over."""
        self._tell = tell
        self._waiting: SimpleQueue[Question | None] = SimpleQueue()
        self._thread: Thread | None = None

    def watched(self, channel: Channel, cmd: str) -> None:
        """A channel is about to be played."""
        name = channel.ref.channel
        self._send(
            question("itv", "set_last_id", id=name),
            question("stb", "log", real_action="play", param=cmd, tmp_type=1, ch_id=name),
            question("itv", "set_played", itv_id=name, censored=int(channel.adult)),
        )

    def lent(self, ref: FilmRef | EpisodeRef) -> None:
        """A film, or an episode of a series, is about to be played."""
        self._send(
            question(
                "vod", "set_played", video_id=ref.film if isinstance(ref, FilmRef) else ref.series.series
            )
        )

    def _send(self, *reports: Question) -> None:
        """What was not sent yet of others is of no use any more."""
        while not self._waiting.empty():
            self._waiting.get_nowait()
        if self._thread is None:
            self._thread = Thread(target=self._work, name="reports", daemon=True)
            self._thread.start()
        for report in reports:
            self._waiting.put(report)

    def close(self) -> None:
        """Send nothing more. Safe to call twice."""
        if self._thread is not None:
            self._waiting.put(None)
            self._thread.join(_SECONDS_TO_END)
            self._thread = None

    def _work(self) -> None:
        while (asked := self._waiting.get()) is not None:
            try:
                self._tell(asked)
            except StbError as error:
                log.debug("report not taken action=%s detail=%s", asked.action, error)
