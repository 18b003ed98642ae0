"""The text vectors of a library as bytes, in blocks: one is made anew when vectors of it came or changed."""

import numpy as np
from numpy.typing import NDArray

from platform_service.embedding.packed import Asked, Packed

BLOCK = 8_192


class Codes:
    """Follows a matrix whose rows are appended or replaced; several threads may look, one at a time may change."""

    def __init__(self, block: int = BLOCK) -> None:
        self._block = block
        self._blocks: tuple[Packed, ...] = ()
        self._size = 0
        self._changed: set[int] = set()

    def is_behind(self, size: int) -> bool:
        """Whether it has to `follow` a matrix of that many rows."""
        return bool(self._changed) or size != self._size

    def put(self, row: int) -> None:
        """A row was replaced."""
        if row < self._size:
            self._changed.add(row // self._block)

    def follow(self, matrix: NDArray[np.float32]) -> None:
        """Take in what came and what changed."""
        blocks = list(self._blocks)
        for number, start in enumerate(range(0, len(matrix), self._block)):
            rows = matrix[start : start + self._block]
            if number in self._changed or number >= len(blocks) or blocks[number].size != len(rows):
                blocks[number : number + 1] = [Packed(rows)]
        self._blocks, self._size = tuple(blocks), len(matrix)
        self._changed.clear()

    def reaching(self, vectors: list[NDArray[np.float32]], least: float) -> tuple[int, list[NDArray[np.intp]]]:
        """How many rows were looked at, and for each vector those whose product with it may be `least` or more."""
        asked, blocks = Asked(vectors), self._blocks
        found = [block.reaching(asked, least) for block in blocks]
        starts = np.cumsum([0, *(block.size for block in blocks)])
        rows = [
            np.concatenate([of[number] + start for of, start in zip(found, starts.tolist(), strict=False)])
            for number in range(len(vectors))
        ]
        return int(starts[-1]), rows
