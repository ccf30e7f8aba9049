"""Trying an operator before it is used, one step at a time; each blocks, and a worker does it."""

import logging
import socket
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

from stb.errors import Unreachable
from stb.messages import Checked, CheckStep
from stb.model import AccountStatus, Failure, Identity, Source
from stb.providers import Provider, open_provider

_log = logging.getLogger(__name__)

CONNECT_SECONDS = 5.0
_FOUND = {
    AccountStatus.ACTIVE: "check.active",
    AccountStatus.EXPIRED: "check.expired",
    AccountStatus.DISABLED: "check.disabled",
    AccountStatus.UNREGISTERED: "check.unregistered",
}
_LET_IN = (AccountStatus.ACTIVE, AccountStatus.EXPIRED)
"""Others are given no lists, and that is no fault."""
_ADVICE = {
    CheckStep.ADDRESS: "check.bad_address",
    CheckStep.NAME: "check.no_name",
    CheckStep.PORT: "check.no_port",
}
"""What to do about a step that failed, where the step says it better than the error."""


def check(trial: int, step: CheckStep, source: Source, identity: Identity, folder: Path) -> Checked:
    """Do one step.

    Raises:
        StbError: it failed; `failed` says it to the viewer.
    """
    with closing(open_provider(source, identity, folder)) as provider:
        result = _result(trial, step, provider)
    _log.info("operator tried step=%s found=%s count=%d", step, result.found, result.count)
    return result


def failed(trial: int, step: CheckStep, failure: Failure) -> Checked:
    """A step that did not work, with what the viewer can do about it."""
    advice = _ADVICE.get(step, failure.advice)
    return Checked(trial, step, Failure(kind=failure.kind, advice=advice, words=failure.words))


def _result(trial: int, step: CheckStep, provider: Provider) -> Checked:
    match step:
        case CheckStep.ADDRESS:
            pass  # a provider was made of it
        case CheckStep.NAME:
            _look_up(provider)
        case CheckStep.PORT:
            _connect(provider)
        case CheckStep.SIGN_IN:
            return Checked(trial, step, found=_FOUND[provider.sign_in().status])
        case CheckStep.LISTS:
            return _lists(trial, provider)
    return Checked(trial, step)


def _look_up(provider: Provider) -> None:
    host, _ = _server(provider)
    try:
        socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Unreachable(f"{host}: no such name") from error


def _connect(provider: Provider) -> None:
    host, port = _server(provider)
    try:
        socket.create_connection((host, port), CONNECT_SECONDS).close()
    except (OSError, UnicodeError) as error:
        raise Unreachable(f"{host}:{port}: nothing listens there") from error


def _server(provider: Provider) -> tuple[str, int]:
    parts = urlsplit(provider.address)
    return parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)


def _lists(trial: int, provider: Provider) -> Checked:
    step = CheckStep.LISTS
    if provider.sign_in().status not in _LET_IN:
        return Checked(trial, step, found="check.lists_later")
    count = sum(1 for _ in provider.items())
    return Checked(trial, step, found="check.lists", count=count)
