"""An operator without activation that does not serve: said, changed, trusted, asked less and less often."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from stb.app.about import about
from stb.app.effects import (
    KeepRefusals,
    KeepSources,
    ReadLists,
    Register,
    Restart,
    SetAlarm,
    SignIn,
    TuneFirst,
)
from stb.app.keeping import PASSWORD, give_up, keep, password_of, prove, unproven
from stb.app.signing import BACKOFF_SECONDS, REFUSED_SECONDS, SETTLED_SECONDS, begin, is_refusal
from stb.app.state import State
from stb.app.step import step
from stb.board.identity import derive
from stb.i18n import Words
from stb.messages import (
    Alarm,
    AlarmRang,
    Open,
    PasswordReverted,
    RefreshFailed,
    ScreenName,
    SignedIn,
    SignInFailed,
    StreamRefused,
    TrySource,
    UseSource,
)
from stb.model import (
    Account,
    AccountStatus,
    Certificate,
    ChannelId,
    ChannelRef,
    Distrust,
    Facts,
    Failure,
    PlayerStatus,
    Source,
    SourceId,
)
from stb.screens.view import Choice
from stb.settings import Vault
from stb.settings.seal import Seal
from stb.settings.settings import Settings

TV = Source(id=SourceId("tv"), kind="xtream", name="TV", address="http://tv.example", user="me")
REF = ChannelRef(TV.id, ChannelId("1"))
NEW = State(activates=False, settings=Settings(sources=(TV,)))
KNOWN = replace(NEW, was_active=True, has_lists=True, lists_revision="r1")
WATCHING = replace(KNOWN, screen=ScreenName.WATCHING, watching=REF, tune=7)
REFUSED = Failure(kind="LoginRefused", advice="error.login_refused", status=404)
SHOWN = Certificate(host="tv.example", reason=Distrust.CHANGED, fingerprint="ab" * 32)
UNTRUSTED = Failure(kind="Untrusted", advice="error.untrusted", certificate=SHOWN)
UNREACHABLE = Failure(kind="Unreachable", advice="error.unreachable")


def after(state, *messages):
    effects = []
    for message in messages:
        state, caused = step(state, message, 100.0)
        effects += caused
    return state, effects


def refused(failure=REFUSED):
    return SignInFailed(TV.id, failure)


def account(status, **fields):
    return SignedIn(TV.id, Account(status=status, **fields))


def asks(effects):
    return [one.seconds for one in effects if isinstance(one, SetAlarm) and one.alarm is Alarm.ASK]


# --- refusals -----------------------------------------------------------------------------------


def test_a_refused_login_is_said_and_can_be_changed():
    state, _ = after(begin(NEW)[0], refused(replace(REFUSED, words="Wrong line.")))
    assert (state.screen, state.notice.title) == (ScreenName.NOTICE, "notice.refused")
    assert (state.notice.words, state.notice.status) == ("Wrong line.", 404)
    assert state.notice.choices == (Choice.CHANGE, Choice.TRY_AGAIN)


def test_a_panel_that_refuses_is_asked_less_and_less_often():
    state, waits, kept = begin(NEW)[0], [], []
    for _ in range(len(REFUSED_SECONDS) + 2):
        state, effects = after(state, refused(), AlarmRang(Alarm.ASK))
        waits += asks(effects)
        kept += [one.count for one in effects if isinstance(one, KeepRefusals)]
    assert waits == [*REFUSED_SECONDS, REFUSED_SECONDS[-1], REFUSED_SECONDS[-1]]
    assert kept == list(range(1, len(waits) + 1))


def test_refusals_are_counted_over_a_restart():
    _, effects = after(begin(replace(NEW, refusals=4))[0], refused())
    assert asks(effects) == [REFUSED_SECONDS[4]]


def test_boxes_that_are_refused_together_do_not_ask_together():
    _, effects = after(begin(replace(NEW, jitter=1.0))[0], refused())
    assert asks(effects) == [REFUSED_SECONDS[0] * 1.25]


def test_an_operator_that_is_only_dead_is_asked_soon():
    _, effects = after(begin(NEW)[0], refused(UNREACHABLE))
    assert asks(effects) == [BACKOFF_SECONDS[0]]


def test_who_is_let_in_again_starts_from_nothing():
    state, effects = after(begin(NEW)[0], refused(), account(AccountStatus.ACTIVE))
    assert (state.refusals, state.failures) == (0, 0)
    assert KeepRefusals(0) in effects
    assert KeepRefusals(0) not in after(state, account(AccountStatus.ACTIVE))[1]


def test_streams_that_fail_do_not_make_the_box_ask_who_refused_it():
    state, _ = after(replace(WATCHING, showing=True), refused())
    assert SignIn() not in after(state, StreamRefused(7, REFUSED), StreamRefused(8, REFUSED))[1]


def test_a_picture_that_shows_stays_while_the_operator_refuses():
    state, _ = after(replace(WATCHING, showing=True), refused())
    assert (state.screen, state.toast) == (ScreenName.WATCHING, "channels.refused")


def test_what_is_on_the_disk_can_be_watched_while_the_operator_refuses():
    state, _ = after(WATCHING, refused())
    assert state.notice.choices[-1] is Choice.CHANNELS
    state, effects = after(state, Open(ScreenName.CHANNELS), AlarmRang(Alarm.ASK), refused())
    assert state.screen is ScreenName.CHANNELS
    assert not [one for one in effects if isinstance(one, TuneFirst)]


def test_lists_that_are_refused_count_as_a_refusal():
    _, effects = after(KNOWN, RefreshFailed(TV.id, replace(REFUSED, kind="ServerFault", status=884)))
    assert asks(effects)[-1] >= REFUSED_SECONDS[0]


@pytest.mark.parametrize(
    ("kind", "status", "will"),
    [
        ("LoginRefused", 200, True),
        ("BadReply", 404, True),
        ("ServerFault", 513, True),
        ("BadReply", 884, True),
        ("BadReply", 456, True),
        ("BadReply", 429, True),
        ("ServerFault", 503, False),
        ("BadReply", 200, False),
        ("Unreachable", None, False),
    ],
    ids=["auth 0", "imitation 404", "513", "884", "456", "too often", "busy", "nonsense", "not there"],
)
def test_what_is_the_operators_will(kind, status, will):
    assert is_refusal(Failure(kind=kind, advice="", status=status)) is will


# --- accounts -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "title"),
    [
        (AccountStatus.EXPIRED, "notice.expired"),
        (AccountStatus.DISABLED, "notice.account"),
        (AccountStatus.UNREGISTERED, "notice.account"),
    ],
    ids=["expired", "disabled", "unknown"],
)
def test_an_account_that_is_not_served_is_told_in_the_operators_words_without_codes(status, title):
    state, effects = after(begin(NEW)[0], account(status, message="Pay first."))
    assert (state.notice.title, state.notice.words) == (title, "Pay first.")
    assert state.notice.choices == (Choice.TRY_AGAIN, Choice.CHANGE)
    assert not [one for one in effects if isinstance(one, Register | ReadLists)]
    assert asks(effects) == [SETTLED_SECONDS]


def test_an_account_that_is_not_served_is_told_once():
    state, _ = after(WATCHING, account(AccountStatus.EXPIRED))
    state, _ = after(state, Open(ScreenName.CHANNELS), account(AccountStatus.EXPIRED))
    assert state.screen is ScreenName.CHANNELS


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_settings_say_what_the_operator_says_of_the_account(language):
    words = Words(language)
    told = Account(
        status=AccountStatus.ACTIVE,
        owner="me",
        expires=date(2027, 1, 15),
        trial=True,
        connections=2,
        connected=1,
    )
    facts = dict(about(words, derive(Facts(serial="1")), PlayerStatus(), told))
    assert facts["about.owner"] == "me"
    assert words("about.trial") in facts["about.expires"]
    assert facts["about.connections"] == words("about.used", used=words.number(1), of=words.number(2))
    nothing = about(words, derive(Facts(serial="1")), PlayerStatus(), Account(status=AccountStatus.ACTIVE))
    assert not {"about.owner", "about.expires", "about.connections"} & dict(nothing).keys()


# --- trust --------------------------------------------------------------------------------------


def test_a_certificate_that_is_refused_at_run_time_can_be_trusted():
    state, _ = after(WATCHING, refused(UNTRUSTED))
    assert (state.notice.title, state.notice.certificate) == ("notice.untrusted", SHOWN)
    assert state.notice.choices == (Choice.TRY_AGAIN, Choice.TRUST, Choice.CHANNELS)
    trusted = replace(TV, fingerprint=SHOWN.fingerprint)
    assert after(state, UseSource(trusted))[1] == [KeepSources((trusted,), left=())]


def test_a_clock_that_nobody_set_is_no_matter_of_trust():
    state, _ = after(begin(NEW)[0], refused(replace(UNTRUSTED, kind="NotYetValid")))
    assert (state.notice.title, state.notice.certificate) == ("notice.no_time", None)
    assert Choice.TRUST not in state.notice.choices


# --- passwords ----------------------------------------------------------------------------------


@pytest.fixture
def vault(tmp_path):
    return Vault(tmp_path / "vault.json", Seal(b"here"))


def kept(*, password="", proven=True, left=()):
    return KeepSources((TV,), left, password, proven)


def test_a_password_is_in_no_text_of_a_message_or_an_effect():
    _, effects = after(NEW, TrySource(TV, "hunter2"), UseSource(TV, "hunter2"))
    assert [one.password for one in effects] == ["hunter2", "hunter2"]
    assert "hunter2" not in repr(effects)


def test_a_proven_password_replaces_the_one_before(vault):
    keep(vault, kept(password="old"))
    keep(vault, kept(password="new"))
    assert (password_of(vault, TV.id), give_up(vault, TV.id, "new")) == ("new", False)


def test_an_unproven_password_lies_beside_the_good_one_until_a_sign_in_worked(vault):
    keep(vault, kept(password="good"))
    keep(vault, kept(password="new", proven=False))
    assert (password_of(vault, TV.id), vault.get(TV.id, PASSWORD)) == ("new", "good")
    prove(vault, TV.id, "good")
    assert vault.get(TV.id, PASSWORD) == "good"
    prove(vault, TV.id, "new")
    assert vault.get(TV.id, PASSWORD) == "new"
    assert not give_up(vault, TV.id, "new")


def test_an_unproven_password_that_is_refused_gives_way_to_the_good_one(vault):
    keep(vault, kept(password="good"))
    keep(vault, kept(password="wrong", proven=False))
    assert give_up(vault, TV.id, unproven(vault, TV.id))
    assert password_of(vault, TV.id) == "good"
    assert after(KNOWN, PasswordReverted(TV.id))[1] == [Restart()]


def test_the_only_password_is_kept_although_it_is_refused(vault):
    keep(vault, kept(password="wrong", proven=False))
    assert not give_up(vault, TV.id, "wrong")
    assert password_of(vault, TV.id) == "wrong"


def test_other_words_of_an_operator_keep_its_password_and_nothing_else(vault):
    keep(vault, kept(password="good"))
    vault.put(TV.id, **{"learnt.zone": "UTC"})
    keep(vault, kept(left=(TV.id,)))
    assert vault.section(TV.id) == {PASSWORD: "good"} | {"password.unproven": ""}


def test_an_operator_that_is_removed_leaves_no_password(vault):
    keep(vault, kept(password="good"))
    keep(vault, KeepSources((), (TV.id,)))
    assert password_of(vault, TV.id) == ""


@hypothesis_settings(deadline=None, max_examples=20)  # each opens a seal
@given(st.lists(st.tuples(st.sampled_from("abc"), st.booleans(), st.booleans()), max_size=6))
def test_there_is_always_a_password_once_there_was_one(tmp_path_factory, turns):
    vault = Vault(tmp_path_factory.mktemp("vault") / "vault.json", Seal(b"here"))
    for password, proven, works in turns:
        keep(vault, kept(password=password, proven=proven))
        if works:
            prove(vault, TV.id, unproven(vault, TV.id))
        else:
            give_up(vault, TV.id, unproven(vault, TV.id))
        assert password_of(vault, TV.id)
