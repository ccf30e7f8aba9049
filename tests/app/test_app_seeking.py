"""What the box's own lists may not have is looked for at the operator, when the viewer stops typing."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from stb.app import closer
from stb.app.effects import AskToSeek, Effect, KeepFinds, KeepSorting, LookClosely, SetAlarm
from stb.app.finding import with_finds
from stb.app.seeking import ANSWER_SECONDS, PAUSE_SECONDS
from stb.app.state import State
from stb.app.step import step
from stb.catalogue import Library
from stb.catalogue.search import Found
from stb.messages import (
    Alarm,
    AlarmRang,
    DetailsReady,
    FindsKept,
    LookAt,
    LookFor,
    Message,
    OperatorFound,
    SortShelf,
)
from stb.model import (
    Film,
    FilmDetails,
    FilmId,
    FilmRef,
    Query,
    Series,
    SeriesId,
    SeriesRef,
    Sorting,
    SourceId,
)
from stb.providers import Offer

RAIN, RAINY = Query(text="rain"), Query(text="rainy")
PAUSED = AlarmRang(Alarm.LOOK_FOR)
SOON = SetAlarm(Alarm.LOOK_FOR, PAUSE_SECONDS)
FOUND = OperatorFound(RAIN)


def after(*messages: Message, now: float = 100.0) -> State:
    state = State()
    for message in messages:
        state, _ = step(state, message, now)
    return state


def effects(state: State, message: Message, now: float = 100.0) -> tuple[Effect, ...]:
    return step(state, message, now)[1]


def test_the_operator_is_asked_when_nothing_more_is_typed() -> None:
    assert effects(after(), LookFor(RAIN)) == (SOON,)
    assert effects(after(LookFor(RAIN)), LookFor(RAINY)) == (SOON,)
    assert effects(after(LookFor(RAIN), LookFor(RAINY)), PAUSED) == (AskToSeek(RAINY),)


def test_what_it_found_is_known_and_not_asked_for_again() -> None:
    state = after(LookFor(RAIN), PAUSED, FOUND)
    assert state.sought == FOUND
    assert effects(state, LookFor(RAIN)) == ()
    assert effects(state, PAUSED) == ()


def test_a_slow_operator_is_asked_one_question_at_a_time_and_then_the_newest() -> None:
    typing = after(LookFor(RAIN), PAUSED, LookFor(RAINY))
    assert effects(typing, PAUSED) == ()
    answered, asked = step(typing, FOUND, 101.0)
    assert asked == (SOON,)
    assert effects(answered, PAUSED) == (AskToSeek(RAINY),)


def test_a_question_that_was_lost_keeps_no_other_from_being_asked() -> None:
    typing = after(LookFor(RAIN), PAUSED, LookFor(RAINY))
    assert effects(typing, PAUSED, 100.0 + ANSWER_SECONDS) == (AskToSeek(RAINY),)


def test_the_order_of_a_shelf_is_kept_beside_those_of_others_and_asked_for() -> None:
    best = Query(shelf="films", category="Drama", sorting=Sorting.RATING)
    state, asked = step(State(sortings={"series": Sorting.NAME}), SortShelf(best), 100.0)
    assert state.sortings == {"series": Sorting.NAME, "films": Sorting.RATING}
    assert asked == (KeepSorting("films", Sorting.RATING), SOON)
    assert effects(state, PAUSED) == (AskToSeek(best),)


SOURCE = SourceId("home")
READ, NEW = (Film(ref=FilmRef(SOURCE, FilmId(name)), name=f"Rain {name}", link=name) for name in "12")
SOAP = Series(ref=SeriesRef(SOURCE, SeriesId("3")), name="Rainy days", link="3")


class Operator:
    """Finds two films and a series, whatever is looked for."""

    offers = frozenset({Offer.LIBRARY, Offer.SEARCH})

    def seek(self, _query: Query) -> tuple[Film | Series, ...]:
        return (NEW, READ, SOAP)

    def film(self, film: Film) -> FilmDetails:
        return FilmDetails(film=film)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "library.db"


@pytest.fixture
def library(path: Path) -> Iterator[Library]:
    with Library(path) as library:
        library.replace_films(SOURCE, [READ], [])
        library.note_whole(SOURCE, whole=False)
        yield library


def ask(library: Library) -> Message | None:
    job = closer.seek(Operator(), library, SOURCE, RAIN)  # type: ignore[arg-type] # all that is asked of one
    return job() if job else None


def test_what_the_operator_found_stands_behind_what_the_box_did_once(library: Library) -> None:
    message = ask(library)
    assert message == OperatorFound(RAIN, (NEW, READ, SOAP))
    found = with_finds(Found(films=(READ,)), message.found)
    assert (found.films, found.series) == ((READ, NEW), (SOAP,))


def test_it_is_put_into_the_library(library: Library, path: Path) -> None:
    assert effects(after(), OperatorFound(RAIN, (NEW, SOAP))) == (KeepFinds((NEW, SOAP)),)
    assert closer.keep(SOURCE, (NEW, READ, SOAP), path)() == FindsKept()
    assert library.film(NEW.ref) == NEW
    assert library.one_series(SOAP.ref) == SOAP


def test_it_can_be_looked_at_while_the_library_is_read_and_takes_nothing(library: Library) -> None:
    state = after(LookFor(RAIN), PAUSED, OperatorFound(RAIN, (NEW, SOAP)))
    assert effects(state, LookAt(SOAP.ref)) == (LookClosely(SOAP.ref, SOAP),)
    told = closer.details(Operator(), library, LookClosely(NEW.ref, NEW))()  # type: ignore[arg-type]
    assert told == DetailsReady(NEW.ref, FilmDetails(film=NEW))


def test_a_library_that_has_all_is_not_looked_for_elsewhere(library: Library) -> None:
    library.note_whole(SOURCE, whole=True)
    assert ask(library) is None


DRAMA = Query(shelf="films", category="Drama")
SECOND = replace(DRAMA, part=1)
FURTHER = LookFor(DRAMA, further=True)


def test_what_follows_is_looked_for_part_by_part_until_there_is_nothing_new() -> None:
    first = (LookFor(DRAMA), PAUSED, OperatorFound(DRAMA, (READ,)))
    assert effects(after(*first), FURTHER) == (SOON,)
    assert effects(after(*first, FURTHER), PAUSED) == (AskToSeek(SECOND),)
    waiting = after(*first, FURTHER, PAUSED)
    assert effects(waiting, FURTHER) == (), "the second part is waited for"
    assert effects(waiting, OperatorFound(SECOND, (NEW,))) == (KeepFinds((NEW,)),)
    third = after(*first, FURTHER, PAUSED, OperatorFound(SECOND, (NEW,)), FURTHER)
    assert effects(third, PAUSED) == (AskToSeek(replace(DRAMA, part=2)),)


@pytest.mark.parametrize("found", [(), (READ,)], ids=["nothing", "the same once more"])
def test_what_has_no_further_part_is_asked_for_none(found: tuple[Film, ...]) -> None:
    first = (LookFor(DRAMA), PAUSED, OperatorFound(DRAMA, (READ,)), FURTHER, PAUSED)
    assert effects(after(*first), OperatorFound(SECOND, found)) == ()
    assert effects(after(*first, OperatorFound(SECOND, found)), FURTHER) == ()


def test_of_what_was_not_asked_for_yet_the_first_part_is() -> None:
    assert effects(after(FURTHER), PAUSED) == (AskToSeek(DRAMA),)
    assert effects(after(LookFor(RAIN), PAUSED, FOUND, FURTHER), PAUSED) == (AskToSeek(DRAMA),)
