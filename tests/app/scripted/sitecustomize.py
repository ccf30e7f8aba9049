"""Read by every Python that finds this folder: gives a refresh process an operator that follows a script.

`STB_SCRIPT` names the script, in JSON: ``channels``, ``films``, ``series`` and ``programmes`` are counts,
``revision`` is that of the guide, ``editions`` of the lists, ``sized`` tells how far the films are, ``fails``
names a verb that raises, ``hangs`` one that never ends once it has begun: it makes the file
``hanging`` beside the script.
"""

import json
import os
import time
from pathlib import Path

from stb.errors import Unreachable
from stb.model import (
    Account,
    AccountStatus,
    Channel,
    ChannelId,
    ChannelRef,
    Film,
    FilmId,
    FilmRef,
    GuideChannel,
    Programme,
    Series,
    SeriesId,
    SeriesRef,
)
from stb.net import headway
from stb.providers import PROVIDERS, Offer

HOUR = 3600
SCRIPT = Path(os.environ["STB_SCRIPT"])


class Book:
    """A guide: the programmes of channel 1, an hour each, from this hour on."""

    lost = 0

    def __init__(self, script, source):
        self.revision = script["revision"]
        self._script = script
        self._source = source

    def __iter__(self):
        now = int(time.time()) // HOUR * HOUR
        yield GuideChannel(id="one")
        for number in range(self._script["programmes"]):
            start = now + number * HOUR
            yield Programme(channel="one", start=start, title=f"{self.revision} {number}")
        following(self._script, "guide", self._source)


class Scripted:
    """An operator without a network."""

    offers = frozenset({Offer.LIBRARY, Offer.GUIDE})
    address = "http://script.example"

    def __init__(self, access):
        self._source = access.source.id
        self._script = json.loads(SCRIPT.read_text())
        if "editions" in self._script:
            self.offers |= {Offer.EDITIONS}

    def fetch(self, shelf=None):
        return self._script["editions"][shelf or "channels"]

    def sign_in(self):
        following(self._script, "sign_in", self._source)
        return Account(status=AccountStatus.ACTIVE, revision="r1")

    def items(self):
        for number in range(1, self._script["channels"] + 1):
            ref = ChannelRef(self._source, ChannelId(str(number)))
            yield Channel(ref=ref, number=number, name=f"Channel {number}", link="x", guide_id="one")
        following(self._script, "items", self._source)

    def categories(self, shelf):
        return (shelf.value,)

    def films(self):
        headway(1, 2 if self._script.get("sized") else 0)
        for number in range(self._script["films"]):
            yield Film(ref=FilmRef(self._source, FilmId(str(number))), name="A film", link="x")
        following(self._script, "films", self._source)

    def series(self):
        for number in range(self._script["series"]):
            yield Series(ref=SeriesRef(self._source, SeriesId(str(number))), name="A series")
        following(self._script, "series", self._source)

    def guide(self, have=""):
        return None if have == self._script["revision"] else Book(self._script, self._source)

    def close(self):
        pass


def following(script, verb, source):
    """What the script says of a verb."""
    if script.get("fails") == verb:
        raise Unreachable("no route", source=source)
    if script.get("hangs") == verb:
        niced = os.getpriority(os.PRIO_PROCESS, 0)
        SCRIPT.with_name("hanging").write_text(f"{os.getpid()} {niced}")
        time.sleep(3600)


PROVIDERS["scripted"] = Scripted
