"""The way back: a bounded history of the places where the eye has been, like the pages of a browser."""

from collections.abc import Callable

import numpy as np

from viewport.camera import Pose

MOST_PLACES = 100
NEAR_M = 0.75
"""Within that distance, and looking much the same way, it is still the same place."""
_SAME_WAY = 0.9


class Trail:
    """Places in the order of their visit, and which of them is the present one."""

    def __init__(self, most: int = MOST_PLACES) -> None:
        self._most = most
        self._places: list[Pose] = []
        self._at = -1
        self.changed: Callable[[], None] = lambda: None
        """Called when there is more or less to go back or forward to."""

    def __len__(self) -> int:
        return len(self._places)

    @property
    def can_go_back(self) -> bool:
        """Whether there is an earlier place."""
        return self._at > 0

    @property
    def can_go_forward(self) -> bool:
        """Whether one went back and can come forward again."""
        return self._at < len(self._places) - 1

    def jump(self, left: Pose, reached: Pose) -> None:
        """The eye leaves one place for another; what was ahead on the trail is forgotten."""
        self._keep(left)
        if not is_same_place(self._places[self._at], reached):
            self._add(reached)
        self.changed()

    def back(self, left: Pose) -> Pose | None:
        """The place before this one; None at the beginning."""
        self._keep(left, forget=False)
        return self._moved(-1)

    def forward(self, left: Pose) -> Pose | None:
        """The place that one came back from; None at the end."""
        if not self.can_go_forward:
            return None
        self._places[self._at] = left if is_same_place(self._places[self._at], left) else self._places[self._at]
        return self._moved(1)

    def clear(self) -> None:
        """Forget everything, as when another scene opens."""
        self._places, self._at = [], -1
        self.changed()

    def _keep(self, left: Pose, forget: bool = True) -> None:
        """The place that is left stands on the trail, where one walked there as much as when one flew."""
        if not self._places:
            self._add(left)
        elif is_same_place(self._places[self._at], left):
            self._places[self._at] = left
        elif forget or not self.can_go_forward:
            self._add(left)

    def _add(self, pose: Pose) -> None:
        self._places = [*self._places[: self._at + 1], pose][-self._most :]
        self._at = len(self._places) - 1

    def _moved(self, step: int) -> Pose | None:
        if not 0 <= self._at + step < len(self._places):
            return None
        self._at += step
        self.changed()
        return self._places[self._at]


def is_same_place(one: Pose, other: Pose) -> bool:
    """Whether two poses are as good as one."""
    near = float(np.linalg.norm(one.position - other.position)) < NEAR_M
    return near and float(one.forward @ other.forward) > _SAME_WAY
