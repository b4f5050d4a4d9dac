"""Ed25519 signatures over a manifest (RFC 8032): the same key and bytes give the same signature."""

import base64
from pathlib import Path

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from palermo.vocabulary.errors import Refusal


def new_key() -> bytes:
    """A private key as PEM (PKCS 8, without a passphrase: keep it as you keep a seal)."""
    return Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def read_key(path: Path) -> Ed25519PrivateKey:
    """A private key from a PEM file.

    Raises:
        Refusal: not readable, or another kind of key.
    """
    try:
        key = load_pem_private_key(path.read_bytes(), password=None)
    except (OSError, ValueError, TypeError, UnsupportedAlgorithm):
        key = None
    if not isinstance(key, Ed25519PrivateKey):
        raise Refusal("This is no Ed25519 private key.", where=path.name, remedy="Make one: palermo evidence key.")
    return key


def sign(manifest: bytes, key: Ed25519PrivateKey) -> tuple[bytes, bytes]:
    """The signature (base64, one line) and the public key (PEM)."""
    public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    return base64.b64encode(key.sign(manifest)) + b"\n", public


def verify(manifest: bytes, signature: bytes, public: bytes) -> bool:
    """Whether the signature over the manifest is by that key."""
    try:
        key = load_pem_public_key(public)
        if not isinstance(key, Ed25519PublicKey):
            return False
        key.verify(base64.b64decode(signature.strip(), validate=True), manifest)
    except (InvalidSignature, ValueError, UnsupportedAlgorithm):
        return False
    return True
