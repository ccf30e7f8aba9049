"""HTTP as the box speaks it: bounded in time and size, with the box's own errors and no secrets in texts."""

from stb.net.answers import Limits, Opened, Reply
from stb.net.client import USER_AGENT, HttpClient
from stb.net.download import Download, download, refusal
from stb.net.headway import headway, listening
from stb.net.redaction import redacted, redacted_text

__all__ = [
    "USER_AGENT",
    "Download",
    "HttpClient",
    "Limits",
    "Opened",
    "Reply",
    "download",
    "headway",
    "listening",
    "redacted",
    "redacted_text",
    "refusal",
]
