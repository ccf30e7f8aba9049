"""Any bytes as a guide: both ways of reading say the same, packed or not."""

import os
from pathlib import Path
from tempfile import TemporaryFile

from stb.errors import BadReply
from stb.model.guide import read
from stb.providers.xmltv import XmltvGuide

SEEDS = (
    b"""<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE tv SYSTEM "xmltv.dtd">
<tv generator-info-name="x"><channel id="one"><display-name lang="en">One</display-name></channel>
<programme start="20260131090000 +0000" stop="20260131100000 +0100" channel="one" catchup-id="x&amp;y">
<title lang="en">News</title><sub-title>a</sub-title><desc>Text &amp; &lt;more&gt;</desc>
<category>Film</category><episode-num system="xmltv_ns">0.1.</episode-num>
<episode-num system="onscreen">S01E02</episode-num><icon src="a" width="1"/>
<credits><actor>A</actor></credits><rating system='x'><value>1</value></rating><new /></programme></tv>""",
    (
        b"<tv><programme start_timestamp='1769850000' stop_timestamp='1769853600' channel='\xd0\xff'>"
        b"<title><![CDATA[a < b & c]]></title><desc>&nbsp;&#1;&#x41;</desc></programme><!-- a -- b --><?x y?>"
    ),
    '\ufeff<tv><programme start="2026013109" channel="один"><title>Новости</title></programme></tv>'.encode(),
    '<tv><channel id="a"/><programme start="202601310900" channel="a"/></tv>'.encode("utf-16"),
)
_FILE = TemporaryFile()  # noqa: SIM115 - gone with this process, however it ends
_PATH = Path(f"/proc/self/fd/{_FILE.fileno()}")


def one(data: bytes) -> None:
    """Read it twice."""
    os.ftruncate(_FILE.fileno(), 0)
    os.pwrite(_FILE.fileno(), data, 0)
    if _told(quick=True) != _told(quick=False):
        raise AssertionError("two ways of reading do not agree")


def _told(*, quick: bool) -> object:
    try:
        guide = XmltvGuide(_PATH, "1", quick=quick)
    except BadReply:
        return None
    return [read(one) if type(one) is tuple else one for one in guide], guide.lost
