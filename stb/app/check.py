"""Trying an operator before it is used: what each step showed, and what to do where it failed."""

import logging
from dataclasses import replace
from pathlib import Path

from stb.app.attempt import Attempt
from stb.app.effects import Check
from stb.app.keeping import password_of
from stb.errors import BadReply, LoginRefused, NoSuchItem, SettingsError, StbError, Unreachable
from stb.messages import Checked, CheckStep
from stb.model import Failure, Identity
from stb.settings.vault import Vault

_log = logging.getLogger(__name__)

_FIRST = next(iter(CheckStep))
_ADVICE = {
    (CheckStep.ADDRESS, SettingsError.__name__): "check.bad_address",
    (CheckStep.ADDRESS, Unreachable.__name__): "check.no_name",
    (CheckStep.PORT, Unreachable.__name__): "check.no_port",
    (CheckStep.SIGN_IN, LoginRefused.__name__): "check.bad_login",
    (CheckStep.LISTS, BadReply.__name__): "check.bad_lists",
    (CheckStep.LISTS, NoSuchItem.__name__): "check.bad_lists",
}
"""What to do about a step that failed, where the step says it better than the error."""
_ANY_ADVICE = {
    CheckStep.LINK: "check.no_link",
    CheckStep.FIRST_BYTES: "check.no_bytes",
    CheckStep.GUIDE: "check.no_guide",
}
"""As above, whatever the error."""


def failed(trial: int, step: CheckStep, failure: Failure) -> Checked:
    """A step that did not work, with what the viewer can do about it."""
    advice = _ADVICE.get((step, failure.kind)) or _ANY_ADVICE.get(step)
    if advice and not failure.certificate:
        failure = replace(failure, advice=advice)
    return Checked(trial, step, failure)


def attempted(trial: int, step: CheckStep, attempt: Attempt) -> Checked:
    """Do a step of an attempt; what came of it as a message, also where it failed."""
    try:
        found = attempt.do(step)
    except StbError as error:
        return failed(trial, step, error.failure)
    if found is None:
        return Checked(trial, step, applies=False)
    return Checked(trial, step, found=found.says, count=found.number)


class Attempts:
    """What the viewer tries, one operator at a time; its steps are done by workers, one after the other."""

    def __init__(self, identity: Identity, vault: Vault, folder: Path) -> None:
        """Try nobody yet.

        Args:
            identity: who asks.
            vault: where the password is that was not typed again.
            folder: where what is fetched may lie.
        """
        self._identity = identity
        self._vault = vault
        self._folder = folder
        self._attempt: Attempt | None = None

    def do(self, effect: Check) -> Checked:
        """Do one step; the first one begins anew."""
        attempt = self._attempt
        if attempt is None or effect.step is _FIRST:
            password = effect.password or password_of(self._vault, effect.source.id)
            attempt = Attempt(effect.source, self._identity, self._folder, password)
            self.close()
            self._attempt = attempt
        result = attempted(effect.trial, effect.step, attempt)
        if result.failure:
            said = (effect.step, result.failure.kind, result.failure.detail)
            _log.warning("operator tried step=%s kind=%s detail=%s", *said)
        elif result.applies:
            _log.info("operator tried step=%s found=%s count=%d", effect.step, result.found, result.count)
        return result

    def close(self) -> None:
        """Give connections back. Safe to call twice."""
        if self._attempt is not None:
            self._attempt.close()
