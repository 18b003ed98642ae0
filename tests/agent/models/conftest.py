"""A model server and models that talk to it, as the tests of this folder share them."""

from collections.abc import AsyncIterator, Callable, Iterator

import pytest

from agent.models.routed import RoutedModels
from agent.models.settings import ModelSettings, ProviderSettings
from tests.agent.models.purse_for_tests import BookedPurse
from tests.model_server.asked import Provider
from tests.model_server.server import ModelServer

KEYS = {"openai": "sk-test-openai-4711", "anthropic": "sk-test-anthropic-0815"}


@pytest.fixture(scope="module")
def shared_server() -> Iterator[ModelServer]:
    with ModelServer() as server:
        yield server


@pytest.fixture
def server(shared_server: ModelServer) -> ModelServer:
    from tests.model_server.asked import plain

    shared_server.mend()
    shared_server.asked.clear()
    shared_server.script = plain
    return shared_server


@pytest.fixture
def purse() -> BookedPurse:
    return BookedPurse()


Maker = Callable[..., RoutedModels]


@pytest.fixture
async def models_of(server: ModelServer, purse: BookedPurse) -> AsyncIterator[Maker]:
    """Makes models of these providers, in this order; call it after the server's faults are set."""
    made: list[RoutedModels] = []

    def make(*providers: Provider, settings: ModelSettings | None = None) -> RoutedModels:
        chosen = tuple(ProviderSettings(id=p, kind=p, base_url=server.base_url(p)) for p in providers)
        base = settings or ModelSettings()
        made.append(RoutedModels(base.model_copy(update={"providers": chosen}), KEYS, purse))
        return made[-1]

    yield make
    for models in made:
        await models.close()
