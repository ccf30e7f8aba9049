"""The guide as a file of the XMLTV form, written once a day."""

import gzip
import hashlib
import os
import tempfile
from collections.abc import Iterator, Sequence
from datetime import datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from starlette.requests import Request
from starlette.responses import FileResponse, Response

from stb.portal.guide import Guide, Show
from stb.portal.nouns import PortalChannel
from stb.portal.world import World

_FORM = "%Y%m%d%H%M%S %z"
_KEPT_S = 2 * 86_400
"""How long a guide is kept that nobody is told of any more, for one who still reads it."""


def document(channels: Sequence[PortalChannel], guide: Guide, base: str, now: datetime) -> Iterator[str]:
    """The lines of the whole guide, in the operator's zone, titles in English and Arabic."""
    known = [channel for channel in channels if channel.guide_id]
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<!DOCTYPE tv SYSTEM "xmltv.dtd">'
    yield '<tv generator-info-name="Lantern Television">'
    for channel in known:
        yield f"  <channel id={quoteattr(channel.guide_id)}>"
        yield f"    <display-name>{escape(channel.name)}</display-name>"
        yield f"    <icon src={quoteattr(base + channel.logo_url)} />"
        yield "  </channel>"
    begin, end = guide.window(now)
    for channel in known:
        for show in guide.shows(channel, begin, end):
            yield from _programme(show, channel, guide)
    yield "</tv>"


def _programme(show: Show, channel: PortalChannel, guide: Guide) -> Iterator[str]:
    start, stop = (guide.local(moment).strftime(_FORM) for moment in (show.start, show.stop))
    stamps = f'start_timestamp="{show.start}" stop_timestamp="{show.stop}"'
    yield f'  <programme start="{start}" stop="{stop}" {stamps} channel={quoteattr(channel.guide_id)}>'
    yield f'    <title lang="en">{escape(show.title)}</title>'
    yield f'    <title lang="ar">{escape(show.title_arabic)}</title>'
    yield f'    <desc lang="en">{escape(show.text)}</desc>'
    yield f'    <desc lang="ar">{escape(show.text_arabic)}</desc>'
    yield f'    <category lang="en">{escape(show.category)}</category>'
    if show.season:
        yield f'    <episode-num system="xmltv_ns">{show.season - 1}.{show.episode - 1}.</episode-num>'
        yield f'    <episode-num system="onscreen">S{show.season:02}E{show.episode:02}</episode-num>'
    yield "  </programme>"


class GuideFiles:
    """The guide on the disk, plain and packed. May be asked from any thread."""

    def __init__(self, folder: Path, world: World) -> None:
        """Keep the files in this folder, which other portals may use too."""
        self._folder = folder
        self._world = world

    def file(self, base: str, *, packed: bool) -> Path:
        """Today's guide of a portal known as ``base``, written where it is not there yet."""
        now = self._world.clock()
        channels = self._world.channels()
        said = f"{base} {channels} {self._world.guide.window(now)}"
        name = f"guide-{hashlib.sha256(said.encode()).hexdigest()[:16]}.xml"
        path = self._folder / (f"{name}.gz" if packed else name)
        if not path.exists():
            text = "\n".join(document(channels, self._world.guide, base, now)).encode() + b"\n"
            self._clear(now)
            _write(path, gzip.compress(text, mtime=0) if packed else text)
        return path

    def _clear(self, now: datetime) -> None:
        for old in self._folder.glob("guide-*"):
            if old.stat().st_mtime < now.timestamp() - _KEPT_S:
                old.unlink(missing_ok=True)


def unchanged(request: Request, answer: FileResponse) -> Response | None:
    """The answer to somebody who has this very file already (RFC 9110, 13.2.2); None to all others."""
    etag, since = request.headers.get("if-none-match"), request.headers.get("if-modified-since")
    tag, modified = answer.headers["etag"], answer.headers["last-modified"]
    try:
        same = etag == tag if etag else since is not None and _moment(since) >= _moment(modified)
    except (TypeError, ValueError):
        return None
    return Response(status_code=304, headers={"ETag": tag, "Last-Modified": modified}) if same else None


def _moment(text: str) -> datetime:
    return parsedate_to_datetime(text)


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, part = tempfile.mkstemp(dir=path.parent, prefix=".guide-")
    with os.fdopen(handle, "wb") as file:
        file.write(data)
    Path(part).replace(path)
