"""The news of an AlKarma answer, row by row. Pure; one bad row costs that message and not the rest."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from stb.model import NewsId, NewsItem, NewsRef, SourceId
from stb.providers.decoding import identifier, moment, paragraphs, words

_LONGEST_BODY = 8000
"""Characters; more than anyone reads on a television."""
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


def news_list(rows: Sequence[object], source: SourceId) -> tuple[NewsItem, ...]:
    """Read the rows of ``data.news``: newest first, undated ones last.

    Args:
        rows: what the server sent, of any shape.
        source: whose news they are.
    """
    items: dict[NewsRef, NewsItem] = {}
    for item in _readable(rows, source):
        items.setdefault(item.ref, item)
    return tuple(sorted(items.values(), key=lambda item: item.created or _LONG_AGO, reverse=True))


def _readable(rows: Sequence[object], source: SourceId) -> Iterator[NewsItem]:
    for row in rows:
        if not isinstance(row, dict):
            continue
        name = identifier(row.get("id"))
        title, body = words(row.get("title")), paragraphs(row.get("body"), _LONGEST_BODY)
        if name and (title or body):
            yield NewsItem(
                ref=NewsRef(source, NewsId(name)),
                title=title or words(body),
                body=body,
                created=moment(row.get("created_at")),
            )
