"""Full-text search: what is asked of an index, and which of what it finds comes first."""

import sqlite3
from collections.abc import Iterable
from unicodedata import bidirectional

from stb.catalogue.folding import folded
from stb.catalogue.indexing import Index

_MOST_WORDS = 8
_LONGEST = 200
"""Characters of a text that are looked for."""
_MOST = 100
"""Rows of an index that are looked at: enough to choose the best from, few enough to be quick."""
_ARTICLE = "ال"
_STEM = 2
"""Letters of a word at the least that stand behind an article."""


def matches(
    connection: sqlite3.Connection, index: Index, text: str, limit: int, *, whole: bool = False
) -> list[tuple[int, str]]:
    """Keys and names of the rows whose words begin with those of a text, the best first.

    Best is what is called just so, then what begins so, then what has the very words; then the order in which
    the index has them.

    Args:
        connection: to the file.
        index: what is looked through.
        text: as somebody typed it, anything at all.
        limit: how many at the most.
        whole: only those that have the very words.
    """
    words, expressions = asked(text)
    table, key = index.table, f"{index.table}.{index.key}"
    question = (
        f"SELECT {key}, {table}.name FROM {index.name} JOIN {table} ON {key} = {index.name}.rowid"  # noqa: S608
        f" WHERE {index.name} MATCH ? LIMIT {_MOST}"
    )
    found: dict[int, str] = {}
    for expression in expressions[:1] if whole else expressions:
        found |= dict(connection.execute(question, (expression,)).fetchall())
    return sorted(found.items(), key=lambda row: rank(folded(row[1]), words))[:limit]


def asked(text: str) -> tuple[str, tuple[str, ...]]:
    """What somebody is looking for, folded, and what an index is asked for it; nothing without a word.

    The very words come first: what has them may be too far down among all that has words that begin so.
    """
    words = folded(text[:_LONGEST]).split()[:_MOST_WORDS]
    return " ".join(words), tuple(_expression(words, ending) for ending in ("", "*") if words)


def _expression(words: Iterable[str], ending: str) -> str:
    """In the language of FTS5. Words have no quotes in them, so nothing typed is taken for syntax."""
    return " AND ".join(
        "(" + " OR ".join(f'"{form}"{ending}' for form in _forms(word)) + ")" for word in words
    )


def _forms(word: str) -> tuple[str, ...]:
    """An Arabic word with its article and without."""
    if bidirectional(word[0]) != "AL":
        return (word,)
    bare = word.removeprefix(_ARTICLE)
    return (word, bare) if bare != word and len(bare) >= _STEM else (word, _ARTICLE + word)


def rank(name: str, text: str) -> int:
    """The place of a name among all that have the words of a text, both folded; the best have 0."""
    if name.startswith(text):
        return 0 if name == text else 1 if name[len(text)] == " " else 2
    return 3 if set(text.split()) <= set(name.split()) else 4
