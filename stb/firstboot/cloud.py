"""``user-data`` and ``network-config``: Raspberry Pi Imager's for images of the format "cloudinit". Pure.

Of YAML only the shape is read in which Imager writes it: a key and its value in a line, keys of a
network's name in double quotes, lists of a dash a line. Whatever else stands there is not believed, and no
command of it is ever run.
"""

import json
import re
from collections.abc import Iterator

from stb.firstboot.imager import understood
from stb.firstboot.wish import Reading

_LINE = re.compile(r'( *)(- )?("(?:[^"\\]|\\.)*"|[A-Za-z0-9_-]+):(?: +(.*))?')
_ITEM = re.compile(r" *- (.*)")
_ODD = re.compile(r"\\(?:x([0-9A-Fa-f]{2})|0)")
Row = tuple[int, str, str]
"""How far it is indented, its key, its value."""


def read_user_data(text: str) -> Reading:
    """Name, keys and time zone."""
    file = "user-data"
    if not text.startswith("#cloud-config"):
        return Reading(problems=(f"{file}: not what Raspberry Pi Imager writes",))
    values = {key: value for _, key, value in _rows(text)}
    document: dict[str, dict[str, object]] = {"system": {"hostname": values.get("hostname", "")}}
    document["locale"] = {"timezone": values.get("timezone", "")}
    if "ssh_authorized_keys" in values or values.get("enable_ssh") == "true":
        document["ssh"] = {"enabled": True, "authorized_keys": list(_items(text, "ssh_authorized_keys:"))}
    return understood(
        file, document, (f"{file}: name, keys and time zone are read, the rest is not for this box",)
    )


def read_network_config(text: str) -> Reading:
    """The Wi-Fi."""
    rows = list(_rows(text))
    values = {key: value for _, key, value in rows}
    wlan: dict[str, object] = {"country": values.get("regulatory-domain", "")}
    names = [index for index, (_, key, _value) in enumerate(rows) if key == "access-points"]
    for index in names[:1]:
        wlan |= _network(rows[index], rows[index + 1 :])
    return understood("network-config", {"wlan": wlan}, ())


def _network(above: Row, rows: list[Row]) -> dict[str, object]:
    """The first network below the line that begins them."""
    if not rows or rows[0][0] <= above[0]:
        return {}
    depth, name, _ = rows[0]
    told = {}
    for indent, key, value in rows[1:]:
        if indent <= depth:
            break
        told[key] = value
    return {"ssid": name, "password": told.get("password", ""), "hidden": told.get("hidden") == "true"}


def _rows(text: str) -> Iterator[Row]:
    for line in text.splitlines():
        if found := _LINE.fullmatch(line.rstrip()):
            yield len(found[1]) + len(found[2] or ""), _plain(found[3]), _plain(found[4] or "")


def _items(text: str, key: str) -> Iterator[str]:
    """The list below a key."""
    lines = iter(text.splitlines())
    for line in lines:
        if line.strip() == key:
            break
    for line in lines:
        found = _ITEM.fullmatch(line.rstrip())
        if not found:
            return
        yield _plain(found[1])


def _plain(text: str) -> str:
    """Without its quotes; YAML's escapes are JSON's and a few more (YAML 1.2, 5.7)."""
    if not (len(text) > 1 and text[0] == text[-1] == '"'):
        return text
    try:
        return str(json.loads(_ODD.sub(lambda odd: f"\\u00{odd[1] or '00'}", text)))
    except ValueError:
        return text[1:-1]
