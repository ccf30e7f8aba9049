"""Signing in by name and password, by keys of the remote alone; refusals; certificates of nobody."""

import logging
import select
import socket
import ssl
import tomllib
from contextlib import ExitStack, contextmanager, suppress
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address
from socketserver import BaseRequestHandler, ThreadingTCPServer
from threading import Event, Thread

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from stb.app.identity import open_vault
from stb.app.keeping import PASSWORD, REFUSALS
from stb.app.report import report
from stb.messages import Alarm, ScreenName
from stb.model import Key, SourceId, key_named
from stb.screens.keyboard import COLUMNS

WORD = "hunter2zz"
PANEL = SourceId("panel")
SETTINGS = """
language = "en"
[[source]]
id = "panel"
kind = "xtream"
name = "Home Portal"
address = "{address}"
user = "me"
"""


@pytest.fixture
def line(portal):
    portal.world.lines.add("me", password=WORD)
    return portal


@pytest.fixture
def set_up(switch_on, places):
    """Switch on a box with a panel in its settings, and this password in its vault."""

    def on(address, password):
        places.settings.write_text(SETTINGS.format(address=address), "utf-8")
        open_vault(places).put(PANEL, **{PASSWORD: password})
        return switch_on(as_it_is=True)

    return on


def keyboard(pilot):
    showing = pilot.box.showing
    form = showing.page if pilot.screen is ScreenName.SETTINGS else showing.operator
    return form.keyboard


def type_text(pilot, text):
    """Digits as digits, everything else by arrows and OK."""
    for character in text:
        if character.isdecimal():
            pilot.press(key_named(character))
            continue
        for key in (Key.DOWN, Key.RIGHT):
            for _ in range(COLUMNS):
                board = keyboard(pilot)
                if key is Key.DOWN and character in board.rows[board.row]:
                    break
                if board.focused == character:
                    break
                pilot.press(key)
        pilot.press(Key.OK)


def all_said(pilot):
    """What whoever looks at the box from outside can see, but for the screen."""
    state = pilot.box.state
    return repr(state) + str(report(state, PANEL, None, None))


def test_a_name_and_a_password_lead_to_a_picture_and_lie_nowhere(switch_on, line, places, caplog):
    caplog.set_level(logging.DEBUG)
    pilot = switch_on(as_it_is=True)
    pilot.press(Key.OK, Key.OK, Key.DOWN, Key.OK)
    type_text(pilot, line.address.removeprefix("http://"))
    pilot.press(Key.BLUE)
    type_text(pilot, "me")
    pilot.press(Key.BLUE)
    type_text(pilot, WORD[:-1])
    seen = pilot.words
    pilot.press(Key.BLUE, Key.OK)
    pilot.until_said("It does not work yet")
    seen += pilot.words
    assert "letter by letter" in pilot.words
    pilot.press(Key.OK)
    type_text(pilot, WORD[-1])
    pilot.press(Key.BLUE, Key.OK)
    pilot.until_said("Everything works")
    seen += pilot.words + all_said(pilot)
    pilot.press(Key.OK)
    assert pilot.box.again
    pilot = switch_on(as_it_is=True)
    pilot.until_watching(1)
    seen += pilot.words + all_said(pilot) + caplog.text
    (kept,) = tomllib.loads(places.settings.read_text("utf-8"))["source"]
    assert (kept["kind"], kept["user"]) == ("xtream", "me")
    assert WORD[:-1] not in seen
    for file in (*places.state.rglob("*"), *places.runtime.rglob("*")):
        if file.is_file():
            assert WORD[:-1].encode() not in file.read_bytes(), file


def test_a_password_that_is_refused_is_changed_from_there(set_up, line, places, switch_on):
    pilot = set_up(line.address, "wrong")
    pilot.until_said("does not let this box in")
    assert open_vault(places).get(PANEL, REFUSALS) == "1"
    pilot.press(Key.OK)
    assert pilot.screen is ScreenName.SETTINGS
    type_text(pilot, WORD)
    pilot.press(Key.BLUE, Key.OK)
    pilot.until_said("Everything works")
    pilot.press(Key.OK)
    pilot = switch_on(as_it_is=True)
    pilot.until_watching(1)
    assert open_vault(places).get(PANEL, REFUSALS) == ""


def test_a_new_password_that_does_not_work_gives_way_to_the_old_one(set_up, line, places, switch_on):
    pilot = set_up(line.address, WORD)
    pilot.until_watching(1)
    open_vault(places).put(PANEL, **{"password.unproven": "wrong"})
    pilot = switch_on(as_it_is=True)
    pilot.until(lambda: pilot.box.again, "beginning anew")
    pilot = switch_on(as_it_is=True)
    pilot.until_watching(1)


def test_a_line_that_is_banned_is_said_without_codes_and_its_lists_stay(set_up, line):
    pilot = set_up(line.address, WORD)
    pilot.until_watching(1)
    line.world.lines.ban("me")
    pilot.ring(Alarm.ASK)
    pilot.until(lambda: pilot.screen is ScreenName.NOTICE or pilot.box.state.toast, "the refusal")
    assert "Type a code" not in pilot.words
    pilot.press(Key.HOME, Key.OK)
    assert pilot.screen is ScreenName.CHANNELS
    assert "Amber Hills" in pilot.words


# --- TLS ----------------------------------------------------------------------------------------


def test_a_certificate_nobody_vouches_for_is_trusted_from_the_screen(
    set_up, line, places, switch_on, tmp_path
):
    with before_it(line, tmp_path / "one.pem") as port:
        pilot = set_up(f"https://127.0.0.1:{port}", WORD)
        pilot.until_said("could not prove who it is")
        assert "Test Operator" in pilot.words
        pilot.press(Key.RIGHT, Key.OK)
        assert pilot.box.again
        pilot = switch_on(as_it_is=True)
        pilot.until_watching(1)
    (kept,) = tomllib.loads(places.settings.read_text("utf-8"))["source"]
    assert len(kept["fingerprint"]) == 64
    assert open_vault(places).get(PANEL, PASSWORD) == WORD


@contextmanager
def before_it(portal, certificate):
    """TLS in front of a portal, with a certificate of its own making; gives its port."""
    certificate.write_bytes(made_certificate())
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    behind = ("127.0.0.1", int(portal.address.rpartition(":")[2]))
    over = Event()

    class Handler(BaseRequestHandler):
        def handle(self):
            with suppress(OSError), ExitStack() as stack:
                outside = stack.enter_context(context.wrap_socket(self.request, server_side=True))
                inside = stack.enter_context(socket.create_connection(behind))
                pass_on(outside, inside, over)

    class Listener(ThreadingTCPServer):
        daemon_threads = False

    with Listener(("127.0.0.1", 0), Handler) as listener:
        thread = Thread(target=listener.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield listener.server_address[1]
        finally:
            over.set()
            listener.shutdown()
            thread.join()


def pass_on(outside, inside, over):
    while not over.is_set():
        ready = [outside] if outside.pending() else select.select([outside, inside], [], [], 0.1)[0]
        for one in ready:
            piece = one.recv(65536)
            if not piece:
                return
            if one is inside:  # who stands before it knows that it is spoken to in TLS
                piece = piece.replace(b"location: http:", b"location: https:")
            (inside if one is outside else outside).sendall(piece)


def made_certificate():
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Test Operator")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(IPv4Address("127.0.0.1"))]), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    pem, plain = serialization.Encoding.PEM, serialization.NoEncryption()
    return key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain) + made.public_bytes(pem)
