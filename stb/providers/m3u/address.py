"""Where a list is: on a server, or on a disk that the viewer plugged in."""

import re
import stat
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from stb.errors import NoSuchItem, SettingsError

_BETWEEN = re.compile(r"[\s,;]+(?=(?:https?://|/|file:/))")


def place(typed: str, what: str = "address") -> str | Path:
    """What a viewer typed: an address of the web, or a file of the box.

    ``http://`` may be left out. The viewer may name any file; a list may not name one.

    Raises:
        SettingsError: it is neither.
    """
    text = typed.strip()
    if text.startswith("file:"):
        text = unquote(urlsplit(text).path)
    if text.startswith(("/", "./", "../")) and "\0" not in text:
        return Path(text)
    text = text if "://" in text else f"http://{text}"
    try:
        parts = urlsplit(text)
        usable = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError:
        usable = False
    if not usable or any(letter.isspace() or not letter.isprintable() for letter in text):
        raise SettingsError("operator's address", problems=(f"{what}: not like http://tv.example/list.m3u",))
    return text


def places(typed: str, what: str = "guide") -> tuple[str | Path, ...]:
    """Several of them with commas or spaces between them; none for an empty text.

    Raises:
        SettingsError: one of them is none.
    """
    return tuple(place(one, what) for one in _BETWEEN.split(typed.strip()) if one)


def panel_guide(address: str) -> tuple[str, ...]:
    """Where the panel that writes a list (``get.php``) has the guide to it; nowhere for other lists."""
    parts = urlsplit(address)
    folder, _, script = parts.path.rpartition("/")
    who = {name: value for name, value in parse_qsl(parts.query) if name in {"username", "password"}}
    if script != "get.php" or len(who) != 2:  # noqa: PLR2004 - both
        return ()
    return (parts._replace(path=f"{folder}/xmltv.php", query=urlencode(who)).geturl(),)


def checked(path: Path) -> Path:
    """A file that can be read as one.

    Raises:
        NoSuchItem: it is not there, or is a folder or a device.
    """
    try:
        regular = stat.S_ISREG(path.stat().st_mode)
    except (OSError, ValueError) as error:
        raise NoSuchItem(f"no file: {getattr(error, 'strerror', None) or 'not a path'}") from error
    if not regular:
        raise NoSuchItem("no file: a folder or a device")
    return path
