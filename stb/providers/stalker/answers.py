"""What comes of ``create_link``, in all its shapes, and what is made of it for the player. Pure."""

from dataclasses import dataclass

from stb.errors import LoginRefused, NoSuchItem, ProviderError, ServerFault
from stb.model import PastRef, Playable, SourceId, Stream
from stb.providers.decoding import words
from stb.providers.stalker.cmd import Command, command, completed, is_playable, resolved, same_host
from stb.providers.stalker.discovery import Endpoint
from stb.providers.stalker.links import Link
from stb.providers.stalker.mag import Mag, Pass
from stb.providers.stalker.wire import Envelope, fields, listed, truth

_ADVERTS = frozenset({"advert", "vclub_ad"})
_ERRORS: dict[str, type[ProviderError]] = {
    "nothing_to_play": NoSuchItem,
    "player_file_missing": NoSuchItem,
    "access_denied": LoginRefused,
}
"""By the portal's word; every other is a fault of its own (``link_fault``, ``limit``)."""


@dataclass(frozen=True, slots=True)
class Made:
    """A link, or why there is none."""

    cmd: str = ""
    error: str = ""
    adverts: bool = False
    """There was nothing but advertisements."""


def made(said: Envelope) -> Made:
    """Read an answer to ``create_link``.

    With advertising it is a list with the real link last; the imitation puts ``error`` beside ``js``.
    """
    js = said.js
    if isinstance(js, str):
        return Made(words(js, 4096), said.error)
    parts = [fields(part) for part in listed(js)] if isinstance(js, list) else [fields(js)]
    real = [part for part in parts if not _is_advert(part)]
    if not real:
        return Made(error=said.error, adverts=bool(parts))
    return Made(words(real[-1].get("cmd"), 4096), words(real[-1].get("error")) or said.error)


def _is_advert(part: dict[str, object]) -> bool:
    return truth(part.get("is_advert")) or words(part.get("media_type")) in _ADVERTS


def no_link(error: str, source: SourceId) -> ProviderError:
    """The error for a link that was not made."""
    return _ERRORS.get(error, ServerFault if error else NoSuchItem)(
        f"no link: {error or 'nothing came'}", source=source
    )


def must_ask(link: Link, *, always: bool, near: bool) -> bool:
    """Whether the portal must be asked for a link.

    Asked where it need not be, a portal may answer with a link that does not work.

    Args:
        link: of a row.
        always: the profile says so of all channels.
        near: as in `is_playable`.
    """
    if link.must_ask is None or link.must_ask or (always and link.kind == "itv"):
        return True
    return not is_playable(command(link.cmd).address, near=near)


def _end(told: Command) -> float:
    length = told.seconds("media_len")
    return told.seconds("position") + length if length else 0.0


@dataclass(frozen=True, slots=True)
class Maker:
    """What a stream is made with."""

    mag: Mag
    shown: Pass
    zone: str
    endpoint: Endpoint
    source: SourceId

    def stream(self, ref: Playable, cmd: str, row: str = "") -> Stream:
        """What the player can play.

        Args:
            ref: what it is.
            cmd: the portal's, or the row's own.
            row: the row's own, to fill what the portal lost.

        Raises:
            NoSuchItem: it leads nowhere.
        """
        told = command(cmd, self.mag.mac)
        said = told.address
        address = resolved(said, self.endpoint.api)
        if not address:
            raise NoSuchItem("the link leads nowhere", source=self.source)
        if row:
            address = completed(address, command(row, self.mag.mac).address)
        return Stream(
            ref=ref,
            address=address,
            user_agent=self.mag.user_agent,
            headers=self._headers(address, relative=said.startswith("?")),
            begins=-told.seconds("position") if isinstance(ref, PastRef) else 0.0,
            ends=_end(told) if isinstance(ref, PastRef) else 0.0,
        )

    def _headers(self, address: str, *, relative: bool) -> tuple[tuple[str, str], ...]:
        """For media of the portal's own host, which may want to know who asks."""
        if not same_host(address, self.endpoint.api):
            return ()
        cookies = self.mag.cookies(self.zone)
        if relative:  # the token goes as a cookie there
            return (("Cookie", f"{cookies}; token={self.shown.token}"),)
        headers = (("Cookie", cookies), ("X-User-Agent", self.mag.x_user_agent))
        return (*headers, ("Authorization", f"Bearer {self.shown.token}")) if self.shown.token else headers
