"""Sealing what the vault keeps: ChaCha20-Poly1305 (RFC 8439), its key by scrypt (RFC 7914).

The key comes from what only this board says of itself (its serial number, or a computer's machine-id) and
from the systemd credential ``vault-key`` where the service has one (systemd.exec(5), Credentials).

It protects a card, a backup or an image of it that got into other hands *without the board*: the passwords in
it do not lie open. It does not protect from

- who has the board too, or is root on the box: the box itself must be able to open the vault;
- who guesses the serial number: a Raspberry Pi 3 or 4 varies 32 bits of it, and scrypt makes each guess cost
  some 40 ms of a processor, so that all of them cost years of one and days of many;
- who has the disk of a computer: its machine-id lies on the same disk.

Only a key that is not on the card helps against these: a TPM behind the systemd credential.
"""

import os
from hashlib import scrypt
from pathlib import Path

_CREDENTIAL = "vault-key"
SALT_BYTES = 16
_NONCE_BYTES = 12
_WORK = 2**14
"""16 MB and 40 ms of a desktop processor (2026); paid once a process."""


class WrongSeal(Exception):
    """No key of ours opens it: another board sealed it, or it is damaged."""


class Seal:
    """Seals with the first of its secrets, opens with any."""

    def __init__(self, *secrets: bytes) -> None:
        """Keep the secrets; nothing is computed yet."""
        self._secrets = secrets or (b"",)
        self._keys: dict[tuple[bytes, bytes], bytes] = {}

    def close(self, plain: bytes, about: bytes) -> bytes:
        """Seal.

        Args:
            plain: what nobody else is to read.
            about: must be the same again to open it; it is not in the result.
        """
        from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305  # noqa: PLC0415 - on first use

        salt = next(
            (salt for secret, salt in self._keys if secret == self._secrets[0]), os.urandom(SALT_BYTES)
        )
        nonce = os.urandom(_NONCE_BYTES)
        return salt + nonce + ChaCha20Poly1305(self._key(self._secrets[0], salt)).encrypt(nonce, plain, about)

    def open(self, sealed: bytes, about: bytes) -> bytes:
        """Open what `close` made.

        Raises:
            WrongSeal: none of the secrets sealed it.
        """
        from cryptography.exceptions import InvalidTag  # noqa: PLC0415 - on first use
        from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305  # noqa: PLC0415 - on first use

        salt, rest = sealed[:SALT_BYTES], sealed[SALT_BYTES:]
        for secret in self._secrets:
            try:
                return ChaCha20Poly1305(self._key(secret, salt)).decrypt(
                    rest[:_NONCE_BYTES], rest[_NONCE_BYTES:], about
                )
            except (InvalidTag, ValueError):
                continue
        raise WrongSeal

    def _key(self, secret: bytes, salt: bytes) -> bytes:
        """Slow on purpose, so kept; with a salt of its own, so that nobody guesses for all boxes at once."""
        if (secret, salt) not in self._keys:
            self._keys[secret, salt] = scrypt(secret, salt=salt, n=_WORK, r=8, p=1, dklen=32)
        return self._keys[secret, salt]


def board_seal(fact: str) -> Seal:
    """The seal of this board; with systemd's credential where there is one.

    Args:
        fact: what only this board says of itself; empty where it says nothing, and then nothing is protected.
    """
    board = b"stb vault 1\n" + fact.encode()
    credential = _credential()
    return Seal(board + b"\n" + credential, board) if credential else Seal(board)


def _credential() -> bytes:
    folder = os.environ.get("CREDENTIALS_DIRECTORY", "")
    try:
        return (Path(folder) / _CREDENTIAL).read_bytes() if folder else b""
    except OSError:
        return b""
