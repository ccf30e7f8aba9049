"""The portal as a program of its own: serves in the foreground and says what goes on."""

import logging
import os
import select
import signal
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from stb.portal.own import films, listed
from stb.portal.portal import Portal


def serve(  # noqa: PLR0913 # said by name
    *,
    state: Path,
    cache: Path,
    host: str = "127.0.0.1",
    port: int = 0,
    activate_after: float | None = None,
    with_parent: bool = False,
    media: Path | None = None,
    m3u: Path | None = None,
    mac: str | None = None,
) -> None:
    """Serve until SIGTERM or SIGINT; the first line on standard output is ``portal http://HOST:PORT``.

    Args:
        state: as for `Portal`, like the next four.
        cache: directory for clips.
        host: address to listen at.
        port: TCP port; 0 takes a free one.
        activate_after: seconds until the operator activates a pending device, or None.
        media: a folder with a person's own films.
        m3u: a list of a person's own channels.
        mac: hardware address of a box that is to be known.
        with_parent: end too when standard input is closed, and so with the process that started this one.

    Raises:
        PortalError: ffmpeg is missing, the port is taken, the world's file cannot be used, or there is no
            such folder or list.
    """
    with _asked_to_end() as asked, _saying_what_goes_on():
        own = (*(films(media) if media else ()), *(listed(m3u) if m3u else ()))
        portal = Portal(
            state=state,
            cache=cache,
            host=host,
            port=port,
            activate_after=activate_after,
            own=own,
            films_ahead=True,
        )
        if mac is not None:
            portal.world.macs.known(mac)
        with portal:
            waiting = [asked, sys.stdin.fileno()] if with_parent else [asked]
            while not _ended(select.select(waiting, [], [])[0], asked):
                pass


def _ended(readable: list[int], asked: int) -> bool:
    """Whether one of these says to end: a signal, or a standard input at its end."""
    return asked in readable or not os.read(readable[0], 4096)


@contextmanager
def _asked_to_end() -> Iterator[int]:
    """A file descriptor that can be read when a signal has asked to end."""
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    wakeup = signal.set_wakeup_fd(writer)
    old = {number: signal.signal(number, lambda *_: None) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield reader
    finally:
        for number, handler in old.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(wakeup)
        os.close(reader)
        os.close(writer)


@contextmanager
def _saying_what_goes_on() -> Iterator[None]:
    """The portal's log as plain lines on standard output."""
    logger = logging.getLogger("stb.portal")
    with closing(logging.StreamHandler(sys.stdout)) as handler:
        handler.setFormatter(logging.Formatter("%(message)s"))
        level, propagate = logger.level, logger.propagate
        logging.raiseExceptions = False  # nobody may read what it says any more; that is no fault
        logger.addHandler(handler)
        logger.setLevel(logging.INFO)
        logger.propagate = False
        try:
            yield
        finally:
            logger.removeHandler(handler)
            logger.setLevel(level)
            logger.propagate = propagate
