"""Nudging works with the arrow keys: small moves in their own plane, gathered until the key goes up."""

from dataclasses import dataclass

from scene.boards import board_of
from scene.records import Placement, Wall
from scene.sliding import Seat, carried, seat_of
from scene.turning import plus, right_of, up_of
from viewport.hands.gestures import Held, Preview
from viewport.hands.step_names import named, way_words


@dataclass
class Nudge:
    """Works that are nudged, and how far to the right and up they have come."""

    held: Held
    way_m: tuple[float, float] = (0.0, 0.0)

    def by(self, right_m: float, up_m: float) -> Preview:
        """How things would be a little further; they come that far only with `accept`."""
        return nudged(self.held, (self.way_m[0] + right_m, self.way_m[1] + up_m))

    def accept(self, right_m: float, up_m: float) -> None:
        """They have come so much further."""
        self.way_m = (self.way_m[0] + right_m, self.way_m[1] + up_m)

    @property
    def name(self) -> str:
        """What its step is called."""
        return f"Nudge {named(self.held.works)} {way_words(self.way_m)}"


def nudged(held: Held, way_m: tuple[float, float]) -> Preview:
    """Works moved by so much to the right and up, each as seen by whoever looks at it."""
    scene, lead = held.scene, held.lead
    board = board_of(scene, lead, held.ids)
    hung = [work for work in held.works if isinstance(scene.get(work.wall_id or ""), Wall)]
    moved: dict[str, Placement] = {}
    for work in hung:
        if work.id not in moved:
            wall = scene.get(work.wall_id or "")
            assert isinstance(wall, Wall)
            seat = seat_of(work, wall)
            goal = Seat(wall.id, seat.along_m + way_m[0], seat.height_m + way_m[1])
            same = [other for other in hung if other.wall_id == wall.id]
            moved |= {found.id: found for found in carried(scene, same, work.id, goal)}
    for work in held.works:
        if work.id not in moved:
            at_m = plus(plus(work.position_m, right_of(work.rotation), way_m[0]), up_of(work.rotation), way_m[1])
            moved[work.id] = work.but(position_m=at_m)
    works = tuple(moved[work.id] for work in held.works)
    return Preview(works, board, (), way_words(way_m), tuple(held.around.broken(works)))
