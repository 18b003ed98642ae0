"""How alike assets look and read: measured features, perceptual hash and text vectors against one asset."""

import numpy as np
from numpy.typing import NDArray

from platform_service.search.mirror import Mirror

HASH_BITS = 64
NEAR_COPY_BITS = 10


def likeness(mirror: Mirror, row: int) -> NDArray[np.float32]:
    """Each asset's likeness to the one at `row`, 0 to 1; the asset itself is 1."""
    visual = mirror.visual.view
    alike = np.clip(visual @ visual[row], 0.0, 1.0)
    if mirror.has_text.view[row]:
        words = np.clip(mirror.text.view @ mirror.text.view[row], 0.0, 1.0)
        alike = np.where(mirror.has_text.view, 0.65 * alike + 0.35 * words, 0.8 * alike)
    return np.asarray(np.maximum(alike, _copies(mirror, row)), np.float32)


def _copies(mirror: Mirror, row: int) -> NDArray[np.float32]:
    """1 for the same picture saved again, falling to 0 where the hashes part."""
    hashes = mirror.phash.view
    if hashes[row] == 0:
        return np.zeros(len(mirror), np.float32)
    bits = np.bitwise_count(hashes ^ hashes[row]).astype(np.float32)
    near = 1.0 - bits / (2 * NEAR_COPY_BITS)
    return np.where((bits <= NEAR_COPY_BITS) & (hashes != 0), near, 0.0).astype(np.float32)
