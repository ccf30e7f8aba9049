"""The machine the box runs on, and who the box is because of it."""

from stb.board.identity import Settled, anchor, derive, settle
from stb.board.pi import read_facts

__all__ = ["Settled", "anchor", "derive", "read_facts", "settle"]
