"""Hands over three works on one wall."""

import pytest

from scene.scene import Scene
from tests.viewport.hands.owner import Owner


@pytest.fixture
def owner(three: Scene) -> Owner:
    return Owner(three)
