"""What screens need to be looked at without a display: real lists, real words, letters of one width."""

import textwrap
import unicodedata
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from stb.catalogue.catalogue import Catalogue
from stb.catalogue.guide import Guide
from stb.catalogue.library import Library
from stb.i18n import Words
from stb.model import Channel, ChannelId, ChannelRef, SourceId
from stb.screens.view import View
from stb.ui.geometry import Size
from stb.ui.scene import Style

SOURCE = SourceId("home")
NAMES = {1: "World News", 2: "News 24 HD", 3: "الخبر HD", 12: "City TV", 20: "Docs"}
GROUPS = {1: "News", 2: "News", 3: "أخبار", 12: "City", 20: ""}


def measure(text: str, _style: Style) -> Size:
    return Size(16 * len(text), 44)


def wrap(text: str, _style: Style, width: int) -> tuple[str, ...]:
    mark = "\N{RIGHT-TO-LEFT MARK}" if unicodedata.bidirectional(text[:1]) == "AL" else ""
    return tuple(mark + line for line in textwrap.wrap(text, width // 16)) or ("",)


@pytest.fixture
def lists(tmp_path: Path) -> Iterator[Catalogue]:
    with Catalogue(tmp_path / "lists.db") as catalogue:
        catalogue.replace(
            SOURCE,
            (
                Channel(
                    ref=ChannelRef(SOURCE, ChannelId(str(number))),
                    number=number,
                    name=name,
                    group=GROUPS[number],
                    link="http://operator.example/live",
                )
                for number, name in NAMES.items()
            ),
            "r1",
        )
        yield catalogue


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library(tmp_path / "library.db") as made:
        yield made


@pytest.fixture
def guide(tmp_path: Path) -> Iterator[Guide]:
    with Guide(tmp_path / "guide.db") as made:
        yield made


@pytest.fixture
def view(lists: Catalogue, library: Library, guide: Guide) -> Callable[..., View]:
    def make(language: str = "en", number: int | None = None, **fields: object) -> View:
        defaults = {
            "words": Words(language),
            "measure": measure,
            "wrap": wrap,
            "width": 1920,
            "now": datetime(2026, 11, 22, 20, 47, tzinfo=UTC),
            "lists": lists,
            "library": library,
            "guide": guide,
            "operator": "Home Portal",
            "duid": "195C68F32A17B98",
            "channel": lists.numbered(number) if number else None,
        }
        return View(**(defaults | fields))  # type: ignore[arg-type]

    return make
