"""The language models of this desktop: settings, keys, and the models made of them, for the agent and for a dialog."""

import asyncio
import contextlib
import threading
from collections.abc import Callable
from concurrent.futures import Future

from agent.models.phrasing import Phraser
from agent.models.routed import RoutedModels
from agent.models.settings import ModelSettings
from agent.models.working import phraser_of, planner_of
from agent.paraphrases import Paraphrases
from agent.planner import Planner
from agent.ports.models import ProviderHealth
from agent.ports.money import Purse
from app.background import BackgroundLoop
from app.models.keys import ModelKeys, Where
from app.models.settings import ModelSettingsError, read_model_settings, write_model_settings
from app.models.trial import Tested, tried
from app.places import Places

_CLOSING_S = 3.0


class ModelAccess:
    """What may be asked of any thread; the models themselves belong to the background loop."""

    def __init__(
        self,
        places: Places,
        loop: BackgroundLoop,
        purse: Purse,
        keys: ModelKeys | None = None,
        paraphrases: Paraphrases | None = None,
    ) -> None:
        self._path = places.model_settings
        self._loop = loop
        self._purse = purse
        self.keys = keys or ModelKeys()
        self._paraphrases = paraphrases
        self._models: RoutedModels | None = None
        self._lock = threading.Lock()
        self.complaint = ""
        """Why no settings hold, in words; empty when they do."""
        self.on_change: Callable[[], None] = lambda: None
        """Told after settings or keys have changed."""

    # -- for the agent ---------------------------------------------------------------------------

    def settings(self) -> ModelSettings:
        """What is set; no provider while the file does not hold, see `complaint`."""
        try:
            settings = read_model_settings(self._path)
        except ModelSettingsError as error:
            self.complaint = str(error)
            return ModelSettings(providers=())
        self.complaint = ""
        return settings

    def models(self) -> RoutedModels | None:
        """The models that can be asked; None when nothing is configured. Reads the key store: not on the UI thread."""
        with self._lock:
            if self._models is None:
                settings = self.settings()
                wanted = [provider.id for provider in settings.providers if provider.enabled]
                self._models = RoutedModels(settings, self.keys.of(wanted), self._purse)
            return self._models if self._models.configured else None

    def planner(self) -> Planner:
        """Our own rules alone, or with a model behind them; what takes seconds to import begins to be imported."""
        models, settings = self.models(), self.settings()
        if models is not None and models.serves("plan"):
            threading.Thread(target=models.load, name="language models", daemon=True).start()
        return planner_of(models, settings, self._paraphrases)

    def phraser(self) -> Phraser | None:
        """Words answers, where a model is there to do it."""
        return phraser_of(self.models(), self.settings())

    # -- for a dialog, the command line and the status bar ---------------------------------------

    def health(self) -> tuple[ProviderHealth, ...]:
        """How each configured provider has done lately; nothing before the first turn and where none is configured."""
        return self._models.health() if self._models is not None else ()

    def change(self, settings: ModelSettings) -> None:
        """Keep other settings; they hold from the next turn on. Raises ModelSettingsError."""
        write_model_settings(self._path, settings)
        self._renew()

    def keep_key(self, provider_id: str, key: str) -> None:
        """Put a key into the system's key store; raises KeyStoreError."""
        self.keys.keep(provider_id, key)
        self._renew()

    def forget_key(self, provider_id: str) -> None:
        """Take a key out of the system's key store; raises KeyStoreError."""
        self.keys.forget(provider_id)
        self._renew()

    def key_lies(self, provider_id: str) -> Where:
        """Where the provider's key is."""
        return self.keys.where(provider_id)

    def test(self, provider_id: str) -> "Future[Tested]":
        """Ask the provider for one word, under the caps like any other call."""
        return self._loop.submit(self._test(provider_id))

    async def _test(self, provider_id: str) -> Tested:
        settings = await asyncio.to_thread(self.settings)
        provider = settings.provider(provider_id)
        if provider is None:
            return Tested(provider_id, False, "There is no such provider in the settings.", 0.0)
        only = settings.model_copy(update={"providers": (provider.model_copy(update={"enabled": True}),)})
        keys = await asyncio.to_thread(self.keys.of, (provider_id,))
        if provider.needs_key and not keys:
            return Tested(provider_id, False, f"It has no key. {self.keys.complaint}".strip(), 0.0)
        await asyncio.to_thread(self.models)  # so that its health is seen, also before the first request
        models = RoutedModels(only, keys, self._purse)
        try:
            await asyncio.to_thread(models.load)
            tested = await tried(models, provider_id, settings)
            if self._models is not None:
                self._models.learn_health(models)
        finally:
            await models.close()
        return tested

    def close(self) -> None:
        """Close the connections, while the background loop still runs."""
        with self._lock:
            old, self._models = self._models, None
        if old is not None:
            with contextlib.suppress(TimeoutError, RuntimeError):
                self._loop.submit(old.close()).result(_CLOSING_S)

    def _renew(self) -> None:
        with self._lock:
            old, self._models = self._models, None
        if old is not None:
            self._loop.submit(old.close())
        self.on_change()
