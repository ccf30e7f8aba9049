"""The AlKarma provider over real HTTP: what it asks, and what becomes of the answers."""

import socket
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

import stb
from stb.board import derive
from stb.errors import (
    AccountDisabled,
    BadReply,
    LoginRefused,
    NotRegistered,
    ServerFault,
    SettingsError,
    Unreachable,
)
from stb.model import (
    AccountStatus,
    Channel,
    ChannelId,
    ChannelRef,
    Duid,
    Facts,
    Registration,
    Source,
    SourceId,
)
from stb.net import Reply
from stb.providers import PROVIDERS, Activating, Offer, open_provider

DUID = Duid("195C68F32A17B98")
HOME = SourceId("home")


def provider_for(address, kind="alkarma", user_agent="") -> Activating:
    source = Source(id=HOME, kind=kind, name="Home", address=address, user_agent=user_agent)
    return open_provider(source, replace(derive(Facts(serial="1a2b")), duid=DUID), Path("nowhere"))


@pytest.fixture
def alkarma(operator):
    provider = provider_for(f"127.0.0.1:{operator.port}")
    yield provider
    provider.close()


def test_signing_in_asks_check_device_with_the_duid(operator, alkarma, recorded):
    operator.will(recorded("check-active"))
    account = alkarma.sign_in()
    assert account.status is AccountStatus.ACTIVE
    assert account.owner == "Updated Test User"
    assert operator.asked == [("/api/client/check-device", {"duid": DUID})]


@pytest.mark.parametrize(("chosen", "said"), [("", f"stb/{stb.__version__}"), ("Box/1", "Box/1")])
def test_the_box_calls_itself_what_the_viewer_chose_for_this_operator(operator, recorded, chosen, said):
    operator.will(recorded("check-active"))
    with closing(provider_for(f"127.0.0.1:{operator.port}", user_agent=chosen)) as alkarma:
        alkarma.sign_in()
    assert operator.agents == [said]


def test_registering_asks_register_device_and_keeps_the_code(operator, alkarma, recorded):
    operator.will(recorded("register-created"))
    assert alkarma.register() == Registration(duid=DUID, code="5634")
    assert operator.asked == [("/api/client/register-device", {"duid": DUID})]


def test_activating_asks_activate_device_with_the_code_as_it_was_typed(operator, alkarma, recorded):
    operator.will(recorded("activate-success"))
    alkarma.activate("0634")
    assert operator.asked == [("/api/client/activate-device", {"duid": DUID, "activation_code": "0634"})]


def test_a_device_that_is_active_already_is_activated(operator, alkarma, recorded):
    operator.will(recorded("activate-already"))
    alkarma.activate("5634")


def test_the_channels_come_by_number(operator, alkarma, recorded):
    operator.will(recorded("check-active"))
    assert [channel.number for channel in alkarma.items()] == [2, 4]
    assert operator.asked == [("/api/client/check-device", {"duid": DUID})]


def test_an_expired_device_has_what_the_server_still_gives(operator, alkarma, recorded):
    operator.will(recorded("check-expired"), recorded("check-expired"))
    account = alkarma.sign_in()
    channels = list(alkarma.items())
    assert account.status is AccountStatus.EXPIRED
    assert account.message.startswith("Your subscription has ended")
    assert [channel.name for channel in channels] == ["Channel Name 2"]
    assert alkarma.stream(channels[0]).address == "rtsp://example.com/stream2"


def test_a_stream_is_the_channels_link_and_nobody_is_asked(operator, alkarma, recorded):
    operator.will(recorded("check-active"))
    channel = next(alkarma.items())
    stream = alkarma.stream(channel)
    assert (stream.ref, stream.address) == (channel.ref, "rtsp://example.com/stream2")
    assert len(operator.asked) == 1


CHANNEL = Channel(ref=ChannelRef(HOME, ChannelId("2")), number=2, name="Two", link="rtsp://example.com/2")


@pytest.mark.parametrize(
    ("answer", "error", "words"),
    [
        pytest.param("check-disabled", AccountDisabled, "Your device has been disabled", id="disabled"),
        pytest.param("check-not-registered", NotRegistered, "Device not registered. Please", id="unknown"),
    ],
)
def test_a_device_that_may_not_watch_gets_neither_list_nor_stream(
    operator, alkarma, recorded, answer, error, words
):
    operator.will(recorded(answer), recorded(answer))
    alkarma.sign_in()
    with pytest.raises(error) as caught:
        alkarma.items()
    assert caught.value.words.startswith(words)
    assert caught.value.source == HOME
    with pytest.raises(error):
        alkarma.stream(CHANNEL)


