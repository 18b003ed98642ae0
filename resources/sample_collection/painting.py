"""From a piece to its pixels: finds the genre's painter and gives it a seed that is the piece's own."""

import hashlib
from importlib import import_module
from typing import Protocol, cast

import numpy as np
from numpy.random import Generator
from PIL import Image

from resources.sample_collection.catalogue import Piece


class Painter(Protocol):
    """What each module in `genres/` offers."""

    def paint(self, size_px: tuple[int, int], look: dict[str, object], rng: Generator) -> Image.Image:
        """A picture of exactly that size."""


def painted(piece: Piece) -> Image.Image:
    """The picture of a piece; the same piece gives the same pixels."""
    painter = cast(Painter, import_module(f"resources.sample_collection.genres.{piece.genre.replace('-', '_')}"))
    words = f"{piece.path}#{piece.look.get('seed', 0)}"
    seed = int.from_bytes(hashlib.sha256(words.encode()).digest()[:8], "big")
    return painter.paint(piece.size_px, dict(piece.look), np.random.Generator(np.random.PCG64(seed)))
