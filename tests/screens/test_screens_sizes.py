"""On displays of every shape nothing leaves the screen and no words stand on others."""

from collections.abc import Callable
from itertools import combinations

import pytest

from stb.model import PlayerState, PlayerStatus, Track, TrackKind, Tracks
from stb.screens.activation import Activation
from stb.screens.channels import Channels
from stb.screens.home import Home
from stb.screens.notice import NoticeScreen
from stb.screens.screen import Notice, Screen, View
from stb.screens.starting import Starting
from stb.screens.watching import Watching
from stb.ui.geometry import SCREEN_HEIGHT, Region
from stb.ui.scene import Align, Text

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
SHOWN: dict[str, tuple[Screen, dict[str, object]]] = {
    "starting": (Starting(), {}),
    "activation": (Activation(), {"code": "5634", "asked_ago": 3.4}),
    "a notice": (NoticeScreen(), {"notice": Notice(title="notice.disabled"), "asks_in": 800}),
    "channels": (Channels(), {"number": 12, "status": STATUS}),
    "home": (Home(), {"number": 12, "status": STATUS}),
    "the banner": (Watching(), {"number": 12, "status": STATUS, "banner": True, "tuned": 0.31}),
    "tracks": (Watching(row=8), {"number": 12, "status": STATUS, "choosing": TrackKind.AUDIO}),
    "a held picture": (Watching(), {"number": 12, "status": PAUSED}),
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
    size = view.measure(text.text, text.style)
    width, height = min(size.width, region.width), min(size.height, region.height)
    left = {Align.START: 0, Align.CENTRE: (region.width - width) // 2, Align.END: region.width - width}
    return Region(region.x + left[text.align], region.y + (region.height - height) // 2, width, height)


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
