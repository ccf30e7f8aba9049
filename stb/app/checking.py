"""``stb check``: an operator tried from a terminal, step by step, with nothing kept and nobody registered."""

import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from stb.app.attempt import Attempt
from stb.app.check import attempted
from stb.i18n import Words
from stb.messages import Checked, CheckStep
from stb.model import Account, Failure, Identity, Source

_NAMES = {
    CheckStep.ADDRESS: "check.address",
    CheckStep.PORT: "check.port",
    CheckStep.TLS: "check.tls",
    CheckStep.SIGN_IN: "check.sign_in",
    CheckStep.LISTS: "check.read",
    CheckStep.LINK: "check.link",
    CheckStep.FIRST_BYTES: "check.first_bytes",
    CheckStep.GUIDE: "check.guide",
}
_COUNTED = ("groups", "channels", "films", "series", "programmes")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Whom to try."""

    source: Source
    identity: Identity
    password: str = field(default="", repr=False)


def check(wish: Wish, tell: Callable[[str], None]) -> Mapping[str, Any]:
    """Try an operator to its first bytes and its guide.

    Args:
        wish: whom.
        tell: hears a line for each step as it goes.

    Returns:
        ``ok``, ``steps`` (each with ``name``, ``ok``, ``detail``), ``account``, ``counts``, ``samples``;
        no secret among them.
    """
    words = Words("en")
    steps: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory(prefix="stb-check-") as folder:
        attempt = Attempt(wish.source, wish.identity, Path(folder), wish.password, whole=True)
        with closing(attempt):
            for result in _results(attempt):
                steps.append(_told(words, result))
                tell(f"{_mark(result)} {words(_NAMES[result.step])}: {steps[-1]['detail']}")
    return {
        "ok": all(step["ok"] for step in steps),
        "steps": steps,
        "account": _account(attempt.account),
        "counts": dict.fromkeys(_COUNTED, 0) | attempt.counts,
        "samples": {name: [] for name in _COUNTED} | attempt.samples,
    }


def _results(attempt: Attempt) -> Iterator[Checked]:
    """Of the steps that apply, until one fails."""
    for step in CheckStep:
        result = attempted(0, step, attempt)
        if result.applies:
            yield result
        if result.failure:
            return


def _mark(result: Checked) -> str:
    return "no" if result.failure else "ok"


def _told(words: Words, result: Checked) -> dict[str, Any]:
    if result.failure:
        detail = _why(words, result.failure)
    else:
        detail = words(result.found, n=result.count) if result.found else words("check.passed")
    return {"name": result.step.value, "ok": result.failure is None, "detail": _plain(detail)}


def _why(words: Words, failure: Failure) -> str:
    """What happened, in the operator's words where there are any, and what can be done."""
    shown = failure.certificate
    certificate = f"{shown.reason} certificate of {shown.subject or shown.host}" if shown else ""
    said = (failure.words, certificate, f"HTTP {failure.status}" if failure.status else "", failure.detail)
    return f"{'; '.join(filter(None, said))}. {words(failure.advice)}"


def _plain(text: str) -> str:
    return text.replace("\N{LEFT-TO-RIGHT MARK}", "")


def _account(account: Account | None) -> Mapping[str, Any]:
    if account is None:
        return {}
    return {
        "status": account.status.value,
        "message": account.message,
        "owner": account.owner,
        "expires": account.expires.isoformat() if account.expires else None,
        "trial": account.trial,
        "connections": account.connections,
        "connected": account.connected,
    }
