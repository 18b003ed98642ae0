"""What all tests share: the environment before imports, and a small real collection of pictures."""

from pathlib import Path

import pytest

from app.environment import prepare_environment
from resources.sample_collection.generate import ensure_sample_collection

prepare_environment()


@pytest.fixture(scope="session")
def sample_pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first 36 pictures of the sample collection, of every genre, as files."""
    return ensure_sample_collection(tmp_path_factory.mktemp("pictures") / "sample collection", count=36)
