"""What went wrong, as a value that messages can carry and screens can show."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self


class Distrust(StrEnum):
    """Why a server's certificate is not to be trusted."""

    SELF_SIGNED = "self_signed"
    EXPIRED = "expired"
    NOT_YET_VALID = "not_yet_valid"
    WRONG_HOST = "wrong_host"
    UNKNOWN_ISSUER = "unknown_issuer"
    CHANGED = "changed"
    """It is another one than the viewer chose to trust."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """A TLS certificate that did not prove whose server it is (RFC 5280)."""

    host: str
    """The server that was asked."""
    reason: Distrust
    subject: str = ""
    """Whom it says it was made out to; anybody may write anything there."""
    expires: int | None = None
    """Last second of its time, since 1970; None where that is not known."""
    fingerprint: str = ""
    """SHA-256 of the whole of it, lower-case hexadecimal; empty where the server did not show it again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """An error after it left the worker that met it."""

    kind: str
    """Class name of the error: ``Unreachable``."""
    advice: str
    """Message id of what the viewer is told: ``error.unreachable``."""
    words: str = ""
    """The operator's own words, where there are any."""
    detail: str = ""
    """One line for the log, without secrets."""
    status: int | None = None
    """HTTP status, where there was one."""
    certificate: Certificate | None = None
    """The one that was not trusted, where that was it."""

    @classmethod
    def of(cls, fields: Mapping[str, Any]) -> Self:
        """Back from what `dataclasses.asdict` and JSON made of one.

        Raises:
            TypeError, ValueError: they made no such thing.
        """
        shown = fields.get("certificate")
        if shown is None:
            return cls(**fields)
        shown = Certificate(**{**shown, "reason": Distrust(shown["reason"])})
        return cls(**{**fields, "certificate": shown})
