"""A team's platform that this desktop attaches to: its address, and what proves who is there, renewed in time."""

import os
import threading
import time
from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

from filelock import Timeout

from agent.ports.errors import PortError
from app.models.keys import KeyStore, KeyStoreError
from app.places import Places
from app.platform.http import Access, Refused, exchange_code
from app.platform.kept_code import KeptCode
from app.platform.process import PlatformStartError

TOKEN_VARIABLE = "VERNISSAGE_PLATFORM_TOKEN"
_CODE = "vrc."
"""A code of this form is exchanged for a token, and replaced by that; anything else is the token itself."""
_RENEW_BEFORE_S = 120.0


class NotSignedIn(PlatformStartError):
    """Nobody is signed in, or the platform does not take the sign-in any more."""


class TeamPlatform:
    """Fills the same place as the embedded platform's process; every method may block for seconds."""

    def __init__(
        self,
        places: Places,
        environment: Mapping[str, str] = os.environ,
        store: Callable[[], KeyStore] | None = None,
    ) -> None:
        self._url = places.team
        self._environment = environment
        self._kept = KeptCode(places, store)
        self._mine = threading.Lock()
        self._unkept = ""
        """A code that could not be kept: good as long as this program runs."""
        self._refused: dict[str, str] = {}
        """Codes that the platform does not take, with what it said; it is not asked twice."""
        self._renew_at_s: float | None = None

    @property
    def name(self) -> str:
        """The host, for people."""
        return urlsplit(self._url).hostname or self._url

    def ensure(self) -> Access:
        """What reaches the platform; raises PlatformStartError, or NotSignedIn, in words."""
        given = self._environment.get(TOKEN_VARIABLE, "").strip()
        if given and not given.startswith(_CODE):
            return Access(token=given, url=self._url)
        try:
            with self._mine, self._kept.alone:
                return self._access_with(self._unkept, self._kept.read(), given)
        except Timeout as error:
            raise PlatformStartError("Another Vernissage is signing in just now. This is tried again.") from error

    def _access_with(self, *codes: str) -> Access:
        refused = ""
        for code in dict.fromkeys(one for one in codes if one):
            if not code.startswith(_CODE):
                return Access(token=code, url=self._url)
            try:
                return self._exchanged(code)
            except Refused as error:
                self._refused[code] = refused = error.what
        if refused:
            raise NotSignedIn(f"You are signed out of {self.name}: {refused} {self._how}")
        raise NotSignedIn(f"Nobody is signed in to {self.name}. {self._how}")

    @property
    def _how(self) -> str:
        return (
            "Sign in with a code from your administrator, here or with the command vernissage sign-in. "
            "What you do is kept on this computer."
        )

    def release(self) -> None:
        """Nothing of ours runs there."""

    def end(self) -> None:
        """Nor is it ours to end."""

    @property
    def is_due(self) -> bool:
        """Whether the token has to be renewed soon."""
        return self._renew_at_s is not None and time.monotonic() > self._renew_at_s

    def sign_in(self, code: str) -> None:
        """Use a code for the first time and keep its successor; raises PlatformStartError or KeyStoreError."""
        with self._mine, self._kept.alone:
            if not code.startswith(_CODE):
                self._kept.keep(code)
                return
            try:
                self._exchanged(code)
            except Refused as error:
                raise NotSignedIn(f"{self.name} does not take this code: {error.what} Nothing was changed.") from error
            if self._unkept:
                self._kept.keep(self._unkept)

    def sign_out(self) -> None:
        """Keep no code any more."""
        with self._mine, self._kept.alone:
            self._kept.forget()
            self._unkept, self._renew_at_s = "", None

    def _exchanged(self, code: str) -> Access:
        if code in self._refused:
            raise Refused(self._refused[code])
        try:
            token, successor, lives_s = exchange_code(self._url, code)
        except Refused:
            raise
        except PortError as error:
            raise PlatformStartError(f"{self.name} does not answer. Your work is kept on this computer.") from error
        self._renew_at_s = time.monotonic() + max(10.0, lives_s - _RENEW_BEFORE_S)
        self._unkept = successor
        try:
            self._kept.keep(successor)
            self._unkept = ""
        except KeyStoreError:
            pass  # it is good as long as this program runs; then one has to sign in
        return Access(token=token, url=self._url)
