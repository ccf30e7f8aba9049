"""Films and episodes as entries of a playlist, a line's own and everybody's."""

from collections.abc import Iterator

from stb.portal.library import Library
from stb.portal.m3u import Entry
from stb.portal.xtream_rows import poster


def films(library: Library, base: str, folder: str) -> Iterator[Entry]:
    """Every film, its file in ``folder``; pictures are below ``base``."""
    for film in library.films():
        logo = poster(base, "film", film.id)
        yield _entry(film.name, f"{folder}/{film.id}.{film.extension}", logo, film.category)


def episodes(library: Library, base: str, folder: str) -> Iterator[Entry]:
    """Every episode of every series, called as playlists do: ``Name S01E02``."""
    for series in library.series():
        logo = poster(base, "series", series.id)
        for each in library.episodes(series.id):
            name = f"{series.name} S{each.season:02}E{each.number:02}"
            yield _entry(name, f"{folder}/{each.id}.{each.extension}", logo, series.category)


def _entry(name: str, address: str, logo: str, group: str) -> Entry:
    attributes = (("tvg-name", name), ("tvg-logo", logo), ("group-title", group))
    return Entry(name=name, address=address, attributes=attributes)
