"""Which channels of a guide are channels of an operator, by their names alone; for those that no id tells."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from stb.catalogue.naming import SURE, TYPO, Sense, country_of, likeness, sense, sense_of_id
from stb.model import Channel, ChannelRef

_BY_ID = 0.97
"""What a name is worth that was read out of an id."""
_HOUR = 3600


@dataclass(frozen=True, slots=True)
class Assignment:
    """A guide's channel that is most likely an operator's."""

    station: str
    """`GuideChannel.id`."""
    score: float
    """How likely, 0 to 1."""
    shift: int
    """Seconds by which the channel is later."""


class Alike:
    """An operator's channels by what their names say; guide channels come and are held against them."""

    def __init__(self) -> None:
        """Nothing is known yet."""
        self._refs: dict[Sense, list[tuple[ChannelRef, float]]] = {}
        self._joined: dict[tuple[str, ...], dict[str, list[Sense]]] = {}
        """Senses by their numbers, then by their letters."""
        self._near: dict[tuple[object, ...], list[str]] = {}
        """Letters by their numbers, how many words they are, and the first of them."""
        self._best: dict[ChannelRef, Assignment] = {}

    def add(self, channel: Channel) -> None:
        """Have a channel looked for, under each of its names."""
        for said, worth in senses_of(channel):
            refs = self._refs.setdefault(said, [])
            if not refs:
                self._add_sense(said)
            refs.append((channel.ref, worth))

    def _add_sense(self, said: Sense) -> None:
        by_letters = self._joined.setdefault(said.numbers, {})
        if said.joined not in by_letters:
            self._near.setdefault(_kind(said), []).append(said.joined)
        by_letters.setdefault(said.joined, []).append(said)

    def hold(self, identifier: str, names: Iterable[str]) -> tuple[ChannelRef, ...]:
        """Hold a guide's channel against all; those that it may be."""
        found: dict[ChannelRef, Assignment] = {}
        for offered, worth in senses_of_station(identifier, names):
            for wanted in self._like(offered):
                for ref, weight in self._refs[wanted]:
                    one = _held(identifier, wanted, offered, min(worth, weight))
                    if one.score >= SURE and one.score > _score(found.get(ref)):
                        found[ref] = one
        for ref, assignment in found.items():
            if assignment.score > _score(self._best.get(ref)):
                self._best[ref] = assignment
        return tuple(found)

    @property
    def best(self) -> Mapping[ChannelRef, Assignment]:
        """Of what was held against them so far, the likeliest of each channel; of several the first."""
        return self._best

    def _like(self, offered: Sense) -> Iterator[Sense]:
        """The senses that may be likely enough: of the same letters, or nearly."""
        by_letters = self._joined.get(offered.numbers, {})
        yield from by_letters.get(offered.joined, ())
        near = self._near.get(_kind(offered), ()) if offered.words else ()
        for letters, _, _ in process.extract(
            offered.joined, near, scorer=fuzz.ratio, score_cutoff=TYPO, limit=10
        ):
            if letters != offered.joined:
                yield from by_letters[letters]


def senses_of(channel: Channel) -> tuple[tuple[Sense, float], ...]:
    """What the names of an operator's channel say, and what each is worth, 0 to 1."""
    country = country_of(channel.guide_id, channel.group)
    said = [(sense(name), 1.0) for name in (channel.guide_name, channel.name) if name]
    if channel.guide_id:
        said.append((sense_of_id(channel.guide_id), _BY_ID))
    return tuple((_of(one, country), worth) for one, worth in said if one.words or one.numbers)


def senses_of_station(identifier: str, names: Iterable[str]) -> tuple[tuple[Sense, float], ...]:
    """The same of a guide's channel."""
    country = country_of(identifier)
    said = [*((sense(name), 1.0) for name in names), (sense_of_id(identifier), _BY_ID)]
    return tuple((_of(one, country), worth) for one, worth in said if one.words)


def match(channel: Channel, identifier: str, names: Iterable[str]) -> Assignment:
    """How likely a guide's channel is this one, however unlikely."""
    offered = senses_of_station(identifier, names)
    every = (
        _held(identifier, wanted, one, min(worth, weight))
        for wanted, weight in senses_of(channel)
        for one, worth in offered
    )
    unlikely = Assignment(identifier, 0.0, 0)
    return max((unlikely, *every), key=_score)


def _held(station: str, wanted: Sense, offered: Sense, worth: float) -> Assignment:
    """How likely a guide's channel is the wanted one, by one name of each."""
    score = round(likeness(wanted, offered) * worth, 4)
    return Assignment(station, score, (wanted.later - offered.later) * _HOUR)


def _kind(said: Sense) -> tuple[object, ...]:
    return said.numbers, len(said.words), said.joined[:1]


def _score(assignment: Assignment | None) -> float:
    return assignment.score if assignment else 0.0


def _of(said: Sense, country: str) -> Sense:
    """From this country, where the name does not say."""
    if said.country or not country:
        return said
    return Sense(said.words, said.numbers, country, said.later, said.fillers)
