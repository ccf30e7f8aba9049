"""What time it is for a server, and a certificate that begins later than it is here."""

from contextlib import closing
from datetime import UTC, datetime

import pytest

from stb.errors import NotYetValid, Untrusted
from stb.model import SourceId
from stb.net import HttpClient


@pytest.mark.parametrize(
    ("knows_time", "kind"),
    [(False, NotYetValid), (True, Untrusted)],
    ids=["nobody set the clock", "it was set"],
)
def test_a_certificate_from_the_future_is_about_the_time_where_nobody_set_the_clock(
    tomorrows, knows_time, kind
):
    server, certificate = tomorrows
    with closing(HttpClient(SourceId("home"), knows_time=lambda: knows_time)) as client:
        client._session.verify = str(certificate)
        with pytest.raises(Untrusted) as raised:
            client.post_json(server.address.replace("http:", "https:"), {})
    assert type(raised.value) is kind
    assert raised.value.certificate.reason == "not_yet_valid"
    assert b"".join(server.requests) == b""


def test_any_other_fault_of_a_certificate_is_not_about_the_time(tls_server, client):
    with pytest.raises(Untrusted) as raised:
        client.post_json(tls_server.address.replace("http:", "https:"), {})
    assert not isinstance(raised.value, NotYetValid)


@pytest.mark.parametrize(
    ("said", "date"),
    [
        pytest.param(
            "Sun, 22 Nov 2026 20:47:00 GMT", datetime(2026, 11, 22, 20, 47, tzinfo=UTC), id="as it should be"
        ),
        pytest.param(
            "Sunday, 22-Nov-26 20:47:00 GMT", datetime(2026, 11, 22, 20, 47, tzinfo=UTC), id="as of old"
        ),
        pytest.param("Sun, 22 Nov 2026 20:47:00", datetime(2026, 11, 22, 20, 47, tzinfo=UTC), id="no zone"),
        pytest.param("", None, id="nothing"),
        pytest.param("now", None, id="nonsense"),
        pytest.param("Sun, 99 Nov 2026 20:47:00 GMT", None, id="no such day"),
        pytest.param("Sun, 22 Nov 999999999999 20:47:00 GMT", None, id="no such year"),
    ],
)
def test_the_servers_time_is_read(server, client, said, date):
    server.replies(Date=said)
    assert client.post_json(server.address, {}).date == date
