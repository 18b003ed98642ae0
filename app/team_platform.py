"""A team's platform that this desktop attaches to: its address, and what proves who is there, renewed in time."""

import contextlib
import os
import time
from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

from agent.ports.errors import PortError
from app.model_keys import KeyStore, KeyStoreError, ModelKeys
from app.platform_http import Access, Refused, exchange_code
from app.platform_process import PlatformStartError

TOKEN_VARIABLE = "VERNISSAGE_PLATFORM_TOKEN"
_CODE = "vrc."
"""A code of this form is exchanged for a token, and replaced by that; anything else is the token itself."""
_RENEW_BEFORE_S = 120.0


class CodeRefused(PlatformStartError):
    """The platform does not take this code."""


class TeamPlatform:
    """Fills the same place as the embedded platform's process; every method may block for seconds."""

    def __init__(
        self,
        url: str,
        environment: Mapping[str, str] = os.environ,
        store: Callable[[], KeyStore] | None = None,
    ) -> None:
        self._url = url
        self._environment = environment
        self._keys = ModelKeys({}) if store is None else ModelKeys({}, store)
        self._code = ""
        self._renew_at_s: float | None = None

    @property
    def name(self) -> str:
        """The host, for people."""
        return urlsplit(self._url).hostname or self._url

    def ensure(self) -> Access:
        """What reaches the platform; raises PlatformStartError in words."""
        given = self._environment.get(TOKEN_VARIABLE, "").strip()
        if given and not given.startswith(_CODE):
            return Access(token=given, url=self._url)
        refused: PlatformStartError | None = None
        for code in dict.fromkeys(one for one in (self._code, self._kept(), given) if one):
            if not code.startswith(_CODE):
                return Access(token=code, url=self._url)
            try:
                return self._exchanged(code)
            except CodeRefused as error:
                refused = error
        raise refused or PlatformStartError(
            f"Nobody is signed in to {self.name}. Run `vernissage sign-in {self._url}` with the code that your "
            f"administrator gave you, or set {TOKEN_VARIABLE}. What you do is kept on this computer."
        )

    def release(self) -> None:
        """Nothing of ours runs there."""

    @property
    def is_due(self) -> bool:
        """Whether the token has to be renewed soon."""
        return self._renew_at_s is not None and time.monotonic() > self._renew_at_s

    def sign_in(self, code: str) -> None:
        """Use a code for the first time and keep its successor; raises PlatformStartError or KeyStoreError."""
        if code.startswith(_CODE):
            self._exchanged(code)
        self._keys.keep(self._entry, self._code or code)

    def _exchanged(self, code: str) -> Access:
        try:
            token, successor, lives_s = exchange_code(self._url, code)
        except Refused as error:
            raise CodeRefused(f"{error.what} Sign in again with `vernissage sign-in {self._url}`.") from error
        except PortError as error:
            raise PlatformStartError(f"{self.name} does not answer. Your work is kept on this computer.") from error
        self._code = successor
        self._renew_at_s = time.monotonic() + max(10.0, lives_s - _RENEW_BEFORE_S)
        with contextlib.suppress(KeyStoreError):  # it is good as long as this program runs; then one has to sign in
            self._keys.keep(self._entry, successor)
        return Access(token=token, url=self._url)

    def _kept(self) -> str:
        return self._keys.of([self._entry]).get(self._entry, "")

    @property
    def _entry(self) -> str:
        return f"platform {self._url}"
