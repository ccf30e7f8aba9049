"""Everything that can go wrong, by its own name.

StbError                     .advice: message id of what the viewer is told
* SettingsError              .problems: all that is wrong with a settings file, an address or the vault
* BoardError                 the machine does not say who it is
* DisplayError               there is no screen to draw on
* PictureError               a picture from outside cannot be read, or is too large
* ProviderError              .source .status (HTTP's, where there was one) .words (the operator's)
  x Unreachable              no route, no name, refused, cut off, or too slow
  x Untrusted                .certificate: the operator's TLS certificate is not to be trusted
    NotYetValid              ... because it begins later than a clock says that nobody has set
  x LoginRefused             the operator does not let this device in; a wrong code
  x NotRegistered            the operator does not know this device
  x AccountDisabled          the operator has switched this device off
  x NoSuchItem               the operator no longer has this channel
  x ServerFault              the operator's server says that it is broken (5xx)
  x BadReply                 .where .got: the answer is not what the protocol says
* Stopped                    the viewer ended what was under way
* CatalogueError             the lists on the disk cannot be used
  x CatalogueTooNew          written by a newer version of the box
  x DiskFull                 there is no room on the card
  x DiskReadOnly             the card does not let itself be written
* PlayerError                the player cannot do what it was asked
* PortalError                the embedded portal cannot do what it was asked
* AdminError                 .words: an operator's panel did not do what it was asked
  x NoSession                nobody is logged in there, or no longer
  x NoPermission             the panel says no: a right is missing, or its words do not tell
  x AddressForbidden         the panel's streaming server refuses the panel (IP FORBIDDEN)
  x WrongKey                 the panel's streaming server does not take its key (KEY WRONG)
  x EmptyAnswer              the panel says nothing at all
* KeymapError                .problems: all that is wrong with a keymap
* ControlError               no box answers at the control socket, or it refused
"""

from dataclasses import replace
from typing import ClassVar

from stb.model import Certificate, Failure, SourceId


class StbError(Exception):
    """Root of the box's own errors; its text is one line for the log, without secrets."""

    advice: ClassVar[str] = "error.unknown"

    @property
    def failure(self) -> Failure:
        """This error as a value for messages and screens."""
        return Failure(kind=type(self).__name__, advice=self.advice, detail=str(self))


class SettingsError(StbError):
    """A settings file, an operator's address in it, or the vault cannot be used."""

    advice = "error.settings"

    def __init__(self, text: str, *, problems: tuple[str, ...] = ()) -> None:
        """Keep every fault, each one line: the place in the file, what is wrong, the near word."""
        super().__init__("; ".join((text, *problems)))
        self.problems = problems


class BoardError(StbError):
    """The machine does not say who it is."""

    advice = "error.board"


class DisplayError(StbError):
    """There is no screen to draw on: no X server answers, or it went away."""

    advice = "error.display"


class PictureError(StbError):
    """A picture from outside cannot be read, or is too large; nothing is shown in its place."""


class ProviderError(StbError):
    """An operator's server did not give what was asked of it."""

    advice = "error.provider"

    def __init__(
        self,
        text: str,
        *,
        source: SourceId | None = None,
        status: int | None = None,
        words: str = "",
    ) -> None:
        """Keep where it happened, HTTP's status and the operator's own words."""
        super().__init__(text)
        self.source = source
        self.status = status
        self.words = words

    @property
    def failure(self) -> Failure:
        """This error as a value, with the operator's words."""
        return Failure(
            kind=type(self).__name__,
            advice=self.advice,
            words=self.words,
            detail=str(self),
            status=self.status,
        )


class Unreachable(ProviderError):
    """No route, no name, refused, cut off, or too slow."""

    advice = "error.unreachable"


class Untrusted(ProviderError):
    """The operator's TLS certificate is not to be trusted."""

    advice = "error.untrusted"

    def __init__(
        self, text: str, *, source: SourceId | None = None, certificate: Certificate | None = None
    ) -> None:
        """Keep the certificate that was shown, for whoever is to decide about it."""
        super().__init__(text, source=source)
        self.certificate = certificate

    @property
    def failure(self) -> Failure:
        """This error as a value, with the certificate."""
        return replace(super().failure, certificate=self.certificate)


class NotYetValid(Untrusted):
    """The operator's TLS certificate begins in the future of a clock that nobody has set yet."""

    advice = "error.not_yet_valid"


class LoginRefused(ProviderError):
    """The operator does not let this device in; a wrong activation code."""

    advice = "error.login_refused"


class NotRegistered(ProviderError):
    """The operator does not know this device."""

    advice = "error.not_registered"


class AccountDisabled(ProviderError):
    """The operator has switched this device off."""

    advice = "error.disabled"


class NoSuchItem(ProviderError):
    """The operator no longer has this channel."""

    advice = "error.no_such_item"


class ServerFault(ProviderError):
    """The operator's server says that it is broken (5xx)."""

    advice = "error.server_fault"


class BadReply(ProviderError):
    """The answer is not what the protocol says."""

    advice = "error.bad_reply"

    def __init__(  # noqa: PLR0913 - each is named
        self,
        text: str,
        *,
        where: str,
        got: str,
        source: SourceId | None = None,
        status: int | None = None,
        words: str = "",
    ) -> None:
        """Keep the place (``data.channels[3].id``) and what stood there, at most 200 characters."""
        super().__init__(f"{text} at {where}", source=source, status=status, words=words)
        self.where = where
        self.got = got[:200]


class Stopped(StbError):
    """The viewer ended what was under way."""

    advice = "error.stopped"


class CatalogueError(StbError):
    """The lists on the disk cannot be used."""

    advice = "error.catalogue"


class CatalogueTooNew(CatalogueError):
    """The lists on the disk were written by a newer version of the box."""

    advice = "error.catalogue_too_new"


class DiskFull(CatalogueError):
    """There is no room on the card."""

    advice = "error.disk_full"


class DiskReadOnly(CatalogueError):
    """The card does not let itself be written: it is locked, worn out, or was mounted that way."""

    advice = "error.disk_read_only"


class PlayerError(StbError):
    """The player cannot do what it was asked."""

    advice = "error.player"


class PortalError(StbError):
    """The embedded portal cannot do what it was asked."""

    advice = "error.portal"


class AdminError(StbError):
    """An operator's panel did not do what it was asked."""

    def __init__(self, text: str, *, words: str = "") -> None:
        """Keep the panel's own words, where it had some."""
        super().__init__(f"{text}: {words}" if words else text)
        self.words = words


class NoSession(AdminError):
    """Nobody is logged in at the panel, or no longer."""


class NoPermission(AdminError):
    """The panel says no: a right is missing, or something that its answer does not tell apart from it."""


class AddressForbidden(AdminError):
    """The panel's streaming server does not listen to the panel (IP FORBIDDEN)."""


class WrongKey(AdminError):
    """The panel's streaming server does not take the panel's key (KEY WRONG)."""


class EmptyAnswer(AdminError):
    """The panel answers nothing at all, and nothing tells why."""


class KeymapError(StbError):
    """What the remote's keys mean cannot be read or written."""

    advice = "error.keymap"

    def __init__(self, text: str, *, problems: tuple[str, ...] = ()) -> None:
        """Keep every fault, each one line: the place in the file, what is wrong, the near word."""
        super().__init__("; ".join((text, *problems)))
        self.problems = problems


class ControlError(StbError):
    """No box answers at the control socket, or it refused."""

    advice = "error.control"
