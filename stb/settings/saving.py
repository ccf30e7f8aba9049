"""What the viewer changes goes into the box's file; everything else in it, comments too, stays as it was."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, cast

import tomlkit
from tomlkit.items import Table

from stb.errors import SettingsError
from stb.model import Source
from stb.settings.rules import REQUIRED, SETTINGS, SOURCE
from stb.settings.writing import set_aside, write

log = logging.getLogger(__name__)

_HEAD = "Written by the box; it keeps what you write here. config/stb.toml names every setting."


def save(path: Path, changes: Mapping[str, object]) -> None:
    """Write changes into a settings file, whole or not at all; nothing where nothing differs.

    A file that is no TOML is set aside as ``.damaged``, and a new one begun.

    Args:
        path: the file; it and its folder come to be when they are missing.
        changes: new values by their place in the file: ``{"language": "ar", "sound.output": "jack"}``;
            as ``source`` all operators in the viewer's order, a sequence of `Source`.

    Raises:
        SettingsError: a value breaks its rule, ``.problems`` says all that do, or the disk refuses.
    """
    values = {name: value for name, value in changes.items() if name != "source"}
    sources = cast("Sequence[Source]", changes.get("source", ()))
    if problems := (*_faults(values), *_source_faults(sources)):
        raise SettingsError(str(path), problems=problems)
    document = _read(path)
    before = tomlkit.dumps(document)
    for place, value in values.items():
        section, _, name = place.rpartition(".")
        _put(_table(document, section) if section else document, name, value)
    if "source" in changes:
        _put_sources(document, sources)
    after = tomlkit.dumps(document)
    if after != before or not path.exists():
        write(path, after.encode())


def _faults(values: Mapping[str, object]) -> tuple[str, ...]:
    faults = {
        name: SETTINGS[name](value) if name in SETTINGS else "no such setting"
        for name, value in values.items()
    }
    return tuple(f"{name}: {fault}" for name, fault in faults.items() if fault)


def _source_faults(sources: Sequence[Source]) -> tuple[str, ...]:
    faults = (
        (f"source[{index}].{name}", SOURCE[name](value))
        for index, source in enumerate(sources, start=1)
        for name, value in asdict(source).items()
    )
    return tuple(f"{place}: {fault}" for place, fault in faults if fault)


def _read(path: Path) -> tomlkit.TOMLDocument:
    try:
        return tomlkit.parse(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return _fresh()
    except OSError as error:
        raise SettingsError(f"{path}: {error.strerror}") from error
    except (ValueError, RecursionError):
        log.error("settings damaged, set aside path=%s aside=%s", path, set_aside(path, "damaged"))  # noqa: TRY400
        return _fresh()


def _fresh() -> tomlkit.TOMLDocument:
    document = tomlkit.document()
    document.add(tomlkit.comment(_HEAD))
    return document


def _table(document: tomlkit.TOMLDocument, name: str) -> Any:  # noqa: ANN401 - of tomlkit's several kinds of table
    """The table of a section, made where there is none, or something else in its place."""
    if not isinstance(document.get(name), Mapping):
        document.pop(name, None)
        document.add(name, tomlkit.table())
    return document[name]


def _put(table: Any, name: str, value: object) -> None:  # noqa: ANN401 - as above
    old = table.get(name)
    if type(getattr(old, "unwrap", lambda: old)()) is not type(value) or old != value:
        table[name] = value


def _put_sources(document: tomlkit.TOMLDocument, sources: Sequence[Source]) -> None:
    """Rows that stay keep what they hold besides; a row of an operator that is gone goes with it."""
    rows = document.get("source")
    kept = [row for row in rows if isinstance(row, Mapping)] if isinstance(rows, list) else []
    by_id = {str(row.get("id")): row for row in reversed(kept)}
    new = [_row(by_id.get(source.id), source) for source in sources]
    if kept and len(kept) == len(rows or ()) and [id(row) for row in kept] == [id(row) for row in new]:
        return
    document.pop("source", None)
    if new:
        table = tomlkit.aot()
        for row in new:
            table.append(row)
        document.add("source", table)


def _row(row: Any, source: Source) -> Any:  # noqa: ANN401 - as above
    row = tomlkit.table() if row is None else row
    unsaid = {"name": source.id} | dict.fromkeys(SOURCE.keys() - {"name", *REQUIRED}, "")
    for name, value in asdict(source).items():
        if name in row or unsaid.get(name) != value:
            _put(row, name, value)
    return row if isinstance(row, Table) else tomlkit.item({**row}, _parent=None)
