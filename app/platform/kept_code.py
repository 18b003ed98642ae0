"""The code that a data folder is signed in to a team with: in the system's key store, else in a private file."""

import contextlib
import hashlib
import os
from collections.abc import Callable

from filelock import FileLock

from app.models.keys import KeyStore, KeyStoreError, ModelKeys
from app.places import Places

_PATIENCE_S = 20.0


class KeptCode:
    """Windows and commands of one data folder share it: whoever exchanges it holds `alone` meanwhile."""

    def __init__(self, places: Places, store: Callable[[], KeyStore] | None = None) -> None:
        self._keys = ModelKeys({}) if store is None else ModelKeys({}, store)
        self._file = places.data / "sign-in.code"
        self._entry = f"platform {places.team} {hashlib.sha256(os.fsencode(places.data)).hexdigest()[:12]}"
        places.run.mkdir(parents=True, exist_ok=True)
        self.alone = FileLock(places.run / "sign-in.lock", timeout=_PATIENCE_S)

    def read(self) -> str:
        """The code; empty where nobody is signed in."""
        try:
            return self._file.read_text("utf-8").strip()
        except OSError:
            return self._keys.of([self._entry]).get(self._entry, "")

    def keep(self, code: str) -> None:
        """Put another in its place; raises KeyStoreError when neither key store nor disk takes it."""
        try:
            self._keys.keep(self._entry, code)
            if self._keys.of([self._entry]).get(self._entry) != code:
                raise KeyStoreError("The system's key store keeps nothing.")
        except KeyStoreError as error:
            self._write(code, error)
            return
        with contextlib.suppress(OSError):
            self._file.unlink(missing_ok=True)

    def forget(self) -> None:
        """Keep none."""
        with contextlib.suppress(OSError):
            self._file.unlink(missing_ok=True)
        with contextlib.suppress(KeyStoreError):
            self._keys.forget(self._entry)

    def _write(self, code: str, error: KeyStoreError) -> None:
        """Whole or not at all, in a file that only this user can read, as where there is no key store."""
        staged = self._file.with_name(f".{self._file.name}.{os.getpid()}")
        try:
            with os.fdopen(os.open(staged, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as opened:
                opened.write(f"{code.strip()}\n")
                opened.flush()
                os.fsync(opened.fileno())
            os.replace(staged, self._file)
        except OSError as failure:
            raise KeyStoreError(f"{error} Nor can {self._file} be written ({failure.strerror}).") from failure
