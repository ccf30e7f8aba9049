"""Guides as files of XMLTV, as they are in the wild."""

from stb.providers.xmltv.guidebook import PACKED, XmltvGuide, fetch_guide, open_guide

__all__ = ["PACKED", "XmltvGuide", "fetch_guide", "open_guide"]
