"""Keys of model providers: in the system's key store, or in the environment; never in a file or a log of ours."""

import os
import threading
from collections.abc import Callable, Iterable, Mapping
from typing import Literal, Protocol, TypeVar

from agent.models.settings import variable_of

SERVICE = "vernissage"
_PATIENCE_S = 20.0
_MOST_CHARACTERS = 500
Where = Literal["", "key store", "environment"]
T = TypeVar("T")


class KeyStore(Protocol):
    """What is needed of `keyring`, which is one."""

    def get_password(self, service: str, name: str) -> str | None: ...  # noqa: D102

    def set_password(self, service: str, name: str, key: str) -> None: ...  # noqa: D102

    def delete_password(self, service: str, name: str) -> None: ...  # noqa: D102


class KeyStoreError(Exception):
    """The key store did not do it; the message says what to do instead."""


def _system_store() -> KeyStore:
    import keyring  # finds the system's key store, which takes a moment: not on the start path

    return keyring.get_keyring()


class ModelKeys:
    """One key a provider, by the provider's id."""

    def __init__(
        self, environment: Mapping[str, str] = os.environ, store: Callable[[], KeyStore] = _system_store
    ) -> None:
        self._environment = environment
        self._make_store = store
        self.complaint = ""
        """Why the key store could not be read the last time, in words; empty when it could."""

    def of(self, provider_ids: Iterable[str]) -> dict[str, str]:
        """The keys there are; the key store's before the environment's. Never raises: see `complaint`."""
        found = {provider: self._look_up(provider) for provider in provider_ids}
        return {provider: key for provider, (key, _) in found.items() if key}

    def where(self, provider_id: str) -> Where:
        """Where the provider's key lies; empty when there is none."""
        return self._look_up(provider_id)[1]

    def keep(self, provider_id: str, key: str) -> None:
        """Put a key into the key store; raises KeyStoreError."""
        key = key.strip()
        if not key or len(key) > _MOST_CHARACTERS or not key.isascii() or not key.isprintable() or " " in key:
            raise KeyStoreError("This is no key: a key is one word of plain characters. Nothing was kept.")
        self._with_store(lambda store: store.set_password(SERVICE, provider_id, key), provider_id)

    def forget(self, provider_id: str) -> None:
        """Take the key out of the key store; raises KeyStoreError."""
        if self._with_store(lambda store: store.get_password(SERVICE, provider_id), provider_id) is not None:
            self._with_store(lambda store: store.delete_password(SERVICE, provider_id), provider_id)

    def _look_up(self, provider_id: str) -> tuple[str, Where]:
        key: str | None = None
        self.complaint = ""
        try:
            key = self._with_store(lambda store: store.get_password(SERVICE, provider_id), provider_id)
        except KeyStoreError as error:
            self.complaint = str(error)
        if key:
            return key, "key store"
        key = self._environment.get(variable_of(provider_id), "").strip()
        return (key, "environment") if key else ("", "")

    def _with_store(self, do: Callable[[KeyStore], T], provider_id: str) -> T:
        """Ask the key store, which may ask the person to unlock it; not for longer than it takes to answer."""
        outcome: list[T] = []
        failure: list[BaseException] = []

        def work() -> None:
            try:
                outcome.append(do(self._make_store()))
            except BaseException as error:
                failure.append(error)

        thread = threading.Thread(target=work, name="key store", daemon=True)
        thread.start()
        thread.join(_PATIENCE_S)
        if outcome:
            return outcome[0]
        why = "this computer has none that can be reached" if failure else "it did not answer"
        raise KeyStoreError(
            f"The system's key store cannot be used: {why}. Set {variable_of(provider_id)} in the environment instead."
        ) from (failure[0] if failure else None)
