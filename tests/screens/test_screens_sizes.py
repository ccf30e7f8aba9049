"""On displays of every shape nothing leaves the screen and no words stand on others."""

from collections.abc import Callable
from datetime import UTC, datetime
from itertools import combinations

import pytest

from stb.catalogue.catalogue import Catalogue
from stb.catalogue.guide import Guide
from stb.catalogue.library import Library
from stb.catalogue.reviewing import Proposal
from stb.model import (
    About,
    Channel,
    ChannelId,
    ChannelRef,
    Episode,
    EpisodeId,
    EpisodeRef,
    Failure,
    Film,
    FilmDetails,
    FilmId,
    FilmRef,
    PlayerState,
    PlayerStatus,
    Programme,
    Season,
    Series,
    SeriesDetails,
    SeriesId,
    SeriesRef,
    Sorting,
    SourceId,
    Track,
    TrackKind,
    Tracks,
    Version,
)
from stb.screens.activation import Activation
from stb.screens.assign import Assign
from stb.screens.channels import Channels
from stb.screens.columns import Column
from stb.screens.day import Day
from stb.screens.details import Details
from stb.screens.episodes import SeriesPage
from stb.screens.film import FilmPage
from stb.screens.films import Films
from stb.screens.home import Home
from stb.screens.notice import NoticeScreen
from stb.screens.screen import Screen
from stb.screens.series import SeriesScreen
from stb.screens.starting import Starting
from stb.screens.view import Notice, View
from stb.screens.watching import Watching
from stb.ui.geometry import SCREEN_HEIGHT, Region
from stb.ui.scene import Align, Text
from stb.ui.theme import DARK

MakeView = Callable[..., View]
STATUS = PlayerStatus(
    state=PlayerState.PLAYING,
    width=1920,
    height=1080,
    decoder="MPEG-2",
    hardware=True,
    audio=Tracks(offered=tuple(Track(id=at, language="eng") for at in range(9))),
    subtitles=Tracks(offered=(Track(id=20, language="ara"),)),
)
PAUSED = PlayerStatus(state=PlayerState.PAUSED, height=1080)
SOURCE = SourceId("home")
NAME = "The Long Way Round to the End of the World"
CHANNEL = Channel(
    ref=ChannelRef(SOURCE, ChannelId("12")), number=12, name="City TV", link="x", guide_id="12", archive=48
)
FILM = Film(
    ref=FilmRef(SOURCE, FilmId("1")),
    name=NAME,
    category=NAME,
    link="1",
    year=2019,
    rating=7.4,
    genre=NAME[:40],
)
SERIES = Series(ref=SeriesRef(SOURCE, SeriesId("7")), name=NAME * 3, category="Drama", year=2021)
ABOUT = About(
    plot="It has rained for forty days. " * 40,
    genre="Drama",
    director="M. Lind",
    cast="A. Berg, K. Oda, " * 9,
    age="12+",
    seconds=8040,
)
FILM_DETAILS = FilmDetails(film=FILM, about=ABOUT, versions=(Version(name="4K", link="1"),))
EPISODE = Episode(
    ref=EpisodeRef(SERIES.ref, EpisodeId("1")), season=1, number=1, name=NAME, link="1", seconds=3000
)
SERIES_DETAILS = SeriesDetails(series=SERIES, about=ABOUT, seasons=(Season(number=1, episodes=(EPISODE,)),))
FAILED = Failure(kind="ServerFault", advice="error.server_fault")
EVENING = int(datetime(2026, 11, 22, 20, tzinfo=UTC).timestamp())
"""Three quarters of an hour before the view's moment."""
PROGRAMMES = tuple(
    Programme(
        channel="12", start=EVENING + 3600 * hour, stop=EVENING + 3600 * (hour + 1), title=NAME, text=NAME * 9
    )
    for hour in range(-30, 30)
)
PROPOSALS = tuple(Proposal(SOURCE, "12", NAME * 2, score=0.9 - at / 10) for at in range(9))
SHOWN: dict[str, tuple[Screen, dict[str, object]]] = {
    "starting": (Starting(), {}),
    "activation": (Activation(), {"code": "5634", "asked_ago": 3.4}),
    "a notice": (NoticeScreen(), {"notice": Notice(title="notice.disabled"), "asks_in": 800}),
    "channels": (Channels(), {"number": 12, "status": STATUS}),
    "home": (Home(), {"number": 12, "status": STATUS}),
    "the banner": (Watching(), {"number": 12, "status": STATUS, "banner": True, "tuned": 0.31}),
    "tracks": (Watching(row=8), {"number": 12, "status": STATUS, "choosing": TrackKind.AUDIO}),
    "a held picture": (Watching(), {"number": 12, "status": PAUSED}),
    "films": (Films(focus=FILM.ref), {}),
    "series": (SeriesScreen(at_edge=True), {}),
    "years": (Films(column=Column.YEAR, at_edge=True), {"sortings": {"films": Sorting.RATING}}),
    "genres": (Films(column=Column.GENRE, at_edge=True), {}),
    "a film": (Details(), {"looked_at": FILM, "details": FilmDetails(film=FILM, about=ABOUT)}),
    "a long plot": (Details(page=FilmPage(line=2)), {"looked_at": FILM, "details": FILM_DETAILS}),
    "a film that failed": (Details(), {"looked_at": FILM, "details_failure": FAILED}),
    "a series": (Details(page=SeriesPage()), {"looked_at": SERIES, "details": SERIES_DETAILS}),
    "a series asked for": (Details(page=SeriesPage()), {"looked_at": SERIES}),
    "a day": (Day(), {"day": CHANNEL}),
    "guides to choose from": (Assign(), {"assigning": CHANNEL, "proposals": lambda _: PROPOSALS}),
    "the volume": (Watching(), {"number": 12, "status": STATUS, "volume_shown": True}),
}
LEAST = 200
"""Units that a text must have, if it needs them."""
WIDTHS = {"16:9": 1920, "16:10": 1728, "4:3": 1440, "5:4": 1350, "21:9": 2560}


