"""HTTP as the box speaks it: bounded in time and size, with the box's own errors and no secrets in texts."""

from stb.net.client import HttpClient, Limits, Opened, Reply
from stb.net.redaction import redacted, redacted_text

__all__ = ["HttpClient", "Limits", "Opened", "Reply", "redacted", "redacted_text"]
