"""The portal against the AlKarma document: every example of it, over HTTP."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import requests
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stb.portal.nouns import NewsItem, PortalChannel
from stb.portal.portal import Portal
from stb.portal.world import World

Call = Callable[..., requests.Response]

ACTIVE = "195C5756E85D88A"
EXPIRED = "195C4AD6A2F5F96"
DISABLED = "195C4B197334637"
NEW = "195C68F32A17B98"

NEWS = (
    NewsItem(
        id=1,
        title="test",
        body="بسم الله الرحمن الرحيم وبه نستعين",
        created_at="2025-03-23T20:41:28.775Z",
        updated_at="2025-03-23T20:41:28.775Z",
    ),
    NewsItem(
        id=2,
        title="API Test News",
        body="This news was created via API testing",
        created_at="2025-03-24T00:02:56.608Z",
        updated_at="2025-03-24T00:02:56.608Z",
    ),
)
CHANNELS = (
    PortalChannel(
        id=2,
        name="Channel Name 2",
        logo_url="/uploads/channel-1742761614998-390365615.png",
        type="FTA",
        category="General",
        has_news=0,
        created_at="2025-03-23T20:26:54.975Z",
        updated_at="2025-03-23T20:26:55.000Z",
        picture="clock",
    ),
    PortalChannel(
        id=3,
        name="Channel Name 3",
        logo_url="/uploads/channel-1742761700000-100000000.png",
        type="BeIN",
        category="Sports",
        has_news=0,
        created_at="2025-03-23T20:28:20.000Z",
        updated_at="2025-03-23T20:28:20.000Z",
        picture="clock",
    ),
    PortalChannel(
        id=4,
        name="Channel Name 1",
        logo_url="/uploads/channel-1742770423059-779571465.jpeg",
        type="Local",
        category="Movies",
        has_news=1,
        created_at="2025-03-23T22:53:43.040Z",
        updated_at="2025-03-23T22:53:43.063Z",
        picture="clock",
    ),
)

CONTENT = """
    "news": [
      {
        "id": 2,
        "title": "API Test News",
        "body": "This news was created via API testing",
        "created_at": "2025-03-24T00:02:56.608Z",
        "updated_at": "2025-03-24T00:02:56.608Z"
      },
      {
        "id": 1,
        "title": "test",
        "body": "بسم الله الرحمن الرحيم وبه نستعين",
        "created_at": "2025-03-23T20:41:28.775Z",
        "updated_at": "2025-03-23T20:41:28.775Z"
      }
    ],
    "channels": [
      {
        "id": 4,
        "name": "Channel Name 1",
        "url": "@/live/4.ts?duid=DUID",
        "logo_url": "/uploads/channel-1742770423059-779571465.jpeg",
        "type": "Local",
        "category": "Movies",
        "has_news": 1,
        "created_at": "2025-03-23T22:53:43.040Z",
        "updated_at": "2025-03-23T22:53:43.063Z"
      },
      {
        "id": 2,
        "name": "Channel Name 2",
        "url": "@/live/2.ts?duid=DUID",
        "logo_url": "/uploads/channel-1742761614998-390365615.png",
        "type": "FTA",
        "category": "General",
        "has_news": 0,
        "created_at": "2025-03-23T20:26:54.975Z",
        "updated_at": "2025-03-23T20:26:55.000Z"
      }
    ]
"""
"""News and channels of the document's first answer; ``@`` and ``DUID`` stand for its invented addresses."""

