"""Settings from a TOML file: every fault of the file at once, with the word that was probably meant."""

import logging
import tomllib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from pathlib import Path
from typing import TypeVar, cast

from stb.model import GuideSource, Source, SourceId
from stb.settings.rules import GUIDE, GUIDE_REQUIRED, REQUIRED, SECRETS, SETTINGS, SOURCE, Rule
from stb.settings.settings import Settings

log = logging.getLogger(__name__)

_R = TypeVar("_R", Source, GuideSource)

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
    return read(document, defaults)


def read(document: Mapping[str, object], defaults: Settings = _DEFAULTS) -> Loaded:
    """The settings of a document that is TOML; as `load`."""
    reader = _Reader()
    settings = reader.settings(document, defaults)
    return Loaded(settings=settings, problems=tuple(reader.problems))


@dataclass
class _Reader:
    """Turns a document into settings and notes every fault on the way."""

    problems: list[str] = field(default_factory=list)

    def settings(self, document: Mapping[str, object], defaults: Settings) -> Settings:
        plain = {name: rule for name, rule in SETTINGS.items() if "." not in name}
        self._strangers(document, (*plain, *_SECTIONS, "source", "guide"), "")
        read = self._sound(document, plain, "")
        for section in _SECTIONS:
            read[section] = replace(getattr(defaults, section), **self._section(document, section))
        sources, guides = defaults.sources, defaults.guides
        if "source" in document:
            sources = self._rows(document["source"], "source", self._source)
        if "guide" in document:
            guides = self._rows(document["guide"], "guide", self._guide)
        read |= {"sources": sources, "guides": self._apart(sources, guides)}
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

    def _rows(
        self, rows: object, name: str, read: Callable[[Mapping[str, object], str], _R | None]
    ) -> tuple[_R, ...]:
        """The rows of ``[[name]]`` that are as they should be, each id once."""
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            self.problems.append(f"{name}: written as [[{name}]] expected")
            return ()
        found: dict[SourceId, _R] = {}
        for index, row in enumerate(rows, start=1):
            one = read(row, f"{name}[{index}].")
            if one is not None and one.id in found:
                self.problems.append(f"{name}[{index}].id: {one.id!r} is there already")
            elif one is not None:
                found[one.id] = one
        return tuple(found.values())

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

    def _guide(self, row: Mapping[str, object], place: str) -> GuideSource | None:
        self._strangers(row, GUIDE, place)
        said = self._sound(row, GUIDE, place)
        self.problems.extend(f"{place}{name}: missing" for name in GUIDE_REQUIRED if name not in row)
        if any(name not in said for name in GUIDE_REQUIRED):
            return None
        texts = {name: str(said.get(name, said["id"])).strip() for name in ("id", "name", "address")}
        return GuideSource(
            id=SourceId(texts["id"]),
            name=texts["name"],
            address=texts["address"],
            order=cast("int", said.get("order", 1)),
            sources=tuple(cast("list[SourceId]", said.get("sources", []))),
        )

    def _apart(self, sources: Sequence[Source], guides: Sequence[GuideSource]) -> tuple[GuideSource, ...]:
        """Without those that are called like an operator: ``stb refresh ID`` means one of them."""
        taken = {source.id for source in sources}
        self.problems.extend(f"guide: {one.id!r} is an operator" for one in guides if one.id in taken)
        return tuple(one for one in guides if one.id not in taken)

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
