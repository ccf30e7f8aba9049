"""Changing a settings file as a text: only what differs changes, not a comment besides. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

import tomlkit
from tomlkit.items import Table

from stb.model import Source
from stb.settings.rules import REQUIRED, SOURCE


def edited(text: str, values: Mapping[str, object], sources: Sequence[Source] | None) -> str:
    """The text with these values in it.

    Args:
        text: a TOML document.
        values: new values by their place: ``sound.output``.
        sources: all operators; None leaves those of the text.

    Raises:
        ValueError: the text is no TOML.
    """
    document = tomlkit.parse(text)
    for place, value in values.items():
        section, _, name = place.rpartition(".")
        _put(_table(document, section) if section else document, name, value)
    if sources is not None:
        _put_sources(document, sources)
    new = tomlkit.dumps(document)
    return new if new == text or new.endswith("\n") else f"{new}\n"


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
    old = rows if isinstance(rows, list) else []
    by_id = {str(row.get("id")): row for row in reversed(old) if isinstance(row, Mapping)}
    new = [_row(by_id.get(source.id), source) for source in sources]
    if (old or rows is None) and [id(row) for row in old] == [id(row) for row in new]:
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
