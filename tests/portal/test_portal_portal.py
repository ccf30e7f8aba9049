"""The portal as a whole: start, stop, trouble, the operator's clerk, logos."""

import json
import socket
from collections.abc import Callable
from pathlib import Path

import cairocffi
import pytest
import requests

from stb.errors import PortalError
from stb.portal.gate import Trouble
from stb.portal.nouns import Standing
from stb.portal.portal import Portal

from .conftest import until

BOX = "195C68F32A17B98"
Call = Callable[..., requests.Response]


def test_a_portal_comes_back_at_the_same_address_and_knows_its_devices(portal, call: Call):
    address, code = portal.address, call("register-device", duid=BOX).json()["data"]["activation_code"]
    portal.stop()
    with pytest.raises(requests.ConnectionError):
        call("check-device", duid=BOX)
    portal.start()

    assert portal.address == address
    assert call("register-device", duid=BOX).json()["data"]["activation_code"] == code


def test_stopping_twice_is_no_error(portal):
    portal.stop()
    portal.stop()


def test_a_port_that_is_taken_is_said_plainly(tmp_path: Path, clips_cache: Path):
    with socket.create_server(("127.0.0.1", 0)) as other:
        portal = Portal(state=tmp_path, cache=clips_cache, port=other.getsockname()[1])
        with pytest.raises(
            PortalError, match=r"cannot listen at http://127\.0\.0\.1:\d+: Address already in use"
        ):
            portal.start()


def test_without_ffmpeg_the_portal_says_which_package_is_missing(tmp_path: Path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(PortalError, match="install the package ffmpeg"):
        Portal(state=tmp_path, cache=tmp_path)


def test_the_operator_activates_pending_devices_but_none_it_has_switched_off(
    tmp_path: Path, clips_cache: Path
):
    early = Portal(state=tmp_path, cache=clips_cache, activate_after=0)
    early.world.register("EARLY")
    early.world.register("OFF")
    early.world.disable("OFF")
    with early as portal:
        url = f"{portal.address}/api/client/register-device"
        assert requests.post(url, json={"duid": BOX}, timeout=60).status_code == 201
        until(lambda: portal.world.device(BOX).standing is Standing.ACTIVE)

        assert portal.world.device("EARLY").standing is Standing.ACTIVE
        assert portal.world.device("OFF").standing is Standing.DISABLED


def test_a_faulty_server_says_so_in_the_form_of_the_document(portal, call: Call):
    with portal.troubled(Trouble.SERVER_ERROR):
        answer = call("check-device", duid=BOX)

    assert (answer.status_code, list(answer.json())) == (500, ["error"])
    assert call("check-device", duid=BOX).status_code == 404


BROKEN = {
    "a web page": (Trouble.HTML, "text/html; charset=utf-8"),
    "half of it": (Trouble.TRUNCATED, "application/json"),
    "another charset": (Trouble.WRONG_CHARSET, "application/json"),
}


@pytest.mark.parametrize(("trouble", "kind"), BROKEN.values(), ids=BROKEN)
def test_an_answer_can_be_no_json(portal, call: Call, trouble, kind):
    portal.world.register(BOX)
    portal.world.activate(BOX)
    with portal.troubled(trouble):
        answer = call("check-device", duid=BOX)

    assert (answer.status_code, answer.headers["Content-Type"]) == (200, kind)
    with pytest.raises((UnicodeDecodeError, json.JSONDecodeError)):
        json.loads(answer.content)


def test_an_answer_can_be_cut_off(portal, call: Call):
    with portal.troubled(Trouble.CUT_OFF), pytest.raises(requests.exceptions.ChunkedEncodingError):
        call("check-device", duid=BOX)


def test_a_silent_portal_answers_nothing_and_can_still_be_stopped(portal):
    url = f"{portal.address}/api/client/check-device"
    with portal.troubled(Trouble.SILENT):
        with pytest.raises(requests.ReadTimeout):
            requests.post(url, json={"duid": BOX}, timeout=(60, 0.2))
        portal.await_answered("check-device", 1)
        with socket.create_connection(("127.0.0.1", int(portal.address.rpartition(":")[2]))) as client:
            client.sendall(
                b"POST /api/client/check-device HTTP/1.1\r\nHost: portal\r\nContent-Length: 0\r\n\r\n"
            )
            portal.stop()


def test_a_test_can_wait_until_something_was_asked(portal, call: Call):
    assert portal.answered("check-device") == 0
    call("check-device", duid=BOX)
    portal.await_answered("check-device", 1)

    assert portal.answered("check-device") == 1
    with pytest.raises(TimeoutError, match="answered 1 times, not 2"):
        portal.await_answered("check-device", 2, timeout_s=0.01)


def test_every_channel_has_a_logo(portal, tmp_path: Path):
    logos = []
    for channel in portal.world.channels():
        answer = requests.get(portal.address + channel.logo_url, timeout=60)
        assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/png")
        path = tmp_path / "logo.png"
        path.write_bytes(answer.content)
        picture = cairocffi.ImageSurface.create_from_png(str(path))
        assert (picture.get_width(), picture.get_height()) == (256, 256)
        assert bytes(picture.get_data())[:4] == b"\0\0\0\0", "the corners are round"
        logos.append(answer.content)

    assert len(set(logos)) == 12


def test_a_logo_nobody_has_is_not_found(portal):
    answer = requests.get(f"{portal.address}/uploads/channel-1-1.png", timeout=60)

    assert (answer.status_code, list(answer.json())) == (404, ["error"])
