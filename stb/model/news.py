"""What an operator tells all its viewers."""

from dataclasses import dataclass
from datetime import datetime

from stb.model.ids import NewsRef


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsItem:
    """One message of an operator."""

    ref: NewsRef
    title: str
    """One line; never empty."""
    body: str = ""
    """Paragraphs, a line each, perhaps with empty lines between them; empty where the title says it all."""
    created: datetime | None = None
    """When it was written, aware; None where the operator does not say."""
