"""The operators' lists on the box's own disk, and the viewer's own things beside them."""

from stb.catalogue.catalogue import Catalogue, Group
from stb.catalogue.viewer import Remembered, Viewer

__all__ = ["Catalogue", "Group", "Remembered", "Viewer"]
