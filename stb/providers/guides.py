"""A guide that the viewer added: an XMLTV file of a server or of the box's own disk."""

from contextlib import closing
from pathlib import Path

from stb.model import GuideSource
from stb.net import HttpClient
from stb.providers.m3u.address import places
from stb.providers.m3u.guides import guide_of
from stb.providers.provider import PLAYER_AGENT, Guidebook


def open_guide_source(guide: GuideSource, folder: Path, have: str = "") -> Guidebook | None:
    """Fetch it, if it is another than before.

    Args:
        guide: which.
        folder: where files that can be fetched again may be kept; each guide has its own below it.
        have: the revision that is there already; empty: none.

    Returns:
        None where nothing is new.

    Raises:
        SettingsError: its address is none.
        NoSuchItem: there is no such file.
        ProviderError: as `download` says.
    """
    with closing(HttpClient(guide.id)) as http:
        return guide_of(http, places(guide.address), folder / guide.id, have, {"User-Agent": PLAYER_AGENT})
