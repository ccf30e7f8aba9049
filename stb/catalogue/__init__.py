"""The operators' lists on the box's own disk, and the viewer's own things beside them."""

from stb.catalogue.catalogue import Catalogue, Group
from stb.catalogue.guide import Guide, NowNext
from stb.catalogue.history import Watched
from stb.catalogue.library import Library
from stb.catalogue.marks import Mark
from stb.catalogue.viewer import Remembered, Viewer

__all__ = ["Catalogue", "Group", "Guide", "Library", "Mark", "NowNext", "Remembered", "Viewer", "Watched"]
