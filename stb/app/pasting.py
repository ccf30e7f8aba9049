"""What is in an address as a viewer types or pastes it: operators put the whole login there."""

from stb.errors import SettingsError
from stb.net import redacted
from stb.providers.xtream.address import login_of


def taken_apart(kind: str, typed: str) -> tuple[str, str, str]:
    """The address to keep, the user, and what is to be kept sealed.

    Of Xtream Codes it is the password. The address of a list may be a secret as a whole: the list is asked
    for by what is sealed, and what stands in the settings only says whose it is.

    Args:
        kind: a key of ``PROVIDERS``.
        typed: any text.
    """
    if kind == "xtream":
        try:
            login = login_of(typed)
        except SettingsError:
            return typed, "", ""  # the test of the connection says what is wrong
        return (login.address if login.user else typed), login.user, login.password
    if kind == "m3u":
        return (redacted(typed) if "://" in typed else typed), "", typed
    return typed, "", ""
