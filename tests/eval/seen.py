"""What is seen of a turn: the scene before and after it, what was said, and the library."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from agent.events import TurnEnded
from agent.ports.library import Asset
from scene.scene import Scene


@dataclass(frozen=True)
class Seen:
    """What was there before a turn and is there after it."""

    before: Scene
    after: Scene
    ended: TurnEnded
    assets: Mapping[str, Asset]
    """The library, by asset id."""
    selection: frozenset[str] = frozenset()
    """What is selected afterwards."""
    earlier: Sequence[Scene] = field(default_factory=tuple)
    """The scene after each turn so far, the empty one first."""


class NotThere(IndexError):
    """A check is about a work that does not hang."""


Check = Callable[[Seen, str], str]
"""Takes what was seen and the words after the check's name; gives a complaint, empty when all is well."""
