"""Raspberry Pi Imager's customisation where it is TOML: ``rpi-preseed.toml`` and ``custom.toml``. Pure.

Imager 2.0.11 and later write the former for an image whose ``init_format`` is ``rpi-preseed``
(rpi-preseed.toml(5)); the latter is what Raspberry Pi OS 12 reads, written by hand or by programs. Both have
the same tables; only what a television needs is taken, and the rest is said.
"""

import tomllib
from collections.abc import Mapping

from stb.firstboot.rules import COUNTRY, HOSTNAME, KEY, NETWORK, PASSPHRASE, Rule
from stb.firstboot.wish import Reading, Wifi, Wish
from stb.settings.rules import SETTINGS

_NEEDLESS = (
    "boot",
    "connect",
    "interfaces",
    "mounts",
    "packages",
    "runcmd",
    "user",
    "ca_certificates",
    "ethernet",
)
_LANGUAGES = ("ar", "en")


def read_preseed(text: str, file: str) -> Reading:
    """What one of the two files wishes for.

    Args:
        text: what is in it.
        file: its name, for what is told.
    """
    try:
        document = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        return Reading(problems=(f"{file}: {error or type(error).__name__}",))
    notes = tuple(f"{file}: [{name}] is not for this box" for name in _NEEDLESS if name in document)
    return understood(file, document, notes)


def understood(file: str, document: Mapping[str, object], notes: tuple[str, ...]) -> Reading:
    """What a document of Imager's tables wishes for, whichever file it came out of."""
    taker = Taker(file, document)
    language = taker.text("locale.lang", _is_text)[:2]
    zone = taker.text("locale.timezone", SETTINGS["time_zone"])
    settings = {"time_zone": zone, "language": language if language in _LANGUAGES else ""}
    wish = Wish(
        hostname=taker.text("system.hostname", HOSTNAME),
        country=taker.text("wlan.country", COUNTRY).upper(),
        wifi=taker.wifi(),
        keys=taker.keys(),
        settings={name: value for name, value in settings.items() if value},
    )
    return Reading(wish=wish, problems=tuple(taker.problems), notes=notes)


class Taker:
    """Takes what is sound out of a document, and notes what is not."""

    def __init__(self, file: str, document: Mapping[str, object]) -> None:
        """Nothing is taken yet."""
        self._file = file
        self._document = document
        self.problems: list[str] = []

    def text(self, place: str, rule: Rule) -> str:
        """The text at ``table.name`` where it keeps the rule; empty where there is none."""
        value = self._at(place)
        if value is None or value == "":
            return ""
        if fault := rule(value):
            self.problems.append(f"{self._file}: {place}: {fault}")
            return ""
        return str(value)

    def wifi(self) -> Wifi | None:
        """The network; none where there is none, or where its password cannot be one."""
        name = self.text("wlan.ssid", NETWORK).encode() or self._octets()
        faults = len(self.problems)
        password = self.text("wlan.password", PASSPHRASE)
        if not name or len(self.problems) > faults:
            return None
        return Wifi(name=name, password=password, hidden=self._at("wlan.hidden") is True)

    def keys(self) -> tuple[str, ...] | None:
        """Who may come in; None where nothing is said of it."""
        if self._at("ssh.enabled") is not True:
            return None
        rows = self._at("ssh.authorized_keys")
        texts = [str(row).strip() for row in rows] if isinstance(rows, list) else []
        self.problems.extend(f"{self._file}: ssh.authorized_keys: {KEY(row)}" for row in texts if KEY(row))
        sound = tuple(row for row in texts if not KEY(row))
        if not sound:
            self.problems.append(f"{self._file}: ssh: a key is needed, this box knows no passwords")
        return sound or None

    def _octets(self) -> bytes:
        """A name that is no UTF-8 stands in hexadecimal digits."""
        text = self.text("wlan.ssid_hex", _is_hex)
        return bytes.fromhex(text)

    def _at(self, place: str) -> object:
        section, _, name = place.partition(".")
        table = self._document.get(section)
        return table.get(name) if isinstance(table, Mapping) else None


def _is_text(value: object) -> str:
    return "" if isinstance(value, str) else "a text expected"


def _is_hex(value: object) -> str:
    try:
        fits = 1 <= len(bytes.fromhex(value if isinstance(value, str) else "")) <= 32  # noqa: PLR2004 - an SSID
    except ValueError:
        fits = False
    return "" if fits else "hexadecimal digits of at most 32 octets expected"
