"""Whom the box believes over TLS: whoever the world vouches for, and one certificate that the viewer chose.

A server whose certificate is refused is asked for it once more, so that the viewer can be shown whose it says
it is; nothing is sent over that connection.
"""

import re
import ssl
from contextlib import suppress
from hashlib import sha256
from typing import Any

from urllib3.connection import HTTPSConnection
from urllib3.exceptions import SSLError

from stb.model import Certificate, Distrust

_REASONS = {
    9: Distrust.NOT_YET_VALID,
    10: Distrust.EXPIRED,
    18: Distrust.SELF_SIGNED,
    19: Distrust.SELF_SIGNED,
    62: Distrust.WRONG_HOST,
    64: Distrust.WRONG_HOST,
}
"""OpenSSL's X509_V_ERR_... (x509_vfy.h); all others are of an issuer that nobody knows."""
_LONGEST_NAME = 100
_ODD = re.compile(r"[^\w .,:;@+*()/&'-]")
"""What has no place in a name, and might hide what stands there."""


class Distrusted(ssl.SSLCertVerificationError):
    """A certificate was refused; this is what is known of it."""

    def __init__(self, certificate: Certificate) -> None:
        """Keep it."""
        super().__init__(f"certificate {certificate.reason}")
        self.certificate = certificate


class TrustingConnection(HTTPSConnection):
    """A connection that believes one certificate more than others do."""

    def __init__(self, *args: Any, trusted: str = "", **kwargs: Any) -> None:  # noqa: ANN401 - as the library has it
        """Believe the certificate of this fingerprint too (SHA-256, hexadecimal); empty: none."""
        super().__init__(*args, **kwargs)
        self._trusted = trusted

    def connect(self) -> None:
        """Connect to the very certificate that was chosen, or as everybody does.

        Raises:
            Distrusted: the certificate is neither.
        """
        if self._trusted and self._chosen():
            return
        try:
            super().connect()
        except ssl.SSLCertVerificationError as error:
            raise Distrusted(self._certificate(error.verify_code)) from error

    def _chosen(self) -> bool:
        """Connect if the server shows the chosen certificate; only that one, whatever else it is."""
        usual = self.cert_reqs
        self.cert_reqs, self.assert_fingerprint = "CERT_NONE", self._trusted
        try:
            super().connect()
        except SSLError:  # another certificate
            self.close()
            return False
        else:
            return True
        finally:
            self.cert_reqs, self.assert_fingerprint = usual, None

    def _certificate(self, code: int) -> Certificate:
        shown = b""
        with suppress(OSError):
            shown = self._shown()
        reason = Distrust.CHANGED if self._trusted else _REASONS.get(code, Distrust.UNKNOWN_ISSUER)
        return described(shown, self.host, reason)

    def _shown(self) -> bytes:
        """The certificate, as the server shows it to anybody (DER)."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        with context.wrap_socket(self._new_conn(), server_hostname=self.host) as connection:
            return connection.getpeercert(binary_form=True) or b""


def described(shown: bytes, host: str, reason: Distrust) -> Certificate:
    """What a certificate says of itself; little where it cannot be read.

    Args:
        shown: the certificate, DER.
        host: the server that was asked.
        reason: why it is not trusted.
    """
    if not shown:
        return Certificate(host=host, reason=reason)
    subject, expires = _read(shown)
    return Certificate(
        host=host, reason=reason, subject=subject, expires=expires, fingerprint=sha256(shown).hexdigest()
    )


def _read(shown: bytes) -> tuple[str, int | None]:
    """Its name, and its last second."""
    from cryptography import x509  # noqa: PLC0415 - takes long to read, and few operators need it
    from cryptography.x509.oid import NameOID  # noqa: PLC0415 - as above

    try:
        read = x509.load_der_x509_certificate(shown)
        names = read.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
        names = names or read.subject.get_attributes_for_oid(NameOID.ORGANIZATION_NAME)
        expires = int(read.not_valid_after_utc.timestamp())
    except (ValueError, x509.InvalidVersion, OverflowError):
        return "", None
    name = str(names[0].value) if names else ""
    return _ODD.sub(" ", name)[:_LONGEST_NAME].strip(), expires
