"""Asks an operator what it wants of a box that is on: in a worker's thread."""

import logging
from functools import partial

from stb.app.effects import Attend, Confirm
from stb.app.workers import Job
from stb.messages import Attended, Message
from stb.model import SourceId
from stb.providers.provider import Attending

log = logging.getLogger(__name__)


def heed(provider: Attending, source: SourceId, effect: Attend | Confirm) -> Job:
    """The question; after a confirmation too, since an operator tells one thing at a time."""
    return partial(_heed, provider, source, effect)


def _heed(provider: Attending, source: SourceId, effect: Attend | Confirm) -> Message:
    if isinstance(effect, Confirm):
        provider.confirm(effect.event)
        attention = provider.attend(effect.playing)
    else:
        attention = provider.attend(effect.playing, effect.shown, first=effect.first)
    if event := attention.event:
        log.info("operator event source=%s name=%s id=%s", source, event.name, event.id)
    return Attended(source, attention)
