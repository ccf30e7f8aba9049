"""Addresses that are good for seconds, for a box that may watch."""

from stb.portal.connections import Kind, Viewing
from stb.portal.guide import Show
from stb.portal.library import Episode, Film
from stb.portal.nouns import PortalChannel
from stb.portal.passes import Passes
from stb.portal.stalker.asked import Asked

_ARCHIVE_S = 8 * 3600.0
"""How long a portal's address of what was may be used for the first time."""


class Links:
    """Makes them."""

    def __init__(self, passes: Passes, form: str) -> None:
        """Write them in a form such as ``{base}/auth/{token}/{file}``."""
        self._passes = passes
        self._form = form

    def live(self, asked: Asked, channel: PortalChannel) -> str:
        """Where a channel can be watched now."""
        viewing = _viewing(asked, Kind.LIVE, channel.id, channel.name, "ts")
        return self._address(asked, viewing, None)

    def film(self, asked: Asked, film: Film) -> str:
        """Where a film can be watched."""
        viewing = _viewing(asked, Kind.FILM, film.id, film.name, film.extension)
        return self._address(asked, viewing, None)

    def episode(self, asked: Asked, episode: Episode) -> str:
        """Where an episode can be watched."""
        viewing = _viewing(asked, Kind.EPISODE, episode.id, episode.name, episode.extension)
        return self._address(asked, viewing, None)

    def show(self, asked: Asked, channel: PortalChannel, show: Show) -> str:
        """Where what was on a channel can be watched."""
        return self.past(asked, channel, show.start, show.stop - show.start)

    def past(self, asked: Asked, channel: PortalChannel, begin: int, seconds: int) -> str:
        """Where a channel can be watched from a moment on, for so long."""
        viewing = _viewing(asked, Kind.PAST, channel.id, channel.name, "ts", begin, seconds)
        return self._address(asked, viewing, _ARCHIVE_S)

    def _address(self, asked: Asked, viewing: Viewing, pass_s: float | None) -> str:
        token = self._passes.issue(viewing, pass_s)
        file = f"{viewing.stream}.{viewing.extension}"
        return self._form.format(base=asked.base, token=token, file=file)


def _viewing(  # noqa: PLR0913, PLR0917 # one of each
    asked: Asked, kind: Kind, stream: int, name: str, extension: str, begin: int = 0, seconds: int = 0
) -> Viewing:
    return Viewing(
        line=asked.mac,
        kind=kind,
        stream=stream,
        name=name,
        extension=extension,
        begin=begin,
        seconds=seconds,
        ip=asked.ip,
        agent=asked.agent,
    )
