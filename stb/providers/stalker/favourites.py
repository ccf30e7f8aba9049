"""The favourites that a portal keeps: one list, replaced as a whole. Pure.

Whoever writes it writes all of it, so what another box or the operator's own pages put there meanwhile must
be in what is written.
"""

from collections.abc import Sequence

from stb.providers.stalker.wire import fields, identifier, listed

_LIST = (list, dict)


def favourite_ids(js: object) -> tuple[str, ...] | None:
    """The ids in the viewer's order; None where the answer is no list, which is not the same as none."""
    if isinstance(js, dict) and "data" in js:
        js = js["data"]
    if not isinstance(js, _LIST):
        return None
    found = (
        identifier(fields(row).get("id")) if isinstance(row, dict) else identifier(row) for row in listed(js)
    )
    return tuple(dict.fromkeys(filter(None, found)))


def merged(base: Sequence[str], mine: Sequence[str], theirs: Sequence[str]) -> tuple[str, ...]:
    """What is to be written: what changed here, done to what is there now.

    Args:
        base: what was there when this box last looked.
        mine: what the viewer made of that.
        theirs: what is there now.

    Returns:
        Without what the viewer took away; with all else of theirs and all of mine. In the viewer's order if
        the list is as it was, else in theirs with what is new at its end.
    """
    gone = set(base) - set(mine)
    if tuple(base) == tuple(theirs):
        return tuple(dict.fromkeys(mine))
    kept = [name for name in theirs if name not in gone]
    new = [name for name in mine if name not in set(base)]
    return tuple(dict.fromkeys((*kept, *new)))
