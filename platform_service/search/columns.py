"""Growing numpy columns: appended to in place, read as views without copying."""

from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray


class Growing:
    """A numpy array that grows at its end; `width` adds a second dimension, which may grow too."""

    def __init__(self, dtype: DTypeLike, width: int | None = None) -> None:
        self._array: NDArray[Any] = np.zeros((64,) if width is None else (64, width), dtype)
        self._length = 0

    def __len__(self) -> int:
        return self._length

    @property
    def view(self) -> NDArray[Any]:
        """The filled part."""
        return self._array[: self._length]

    @property
    def width(self) -> int:
        """How wide a row is; 1 for a flat column."""
        return 1 if self._array.ndim == 1 else int(self._array.shape[1])

    def append(self, value: Any) -> None:
        """Add one row at the end."""
        if self._length == len(self._array):
            grown = np.zeros((len(self._array) * 2, *self._array.shape[1:]), self._array.dtype)
            grown[: self._length] = self._array
            self._array = grown
        self._array[self._length] = value
        self._length += 1

    def widen(self, width: int) -> None:
        """Make rows wider; the new cells are zero."""
        if width <= self.width:
            return
        grown = np.zeros((len(self._array), width), self._array.dtype)
        grown[:, : self.width] = self._array
        self._array = grown