EXAMPLES = {
    "check an active device": (
        "check-device",
        {"duid": ACTIVE},
        200,
        """{
  "status": "active",
  "message": "Device active",
  "data": {
    "device": {
      "duid": "195C5756E85D88A",
      "owner_name": "Updated Test User",
      "status": "active",
      "expiry_date": "2026-03-24",
      "allowed_types": "FTA,Local"
    },"""
        + CONTENT
        + """
  }
}""",
    ),
    "check an expired device": (
        "check-device",
        {"duid": EXPIRED},
        200,
        """{
  "status": "expired",
  "message": "Your subscription has ended. You can only view Free-To-Air and Local channels now.",
  "data": {
    "device": {
      "duid": "195C4AD6A2F5F96",
      "owner_name": "Example User",
      "status": "expired",
      "expiry_date": "2024-03-23"
    },"""
        + CONTENT
        + """
  }
}""",
    ),
    "check a disabled device": (
        "check-device",
        {"duid": DISABLED},
        200,
        """{
  "status": "disabled",
  "message": "Your device has been disabled by the administrator. \
Please contact support for more information.",
  "data": {
    "device": {
      "duid": "195C4B197334637",
      "owner_name": "Example User",
      "status": "disabled"
    }
  }
}""",
    ),
    "check an unknown device": (
        "check-device",
        {"duid": "195C00000000000"},
        404,
        """{
  "error": "Device not registered",
  "message": "Device not registered. Please register your device first."
}""",
    ),
    "check without a device": ("check-device", {}, 400, '{"error": "Device ID (DUID) is required"}'),
    "register": (
        "register-device",
        {"duid": NEW},
        201,
        """{
  "message": "Device successfully created",
  "data": {
    "duid": "195C68F32A17B98",
    "activation_code": "5634",
    "owner_name": "",
    "status": "disabled",
    "expiry_date": "2026-03-24"
  }
}""",
    ),
    "register without a device": (
        "register-device",
        {},
        400,
        '{"error": "Device ID (DUID) is required for registration"}',
    ),
    "activate with a wrong code": (
        "activate-device",
        {"duid": NEW, "activation_code": "0000"},
        400,
        '{"error": "Invalid activation code"}',
    ),
    "activate an unknown device": (
        "activate-device",
        {"duid": "195C00000000000", "activation_code": "5634"},
        404,
        '{"error": "Device not found"}',
    ),
    "activate without a code": (
        "activate-device",
        {"duid": NEW},
        400,
        '{"error": "Both device ID (DUID) and activation code are required"}',
    ),
    "activate without a device": (
        "activate-device",
        {"activation_code": "5634"},
        400,
        '{"error": "Both device ID (DUID) and activation code are required"}',
    ),
}


@pytest.fixture
def portal(tmp_path: Path, clips_cache: Path) -> Iterator[Portal]:
    """The operator of the document, on the day it was written."""
    portal = Portal(state=tmp_path, cache=clips_cache)
    portal.world = World(
        tmp_path / "document.sqlite",
        channels=CHANNELS,
        news=NEWS,
        clock=lambda: datetime(2025, 3, 24, 12, tzinfo=UTC),
    )
    world = portal.world
    world.register(NEW, code="5634")
    for duid, owner in ((ACTIVE, "Updated Test User"), (EXPIRED, "Example User"), (DISABLED, "Example User")):
        world.register(duid)
        world.activate(duid)
        world.rename(duid, owner)
        world.allow(duid, "FTA", "Local")
    world.expire(EXPIRED, last_day=datetime(2024, 3, 23, tzinfo=UTC).date())
    world.disable(DISABLED)
    with portal:
        yield portal


def pairs(text: str) -> object:
    """JSON with its keys in order."""
    return json.loads(text, object_pairs_hook=list)


@pytest.mark.parametrize(("name", "body", "status", "example"), EXAMPLES.values(), ids=EXAMPLES)
def test_every_example_is_answered_word_for_word(portal, call: Call, name, body, status, example):
    answer = call(name, **body)

    assert answer.status_code == status
    assert answer.headers["Content-Type"] == "application/json"
    expected = example.replace("@", portal.address).replace('DUID"', f'{body.get("duid")}"')
    assert pairs(answer.text) == pairs(expected)


def test_a_device_is_activated_with_its_code_and_only_once(portal, call: Call):
    portal.world.rename(NEW, "Living Room TV")

    answer = call("activate-device", duid=NEW, activation_code="5634")
    again = call("activate-device", duid=NEW, activation_code="5634")

    assert answer.status_code == 200
    assert pairs(answer.text) == pairs("""{
  "message": "Device activated successfully",
  "data": {
    "duid": "195C68F32A17B98",
    "owner_name": "Living Room TV",
    "status": "active",
    "expiry_date": "2026-03-24",
    "allowed_types": "FTA,Local,BeIN"
  }
}""")
    assert again.status_code == 400
    assert pairs(again.text) == pairs("""{
  "error": "Device is already activated",
  "device": {
    "duid": "195C68F32A17B98",
    "owner_name": "Living Room TV",
    "status": "active",
    "expiry_date": "2026-03-24"
  }
}""")


def test_a_pending_device_that_registers_again_gets_the_same_code(call: Call):
    first, second = call("register-device", duid="15FACE"), call("register-device", duid="15FACE")

    assert (first.status_code, second.status_code) == (201, 201)
    assert first.text == second.text
    assert len(first.json()["data"]["activation_code"]) == 4


