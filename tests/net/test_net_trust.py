"""Certificates that nobody vouches for: said as they are, and trusted one by one."""

import json
from contextlib import closing
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from ssl import PEM_cert_to_DER_cert

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stb.errors import Unreachable, Untrusted
from stb.model import Distrust, Failure, SourceId
from stb.net import HttpClient
from stb.net.trust import described

NOW = datetime.now(UTC).replace(microsecond=0)
HOUR = timedelta(hours=1)


def shown(server, *, vouched="", fingerprint=""):
    """What is wrong with a server's certificate; None where nothing is."""
    with closing(HttpClient(SourceId("home"), fingerprint=fingerprint)) as client:
        if vouched:
            client._session.verify = str(vouched)
        try:
            assert client.get(https(server)).status == 200
        except Untrusted as error:
            return error.failure.certificate
    return None


def https(server):
    return server.address.replace("http:", "https:")


def fingerprint_of(certificate):
    pem = certificate.read_text("ascii")
    return sha256(PEM_cert_to_DER_cert(pem[pem.index("-----BEGIN CERT") :])).hexdigest()


@pytest.mark.parametrize(
    ("said", "vouched", "reason"),
    [
        ({"begins": NOW - HOUR}, False, Distrust.SELF_SIGNED),
        ({"begins": NOW - timedelta(days=3)}, True, Distrust.EXPIRED),
        ({"begins": NOW - HOUR, "address": "127.0.0.9"}, True, Distrust.WRONG_HOST),
        ({"begins": NOW + HOUR}, True, Distrust.NOT_YET_VALID),
    ],
    ids=["signed by itself", "run out", "another host's", "not begun"],
)
def test_what_is_wrong_with_a_certificate_is_said(secure, said, vouched, reason):
    server, certificate = secure(**said, name="TV Operator")
    found = shown(server, vouched=certificate if vouched else "")
    assert (found.reason, found.host, found.subject) == (reason, "127.0.0.1", "TV Operator")
    assert found.expires == int((said["begins"] + timedelta(days=1)).timestamp())
    assert found.fingerprint == fingerprint_of(certificate)
    assert shown(server, fingerprint=found.fingerprint) is None


def test_nothing_is_said_to_a_server_before_it_is_trusted(secure):
    server, certificate = secure(begins=NOW - HOUR)
    shown(server)
    shown(server, fingerprint="00" * 32)
    assert b"".join(server.requests) == b""
    shown(server, fingerprint=fingerprint_of(certificate))
    assert b"GET /api" in b"".join(server.requests)


def test_another_certificate_than_the_trusted_one_is_refused_as_changed(secure):
    _, before = secure(begins=NOW - HOUR)
    server, after = secure(begins=NOW - HOUR)
    found = shown(server, fingerprint=fingerprint_of(before))
    assert (found.reason, found.fingerprint) == (Distrust.CHANGED, fingerprint_of(after))


def test_who_is_vouched_for_is_trusted_beside_the_chosen_one(secure):
    server, certificate = secure(begins=NOW - HOUR)
    assert shown(server, vouched=certificate, fingerprint="00" * 32) is None


def test_one_client_may_ask_again_and_again(secure):
    server, certificate = secure(begins=NOW - HOUR)
    with closing(HttpClient(SourceId("home"), fingerprint=fingerprint_of(certificate))) as client:
        for _ in range(3):
            assert client.get(https(server)).body == b"{}"
    assert server.connections == 3


def test_a_trusted_server_that_speaks_no_tls_is_unreachable(server):
    with closing(HttpClient(SourceId("home"), fingerprint="00" * 32)) as client:
        server.says(b"HTTP/1.1 200 OK\r\n\r\n")
        with pytest.raises(Unreachable):
            client.get(https(server))


def test_a_failure_keeps_its_certificate_on_the_way_through_another_process(secure):
    server, _ = secure(begins=NOW - HOUR)
    failure = Failure(kind="Untrusted", advice="error.untrusted", certificate=shown(server))
    assert Failure.of(json.loads(json.dumps(asdict(failure)))) == failure
    plain = Failure(kind="Unreachable", advice="error.unreachable")
    assert Failure.of(json.loads(json.dumps(asdict(plain)))) == plain


@given(st.binary(max_size=300))
def test_anything_may_be_shown_as_a_certificate(raw):
    found = described(raw, "tv.example", Distrust.SELF_SIGNED)
    assert (found.subject, found.expires) == ("", None)


def test_a_greeting_asks_nothing(secure, server):
    tls, certificate = secure(begins=NOW - HOUR)
    with closing(HttpClient(SourceId("home"), fingerprint=fingerprint_of(certificate))) as client:
        client.greet(https(tls))
        client.greet(server.address)
        with pytest.raises(Unreachable):
            client.greet(https(server))
    with closing(HttpClient(SourceId("home"))) as client, pytest.raises(Untrusted):
        client.greet(https(tls))
    assert b"GET" not in b"".join(tls.requests + server.requests)
