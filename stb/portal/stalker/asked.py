"""What a set-top box asks, and who it says it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from starlette.requests import Request

from stb.portal.macs import normal
from stb.portal.params import params_of

Json = dict[str, Any]
_LONGEST_NUMBER = 15
_BEARER = "Bearer "


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One request to the script."""

    params: Mapping[str, str]
    cookies: Mapping[str, str]
    mac: str
    """As portals write it; empty where the request names none."""
    token: str
    base: str
    """Scheme and server as the box knows them."""
    ip: str = ""
    agent: str = ""
    model: str = ""
    """What it says of itself beside that (``X-User-Agent``)."""

    @property
    def player(self) -> str:
        """What filters of players look at."""
        return f"{self.agent}; {self.model}; Country: XX"

    @property
    def name(self) -> tuple[str, str]:
        """Type and action."""
        return self.text("type"), self.text("action")

    def text(self, name: str) -> str:
        """A parameter; empty where it is not there."""
        return self.params.get(name, "")

    def number(self, name: str) -> int:
        """A parameter that is a whole number; 0 where it is none."""
        return digits(self.text(name))

    def truth(self, name: str) -> bool:
        """A parameter that is 0 or 1."""
        return self.text(name) not in {"", "0", "false", "null", "undefined"}

    def zone(self, otherwise: ZoneInfo) -> ZoneInfo:
        """Where the box says its clock is."""
        name = self.cookies.get("timezone", "")
        try:
            return ZoneInfo(name) if name and name != "undefined" else otherwise
        except (ZoneInfoNotFoundError, ValueError, OSError):
            return otherwise


async def read(request: Request) -> Asked:
    """Read one; cookies may be percent-encoded, and parameters may come in a form.

    Raises:
        HTTPException: 413 the form is too long.
    """
    cookies = {name: unquote(value) for name, value in request.cookies.items()}
    bearer = request.headers.get("authorization", "")
    return Asked(
        params=await params_of(request),
        cookies=cookies,
        mac=normal(cookies.get("mac", "")),
        token=bearer.removeprefix(_BEARER).strip() if bearer.startswith(_BEARER) else "",
        base=f"{request.url.scheme}://{request.url.netloc}",
        ip=request.client.host if request.client else "",
        agent=request.headers.get("user-agent", ""),
        model=request.headers.get("x-user-agent", ""),
    )


def digits(text: str) -> int:
    """A whole number written in ASCII; 0 for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < _LONGEST_NUMBER else 0


def numbers(text: str) -> tuple[int, ...]:
    """Whole numbers with commas between them."""
    return tuple(number for part in text.split(",") if (number := digits(part.strip())))


def paged(rows: list[Json], page: int, size: int, at: int = 0) -> Json:
    """One page of a list; page 0 is the one with row ``at``."""
    selected = 0
    if page < 1:
        page, selected = at // size + 1, at % size + 1 if rows else 0
    return {
        "total_items": len(rows),
        "max_page_items": size,
        "selected_item": selected,
        "cur_page": page,
        "data": rows[(page - 1) * size : page * size],
    }