@pytest.mark.parametrize(
    ("duid", "status"), [(ACTIVE, "active"), (EXPIRED, "expired")], ids=["active", "expired"]
)
def test_a_device_that_was_activated_is_told_so_when_it_registers(call: Call, duid, status):
    answer = call("register-device", duid=duid)

    assert answer.status_code == 400
    assert answer.json()["error"] == "Device is already activated"
    assert answer.json()["device"]["status"] == status


def test_a_device_that_was_switched_off_needs_a_new_code_from_the_operator(portal, call: Call):
    old = portal.world.register("15FACE", code="1111").activation_code
    portal.world.activate("15FACE")
    new = portal.world.disable("15FACE").activation_code

    refused = call("register-device", duid="15FACE")
    assert refused.status_code == 400
    assert new not in refused.text
    if old != new:  # one time in ten thousand
        assert call("activate-device", duid="15FACE", activation_code=old).status_code == 400
    assert call("activate-device", duid="15FACE", activation_code=new).status_code == 200


def test_a_whole_subscription_sees_every_channel_in_the_order_of_their_names(portal, call: Call):
    portal.world.allow(ACTIVE, "FTA", "Local", "BeIN")

    names = [channel["name"] for channel in call("check-device", duid=ACTIVE).json()["data"]["channels"]]

    assert names == ["Channel Name 1", "Channel Name 2", "Channel Name 3"]


def test_channel_addresses_lead_where_the_question_was_asked(portal):
    answer = requests.post(
        f"{portal.address}/api/client/check-device",
        json={"duid": ACTIVE},
        headers={"Host": "tv.example:8080"},
        timeout=60,
    )

    assert answer.json()["data"]["channels"][0]["url"].startswith("http://tv.example:8080/live/4.ts")


MISSING = {
    "number": 5634,
    "empty": "",
    "null": None,
    "list": ["1"],
    "control characters": "1\n",
    "half a letter": "\ud800",
}


@pytest.mark.parametrize("value", MISSING.values(), ids=MISSING)
@pytest.mark.parametrize("name", ["check-device", "register-device", "activate-device"])
def test_a_parameter_that_is_no_text_is_missing(call: Call, name, value):
    answer = call(name, duid=value, activation_code="5634")

    assert answer.status_code == 400
    assert "required" in answer.json()["error"]


BODIES = {
    "nothing": (b"", "application/json", 400),
    "a form": (b"duid=195C68F32A17B98", "application/x-www-form-urlencoded", 400),
    "JSON under another name": (b'{"duid": "1"}', "text/plain", 400),
    "half of it": (b'{"duid": "195C', "application/json", 400),
    "a list": (b'["195C68F32A17B98"]', "application/json", 400),
    "another charset": ('{"duid": "جهاز"}'.encode("cp1256"), "application/json", 400),
    "nested deeply": (b"[" * 16000, "application/json", 400),
    "too long": (b'{"duid": "' + b"1" * 20000 + b'"}', "application/json", 413),
}


@pytest.mark.parametrize(("body", "kind", "status"), BODIES.values(), ids=BODIES)
def test_other_bodies_are_refused_in_the_form_of_the_document(portal, body, kind, status):
    answer = requests.post(
        f"{portal.address}/api/client/check-device", data=body, headers={"Content-Type": kind}, timeout=60
    )

    assert answer.status_code == status
    assert list(answer.json()) == ["error"]


def test_a_body_without_a_length_is_refused_when_it_gets_too_long(portal):
    chunks = (b"1" * 1000 for _ in range(100))

    answer = requests.post(
        f"{portal.address}/api/client/check-device",
        data=chunks,
        headers={"Content-Type": "application/json"},
        timeout=60,
    )

    assert answer.status_code == 413


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "PATCH"])
def test_other_methods_are_refused(portal, method):
    answer = requests.request(method, f"{portal.address}/api/client/check-device", timeout=60)

    assert answer.status_code == 405
    assert answer.headers["Allow"] == "POST"
    assert method == "HEAD" or list(answer.json()) == ["error"]


def test_an_unknown_address_is_answered_in_the_form_of_the_document(portal):
    answer = requests.get(f"{portal.address}/api/client/nothing", timeout=60)

    assert (answer.status_code, list(answer.json())) == (404, ["error"])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    name=st.sampled_from(["check-device", "register-device", "activate-device"]), body=st.binary(max_size=400)
)
def test_no_bytes_break_the_server(portal, name, body):
    answer = requests.post(
        f"{portal.address}/api/client/{name}",
        data=body,
        headers={"Content-Type": "application/json"},
        timeout=60,
    )

    assert 400 <= answer.status_code < 500
    assert "error" in answer.json()
