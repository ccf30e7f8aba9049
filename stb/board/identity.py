"""Who the box is: from facts of the machine to an identity, the same for ever. Pure.

Operators know the box by its DUID alone, so changing anything here gives every box in the field a new name:
the test vectors never change.
"""

import re
from hashlib import sha256

from stb.errors import BoardError
from stb.model import Duid, Facts, Identity

_DUID = re.compile(r"[0-9A-F]{15}")
_DIGITS = 15
_NOTHING = re.compile(r"[\W_0]*|f[\Wf]*|uninitialized|unknown|none|default string|to be filled by o\.e\.m\.")
"""What firmware writes where it has nothing to say: many machines say the same."""


def derive(facts: Facts) -> Identity:
    """The identity of the machine with these facts.

    The DUID is the first 15 hexadecimal digits of a SHA-256 over the best fact and its name: a hash, because
    operators need not know serial numbers, and 60 bits, because that is the document's form. The serial is
    best: it outlives a new card. The machine-id outlives a new network adapter.

    Raises:
        BoardError: no fact says anything.
    """
    for name, value in (("serial", facts.serial), ("machine-id", facts.machine_id), ("mac", facts.mac)):
        fact = value.strip().lower()
        if not _NOTHING.fullmatch(fact):
            digest = sha256(f"stb duid 1\n{name}\n{fact}".encode()).hexdigest()
            return Identity(duid=Duid(digest[:_DIGITS].upper()))
    raise BoardError("no serial, no machine-id and no hardware address")


def settle(kept: str, facts: Facts) -> Identity:
    """The identity to use: the one kept since the first start, whatever became of the facts.

    Args:
        kept: the DUID in the vault; empty on a first start, and then the facts decide.
        facts: what the machine says now.

    Raises:
        BoardError: nothing is kept and no fact says anything.
    """
    return Identity(duid=Duid(kept)) if _DUID.fullmatch(kept) else derive(facts)
