"""Vectors of a few texts that somebody said, for telling which of them mean the same."""

import asyncio
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from platform_service.embedding.meaning import Meaning


async def vectors_of(meaning: Meaning, texts: Sequence[str]) -> NDArray[np.float32] | None:
    """One unit vector for each text, zeros for one without words; None where there is no model."""
    return await asyncio.to_thread(_vectors_of, meaning, texts)


def _vectors_of(meaning: Meaning, texts: Sequence[str]) -> NDArray[np.float32] | None:
    if not meaning.load():
        return None
    found = meaning.embed(texts)
    width = meaning.width
    return np.stack([np.zeros(width, np.float32) if vector is None else vector for vector in found])
