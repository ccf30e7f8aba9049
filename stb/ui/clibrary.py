"""C libraries of the system through ctypes: there in 10 ms, where their cffi bindings took 250."""

from collections.abc import Mapping
from ctypes import CDLL
from typing import Any


def load(soname: str, prototypes: Mapping[str, tuple[Any, ...]]) -> CDLL:
    """The library with these functions declared: name to (result, arguments...)."""
    library = CDLL(soname)
    for name, (result, *arguments) in prototypes.items():
        function = getattr(library, name)
        function.restype = result
        function.argtypes = arguments
    return library
