"""What the libraries below raise, as errors of ours: their own texts repeat addresses with secrets."""

import ssl
from collections.abc import Iterator
from http.client import HTTPException
from socket import gaierror

import requests
from requests.exceptions import ChunkedEncodingError, Timeout
from urllib3.exceptions import HTTPError, ProtocolError

from stb.errors import NotYetValid, ProviderError, Unreachable, Untrusted
from stb.model import Certificate, Distrust, SourceId
from stb.net.redaction import redacted
from stb.net.trust import Distrusted

BELOW = (OSError, HTTPError, HTTPException, ValueError)
"""All that comes up from there."""
_TROUBLES: tuple[tuple[type[BaseException], type[ProviderError], str], ...] = (
    (ssl.SSLCertVerificationError, Untrusted, "its certificate is not to be trusted"),
    (gaierror, Unreachable, "no such name"),
    (ConnectionRefusedError, Unreachable, "nothing listens there"),
    (TimeoutError, Unreachable, "no answer in time"),
    (Timeout, Unreachable, "no answer in time"),
    (ssl.SSLError, Unreachable, "no TLS spoken there"),
    (ChunkedEncodingError, Unreachable, "answer cut off"),
    (ProtocolError, Unreachable, "no HTTP spoken there, or cut off"),
    (ValueError, Unreachable, "not an address"),
    (Exception, Unreachable, "connection failed"),
)
"""What the library below meets, in the order of how much it says: the first row that fits is told."""


def trouble(
    error: Exception, address: str, source: SourceId, *, knows_time: bool
) -> tuple[ProviderError, BaseException | None]:
    """What one of `BELOW` means, and the root of it where that may be shown.

    Args:
        error: what came up.
        address: who was asked.
        source: whose server it is.
        knows_time: whether the machine's clock was set.
    """
    chain = tuple(_chain(error))
    kind, text = next(
        (kind, text) for below, kind, text in _TROUBLES if any(isinstance(link, below) for link in chain)
    )
    text = f"{redacted(address)}: {text}"
    root = chain[-1]
    told = isinstance(root, OSError) and not isinstance(root, requests.RequestException)
    shown = next((link.certificate for link in chain if isinstance(link, Distrusted)), None)
    met = (
        kind(text, source=source) if shown is None else _untrusted(text, shown, source, knows_time=knows_time)
    )
    return met, root if told else None


def _untrusted(text: str, shown: Certificate, source: SourceId, *, knows_time: bool) -> Untrusted:
    text = f"{text} reason={shown.reason} sha256={shown.fingerprint}"
    if shown.reason is Distrust.NOT_YET_VALID and not knows_time:
        return NotYetValid(text, source=source, certificate=shown)
    return Untrusted(text, source=source, certificate=shown)


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
