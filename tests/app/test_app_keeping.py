"""What the box keeps of its operators, on a card that takes nothing more."""

import pytest

from stb.app.keeping import Learnt, prove
from stb.model import SourceId
from stb.settings.seal import board_seal
from stb.settings.vault import Vault

HOME = SourceId("home")


@pytest.fixture
def vault(tmp_path):
    return Vault(tmp_path / "vault.json", board_seal("test"))


@pytest.fixture
def stuck(tmp_path, vault):
    """The card takes nothing; called again, it does."""
    vault.put(HOME, other="word")
    obstacle = tmp_path / "vault.json.new"
    (obstacle / "inside").mkdir(parents=True)

    def mended():
        (obstacle / "inside").rmdir()
        obstacle.rmdir()

    return mended


def test_what_a_provider_learnt_is_held_until_the_card_takes_it(vault, stuck):
    learnt = Learnt(vault, HOME)
    learnt.put(token="one", zone="UTC")
    assert (learnt.get("token"), Learnt(vault, HOME).get("token")) == ("one", "")
    stuck()
    learnt.put(token="")
    assert (learnt.get("token"), learnt.get("zone")) == ("", "UTC")


def test_a_password_that_cannot_be_noted_as_proven_is_no_failure(vault):
    vault.put(HOME, **{"password.unproven": "new", "password": "old"})
    vault._path.with_name("vault.json.new").mkdir()
    prove(vault, HOME, "new")
    assert vault.get(HOME, "password.unproven") == "new"
    vault._path.with_name("vault.json.new").rmdir()
    prove(vault, HOME, "new")
    assert vault.get(HOME, "password") == "new"
