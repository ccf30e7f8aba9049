"""A card of plain folders in place of its partitions, and a box that lives on it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from stb.app.firstboot import CARD, REPORT, Disk, first_boot
from stb.app.identity import open_vault
from stb.app.places import Places
from stb.firstboot.wish import Reading
from stb.settings import seal
from stb.settings.loading import Loaded, load

KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEVhY2ggYm94IGhhcyBhIGtleSBvZiBpdHMgb3du owner"


@dataclass
class Box:
    """One card."""

    folder: Path
    names: list[str] = field(default_factory=list)
    """What the machine was called, one after another."""

    @property
    def disk(self) -> Disk:
        return Disk(card=self.folder / "card", data=self.folder / "data")

    @property
    def places(self) -> Places:
        data = self.folder / "data"
        return Places(state=data / "state", runtime=self.folder / "run", cache=data / "cache")

    def write(self, text: str, name: str = CARD) -> None:
        """Somebody has the card in a computer."""
        (self.disk.card / name).write_text(text, encoding="utf-8")

    def boot(self) -> Reading:
        return first_boot(self.disk, self.places, self.names.append)

    def on_card(self, name: str = CARD) -> str:
        return (self.disk.card / name).read_text(encoding="utf-8")

    @property
    def report(self) -> str:
        return self.on_card(REPORT)

    def kept(self, name: str) -> str:
        """A file of the data partition."""
        return (self.disk.data / name).read_text(encoding="utf-8")

    @property
    def settings(self) -> Loaded:
        return load(self.places.settings)

    def password(self, source: str) -> Mapping[str, str]:
        return open_vault(self.places).section(source)


@pytest.fixture
def box(tmp_path, monkeypatch):
    """A new card; its vault is sealed quickly, for it is sealed often here."""
    monkeypatch.setattr(seal, "_WORK", 2)
    made = Box(tmp_path)
    made.disk.card.mkdir()
    made.disk.data.mkdir()
    return made


@pytest.fixture
def key():
    """A public key."""
    return KEY
