"""What all tests share: the environment before imports, and a small real collection of pictures."""

import gc
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.environment import prepare_environment
from resources.sample_collection.generate import ensure_sample_collection

prepare_environment()
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"  # no test asks for anybody's keys
for variable in ("OPENAI_API_KEY", "ANTHROPIC_API_KEY"):
    os.environ.pop(variable, None)
sys.dont_write_bytecode = False  # what tests import and start is compiled once, not again by each of their processes
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
gc.disable()  # what is imported and collected stays to the end: nothing of it is worth a look


def pytest_collection_finish() -> None:
    """From here on garbage is looked for again, and what is there already is passed by."""
    gc.freeze()
    gc.enable()


PATIENCE_MS = 60_000
"""So long a test waits for what must come; a busy machine takes its time, and no test passes later by it."""


class PatientBot(QtBot):
    """Waits for as long as that, whatever a quiet machine needs."""

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = PATIENCE_MS) -> None:  # noqa: N802
        super().waitUntil(callback, timeout=max(timeout, PATIENCE_MS))


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> PatientBot:
    """What drives widgets."""
    return PatientBot(request)


@pytest.fixture(scope="session")
def sample_pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first 36 pictures of the sample collection, of every genre, as files; of test processes, one makes them."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    with FileLock(folder / "sample collection.lock"):
        return ensure_sample_collection(folder / "sample collection", count=36)
