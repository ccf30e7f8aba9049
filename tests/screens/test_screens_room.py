"""Every word of the first start and the settings has room, in both languages, on wide and narrow screens."""

from dataclasses import replace

import pytest

from stb.messages import Checked, CheckStep
from stb.model import Certificate, Distrust, Failure, Key, Source, SourceId
from stb.screens.choices import Setting, sections
from stb.screens.forms import FORMS
from stb.screens.home import Home
from stb.screens.notice import NoticeScreen
from stb.screens.operators import OperatorForm, Stage
from stb.screens.settings import Choosing, SettingsScreen
from stb.screens.view import Choice, Notice, Trial
from stb.screens.welcome import Stage as Part
from stb.screens.welcome import Welcome
from stb.settings.settings import Settings
from stb.ui.scene import Text
from stb.ui.text import Typesetter
from stb.ui.theme import DARK

HOME = Source(id=SourceId("home"), kind="alkarma", name="tv.example.net", address="tv.example.net:5000")
FOUND = (
    "",
    "",
    "check.trusted",
    "check.unregistered",
    "check.lists_later",
    "",
    "check.untried",
    "check.programmes",
)
ADVICE = (
    *("check.no_name", "check.no_port", "check.bad_address", "error.login_refused", "check.bad_lists"),
    *("check.no_link", "check.no_bytes", "check.no_guide"),
)
FULL = {"user": "viewer-0123456789", "guide": "http://tv.example.net/guide.xml.gz", "model": "MAG254"}


@pytest.fixture(scope="module")
def typesetter():
    return Typesetter(DARK, 1080)


def trials():
    passed = tuple(Checked(1, step, found=found) for step, found in zip(CheckStep, FOUND, strict=True))
    yield Trial(number=1, source=HOME, results=passed)
    yield Trial(number=1, source=HOME, results=passed[:2], running=CheckStep.PORT)
    for place, advice in enumerate(ADVICE):
        failure = Failure(kind="Unreachable", advice=advice)
        failed = Checked(1, passed[place].step, failure)
        yield Trial(number=1, source=HOME, results=(*passed[:place], failed))
    for certificate in certificates():
        failure = Failure(kind="Untrusted", advice="error.untrusted", certificate=certificate)
        yield Trial(number=1, source=HOME, results=(*passed[:2], Checked(1, CheckStep.TLS, failure)))


def certificates():
    for reason in Distrust:
        yield Certificate(
            host="tv.example.net", reason=reason, subject="TV", expires=1_795_000_000, fingerprint="0f" * 32
        )


def forms(view):
    view = replace(view, hardware="00:1A:79:01:02:03")
    for kind, fields in FORMS.items():
        source = replace(HOME, kind=kind, **FULL)
        form = OperatorForm(source=source, password="word")
        for place in range(len(fields)):
            yield Welcome(stage=Part.OPERATOR, operator=form.at_field(place, view)), view
        yield Welcome(stage=Part.OPERATOR, operator=replace(form, stage=Stage.SIGN_IN)), view
    wrong = replace(form.at_field(1), wrong="operator.bad_hardware")
    yield Welcome(stage=Part.OPERATOR, operator=wrong), view


def notices(view):
    for certificate in certificates():
        notice = Notice(
            title="notice.untrusted",
            certificate=certificate,
            choices=(Choice.TRY_AGAIN, Choice.TRUST, Choice.CHANNELS),
        )
        yield NoticeScreen(), replace(view, notice=notice)
    refused = Notice(
        title="notice.refused",
        advice="error.refused",
        status=884,
        choices=(Choice.CHANGE, Choice.TRY_AGAIN, Choice.CHANNELS),
    )
    yield NoticeScreen(), replace(view, notice=refused, asks_in=800.0)


def first_start(view):
    yield Welcome(), view
    yield Welcome(stage=Part.ZONE), view
    for stage in (Stage.KIND, Stage.SIGN_IN):
        yield Welcome(stage=Part.OPERATOR, operator=OperatorForm(source=HOME, stage=stage)), view
    form = OperatorForm.of(HOME)
    yield Welcome(stage=Part.OPERATOR, operator=form), view
    turned = form.press(Key.YELLOW, view, held=False)[0]
    yield Welcome(stage=Part.OPERATOR, operator=turned), view
    form = OperatorForm(source=HOME, stage=Stage.TRIAL)
    for trial in trials():
        yield Welcome(stage=Part.OPERATOR, operator=form), replace(view, trial=trial)


def settings(view):
    for section, (_, rows) in enumerate(sections(view)):
        for row, setting in enumerate(rows):
            screen = SettingsScreen(section=section, row=row)
            yield screen, view
            if isinstance(setting, Setting):
                yield replace(screen, page=Choosing(0)), view
            else:
                yield screen.press(Key.OK, view, held=False)[0], view
    yield Home(), view


@pytest.mark.parametrize(
    "pages",
    [first_start, forms, notices, settings],
    ids=["the first start", "the forms", "the notices", "the settings"],
)
@pytest.mark.parametrize("width", [1920, 1440], ids=["16:9", "4:3"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_nothing_is_cut_off(view, typesetter, language, width, pages):
    facts = (("about.version", "0.1.0"), ("about.device", "195C6 8F32A 17B98"), ("about.why", "no decoder"))
    chosen = Settings(sources=(HOME,), time_zone="America/Argentina/Buenos_Aires")
    there = view(
        language,
        measure=typesetter.measure,
        width=width,
        settings=chosen,
        kinds=("alkarma",),
        about=facts,
    )
    for screen, here in pages(there):
        for item in screen.scene(here).items:
            if isinstance(item, Text):
                needed = typesetter.measure(item.text, item.style).width
                assert needed <= item.lines * item.region.width, item.text
                assert item.region.right <= width, item.text
