"""What searches have in common, computed once for a state of the library: strengths of words, colours and looks."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import TypeVar, cast

Value = TypeVar("Value")
MOST = 64
"""At 100,000 assets each takes up to 400 kB."""


class Remembered:
    """The values that were used last; all are forgotten when the library changes."""

    def __init__(self) -> None:
        self._values: OrderedDict[Hashable, object] = OrderedDict()
        self._state = -1

    def at(self, state: int) -> "Remembered":
        """The same for this state of the library."""
        if state != self._state:
            self._values.clear()
            self._state = state
        return self

    def of(self, name: Hashable, made: Callable[[], Value]) -> Value:
        """The value of a name, made when it is not there; nobody may change it."""
        if name in self._values:
            self._values.move_to_end(name)
            return cast(Value, self._values[name])
        value = self._values[name] = made()
        if len(self._values) > MOST:
            self._values.popitem(last=False)
        return value
