"""Sound leaves by the card it was sent to; by real libVLC and real ALSA, with pipes in the place of cards."""

import os
import select
from contextlib import suppress

import pytest

from stb.messages import PlayerDied
from stb.model import PlayerState, SoundOut
from stb.player import PlayerHost

LONG = 60.0
BURST = bytes.fromhex("72f81f4e")
"""How a burst of encoded sound begins among 16-bit samples (IEC 61937-1, the words Pa and Pb)."""
ALSA = """
</usr/share/alsa/alsa.conf>
pcm.!sysdefault {{ @args [ CARD ] @args.CARD {{ type string }}
  type plug slave.pcm {{ type file format raw slave.pcm {{ type null }}
    file {{ @func concat strings [ "{folder}/" $CARD ] }} }} }}
pcm.!hdmi {{ @args [ CARD DEV AES0 AES1 AES2 AES3 ] @args.CARD {{ type string }} @args.DEV {{ type integer }}
  @args.AES0 {{ type integer default 0 }} @args.AES1 {{ type integer default 0 }}
  @args.AES2 {{ type integer default 0 }} @args.AES3 {{ type integer default 0 }}
  type file format raw slave.pcm {{ type null }} file {{ @func concat strings [ "{folder}/" $CARD ] }} }}
"""
"""The two names of devices that the boards' table has, for cards that are named pipes."""


class Ear:
    """Hears what a card is given."""

    def __init__(self, path):
        os.mkfifo(path)
        self._end = os.open(path, os.O_RDONLY | os.O_NONBLOCK)

    def hear(self):
        """The next of it; fails when there is none."""
        while True:
            heard, _, _ = select.select([self._end], [], [], LONG)
            assert heard, "nothing is heard"
            with suppress(BlockingIOError):
                if sound := os.read(self._end, 1 << 16):
                    return sound

    @property
    def silent(self):
        """Nothing was said, or is being said."""
        try:
            return not os.read(self._end, 1)
        except BlockingIOError:
            return False

    def close(self):
        os.close(self._end)


@pytest.fixture
def cards(tmp_path, monkeypatch):
    """The ears behind two cards."""
    (tmp_path / "alsa.conf").write_text(ALSA.format(folder=tmp_path))
    monkeypatch.setenv("ALSA_CONFIG_PATH", str(tmp_path / "alsa.conf"))
    cards = {name: Ear(tmp_path / name) for name in ("vc4hdmi0", "vc4hdmi1")}
    yield cards
    for card in cards.values():
        card.close()


def stereo(number):
    return SoundOut(name=f"hdmi{number}", device=f"sysdefault:CARD=vc4hdmi{number}")


def encoded(*codecs):
    return SoundOut(name="hdmi0", device="hdmi:CARD=vc4hdmi0,DEV=0", passthrough=codecs)


@pytest.fixture
def player(television, inbox):
    """Makes a real player whose sound goes there."""
    made = []

    def make(sound):
        made.append(PlayerHost(television.target, inbox.put, sound=sound))
        return made[-1]

    yield make
    for host in made:
        host.close()


@pytest.fixture
def surround(server, stream):
    return stream(server.address("surround.ts"))


def bursts(card, most=2_000_000):
    """How many bursts there are in what is heard, until there are enough to be sure."""
    heard = b""
    while heard.count(BURST) < 3 and len(heard) < most:
        heard += card.hear()
    return heard.count(BURST)


def test_sound_leaves_by_the_card_it_was_sent_to(player, cards, surround):
    player(stereo(1)).play(surround, 1)

    assert cards["vc4hdmi1"].hear()
    assert cards["vc4hdmi0"].silent


def test_sound_follows_the_tv(player, cards, inbox, surround):
    host = player(stereo(0))
    host.play(surround, 1)
    cards["vc4hdmi0"].hear()

    host.set_sound(stereo(1))
    assert inbox.await_death() == PlayerDied("makes way: sound goes to hdmi1 now")
    host.play(surround, 2)

    assert cards["vc4hdmi1"].hear()


def test_sound_that_stays_where_it_is_disturbs_nobody(host, inbox, server, stream):
    host.set_sound(SoundOut(name="null"))
    host.play(stream(server.address("red.ts")), 1)

    inbox.await_state(PlayerState.PLAYING, 1)


def test_what_the_tv_decodes_is_passed_on(player, cards, surround):
    player(encoded("AC-3")).play(surround, 1)

    assert bursts(cards["vc4hdmi0"]) == 3


def test_what_nobody_chose_to_pass_on_is_stereo(player, cards, surround):
    player(stereo(0)).play(surround, 1)

    assert bursts(cards["vc4hdmi0"]) == 0


def test_a_delay_is_taken_while_something_plays_and_before(host, inbox, server, stream):
    host.set_delay(200)
    host.play(stream(server.address("red.ts")), 1)
    inbox.await_state(PlayerState.PLAYING, 1)

    host.set_delay(-150)
    host.play(stream(server.address("blue.ts")), 2)

    inbox.await_state(PlayerState.PLAYING, 2)
