"""Real files of many kinds, and one pair of decoders for all tests of the ingest."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from platform_service.ingest.limits import Limits
from platform_service.ingest.pipeline import Ingest
from platform_service.ingest.pool import DecoderPool


def scene(width: int = 640, height: int = 400, seed: int = 1) -> Image.Image:
    """A picture with areas, edges and some grain."""
    rng = np.random.default_rng(seed)
    across, down = np.meshgrid(np.linspace(0, 1, width), np.linspace(0, 1, height))
    red = 60 + 180 * across
    green = 40 + 120 * down
    blue = 200 - 150 * across * down
    shade = np.stack([red, green, blue], axis=2)
    for _ in range(6):
        x, y, r = rng.uniform(0, 1), rng.uniform(0, 1), rng.uniform(0.05, 0.25)
        shade[(across - x) ** 2 + (down - y) ** 2 < r * r] = rng.uniform(0, 255, 3)
    grain = rng.normal(0, 6, shade.shape)
    return Image.fromarray((shade + grain).clip(0, 255).astype(np.uint8))


class Pictures:
    """Writes picture files below a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def save(self, name: str, image: Image.Image | None = None, **options: Any) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        (image or scene()).save(path, **options)
        return path

    def write(self, name: str, raw: bytes) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(raw)
        return path

    @staticmethod
    def raw(form: str = "JPEG", image: Image.Image | None = None, **options: Any) -> bytes:
        out = io.BytesIO()
        (image or scene()).save(out, form, **options)
        return out.getvalue()

    @staticmethod
    def scene(width: int = 640, height: int = 400, seed: int = 1) -> Image.Image:
        return scene(width, height, seed)


@pytest.fixture
def pictures(tmp_path: Path) -> Pictures:
    folder = tmp_path / "Pictures"
    folder.mkdir()
    return Pictures(folder)


@pytest.fixture(scope="session")
def pool() -> Iterator[DecoderPool]:
    """Decoders that live as long as the tests, as they do in the service."""
    pool = DecoderPool(2, Limits(deadline_s=15.0))
    yield pool
    pool.close()


@pytest.fixture
def ingest(tmp_path: Path, pool: DecoderPool) -> Ingest:
    return Ingest(tmp_path / "renditions", pool=pool)
