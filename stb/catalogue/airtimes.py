"""When programmes are really on: what guides say of beginnings and ends, put right."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import chain, pairwise

from stb.model import Programme

DAY = 86_400
LONGEST = DAY
"""Seconds; what is said to be longer is over after that."""
UNSAID = 6 * 3_600
"""Seconds for which a programme lasts at the most whose end nobody says."""


def put_right(programmes: Iterable[Programme]) -> tuple[Programme, ...]:
    """Programmes of one channel in order of time, each with an end and none while another one is on.

    Of several that begin at the same moment the last one told stays; what overlaps the next one is cut there.
    A gap stays a gap.
    """
    by_start = {programme.start: programme for programme in programmes}
    return tuple(ended(by_start[start] for start in sorted(by_start)))


def ended(ordered: Iterable[Programme]) -> Iterator[Programme]:
    """The same of what is in order already; reads no further than it is asked."""
    for programme, following in pairwise(chain(ordered, (None,))):
        if programme is not None:
            stop = end(programme.start, programme.stop, following.start if following else None)
            yield programme._replace(stop=stop)


def end(start: int, said: int | None, following: int | None) -> int:
    """When a programme ends, given what is said of that and when the next one begins."""
    stop = min(said, start + LONGEST) if said is not None and said > start else start + UNSAID
    return stop if following is None else min(stop, following)


def beside(first: Iterable[Programme], second: Iterable[Programme]) -> tuple[Programme, ...]:
    """Two guides as one: the second one fills the gaps of the first. Both in order of time, with ends."""
    known = tuple(first)
    if not known:
        return tuple(second)
    starts = [programme.start for programme in known]
    found = list(known)
    for programme in second:
        place = bisect_right(starts, programme.start)
        free = place == 0 or (known[place - 1].stop or 0) <= programme.start
        if free and (place == len(starts) or starts[place] > programme.start):
            following = starts[place] if place < len(starts) else None
            found.append(programme._replace(stop=end(programme.start, programme.stop, following)))
    return tuple(sorted(found, key=lambda programme: programme.start))
