"""The viewer's account with an operator."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from stb.model.ids import Duid, SourceId


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One operator the box signs in to."""

    id: SourceId
    kind: str
    """Which protocol it speaks: a key of ``PROVIDERS``."""
    name: str
    """What the viewer calls it."""
    address: str
    """Base address as the operator gave it."""
    user: str = ""
    """The viewer's name with the operator, where the kind has one; the password is in the vault."""
    mac: str = ""
    """A hardware address the viewer entered, for an operator that goes by it; empty: the box's own."""
    guide: str = ""
    """Address of a guide of its own, where the operator's lists have none."""
    user_agent: str = ""
    """What the box calls itself to this operator; empty: what the kind usually says."""
    model: str = ""
    """Which set-top box it says it is, where an operator goes by that (``MAG250``); empty: the usual."""
    fingerprint: str = ""
    """The one certificate the viewer chose to trust: SHA-256, lower-case hexadecimal; empty: none."""


class AccountStatus(StrEnum):
    """What the operator says of this device."""

    UNREGISTERED = "unregistered"
    ACTIVE = "active"
    EXPIRED = "expired"
    DISABLED = "disabled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What the operator answered when the box signed in."""

    status: AccountStatus
    message: str = ""
    """The operator's own words, shown as they are."""
    owner: str = ""
    expires: date | None = None
    """Last day of the subscription; None where the operator does not say."""
    revision: str = ""
    """Changes when the operator's lists change, so that an unchanged list is not read again."""
    trial: bool = False
    """It is for trying only."""
    connections: int = 0
    """How many may watch at once; 0: as many as like, or the operator does not say."""
    connected: int = 0
    """How many watch now, this box included where it does."""
    archive_goes_on: bool = False
    """The operator wants what was on a channel to be followed by what came after it."""
    told_at: datetime | None = field(default=None, compare=False)
    """The time by the operator's clock when it said this; None where it did not say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    """What the operator gave a new device."""

    duid: Duid
    code: str
    """Activation code; digits, kept as text because it may start with a zero."""
