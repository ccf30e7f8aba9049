"""What the benchmarks read: large guides and lists, the same for the same seed.

Titles repeat as those of real guides do (a few thousand series and magazines fill most of the hours), unless
all are to be distinct. Languages are mixed within a guide; texts are of the length that generators write.
"""

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from xml.sax.saxutils import escape

BEGIN = datetime(2026, 11, 1, tzinfo=UTC)
"""The first hour of every guide."""
_SEED = 20261101
_TITLES = 12_000
_SENTENCES = 6_000
_WORDS = {
    "en": "river evening news harbour garden stories mountain kitchen football island history winter",
    "de": "Fluss Abend Nachrichten Hafen Garten Geschichten Berg Küche Fußball Insel Straße Heute",
    "ar": "نهر مساء أخبار ميناء حديقة حكايات جبل مطبخ مباراة جزيرة تاريخ الشتاء",
    "ru": "река вечер новости гавань сад истории гора кухня футбол остров время зима",  # noqa: RUF001
    "tr": "ırmak akşam haberler liman bahçe öyküler dağ mutfak İstanbul ada tarih kış",  # noqa: RUF001
}
_GROUPS = tuple(
    f"{place} | {kind}" for place in ("UK", "DE", "AR", "TR", "FR") for kind in ("News", "Films", "Sport")
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How much there is of everything."""

    channels: int
    days: int
    lines: int
    """Of the M3U list."""
    live: int
    films: int
    series: int


FULL = Size(channels=5_000, days=8, lines=200_000, live=50_000, films=150_000, series=30_000)
SMALL = Size(channels=100, days=2, lines=2_000, live=500, films=1_500, series=300)


def write_guide(path: Path, size: Size, *, distinct: bool = False, changed: float = 0.0) -> int:
    """Write an XMLTV file, of about 400 MB where the size is `FULL`; how many programmes it has.

    Args:
        path: the file.
        size: how many channels and days.
        distinct: no title comes twice.
        changed: the share of programmes whose text is another than without this.
    """
    chance, edits = random.Random(_SEED), random.Random(_SEED + 1)  # noqa: S311 - nothing is kept secret by it
    titles, sentences = _titles(chance), _sentences(chance)
    count = 0
    with path.open("w", encoding="utf-8", buffering=1 << 20) as file:
        file.write('<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE tv SYSTEM "xmltv.dtd">\n<tv>\n')
        for number in range(size.channels):
            file.write(
                f'  <channel id="ch{number}.example">\n'
                f"    <display-name>Channel {number}</display-name>\n  </channel>\n"
            )
        for number in range(size.channels):
            for start, stop in _hours(chance, size.days):
                language, title = titles[min(int(chance.expovariate(6 / _TITLES)), _TITLES - 1)]
                text = " ".join(chance.choices(sentences[language], k=2))
                if changed and edits.random() < changed:
                    text += " (changed)"
                file.write(
                    f'  <programme start="{start:%Y%m%d%H%M%S} +0000" stop="{stop:%Y%m%d%H%M%S} +0000"'
                    f' channel="ch{number}.example">\n'
                    f'    <title lang="{language}">{title}{f" {count}" if distinct else ""}</title>\n'
                    f'    <desc lang="{language}">{text}</desc>\n'
                    f'    <category lang="en">Series</category>\n  </programme>\n'
                )
                count += 1
        file.write("</tv>\n")
    return count


def typed() -> list[str]:
    """Words that a viewer looks for, in all the languages of a guide."""
    return [word for words in _WORDS.values() for word in words.split()[:4]]


def write_m3u(path: Path, size: Size) -> None:
    """Write a list of channels, films and episodes as a panel gives it."""
    chance = random.Random(_SEED)  # noqa: S311
    titles = _titles(chance)
    with path.open("w", encoding="utf-8", buffering=1 << 20) as file:
        file.write("#EXTM3U\n")
        for number in range(size.lines // 2):
            _, title = titles[number % _TITLES]
            group = _GROUPS[number % len(_GROUPS)]
            name, place = _entry(number, title)
            file.write(
                f'#EXTINF:-1 tvg-id="ch{number}.example" tvg-name="{name}"'
                f' tvg-logo="http://logos.example/{number}.png" group-title="{group}",{name}\n'
                f"http://panel.example:8080/{place}\n"
            )


def _entry(number: int, title: str) -> tuple[str, str]:
    """Of ten entries six are channels, three films, and one is an episode: its name and its path."""
    if number % 10 < 6:
        return f"{title} {number}", f"live/viewer/word/{number}.ts"
    if number % 10 < 9:
        return f"{title} {number} ({1950 + number % 75})", f"movie/viewer/word/{number}.mkv"
    return (
        f"{title} S{1 + number // 10 % 5:02} E{1 + number // 50 % 20:02}",
        f"series/viewer/word/{number}.mp4",
    )


def write_live(path: Path, size: Size) -> None:
    """Write ``get_live_streams`` of a panel."""
    chance = random.Random(_SEED)  # noqa: S311
    titles = _titles(chance)
    _write_rows(
        path,
        (
            {
                "num": number + 1,
                "name": f"{titles[number % _TITLES][1]} {number}",
                "stream_type": "live",
                "stream_id": number + 1,
                "stream_icon": f"http://logos.example/{number}.png",
                "epg_channel_id": f"ch{number % 5000}.example" if number % 4 else None,
                "added": "1700000000",
                "category_id": str(number % 300),
                "custom_sid": "",
                "tv_archive": number % 2,
                "direct_source": "",
                "tv_archive_duration": 7,
            }
            for number in range(size.live)
        ),
    )


def write_films(path: Path, size: Size) -> None:
    """Write ``get_vod_streams`` of a panel."""
    chance = random.Random(_SEED)  # noqa: S311
    titles = _titles(chance)
    _write_rows(
        path,
        (
            {
                "num": number + 1,
                "name": f"{titles[number % _TITLES][1]} {number} ({1950 + number % 75})",
                "stream_type": "movie",
                "stream_id": 1_000_000 + number,
                "stream_icon": f"http://posters.example/film/{number}.jpg",
                "rating": f"{number % 100 / 10}",
                "rating_5based": number % 50 / 10,
                "added": str(1_600_000_000 + number),
                "category_id": str(number % 400),
                "container_extension": "mkv",
                "custom_sid": None,
                "direct_source": "",
            }
            for number in range(size.films)
        ),
    )


def write_series(path: Path, size: Size) -> None:
    """Write ``get_series`` of a panel."""
    chance = random.Random(_SEED)  # noqa: S311
    titles, sentences = _titles(chance), _sentences(chance)
    _write_rows(
        path,
        (
            {
                "num": number + 1,
                "name": f"{titles[number % _TITLES][1]} {number}",
                "series_id": number + 1,
                "cover": f"http://posters.example/series/{number}.jpg",
                "plot": chance.choice(sentences["en"]),
                "cast": "A. Actor, B. Actor",
                "director": "C. Director",
                "genre": "Drama",
                "releaseDate": "2019-05-01",
                "last_modified": str(1_650_000_000 + number),
                "rating": "7",
                "rating_5based": 3.5,
                "backdrop_path": [f"http://posters.example/wide/{number}.jpg"],
                "youtube_trailer": "",
                "episode_run_time": "45",
                "category_id": str(number % 200),
            }
            for number in range(size.series)
        ),
    )


def _write_rows(path: Path, rows: Iterator[dict[str, object]]) -> None:
    """As PHP writes a list: one line, slashes escaped."""
    with path.open("w", encoding="ascii", buffering=1 << 20) as file:
        for number, row in enumerate(rows):
            file.write(("," if number else "[") + json.dumps(row, separators=(",", ":")).replace("/", "\\/"))
        file.write("]")


def _titles(chance: random.Random) -> list[tuple[str, str]]:
    """Language and title; the first ones are the most frequent in a guide."""
    languages = list(_WORDS)
    found: dict[str, str] = {}
    while len(found) < _TITLES:
        language = chance.choice(languages)
        words = " ".join(chance.choices(_WORDS[language].split(), k=chance.randint(2, 4)))
        found[escape(f"{words} {len(found)}")] = language
    return [(language, title) for title, language in found.items()]


def _sentences(chance: random.Random) -> dict[str, list[str]]:
    return {
        language: [
            escape(" ".join(chance.choices(words.split(), k=chance.randint(6, 15))).capitalize() + " & more.")
            for _ in range(_SENTENCES // len(_WORDS))
        ]
        for language, words in _WORDS.items()
    }


def _hours(chance: random.Random, days: int) -> Iterator[tuple[datetime, datetime]]:
    """Programmes of one channel, one after the other; about 190 in eight days."""
    at, end = BEGIN, BEGIN + timedelta(days=days)
    while at < end:
        stop = at + timedelta(minutes=chance.choice((25, 30, 45, 60, 60, 90, 120)))
        yield at, stop
        at = stop
