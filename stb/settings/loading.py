"""Settings from a TOML file: every fault of the file at once, with the word that was probably meant."""

import logging
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

from stb.errors import SettingsError
from stb.model import Source, SourceId
from stb.settings.settings import Settings

log = logging.getLogger(__name__)

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,31}")


@dataclass(frozen=True, slots=True)
class _Key:
    """One key of the file: what is wrong with a value (empty where nothing is), and if it must be there."""

    fault: Callable[[object], str]
    required: bool = False


def _language(value: object) -> str:
    fits = isinstance(value, str) and _LANGUAGE.fullmatch(value)
    return "" if fits else 'a language tag like "en" expected'


def _percent(value: object) -> str:
    fits = isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 100  # noqa: PLR2004
    return "" if fits else "a whole number from 0 to 100 expected"


def _words(value: object) -> str:
    return "" if isinstance(value, str) and value.strip() else "a text expected"


def _source_id(value: object) -> str:
    fits = isinstance(value, str) and _ID.fullmatch(value)
    return "" if fits else "a short name of a-z, 0-9 and - expected"


def _tables(value: object) -> str:
    fits = isinstance(value, list) and all(isinstance(row, dict) for row in value)
    return "" if fits else "written as [[source]] expected"


_FILE = {"language": _Key(_language), "volume": _Key(_percent), "source": _Key(_tables)}
_SOURCE = {
    "id": _Key(_source_id, required=True),
    "kind": _Key(_words, required=True),
    "name": _Key(_words),
    "address": _Key(_words, required=True),
}


def load(path: Path) -> Settings:
    """Read the settings; the defaults where there is no such file.

    A key that resembles one of ours is a fault; a key that resembles none is a newer version's, passed over
    with a line in the log, so that a box that went back a version still starts.

    Raises:
        SettingsError: it cannot be read, or something in it is wrong; ``.problems`` says all of it.
    """
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Settings()
    except (OSError, ValueError, RecursionError) as error:
        text = str(error) or type(error).__name__
        raise SettingsError(str(path), problems=(text,)) from error
    reader = _Reader()
    settings = reader.settings(document)
    if reader.problems:
        raise SettingsError(str(path), problems=tuple(reader.problems))
    return settings


@dataclass
class _Reader:
    """Turns a document into settings and notes every fault on the way."""

    problems: list[str] = field(default_factory=list)

    def settings(self, document: Mapping[str, object]) -> Settings:
        sound = self._sound(document, _FILE, "")
        rows = sound.pop("source", [])
        assert isinstance(rows, list)  # noqa: S101 - what `_tables` let pass
        read = [self._source(row, f"source[{index}].") for index, row in enumerate(rows, start=1)]
        sources = tuple(source for source in read if source)
        self._repeated([source.id for source in sources])
        return Settings(sources=sources, **sound)  # type: ignore[arg-type]

    def _source(self, row: Mapping[str, object], place: str) -> Source | None:
        before = len(self.problems)
        sound = self._sound(row, _SOURCE, place)
        if len(self.problems) > before:
            return None
        texts = {key: str(value).strip() for key, value in sound.items()}
        return Source(
            id=SourceId(texts["id"]),
            kind=texts["kind"],
            name=texts.get("name", texts["id"]),
            address=texts["address"],
        )

    def _sound(self, table: Mapping[str, object], keys: Mapping[str, _Key], place: str) -> dict[str, object]:
        """The values of a table that are as they should be; the others become problems."""
        for name in sorted(table.keys() - keys.keys()):
            self._unknown(name, keys, place)
        for name, key in keys.items():
            if name not in table and key.required:
                self.problems.append(f"{place}{name}: missing")
            elif name in table and (fault := key.fault(table[name])):
                self.problems.append(f"{place}{name}: {fault}")
        return {
            name: table[name] for name, key in keys.items() if name in table and not key.fault(table[name])
        }

    def _unknown(self, name: str, keys: Mapping[str, _Key], place: str) -> None:
        near = get_close_matches(name.lower(), keys, n=1)
        if near:
            self.problems.append(f"{place}{name}: no such setting, did you mean {near[0]!r}?")
        else:
            log.warning("setting passed over name=%s%s", place, name)

    def _repeated(self, ids: list[SourceId]) -> None:
        for repeated in sorted({one for one in ids if ids.count(one) > 1}):
            self.problems.append(f"source: the id {repeated!r} is there twice")
