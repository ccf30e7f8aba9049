"""What ``stb status`` tells: the box's state as one JSON object."""

from collections.abc import Mapping
from typing import Any

from stb import __version__
from stb.app.state import Progress, State
from stb.messages import Part
from stb.model import Channel, Episode, Film, PlayerStatus, Programme, SoundOut, SourceId, Work


def report(
    state: State, source: SourceId, channel: Channel | None, frame_seconds: float | None
) -> Mapping[str, Any]:
    """The state for programs; times in milliseconds, null where there is none yet."""
    return {
        "phase": state.phase.value,
        "screen": state.shown.value,
        "source": source,
        "channel": {"number": channel.number, "name": channel.name} if channel else None,
        "item": _item(state),
        "player": _player(state.status),
        "sound": _sound(state.sound),
        "refresh": {part.value: _progress(state, part) for part in state.offered},
        "zap_ms": _milliseconds(state.tuned),
        "frame_ms": _milliseconds(frame_seconds),
        "version": __version__,
    }


def _progress(state: State, part: Part) -> str:
    """``never``, ``read``, ``reading``, ``reading 43%``, or the kind of error that left the old one."""
    progress = state.parts.get(part, Progress())
    if progress.reading or (part is Part.LISTS and state.reading_lists):
        return "reading" if progress.share is None else f"reading {progress.share:.0%}"
    return progress.failure or ("never" if progress.read_at is None else "read")


_KINDS = {Film: "film", Episode: "episode", Programme: "programme"}


def _item(state: State) -> Mapping[str, Any] | None:
    """What plays where it is no live channel, in seconds; a duration of 0 is not known."""
    item = state.item
    if item is None:
        return None
    return {
        "kind": _KINDS[type(item)],
        "title": title(item),
        "position": round(state.at, 1),
        "duration": round(state.duration, 1),
    }


def title(item: Work) -> str:
    """What it is called."""
    return item.title if isinstance(item, Programme) else item.name


def _sound(sound: SoundOut | None) -> Mapping[str, Any]:
    return {
        "output": sound.name if sound else None,
        "passthrough": ", ".join(sound.passthrough) if sound else "",
    }


def _player(status: PlayerStatus) -> Mapping[str, Any]:
    return {
        "state": status.state.value,
        "decoder": status.decoder,
        "hardware": status.hardware,
        "why": status.why,
        "width": status.width,
        "height": status.height,
        "fps": status.fps,
        "displayed": status.displayed,
        "lost": status.lost,
        "buffering": status.buffering,
        "audio_tracks": len(status.audio.offered),
        "subtitle_tracks": len(status.subtitles.offered),
    }


def _milliseconds(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds * 1000, 1)


def lines(status: Mapping[str, Any]) -> str:
    """The same for a person, one fact a line."""
    flat: dict[str, Any] = {}
    for name, value in status.items():
        if isinstance(value, Mapping):
            flat |= {f"{name}.{inner}": fact for inner, fact in value.items()}
        else:
            flat[name] = value
    width = max(map(len, flat))
    return "\n".join(f"{name:<{width}}  {'-' if fact is None else fact}" for name, fact in flat.items())
