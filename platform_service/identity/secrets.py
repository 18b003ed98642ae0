"""The platform's own secrets: one file of lines, the first in use, the others still believed until they are removed."""

import hashlib
import hmac
from dataclasses import dataclass
from pathlib import Path

from platform_service.errors import ServiceError

SHORTEST = 32


class NoSecret(ServiceError):
    """The file of secrets cannot be used."""

    title, kind = "The secret cannot be used", "no-secret"


@dataclass(frozen=True)
class DerivedKey:
    """A key for one purpose and the name it goes by; the name tells nothing about the key."""

    id: str
    key: bytes

    def sign(self, message: bytes) -> str:
        """The message's authentication code in hex."""
        return hmac.new(self.key, message, hashlib.sha256).hexdigest()


class Secrets:
    """Derives the keys for each purpose, newest first."""

    def __init__(self, secrets: tuple[bytes, ...]) -> None:
        if not secrets or any(len(secret) < SHORTEST for secret in secrets):
            raise NoSecret(
                f"The platform's secret is missing or shorter than {SHORTEST} characters.",
                "Nothing was started.",
                "Put a long random line into the secret file, e.g. from `openssl rand -hex 32`.",
            )
        self._secrets = secrets

    @classmethod
    def read(cls, file: Path) -> "Secrets":
        """The secrets of a file; raises NoSecret."""
        try:
            lines = file.read_bytes().split()
        except OSError as error:
            raise NoSecret(f"The secret file cannot be read: {error.strerror}.", "Nothing was started.") from error
        return cls(tuple(lines))

    def keys(self, purpose: str) -> tuple[DerivedKey, ...]:
        """The keys of a purpose, the one in use first."""
        derived = [hmac.new(secret, purpose.encode(), hashlib.sha256).digest() for secret in self._secrets]
        return tuple(DerivedKey(hashlib.sha256(b"id" + key).hexdigest()[:16], key) for key in derived)

    def key(self, purpose: str) -> DerivedKey:
        """The key in use."""
        return self.keys(purpose)[0]
