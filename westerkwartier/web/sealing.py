"""Personal data at rest: sealing a value, opening it again, and a keyed hash to find it by.

``PERSONAL_DATA_KEYS`` holds the keys, outside the database. The first one seals, all of them open,
so that a key can be changed while the site runs (``manage.py rotate_personal_data``).

A sealed value is ``version (1) · key id (4) · nonce (12) · ciphertext · tag (16)`` bytes, made with
AES-256-GCM (NIST SP 800-38D). The label of its column is authenticated with it: a value that was
copied to another column does not open. The nonce is random, so equal values look different; up to
2³² values may be sealed under one key (SP 800-38D, 8.3), far more than a region will have.
"""

import hmac
import os
from dataclasses import dataclass
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

VERSION = b"\x01"
KEY_ID = 4
HEADER = len(VERSION) + KEY_ID
NONCE = 12
TAG = 16


class Unsealable(Exception):
    """A sealed value does not open; ``str(error)`` says why and never shows the value."""


@dataclass(frozen=True)
class Key:
    """What follows from one key of the settings; nothing in it tells another part of it."""

    header: bytes  # what every value begins with that this key sealed
    cipher: AESGCM
    hashing: bytes


def _derive(secret: bytes, purpose: bytes, length: int) -> bytes:
    info = b"westerkwartier personal data: " + purpose
    return HKDF(algorithm=SHA256(), length=length, salt=None, info=info).derive(secret)


@lru_cache(maxsize=16)
def _ring(secrets: tuple[bytes, ...]) -> tuple[Key, ...]:
    return tuple(
        Key(
            header=VERSION + _derive(secret, b"id", KEY_ID),
            cipher=AESGCM(_derive(secret, b"seal", 32)),
            hashing=_derive(secret, b"blind", 32),
        )
        for secret in secrets
    )


def ring() -> tuple[Key, ...]:
    """The keys of the settings; the first one seals."""
    return _ring(tuple(settings.PERSONAL_DATA_KEYS))


def seal(value: bytes, *, label: str) -> bytes:
    """``value`` under the first key, for the column ``label``. No value gives no bytes."""
    if not value:
        return b""
    key = ring()[0]
    nonce = os.urandom(NONCE)
    return key.header + nonce + key.cipher.encrypt(nonce, value, key.header + label.encode())


def unseal(sealed: bytes, *, label: str) -> bytes:
    """What was sealed for the column ``label``; raises ``Unsealable``."""
    if not sealed:
        return b""
    header, nonce, rest = sealed[:HEADER], sealed[HEADER : HEADER + NONCE], sealed[HEADER + NONCE :]
    if header[:1] != VERSION or len(rest) <= TAG:
        raise Unsealable(f"A value of {label} is no sealed value: it is damaged or was not sealed.")
    for key in ring():
        if key.header == header:
            try:
                return key.cipher.decrypt(nonce, rest, header + label.encode())
            except InvalidTag:
                raise Unsealable(
                    f"A value of {label} does not open with its key: it is damaged, or it comes "
                    "from another column."
                ) from None
    raise Unsealable(
        f"A value of {label} was sealed with key {key_name(header)}, which is not in "
        "PERSONAL_DATA_KEYS."
    )


def key_name(header: bytes) -> str:
    """How a key is told to people: its id, from which the key cannot be reckoned."""
    return header[len(VERSION) : HEADER].hex()


def blind(text: str, *, label: str) -> bytes:
    """A keyed hash of ``text`` (HMAC-SHA256, 32 bytes) under the first key.

    Equal texts under one label give equal hashes; the same text under another label does not.
    """
    return _blind(ring()[0], text, label)


def blind_under_each(text: str, *, label: str) -> list[bytes]:
    """The hash under every key: where it may stand while the keys are being changed."""
    return [_blind(key, text, label) for key in ring()]


def _blind(key: Key, text: str, label: str) -> bytes:
    return hmac.digest(key.hashing, label.encode() + b"\x00" + text.encode(), "sha256")