def ink(text: Text, view: View) -> Region:
    """Where the letters of a text stand."""
    region = text.region
    if text.lines > 1:
        return region
    width = min(view.measure(text.text, text.style).width, region.width)
    height = min(DARK.faces[text.style].size * 4 // 3, region.height)
    left = {Align.START: 0, Align.CENTRE: (region.width - width) // 2, Align.END: region.width - width}
    return Region(region.x + left[text.align], region.y + (region.height - height) // 2, width, height)


@pytest.fixture(autouse=True)
def _full(lists: Catalogue, library: Library, guide: Guide) -> None:
    """Films, a series, and a guide of one channel."""
    library.replace_films(SOURCE, (FILM,), ())
    library.replace_series(SOURCE, (SERIES,), ())
    channels = [one._replace(guide_id=str(one.number)) for one in lists.channels(0, 10)]
    lists.replace(SOURCE, channels, "r2")
    guide.replace(SOURCE, PROGRAMMES, (*channels, CHANNEL), "g1", now=EVENING)


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS.keys())
@pytest.mark.parametrize(("screen", "fields"), SHOWN.values(), ids=SHOWN.keys())
def test_everything_has_its_place(
    view: MakeView, screen: Screen, fields: dict[str, object], width: int, language: str
) -> None:
    shown = view(language, width=width, **fields)
    scene = screen.scene(shown)
    items = scene.items
    whole = Region(0, 0, width, SCREEN_HEIGHT)
    texts = [item for item in items if isinstance(item, Text) and item.text]

    assert [item for item in items if not whole.contains(item.region)] == []
    assert [text for text in texts if text.region.width < min(LEAST, len(text.text) * 16)] == []
    if scene.video not in (None, whole):
        assert [item for item in items if item.region.overlaps(scene.video)] == []
    assert [
        (one.text, other.text)
        for one, other in combinations(texts, 2)
        if ink(one, shown).overlaps(ink(other, shown))
    ] == []
