"""The operator's page in a real browser: by hand, by keyboard, from right to left."""

from collections.abc import Iterator

import pytest
import requests
from playwright.sync_api import Browser, Page, expect, sync_playwright

from stb.portal.lines import LineStatus
from stb.portal.portal import Portal
from stb.portal.staff import Permission

PASSWORD = "correct horse"
PATIENCE_MS = 60_000
NASTY = "<img src=x onerror=alert(1)>"
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        with chromium:
            yield chromium


@pytest.fixture
def portal(tmp_path, clips_cache) -> Iterator[Portal]:
    with Portal(state=tmp_path, cache=clips_cache, linger_s=0.3) as portal:
        portal.world.staff.add("root", PASSWORD, permissions={Permission.ALL})
        portal.world.lines.add("ann")
        yield portal


@pytest.fixture
def page(browser, portal) -> Iterator[Page]:
    """A page whose scripts may not fail, and load nothing but their own."""
    complaints = []
    context = browser.new_context(locale="en-GB")
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"{portal.address}/admin/")
    yield page
    context.close()
    assert not complaints


def sign_in(page: Page, name: str = "root", password: str = PASSWORD) -> None:
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()


def test_a_user_is_banned_and_let_in_again(page, portal):
    sign_in(page, password="wrong")
    expect(page.get_by_role("status")).to_contain_text("do not belong together")
    sign_in(page)
    page.get_by_role("button", name="Ban ann", exact=True).click()
    expect(page.get_by_role("row", name="ann")).to_contain_text("banned")
    assert portal.world.lines.line("ann").status is LineStatus.BANNED
    page.get_by_role("button", name="Lift ban ann").click()
    expect(page.get_by_role("row", name="ann")).to_contain_text("active")
    assert portal.world.lines.line("ann").status is LineStatus.ACTIVE
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()


def test_a_viewer_is_cut(page, portal):
    sign_in(page)
    with requests.get(f"{portal.address}/live/demo/demo/1.ts", stream=True, timeout=60) as watching:
        assert watching.raw.read(188)
        page.get_by_role("button", name="Watching now").click()
        page.get_by_role("button", name="Cut demo: Amber Hills").click()
        expect(page.get_by_text("Nobody watches")).to_be_visible()
    assert not portal.connections()


def test_by_keyboard_alone(page, portal):
    expect(page.get_by_label("Name")).to_be_focused()
    page.keyboard.type("root")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    users = page.get_by_role("button", name="Users")
    expect(users).to_be_focused()
    ban = page.get_by_role("button", name="Ban ann", exact=True)
    for _ in range(60):
        page.keyboard.press("Tab")
        if ban.evaluate("element => element === document.activeElement"):
            break
    page.keyboard.press("Space")
    expect(page.get_by_role("row", name="ann")).to_contain_text("banned")
    assert portal.world.lines.line("ann").status is LineStatus.BANNED


def test_from_right_to_left_and_for_good(page):
    page.get_by_role("button", name="العربية").click()
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    page.get_by_label("الاسم").fill("root")
    page.get_by_label("كلمة المرور").fill(PASSWORD)
    page.get_by_role("button", name="تسجيل الدخول").click()
    expect(page.get_by_role("heading", name="المستخدمون")).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", name="المستخدمون")).to_be_visible()
    words = page.evaluate("import('/admin/words.js').then(words => words.WORDS)")
    assert words["en"].keys() == words["ar"].keys()
    assert all(text.strip() for language in words.values() for text in language.values())


def test_what_others_write_is_text(page, portal):
    portal.world.lines.add(NASTY)
    portal.world.bulletin.tell(NASTY, NASTY)
    portal.world.register("195C68F32A17B98")
    portal.world.rename("195C68F32A17B98", NASTY)
    sign_in(page)
    for room in ("Users", "News", "Devices"):
        page.get_by_role("button", name=room, exact=True).click()
        expect(page.get_by_text(NASTY).first).to_be_visible()
    assert page.locator("img").count() == 0


def test_a_channel_is_stopped_and_news_are_written(page, portal):
    sign_in(page)
    page.get_by_role("button", name="Channels", exact=True).click()
    page.get_by_role("button", name="Stop Amber Hills, Server 1").click()
    expect(page.get_by_text("Server 1: stopped")).to_be_visible()
    page.get_by_role("button", name="News", exact=True).click()
    page.get_by_role("button", name="New message").click()
    page.get_by_label("Title").fill("Tonight")
    page.get_by_label("Text").fill("A film")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("row", name="Tonight")).to_be_visible()
    page.get_by_role("button", name="Delete Tonight").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    expect(page.get_by_role("row", name="Tonight")).to_have_count(0)
    assert "Tonight" not in {item.title for item in portal.world.news()}
