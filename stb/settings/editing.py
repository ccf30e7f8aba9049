"""Changing a settings file as a text: only what differs changes, not a comment besides. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

import tomlkit
from tomlkit.items import Table

from stb.model import GuideSource, Source
from stb.settings.rules import REQUIRED, SOURCE


def edited(
    text: str,
    values: Mapping[str, object],
    sources: Sequence[Source] | None,
    guides: Sequence[GuideSource] | None = None,
) -> str:
    """The text with these values in it.

    Args:
        text: a TOML document.
        values: new values by their place: ``sound.output``.
        sources: all operators; None leaves those of the text.
        guides: all of the viewer's guides; the same.

    Raises:
        ValueError: the text is no TOML.
    """
    document = tomlkit.parse(text)
    for place, value in values.items():
        section, _, name = place.rpartition(".")
        _put(_table(document, section) if section else document, name, value)
    if sources is not None:
        _put_rows(document, "source", sources)
    if guides is not None:
        _put_rows(document, "guide", guides)
    new = tomlkit.dumps(document)
    return new if new == text or new.endswith("\n") else f"{new}\n"


def emptied(text: str, places: Mapping[tuple[str | int, ...], str]) -> str:
    """The text with other words in these places, where something stands there; the rest to the letter.

    Args:
        text: a TOML document.
        places: the new words by their place: ``("source", 0, "password")``.

    Raises:
        ValueError: the text is no TOML.
    """
    document: Any = tomlkit.parse(text)
    for place, words in places.items():
        *way, name = place
        table = document
        for step in way:
            table = table[step]
        if name in table:
            _put(table, str(name), words)
    return tomlkit.dumps(document)


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


def _put_rows(document: tomlkit.TOMLDocument, name: str, rows: Sequence[Source | GuideSource]) -> None:
    """Rows that stay keep what they hold besides; a row of an operator that is gone goes with it."""
    there = document.get(name)
    old = there if isinstance(there, list) else []
    by_id = {str(row.get("id")): row for row in reversed(old) if isinstance(row, Mapping)}
    new = [_row(by_id.get(one.id), one) for one in rows]
    if (old or there is None) and [id(row) for row in old] == [id(row) for row in new]:
        return
    document.pop(name, None)
    if new:
        table = tomlkit.aot()
        for row in new:
            table.append(row)
        document.add(name, table)


def _row(row: Any, one: Source | GuideSource) -> Any:  # noqa: ANN401 - as above
    row = tomlkit.table() if row is None else row
    unsaid: dict[str, object] = {"name": one.id, "order": 1, "sources": ()}
    unsaid |= dict.fromkeys(SOURCE.keys() - {"name", *REQUIRED}, "")
    for name, value in asdict(one).items():
        if name in row or unsaid.get(name) != value:
            _put(row, name, list(value) if isinstance(value, tuple) else value)
    return row if isinstance(row, Table) else tomlkit.item({**row}, _parent=None)
