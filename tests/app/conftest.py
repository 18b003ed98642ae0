"""One session with its platform and a small library for all tests of what is said and remembered."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from app.commands.headless import Headless
from app.compose import compose_session
from app.places import Places
from tests.platform_service.warm import warm


@pytest.fixture(scope="package")
def talk_places(tmp_path_factory: pytest.TempPathFactory) -> Places:
    """Where that session keeps everything."""
    return Places.at(tmp_path_factory.mktemp("talk") / "data")


@pytest.fixture(scope="package")
def library(sample_pictures: Path, talk_places: Places) -> Iterator[Headless]:
    made = Headless(compose_session(talk_places, date(2026, 11, 22), warm()))
    made.open("First")
    made.import_library(str(sample_pictures))
    yield made
    made.session.stop()


@pytest.fixture
def studio(library: Headless, request: pytest.FixtureRequest) -> Headless:
    """The same library, each test in a project of its own that prefers nothing yet."""
    for preference in library.session.preferences(everywhere=True):
        library.session.forget_preference(preference.id)
    library.session.reject()
    library.session.new_project(request.node.name)
    library.session.poll()
    return library
