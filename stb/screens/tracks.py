"""The list of what can be heard, or read, on a plate over the picture; and the plate of a held picture."""

from dataclasses import dataclass

from stb.messages import ChooseTrack, Intent, ShowTracks
from stb.model import OFF, Key, Track, TrackKind, Tracks
from stb.screens.parts import MARGIN
from stb.screens.view import View
from stb.ui.geometry import Region
from stb.ui.scene import Align, Colour, Item, Plate, Style, Text

_WIDTH, _TOP, _TITLE, _ROW, _EDGE = 560, 190, 76, 72, 16
_MOST_ROWS = 6
_KEYS = {Key.AUDIO: TrackKind.AUDIO, Key.SUBTITLE: TrackKind.SUBTITLES}
_TITLES = {TrackKind.AUDIO: "tracks.audio", TrackKind.SUBTITLES: "tracks.subtitles"}
_NUMBERED = {TrackKind.AUDIO: "tracks.audio_number", TrackKind.SUBTITLES: "tracks.subtitle_number"}


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the list."""

    id: int
    label: str


def rows(view: View, kind: TrackKind) -> tuple[Row, ...]:
    """What can be chosen; of subtitles none at all, too."""
    offered = _tracks(view, kind).offered
    named = tuple(Row(track.id, _label(view, kind, offered, at)) for at, track in enumerate(offered))
    return named if kind is TrackKind.AUDIO else (Row(OFF, view.words("tracks.off")), *named)


def press(key: Key, view: View, at: int) -> tuple[int, Intent | None] | None:
    """The row focused after a key, and what the viewer wants; None for a key that is not the list's."""
    kind = view.choosing
    if key in _KEYS and _KEYS[key] is not kind:
        kind = _KEYS[key]
        return _chosen_row(view, kind), ShowTracks(kind)
    if kind is None:
        return None
    shown = rows(view, kind)
    match key:
        case Key.DOWN | Key.AUDIO | Key.SUBTITLE:
            return (at + 1) % len(shown), ShowTracks(kind)
        case Key.UP:
            return (at - 1) % len(shown), ShowTracks(kind)
        case Key.OK:
            return at, ChooseTrack(kind, shown[min(at, len(shown) - 1)].id)
        case Key.BACK | Key.LEFT | Key.RIGHT:
            return at, ShowTracks(None)
    return None


def scene(view: View, at: int) -> tuple[Item, ...]:
    """The list, at the end of the screen, with a mark at what is chosen."""
    if view.choosing is None:
        return ()
    shown = rows(view, view.choosing)
    at = min(at, len(shown) - 1)
    first = min(max(0, at - _MOST_ROWS // 2), max(0, len(shown) - _MOST_ROWS))
    window = shown[first : first + _MOST_ROWS]
    height = _TITLE + _ROW * len(window) + _EDGE
    plate = Region(view.width - MARGIN - _WIDTH, _TOP, _WIDTH, height)
    items: list[Item] = [
        Plate(plate, Colour.PLATE, 20),
        Text(
            Region(plate.x + 40, plate.y, _WIDTH - 80, _TITLE),
            view.words(_TITLES[view.choosing]),
            Style.SMALL,
            Colour.SOFT,
        ),
    ]
    chosen = _tracks(view, view.choosing).chosen
    for place, row in enumerate(window):
        region = Region(plate.x + _EDGE, plate.y + _TITLE + place * _ROW, _WIDTH - 2 * _EDGE, _ROW)
        items += _row(region, row.label, focused=first + place == at, chosen=row.id == chosen)
    return tuple(items)


def offer(view: View) -> str:
    """In a few words what there is to choose from; empty where there is no choice."""
    audio, subtitles = len(view.status.audio.offered), len(view.status.subtitles.offered)
    if audio < 2 and not subtitles:  # noqa: PLR2004 - one is no choice
        return ""
    counts = [view.words("tracks.audio_count", n=audio)] if audio else []
    return " · ".join(counts + ([view.words("tracks.subtitle_count", n=subtitles)] if subtitles else []))


def paused(view: View) -> tuple[Item, ...]:
    """That the picture is held, and how it goes on."""
    words, how = view.words("watching.paused"), view.words("watching.go_on")
    room = max(view.measure(words, Style.NAME).width, view.measure(how, Style.SMALL).width)
    plate = Region((view.width - room - 208) // 2, 452, room + 208, 136)
    bars = tuple(
        Plate(Region(plate.x + 56 + 28 * bar, plate.y + 40, 16, 56), Colour.ACCENT, 4) for bar in range(2)
    )
    x = plate.x + 144
    return (
        Plate(plate, Colour.PLATE, 20),
        *bars,
        Text(Region(x, plate.y + 16, room + 8, 64), words, Style.NAME),
        Text(Region(x, plate.y + 78, room + 8, 44), how, Style.SMALL, Colour.SOFT),
    )


def _tracks(view: View, kind: TrackKind) -> Tracks:
    return view.status.audio if kind is TrackKind.AUDIO else view.status.subtitles


def _chosen_row(view: View, kind: TrackKind) -> int:
    chosen = _tracks(view, kind).chosen
    return next((at for at, row in enumerate(rows(view, kind)) if row.id == chosen), 0)


def _label(view: View, kind: TrackKind, offered: tuple[Track, ...], at: int) -> str:
    """The language, or the stream's own name; with a number where another one is called the same."""
    names = [view.words.language_name(track.language) or track.name for track in offered]
    if not names[at]:
        return view.words(_NUMBERED[kind], number=view.words.number(at + 1))
    if names.count(names[at]) == 1:
        return names[at]
    return f"{names[at]} {view.words.number(names[: at + 1].count(names[at]))}"


def _row(region: Region, label: str, *, focused: bool, chosen: bool) -> tuple[Item, ...]:
    ink = Colour.ON_FOCUS if focused else Colour.INK
    mark = Region(region.x + 24, region.y, 40, region.height)
    return (
        *((Plate(region, Colour.FOCUS, 14),) if focused else ()),
        *((Text(mark, "✓", Style.BODY, ink if focused else Colour.ACCENT, Align.CENTRE),) if chosen else ()),
        Text(Region(region.x + 84, region.y, region.width - 108, region.height), label, Style.BODY, ink),
    )
