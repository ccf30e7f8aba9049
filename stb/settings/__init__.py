"""What the viewer chose (`Settings`, from TOML) and what the box keeps for itself (`Vault`)."""

from stb.settings.loading import Loaded, load
from stb.settings.saving import save
from stb.settings.settings import Settings
from stb.settings.vault import Vault

__all__ = ["Loaded", "Settings", "Vault", "load", "save"]
