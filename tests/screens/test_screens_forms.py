"""What each kind of operator asks for, and what is made of what is typed."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stb.app.pasting import taken_apart
from stb.messages import Checked, CheckStep, Open, ScreenName, TrySource, UseSource
from stb.model import Certificate, Distrust, Failure, Key, Source, SourceId
from stb.screens.forms import FORMS, hardware_address, name_of
from stb.screens.keyboard import Keyboard
from stb.screens.notice import NoticeScreen
from stb.screens.operators import OperatorForm, Stage
from stb.screens.settings import SettingsScreen
from stb.screens.view import Choice, Notice, Trial
from stb.settings.settings import Settings

PANEL = Source(id=SourceId("tv"), kind="xtream", name="tv.example", address="tv.example:8080", user="me")
PORTAL = Source(id=SourceId("box"), kind="stalker", name="tv.example", address="http://tv.example/c/")
OWN = "00:1A:79:0A:0B:0C"
WORD = "hunter2-Word"
PASTED = f"http://tv.example:8080/get.php?username=me&password={WORD}&type=m3u_plus&output=ts"
SHOWN = Certificate(
    host="tv.example", reason=Distrust.SELF_SIGNED, subject="TV", expires=1_800_000_000, fingerprint="ab" * 32
)
REFUSED = Failure(kind="LoginRefused", advice="check.bad_login")
UNTRUSTED = Failure(kind="Untrusted", advice="error.untrusted", certificate=SHOWN)


@pytest.fixture
def here(view):
    def make(language="en", **fields):
        given = {
            "settings": Settings(sources=(PANEL,)),
            "kinds": tuple(FORMS),
            "hardware": OWN,
            "taken_apart": taken_apart,
        }
        return view(language, **(given | fields))

    return make


def typed(form, view, *texts):
    """One field after the other, each with this text in it."""
    for text in texts:
        form = replace(form, keyboard=replace(form.keyboard, text=text))
        form, _ = form.press(Key.BLUE, view, held=False)
    return form


def new(kind, view):
    kinds = list(FORMS)
    form, _ = OperatorForm(focus=kinds.index(kind)).press(Key.OK, view, held=False)
    return form


def said(form, view):
    text = "\n".join(item.text for item in form.items(view) if hasattr(item, "text"))
    return text.replace("\N{LEFT-TO-RIGHT MARK}", "")


# --- fields -------------------------------------------------------------------------------------


def test_a_panel_asks_for_address_user_and_password(here):
    form = typed(new("xtream", here()), here(), "tv.example:8080", "me", WORD)
    assert (form.stage, form.source.user, form.source.name) == (Stage.SIGN_IN, "me", "tv.example")
    tried, intent = form.press(Key.OK, here(), held=False)
    assert (intent, intent.password) == (TrySource(form.source, WORD), WORD)
    assert tried.stage is Stage.TRIAL


def test_a_pasted_address_fills_all_three(here):
    form = typed(new("xtream", here()), here(), PASTED)
    assert (form.stage, form.source.address, form.source.user) == (
        Stage.SIGN_IN,
        "http://tv.example:8080",
        "me",
    )
    assert form.password == WORD


def test_a_password_is_in_no_text_of_a_value(here):
    form = typed(new("xtream", here()), here(), PASTED)
    _, intent = form.press(Key.OK, here(), held=False)
    keyboard = Keyboard.of_login(WORD, secret=True)
    for value in (form, intent, form.source, UseSource(PANEL, WORD), keyboard, SettingsScreen(page=form)):
        assert WORD not in repr(value)


def test_a_password_is_dots_until_the_viewer_wants_to_see_it(here):
    form = typed(new("xtream", here()), here(), "tv.example", "me")
    form = replace(form, keyboard=replace(form.keyboard, text=WORD))
    assert WORD not in said(form, here())
    assert "\N{BULLET}" * len(WORD) in said(form, here()).replace("|", "")
    shown, _ = form.press(Key.INFO, here(), held=False)
    assert WORD in said(shown, here()).replace("|", "")
    assert WORD not in said(shown.press(Key.INFO, here(), held=False)[0], here()).replace("|", "")


def test_the_password_of_a_known_operator_need_not_be_typed_again(here):
    form = typed(OperatorForm.of(PANEL), here(), PANEL.address, "me", "")
    assert (form.stage, form.password) == (Stage.SIGN_IN, "")
    assert "as it was entered before" in said(form, here())


def test_the_password_of_a_new_operator_must_be_typed(here):
    form = typed(new("xtream", here()), here(), "tv.example", "me", "")
    assert form.stage is Stage.FIELD


def test_a_list_may_have_a_guide_of_its_own_or_none(here):
    form = typed(new("m3u", here()), here(), "http://tv.example/x.m3u", "")
    assert (form.stage, form.source.guide) == (Stage.SIGN_IN, "")
    form = typed(new("m3u", here()), here(), "/media/usb/My channels.m3u", "http://tv.example/guide.xml")
    assert (form.source.guide, form.source.name) == ("http://tv.example/guide.xml", "My channels")


def test_the_address_of_a_list_is_kept_like_a_password(here):
    form = typed(new("m3u", here()), here(), PASTED, "")
    assert form.password == PASTED
    assert WORD not in repr(form.source)
    assert WORD not in said(form, here())


def test_a_portal_shows_the_boxs_own_hardware_address_and_takes_another(here):
    form = typed(new("stalker", here()), here(), "http://tv.example/c/")
    assert form.keyboard.text == OWN
    kept, _ = form.press(Key.BLUE, here(), held=False)
    assert kept.source.mac == ""
    changed = typed(form, here(), "001a79-010203")
    assert changed.source.mac == "00:1A:79:01:02:03"
    wrong = typed(form, here(), "00:1A:79")
    assert "This is no hardware address" in said(wrong, here())


def test_a_portal_asks_for_a_password_only_with_a_user_name(here):
    form = typed(new("stalker", here()), here(), "http://tv.example/c/", OWN)
    model, _ = form.press(Key.DOWN, here(), held=False)
    form, _ = model.press(Key.OK, here(), held=False)
    assert form.source.model == "MAG254"
    assert typed(form, here(), "").stage is Stage.SIGN_IN
    asked = typed(form, here(), "me")
    assert asked.stage is Stage.FIELD
    assert typed(asked, here(), WORD).password == WORD


def test_the_usual_model_is_not_written_down(here):
    form = OperatorForm.of(PORTAL).at_field(2)
    assert form.press(Key.OK, here(), held=False)[0].source.model == ""


@pytest.mark.parametrize("kind", FORMS)
def test_back_leads_through_the_fields_that_were_asked_for(here, kind):
    source = replace(PANEL, kind=kind, user="")
    form = OperatorForm(source=source, stage=Stage.SIGN_IN)
    places = []
    while not (form.stage is Stage.FIELD and form.place == 0):
        form, _ = form.press(Key.BACK, here(), held=False)
        places.append(form.place)
    assert places == sorted(places, reverse=True)
    assert form.press(Key.BACK, here(), held=False)[0].stage is Stage.KIND


@pytest.mark.parametrize("kind", FORMS)
def test_the_page_before_the_test_shows_what_is_true_of_the_kind(here, kind):
    form = OperatorForm(source=replace(PANEL, kind=kind), stage=Stage.SIGN_IN)
    text = said(form, here())
    assert ("195C6 8F32A 17B98" in text) is (kind == "alkarma")
    assert (OWN in text) is (kind == "stalker")
    assert ("User name\nme" in text) is (kind in ("xtream", "stalker"))
    assert PANEL.address in text


@given(st.text(max_size=40))
def test_any_text_may_be_meant_as_a_hardware_address(text):
    found = hardware_address(text)
    assert not found or hardware_address(found) == found


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("00:1a:79:01:02:03", "00:1A:79:01:02:03"),
        ("001A79010203", "00:1A:79:01:02:03"),
        ("00-1A-79-01-02-03", "00:1A:79:01:02:03"),
        ("00:1\u0410:79:01:02:0\u0412", "00:1A:79:01:02:0B"),
        ("00:1A:79:01:02", ""),
        ("00:1G:79:01:02:03", ""),
    ],
    ids=["small letters", "no colons", "dashes", "letters of another alphabet", "too short", "no such digit"],
)
def test_a_hardware_address_is_read_however_it_is_written(text, address):
    assert hardware_address(text) == address


@given(st.sampled_from(list(FORMS)), st.text(max_size=80))
def test_any_text_may_be_meant_as_an_address(kind, text):
    address, user, password = taken_apart(kind, text)
    assert name_of(replace(PANEL, kind=kind, address=address))
    assert isinstance(user + password, str)


# --- trials -------------------------------------------------------------------------------------


def trial(source, *results):
    return Trial(number=1, source=source, results=results)


def in_trial(source=PANEL, password=WORD, focus=0):
    return OperatorForm(source=source, password=password, stage=Stage.TRIAL, focus=focus)


def test_a_refused_login_leads_back_to_the_password(here):
    view = here(trial=trial(PANEL, Checked(1, CheckStep.SIGN_IN, REFUSED)))
    form, _ = in_trial().press(Key.OK, view, held=False)
    assert (form.stage, FORMS["xtream"][form.place].name) == (Stage.FIELD, "password")
    assert form.keyboard.text == WORD


def test_a_guide_that_fails_leads_back_to_the_guide(here):
    source = replace(PANEL, kind="m3u")
    failure = Failure(kind="NoSuchItem", advice="check.no_guide")
    view = here(trial=trial(source, Checked(1, CheckStep.GUIDE, failure)))
    form, _ = in_trial(source).press(Key.OK, view, held=False)
    assert FORMS["m3u"][form.place].name == "guide"


def test_a_certificate_is_shown_and_can_be_trusted(here):
    view = here(trial=trial(PANEL, Checked(1, CheckStep.ADDRESS), Checked(1, CheckStep.TLS, UNTRUSTED)))
    text = said(in_trial(), view)
    for words in ("vouches for itself", "made out to", "TV", "15 Jan 2027"):
        assert words in text
    form, intent = in_trial(focus=2).press(Key.OK, view, held=False)
    trusted = replace(PANEL, fingerprint=SHOWN.fingerprint)
    assert (form.source, intent, intent.password) == (trusted, TrySource(trusted, WORD), WORD)


@pytest.mark.parametrize(
    ("step", "proven"), [(CheckStep.SIGN_IN, False), (CheckStep.LISTS, True)], ids=["refused", "no lists"]
)
def test_a_password_counts_as_proven_only_if_a_sign_in_worked(here, step, proven):
    passed = [Checked(1, one) for one in list(CheckStep)[: list(CheckStep).index(step)]]
    view = here(trial=trial(PANEL, *passed, Checked(1, step, REFUSED)))
    assert in_trial(focus=2).press(Key.OK, view, held=False)[1] == UseSource(PANEL, WORD, proven=proven)


def test_a_changed_address_is_not_trusted_by_the_certificate_of_the_one_before(here):
    form = typed(OperatorForm.of(replace(PANEL, fingerprint="ab" * 32)), here(), "other.example")
    assert form.source.fingerprint == ""


# --- notices ------------------------------------------------------------------------------------


def test_a_notice_lets_the_viewer_trust_the_certificate(here):
    notice = Notice(title="notice.untrusted", certificate=SHOWN, choices=(Choice.TRY_AGAIN, Choice.TRUST))
    view = here(notice=notice, source=PANEL)
    text = "\n".join(NoticeScreen().scene(view).words)
    for words in ("vouches for itself", "15 Jan 2027", "ab:ab"):
        assert words in text
    screen, _ = NoticeScreen().press(Key.RIGHT, view, held=False)
    assert screen.press(Key.OK, view, held=False)[1] == UseSource(
        replace(PANEL, fingerprint=SHOWN.fingerprint)
    )


def test_a_notice_about_a_refusal_leads_to_the_password(here):
    notice = Notice(title="notice.refused", advice="error.refused", status=884, choices=(Choice.CHANGE,))
    view = here(notice=notice, source=PANEL)
    assert "884" in "\n".join(NoticeScreen().scene(view).words)
    _, intent = NoticeScreen().press(Key.OK, view, held=False)
    assert intent == Open(ScreenName.SETTINGS, form=True)
    screen = SettingsScreen().opened(here(source=PANEL, form_first=True))
    assert FORMS["xtream"][screen.page.place].name == "password"
