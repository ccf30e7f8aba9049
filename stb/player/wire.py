"""The language of the box's process and the player's: one JSON object a line, both ways.

The box numbers its commands and sends the next one only when the last was answered; the player
answers each with `Done` and tells how its stream goes with `Told` whenever it likes. Commands travel
through the player's standard input, never through its arguments, because addresses hold secrets.
"""

import json
from dataclasses import asdict, dataclass, fields, is_dataclass
from enum import StrEnum
from types import TracebackType, UnionType
from typing import Any, TypeVar, get_args, get_origin

from stb.errors import PlayerError
from stb.model import Machine, PlayerStatus, Shape, TrackKind, Wanted
from stb.player.opening import Opening


@dataclass(frozen=True, slots=True, kw_only=True)
class Configure:
    """The first command of a life: where to draw, and libVLC's options."""

    display: str
    xid: int
    machine: Machine
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Play:
    """Close what plays, then open this."""

    tune: int
    opening: Opening
    wanted: Wanted = Wanted()


@dataclass(frozen=True, slots=True)
class Stop:
    """Close what plays."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """Hold the picture, or go on."""

    paused: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Seek:
    """Go on there, in seconds from the beginning."""

    to: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Volume:
    """Loudness in per cent."""

    percent: int
    muted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Delay:
    """Sound so much later than the picture, or earlier."""

    milliseconds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Fill:
    """How pictures fill their window."""

    shape: Shape


@dataclass(frozen=True, slots=True, kw_only=True)
class Choose:
    """Hear or read this track."""

    kind: TrackKind
    track: int


@dataclass(frozen=True, slots=True)
class Ping:
    """Say that you are alive."""


Command = Configure | Play | Stop | Pause | Seek | Volume | Delay | Fill | Choose | Ping


@dataclass(frozen=True, slots=True)
class Done:
    """The command of this number was carried out."""

    number: int


@dataclass(frozen=True, slots=True)
class Told:
    """How the stream of one zap goes."""

    tune: int
    status: PlayerStatus


Report = Done | Told

_Noun = TypeVar("_Noun")

_COMMANDS: dict[str, type[Command]] = {kind.__name__.lower(): kind for kind in get_args(Command)}


def encode_command(number: int, command: Command) -> bytes:
    """One line, newline included."""
    return _line({"number": number, "verb": type(command).__name__.lower(), **asdict(command)})


def decode_command(line: bytes) -> tuple[int, Command]:
    """The command of a line and its number.

    Raises:
        PlayerError: the line is not in this language.
    """
    with _Foreign(line):
        data = json.loads(line)
        return _value(int, data["number"]), _noun(_COMMANDS[data["verb"]], data)


def encode_report(report: Report) -> bytes:
    """One line, newline included."""
    if isinstance(report, Done):
        return _line({"done": report.number})
    return _line({"tune": report.tune, **asdict(report.status)})


def decode_report(line: bytes) -> Report:
    """The report of a line.

    Raises:
        PlayerError: the line is not in this language.
    """
    with _Foreign(line):
        data = json.loads(line)
        if "done" in data:
            return Done(_value(int, data["done"]))
        return Told(_value(int, data["tune"]), _noun(PlayerStatus, data))


class _Foreign:
    """Turns whatever a foreign line causes into the one error of this language."""

    def __init__(self, line: bytes) -> None:
        self._line = line

    def __enter__(self) -> None:
        pass

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if isinstance(error, (ValueError, KeyError, TypeError, RecursionError)):
            raise PlayerError(f"not the player's language: {len(self._line)} bytes") from None


def _line(data: dict[str, Any]) -> bytes:
    return json.dumps(data, separators=(",", ":")).encode() + b"\n"


def _noun(kind: type[_Noun], data: dict[str, Any]) -> _Noun:
    return kind(**{each.name: _value(each.type, data[each.name]) for each in fields(kind)})  # type: ignore[arg-type]


def _value(kind: Any, raw: Any) -> Any:  # noqa: ANN401 - JSON in, whatever the noun's field declares out
    """The JSON value as the type of a field; ValueError when it is of another."""
    if get_origin(kind) is tuple and isinstance(raw, list):
        return tuple(_value(get_args(kind)[0], each) for each in raw)
    if isinstance(kind, UnionType):
        return raw if raw is None else _value(get_args(kind)[0], raw)
    if isinstance(kind, type) and is_dataclass(kind) and isinstance(raw, dict):
        return _noun(kind, raw)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return kind(raw)
    if kind is float and type(raw) is int:
        return float(raw)
    if type(raw) is not kind:
        raise ValueError(kind)
    return raw
