"""The language models of a worker: one set of connections and one memory of how providers did, for all its tenants."""

import asyncio
import logging
import os
import threading
import tomllib
from collections.abc import Mapping, Sequence

from agent.models.calls import Line
from agent.models.deployments import Deployment, deployments_of
from agent.models.routed import RoutedModels, litellm_line
from agent.models.settings import variable_of
from agent.money import caps_of
from agent.ports.money import Purse
from platform_service.team_settings import BadSettings, TeamModels

log = logging.getLogger(__name__)


def keys_of(settings: TeamModels, environment: Mapping[str, str] = os.environ) -> dict[str, str]:
    """The keys of the providers that are on: the environment's before the file's. Raises BadSettings, without a key."""
    in_file: dict[str, object] = {}
    if settings.keys_file is not None:
        try:
            in_file = tomllib.loads(settings.keys_file.read_text("utf-8"))
        except (OSError, ValueError) as error:
            raise BadSettings(
                f"{settings.keys_file} cannot be read as TOML ({type(error).__name__}).",
                "Nothing was started.",
                'Write one line for each provider: name = "key".',
            ) from None
    found: dict[str, str] = {}
    for provider in settings.providers:
        given = environment.get(variable_of(provider.id), "").strip() or in_file.get(provider.id, "")
        if not isinstance(given, str):
            raise BadSettings(f"{settings.keys_file}: the key of {provider.id} is no text.", "Nothing was started.")
        if provider.enabled and given:
            found[provider.id] = given
        elif provider.enabled and provider.needs_key:
            log.warning("the provider %s has no key; it is not asked", provider.id)
    return found


class WorkerModels:
    """Makes each tenant's models. Belongs to one event loop."""

    def __init__(self, settings: TeamModels, keys: Mapping[str, str]) -> None:
        self.settings = settings
        self.caps = caps_of(settings)
        self._keys = dict(keys)
        self._making = threading.Lock()
        self._line: Line | None = None
        self._first: RoutedModels | None = None
        self._told: dict[str, str] = {}

    def of(self, purse: Purse) -> RoutedModels:
        """Models that this purse pays for."""
        made = RoutedModels(self.settings, self._keys, purse, make_line=self._shared_line)
        if self._first is None:
            self._first = made
        made.learn_health(self._first)
        return made

    async def prepare(self) -> None:
        """Import what takes seconds, off the loop."""
        deployments = deployments_of(self.settings, self._keys)
        if deployments:
            await asyncio.to_thread(self._shared_line, deployments)
            names = dict.fromkeys(deployment.provider for deployment in deployments)
            log.info("language models are asked of: %s", ", ".join(names))

    def tell_health(self) -> None:
        """A line in the log for each provider that does otherwise than told before."""
        for one in self._first.health() if self._first is not None else ():
            if self._told.get(one.name, "unused") != one.state:
                self._told[one.name] = one.state
                level = logging.INFO if one.state == "ready" else logging.WARNING
                log.log(
                    level, "the provider %s is %s; its last error: %s", one.name, one.state, one.last_error or "none"
                )

    async def close(self) -> None:
        """Close all connections."""
        if self._line is not None:
            await self._line.close()

    def _shared_line(self, deployments: Sequence[Deployment]) -> Line:
        with self._making:
            if self._line is None:
                self._line = litellm_line(deployments)
            return self._line