def test_streams_flow_again_once_the_device_is_activated(operator, alkarma, recorded):
    operator.will(recorded("check-disabled"), recorded("activate-success"))
    alkarma.sign_in()
    alkarma.activate("5634")
    assert alkarma.stream(CHANNEL).address == CHANNEL.link


@pytest.mark.parametrize(
    ("answer", "error", "words"),
    [
        pytest.param("activate-invalid-code", LoginRefused, "Invalid activation code", id="wrong code"),
        pytest.param("activate-missing", LoginRefused, "Both device ID (DUID) and", id="missing parameter"),
        pytest.param("activate-not-found", NotRegistered, "Device not found", id="unknown device"),
    ],
)
def test_a_refused_code_says_why(operator, alkarma, recorded, answer, error, words):
    operator.will(recorded(answer))
    with pytest.raises(error) as caught:
        alkarma.activate("0000")
    assert caught.value.words.startswith(words)
    assert caught.value.status == recorded(answer).status


VERBS = [
    pytest.param(lambda provider: provider.sign_in(), id="sign in"),
    pytest.param(lambda provider: provider.items(), id="items"),
    pytest.param(lambda provider: provider.register(), id="register"),
    pytest.param(lambda provider: provider.activate("5634"), id="activate"),
]
PAGE = b"<!DOCTYPE html><title>Welcome to nginx!</title>"


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize(
    ("answer", "error"),
    [
        pytest.param(
            Reply(status=500, media_type="application/json", body=b'{"error":"db"}'), ServerFault, id="500"
        ),
        pytest.param(Reply(status=502, media_type="text/html", body=PAGE), ServerFault, id="proxy's 502"),
        pytest.param(Reply(status=429, media_type="text/html", body=PAGE), ServerFault, id="too often"),
        pytest.param(Reply(status=200, media_type="text/html", body=PAGE), BadReply, id="HTML"),
        pytest.param(Reply(status=404, media_type="text/html", body=PAGE), BadReply, id="wrong address"),
        pytest.param(Reply(status=200, media_type="application/json", body=b'{"a'), BadReply, id="truncated"),
        pytest.param(Reply(status=200, media_type="application/json"), BadReply, id="empty"),
    ],
)
def test_every_verb_tells_a_server_in_trouble_from_a_wrong_one(operator, alkarma, verb, answer, error):
    operator.will(answer)
    with pytest.raises(error) as caught:
        verb(alkarma)
    assert caught.value.source == HOME
    assert caught.value.status == answer.status


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_says_that_nobody_is_there(verb):
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        provider = provider_for(f"127.0.0.1:{nobody.getsockname()[1]}")
        with pytest.raises(Unreachable):
            verb(provider)
        provider.close()


def test_rows_left_out_are_counted_in_the_log(operator, alkarma, caplog):
    body = b'{"status":"active","data":{"channels":[{"id":1,"url":"http://h/s3cret"},{"id":2,"url":"file:///s3cret"}]}}'
    operator.will(Reply(status=200, media_type="application/json", body=body))
    assert len(list(alkarma.items())) == 1
    assert "skipped=1 of=2 first=data.channels[1].url" in caplog.text
    assert "s3cret" not in caplog.text


def test_news_are_asked_of_check_device(operator, alkarma, recorded):
    operator.will(recorded("check-active"))
    assert [item.title for item in alkarma.news()] == ["API Test News", "test"]
    assert operator.asked == [("/api/client/check-device", {"duid": DUID})]


def test_one_answer_serves_signing_in_the_channels_and_the_news(operator, alkarma, recorded):
    operator.will(recorded("check-active"), recorded("check-active"))
    alkarma.sign_in()
    assert list(alkarma.items())
    assert list(alkarma.news())
    assert len(operator.asked) == 1
    assert list(alkarma.items())
    assert len(operator.asked) == 2


def test_the_provider_says_that_devices_activate_themselves(alkarma):
    assert alkarma.offers == {Offer.ACTIVATION, Offer.NEWS}


def test_closing_twice_is_no_error(alkarma):
    alkarma.close()
    alkarma.close()


def test_an_unknown_kind_of_operator_suggests_the_near_one():
    with pytest.raises(SettingsError) as caught:
        provider_for("tv.example", kind="alkrma")
    assert caught.value.problems == ("kind: 'alkrma' is no kind of operator, did you mean 'alkarma'?",)


def test_an_unknown_kind_of_operator_lists_those_there_are():
    with pytest.raises(SettingsError, match=", ".join(PROVIDERS)):
        provider_for("tv.example", kind="zzz")


def test_an_address_that_is_none_is_a_fault_of_the_settings():
    with pytest.raises(SettingsError, match=r"like tv\.example:5000"):
        provider_for("ftp://tv.example")
