"""What is kept of an entry to play it: `Channel.link` and its like, as a text."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from stb.errors import NoSuchItem
from stb.model import Playable, Stream
from stb.providers.m3u.playlist import Entry

_text = json.JSONEncoder().encode


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """An address, how to ask for it, and how for what was on."""

    address: str = field(repr=False)
    headers: dict[str, str] = field(default_factory=dict, repr=False)
    """Names in lower case."""
    mode: str = ""
    """Of catch-up, as `catchup.mode` has it; empty: there is none."""
    source: str = field(default="", repr=False)
    """Of catch-up, with placeholders; empty where the mode needs none."""
    correction: int = 0
    """Seconds by which the operator's archive is off."""

    def written(self) -> str:
        """As a text, without what is empty."""
        said = {name: getattr(self, name) for name in self.__slots__}
        return json.dumps({name: value for name, value in said.items() if value})

    def stream(self, ref: Playable, agent: str = "", address: str = "") -> Stream:
        """To be played, from its own address or from another of the same list.

        Args:
            ref: what it is.
            agent: what the box calls itself where the list says nothing.
            address: the other one.
        """
        others = {
            name: value for name, value in self.headers.items() if name not in {"user-agent", "referer"}
        }
        return Stream(
            ref=ref,
            address=address or self.address,
            user_agent=self.headers.get("user-agent", agent),
            referrer=self.headers.get("referer", ""),
            headers=tuple((name.title(), value) for name, value in others.items()),
        )


def entry_link(entry: Entry) -> str:
    """Of what has no catch-up."""
    return written(entry.address, entry.headers)


def written(address: str, headers: Mapping[str, str]) -> str:
    """As `Link.written`, of what has nothing else."""
    if headers:
        return Link(address=address, headers=dict(headers)).written()
    return f'{{"address": {_text(address)}}}'  # as most have


def read_link(text: str) -> Link:
    """What was `written`.

    Raises:
        NoSuchItem: it is none, or of another version of the box.
    """
    try:
        return Link(**json.loads(text))
    except (ValueError, TypeError, RecursionError) as error:
        raise NoSuchItem("a link of another kind") from error
