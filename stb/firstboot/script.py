"""``firstrun.sh``, which Raspberry Pi Imager writes for images of the ``init_format`` "systemd". Pure.

Imager 1.x writes it for any image whose format it does not know, and has the kernel's command line run it.
Here it is never run: of the lines that Imager is known to write, the words are read, as a shell would split
them; of all others nothing is believed.
"""

import shlex
from collections.abc import Iterator

from stb.firstboot.imager import understood
from stb.firstboot.wish import Reading

FILE = "firstrun.sh"
_CALLED = "/usr/lib/raspberrypi-sys-mods/imager_custom "


def read_script(text: str) -> Reading:
    """What the script would have set up."""
    document: dict[str, dict[str, object]] = {}
    for words in _calls(text):
        _understand(document, words)
    if not document:
        return Reading(
            problems=(f"{FILE}: not what Raspberry Pi Imager writes; scripts are not run on this box",)
        )
    return understood(FILE, document, (f"{FILE}: read, not run",))


def _calls(text: str) -> Iterator[list[str]]:
    """Of each call of Imager's helper its words after the helper's name."""
    for line in text.splitlines():
        if not line.strip().startswith(_CALLED):
            continue
        try:
            words = shlex.split(line)
        except ValueError:  # a quote without its other half
            continue
        yield words[1:]


def _understand(document: dict[str, dict[str, object]], words: list[str]) -> None:
    match words:
        case ["set_hostname", name]:
            document.setdefault("system", {})["hostname"] = name
        case ["set_timezone", zone]:
            document.setdefault("locale", {})["timezone"] = zone
        case ["set_keymap", _]:
            document.setdefault("locale", {})
        case ["enable_ssh", "-k", *keys]:
            document["ssh"] = {"enabled": True, "authorized_keys": keys}
        case ["enable_ssh"]:
            document["ssh"] = {"enabled": True}
        case ["set_wlan", *rest]:
            _wlan(document, rest)


def _wlan(document: dict[str, dict[str, object]], rest: list[str]) -> None:
    hidden = "-h" in rest[:1]
    match rest[1:] if hidden else rest:
        case [name, password, country]:
            document["wlan"] = {"ssid": name, "password": password, "hidden": hidden, "country": country}
        case [name, password]:
            document["wlan"] = {"ssid": name, "password": password, "hidden": hidden}
