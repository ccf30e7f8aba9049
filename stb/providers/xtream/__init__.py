"""Xtream Codes: panels that speak ``player_api.php``; live, films, series, guide and archive."""

from stb.providers.xtream.address import Login, login_of
from stb.providers.xtream.client import Xtream

__all__ = ["Login", "Xtream", "login_of"]
