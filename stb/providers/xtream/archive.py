"""Where a programme that was on is played from: the forms that panels understand. Pure.

Source: the rewrite rules and scripts of panels, and what clients were seen to try. The start is on the
server's wall clock, with the offset that it had then; the duration is in minutes. Which spelling a panel
takes nobody says, so they are tried once, the usual one first. Questions to a script come last: some panels
answer one that they do not understand with what is on now.
"""

from datetime import tzinfo
from typing import NamedTuple
from urllib.parse import quote

from stb.model import Programme
from stb.providers.xtream.address import Login, escaped
from stb.providers.xtream.zones import wall_clock

_MINUTE = 60
_UNSAID = 3600
"""Seconds of a programme whose end the guide does not say."""
_PATH = "/timeshift/{user}/{password}/{minutes}/{start}/{stream}.ts"
_OTHER_PATH = "/timeshifts/{user}/{password}/{minutes}/{stream}/{start}.ts"
_SCRIPT = (
    "/streaming/timeshift.php?username={user}&password={password}"
    "&stream={stream}&start={start}&duration={minutes}"
)
_MINUTES, _UNDERSCORE, _SECONDS, _SPACE = (
    "%Y-%m-%d:%H-%M",
    "%Y-%m-%d_%H-%M",
    "%Y-%m-%d:%H:%M:%S",
    "%Y-%m-%d %H:%M:%S",
)


class Form(NamedTuple):
    """One way to ask for the archive."""

    name: str
    """Under which the one that works is remembered."""
    address: str
    start: str
    """As `strftime` has it."""


FORMS = (
    Form("path", _PATH, _MINUTES),
    Form("path_underscore", _PATH, _UNDERSCORE),
    Form("path_seconds", _PATH, _SECONDS),
    Form("other_path", _OTHER_PATH, _MINUTES),
    Form("script", _SCRIPT, _MINUTES),
    Form("script_underscore", _SCRIPT, _UNDERSCORE),
    Form("script_space", _SCRIPT, _SPACE),
    Form("script_seconds", _SCRIPT, _SECONDS),
)
"""In the order in which they are tried."""


def past_address(login: Login, form: Form, stream: str, programme: Programme, zone: tzinfo) -> str:
    """The address of what was on.

    Minutes are the smallest unit: it begins with the minute, and lasts until the one after the end.
    """
    begin, stop = programme.start - programme.start % _MINUTE, programme.stop
    end = stop if stop is not None and stop > begin else programme.start + _UNSAID
    said = wall_clock(begin, zone).strftime(form.start)
    return login.address + form.address.format(
        user=escaped(login.user),
        password=escaped(login.password),
        minutes=-((begin - end) // _MINUTE),
        start=quote(said, safe=":"),
        stream=escaped(stream),
    )
