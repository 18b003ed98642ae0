"""What a gesture of the hands is: a pointer, works that are held, and how they would be if it ended now."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from scene.boards import Board
from scene.broken_rule import BrokenRule
from scene.fit import Surroundings
from scene.records import Placement, Vector3
from scene.scene import Scene
from scene.snapping import Guide
from viewport.hands.sight import Sight
from viewport.surfaces import Surface

SNAP_PX = 9.0
MOST_SNAP_M = 0.25
Axis = Literal["both", "along", "up", "depth"]


@dataclass(frozen=True)
class Pointer:
    """Where the pointer is, from where it is seen, and whether things snap."""

    x_px: float
    y_px: float
    sight: Sight
    snapping: bool = True


@dataclass(frozen=True)
class Preview:
    """How the works would be if the gesture ended now."""

    works: tuple[Placement, ...]
    board: Board
    guides: tuple[Guide, ...] = ()
    words: str = ""
    """A measure to read beside the pointer."""
    broken: tuple[BrokenRule, ...] = ()
    wished: tuple[Placement, ...] = ()
    """The works where the pointer has them, when they hang at the nearest free place instead."""
    hit: tuple[BrokenRule, ...] = ()
    """What stands in the way of the wish."""


class Gesture(Protocol):
    """One drag, from press to release."""

    name: str
    """What its step is called, before the works are named."""
    works: tuple[Placement, ...]
    """The works as they were."""

    def to(self, pointer: Pointer) -> Preview:
        """The works as the pointer wants them now."""
        ...


@dataclass(frozen=True)
class Held:
    """What a gesture takes hold of: works of a scene, the one under the pointer, and all that stays."""

    scene: Scene
    works: tuple[Placement, ...]
    lead: Placement
    surfaces: Sequence[Surface]
    around: Surroundings

    @staticmethod
    def of(
        scene: Scene, works: Sequence[Placement], lead: Placement, surfaces: Sequence[Surface], gap_m: float = 0.0
    ) -> "Held":
        """Take hold of works, whose frames need a gap between pictures."""
        around = Surroundings.of(scene, {work.id for work in works}, gap_m)
        return Held(scene, tuple(works), lead, surfaces, around)

    @property
    def ids(self) -> frozenset[str]:
        """The works that move."""
        return frozenset(work.id for work in self.works)


def tolerance_m(pointer: Pointer, point: Vector3) -> float:
    """How near a place must be to snap, so that it feels the same near and far."""
    return min(SNAP_PX * pointer.sight.metres_a_pixel(point), MOST_SNAP_M) if pointer.snapping else 0.0
