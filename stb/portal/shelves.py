"""What stands on the shelves of a new world: invented films and series, and the categories."""

from stb.portal.library import Category, Episode, Film, Series, Shelf

_ADDED = 1_772_000_000
"""The first film came in February 2026; the others a day apart."""
_DAY = 86_400

CATEGORIES = tuple(
    Category(id=number, shelf=shelf, name=name)
    for number, shelf, name in (
        (1, Shelf.LIVE, "Information"),
        (2, Shelf.LIVE, "Nature"),
        (3, Shelf.LIVE, "Sport"),
        (4, Shelf.LIVE, "Films"),
        (5, Shelf.LIVE, "Radio"),
        (21, Shelf.FILMS, "Drama"),
        (22, Shelf.FILMS, "Adventure"),
        (23, Shelf.FILMS, "أفلام عربية"),
        (41, Shelf.SERIES, "Drama"),
        (42, Shelf.SERIES, "Documentary"),
    )
)


def _film(  # noqa: PLR0913, PLR0917 # a row of the table below
    number: int,
    name: str,
    category: str,
    year: int,
    seconds: int,
    extension: str,
    people: tuple[str, str],
    rating: float,
    plot: str,
    languages: str = "",
    genre: str = "",
) -> Film:
    return Film(
        id=number,
        name=name,
        category=category,
        year=year,
        seconds=seconds,
        extension=extension,
        genre=genre or category,
        director=people[0],
        actors=people[1],
        country="Morocco" if category == "أفلام عربية" else "Ireland",
        age="12+",
        rating=rating,
        plot=plot,
        added=_ADDED + (number - 200) * _DAY,
        languages=languages,
    )


FILMS = (
    _film(
        201,
        "The Lighthouse Keeper's Clock",
        "Drama",
        2019,
        150,
        "mp4",
        ("Orla Fenwick", "Tom Ashdown, Mary Quill"),
        7.8,
        "A keeper winds the same clock for forty years. One night it is wound already.",
        genre="Drama, Mystery",
    ),
    _film(
        202,
        "Two Voices",
        "Drama",
        2022,
        120,
        "mkv",
        ("Sami Haddad", "Lina Aziz, Peter Marlow"),
        8.1,
        "The same story told twice, in two languages that do not agree.",
        "eng,ara",
        genre="Drama, Romance",
    ),
    _film(
        203,
        "North of the Reeds",
        "Adventure",
        2015,
        180,
        "mp4",
        ("Ingrid Vane", "Joss Pell, Ada Thorne"),
        6.4,
        "A boat, a map with a hole in it, and three weeks until the ice.",
    ),
    _film(
        204,
        "1001",
        "Adventure",
        2024,
        120,
        "mkv",
        ("Hal Brook", "Nora Finch"),
        0.0,
        "",
        genre="Adventure, Mystery",
    ),
    _film(
        205,
        "مصباح في آخر الشارع",
        "أفلام عربية",
        2021,
        150,
        "mp4",
        ("ليلى منصور", "كريم سالم، هدى ناصر"),
        7.2,
        "حارس ليلي يرى كل مساء مصباحاً لا يراه سواه.",
        genre="دراما",
    ),
)

SERIES = (
    Series(
        id=51,
        name="Harbour Lights",
        category="Drama",
        released="2020-10-04",
        genre="Drama",
        director="Orla Fenwick",
        actors="Mary Quill, Joss Pell",
        rating=8.3,
        plot="A small harbour, and those who wait in it for ships and for each other.",
        modified=_ADDED + 30 * _DAY,
    ),
    Series(
        id=52,
        name="One Winter",
        category="Documentary",
        released="2023-01-08",
        genre="Documentary, Nature",
        director="Ingrid Vane",
        actors="",
        rating=7.0,
        plot="A valley from the first snow to the last.",
        modified=_ADDED + 12 * _DAY,
    ),
)


def _episodes(  # noqa: PLR0913, PLR0917 # a row of the table below
    first: int, series: int, season: int, year: int, extension: str, names: tuple[str, ...]
) -> tuple[Episode, ...]:
    return tuple(
        Episode(
            id=first + number,
            series=series,
            season=season,
            number=number,
            name=name,
            seconds=90 + 10 * number,
            extension=extension,
            plot=f"{name}: what happened, and what was only said.",
            aired=f"{year}-10-{4 + 7 * (number - 1):02}",
            added=_ADDED + (season * 10 + number) * _DAY,
        )
        for number, name in enumerate(names, 1)
    )


EPISODES = (
    *_episodes(300, 51, 0, 2021, "mp4", ("How the Harbour Was Built",)),
    *_episodes(310, 51, 1, 2020, "mp4", ("The Ferry", "Low Water", "Fog")),
    *_episodes(320, 51, 2, 2021, "mkv", ("A New Keeper", "High Water")),
    *_episodes(330, 52, 1, 2022, "mp4", ("First Snow", "The Longest Night", "Thaw")),
)
