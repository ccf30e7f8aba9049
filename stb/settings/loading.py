"""Settings from a TOML file: every fault of the file at once, with the word that was probably meant."""

import logging
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from pathlib import Path

from stb.model import Source, SourceId
from stb.settings.rules import REQUIRED, SECRETS, SETTINGS, SOURCE, Rule
from stb.settings.settings import Settings

log = logging.getLogger(__name__)

_DEFAULTS = Settings()
_SECTIONS = tuple(dict.fromkeys(name.partition(".")[0] for name in SETTINGS if "." in name))


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """What could be read of a file."""

    settings: Settings
    problems: tuple[str, ...] = ()
    """All that is wrong with it, each one line: the place in the file, what is wrong, the near word."""


def load(path: Path, defaults: Settings = _DEFAULTS) -> Loaded:
    """Read the settings; the defaults where there is no such file, and for what is wrong in it.

    A key that resembles one of ours is a fault; a key that resembles none is a newer version's, passed over
    with a line in the log, so that a box that went back a version still starts.

    Args:
        path: the file.
        defaults: what applies where the file says nothing; its operators where the file has none.
    """
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Loaded(settings=defaults)
    except (OSError, ValueError, RecursionError) as error:
        return Loaded(settings=defaults, problems=(str(error) or type(error).__name__,))
    reader = _Reader()
    settings = reader.settings(document, defaults)
    return Loaded(settings=settings, problems=tuple(reader.problems))


@dataclass
class _Reader:
    """Turns a document into settings and notes every fault on the way."""

    problems: list[str] = field(default_factory=list)

    def settings(self, document: Mapping[str, object], defaults: Settings) -> Settings:
        plain = {name: rule for name, rule in SETTINGS.items() if "." not in name}
        self._strangers(document, (*plain, *_SECTIONS, "source"), "")
        read = self._sound(document, plain, "")
        for section in _SECTIONS:
            read[section] = replace(getattr(defaults, section), **self._section(document, section))
        if "source" in document:
            read["sources"] = self._sources(document["source"])
        return replace(defaults, **read)  # type: ignore[arg-type]

    def _section(self, document: Mapping[str, object], section: str) -> dict[str, object]:
        table = document.get(section, {})
        if not isinstance(table, dict):
            self.problems.append(f"{section}: written as [{section}] expected")
            return {}
        start = f"{section}."
        rules = {name.removeprefix(start): rule for name, rule in SETTINGS.items() if name.startswith(start)}
        self._strangers(table, rules, start)
        return self._sound(table, rules, start)

    def _sources(self, rows: object) -> tuple[Source, ...]:
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            self.problems.append("source: written as [[source]] expected")
            return ()
        sources: dict[SourceId, Source] = {}
        for index, row in enumerate(rows, start=1):
            source = self._source(row, f"source[{index}].")
            if source is not None and source.id in sources:
                self.problems.append(f"source[{index}].id: {source.id!r} is there already")
            elif source is not None:
                sources[source.id] = source
        return tuple(sources.values())

    def _source(self, row: Mapping[str, object], place: str) -> Source | None:
        self._strangers(row, (*SOURCE, *SECRETS), place)
        self.problems.extend(
            f"{place}{name}: secrets are not kept in this file; take it out, and enter it on the screen"
            for name in SECRETS
            if name in row
        )
        texts = {name: str(value).strip() for name, value in self._sound(row, SOURCE, place).items()}
        self.problems.extend(f"{place}{name}: missing" for name in REQUIRED if name not in row)
        if any(name not in texts for name in REQUIRED):
            return None
        name = SourceId(texts.pop("id"))
        return Source(**{"name": name, **texts}, id=name)

    def _sound(self, table: Mapping[str, object], rules: Mapping[str, Rule], place: str) -> dict[str, object]:
        """The values of a table that are as they should be; the others become problems."""
        faults = {name: rule(table[name]) for name, rule in rules.items() if name in table}
        self.problems.extend(f"{place}{name}: {fault}" for name, fault in faults.items() if fault)
        return {name: table[name] for name, fault in faults.items() if not fault}

    def _strangers(self, table: Mapping[str, object], known: Collection[str], place: str) -> None:
        for name in sorted(table.keys() - known):
            near = get_close_matches(name.lower(), known, n=1)
            if near:
                self.problems.append(f"{place}{name}: no such setting, did you mean {near[0]!r}?")
            else:
                log.warning("setting passed over name=%s%s", place, name)
