"""What searches have in common, computed once for a state of the library: strengths of words, colours and looks."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import TypeVar, cast

Value = TypeVar("Value")
MOST_BYTES = 64 * 1024 * 1024
"""At 100,000 assets each strength takes 400 kB."""
SMALL_BYTES = 500
"""So much is counted for a value that does not tell its size."""


class Remembered:
    """The values that were used last; all are forgotten when the library changes."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._values: OrderedDict[Hashable, object] = OrderedDict()
        self._most_bytes = most_bytes
        self._held_bytes = 0
        self._state = -1

    def at(self, state: int) -> "Remembered":
        """The same for this state of the library."""
        if state != self._state:
            self._values.clear()
            self._held_bytes = 0
            self._state = state
        return self

    def of(self, name: Hashable, made: Callable[[], Value]) -> Value:
        """The value of a name, made when it is not there; nobody may change it. Its `nbytes` tells how large it is."""
        if name in self._values:
            self._values.move_to_end(name)
            return cast(Value, self._values[name])
        value = self._values[name] = made()
        self._held_bytes += _size_bytes(value)
        while self._held_bytes > self._most_bytes and len(self._values) > 1:
            self._held_bytes -= _size_bytes(self._values.popitem(last=False)[1])
        return value


def _size_bytes(value: object) -> int:
    return SMALL_BYTES + int(getattr(value, "nbytes", 0))
