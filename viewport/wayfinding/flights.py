"""The eye's journeys: to a work, several works, a wall or a room, home, above everything, and back again."""

from collections.abc import Callable, Collection
from typing import Literal

import numpy as np

from scene.records import Placement, Sign, Viewpoint, Wall
from scene.scene import Scene
from viewport.camera import Camera, Pose, in_front_of, overview
from viewport.prospect import Prospect
from viewport.staging import Staging
from viewport.standpoints import entrance_pose, pose_for
from viewport.wayfinding.framing import framing
from viewport.wayfinding.guide import Guide
from viewport.wayfinding.trail import is_same_place


class Flights:
    """Moves one camera about the stage that is shown; `touched` is called whenever a journey begins."""

    def __init__(self, camera: Camera, guide: Guide, prospect: Prospect, staging: Staging) -> None:
        self._camera, self._guide, self._prospect, self._staging = camera, guide, prospect, staging
        self.touched: Callable[[], None] = lambda: None

    def depart(self, pose: Pose, seconds: float) -> None:
        """Fly to a pose, so that one can come back from there."""
        self._guide.depart(pose, seconds)
        self.touched()

    def retrace(self, way: Literal["back", "forward"]) -> bool:
        """Fly to the place before this one, or to the one that one came back from; whether there is one."""
        found = self._guide.back() if way == "back" else self._guide.forward()
        if found:
            self.touched()
        return found

    def turn(self) -> None:
        """Begin to go round what the eye looks at, or end it."""
        if self._guide.is_turning:
            self._guide.stay()
        else:
            low, high = self._prospect.bounds
            self._guide.turn(self._camera.pose.target if self._prospect.subject else (low + high) / 2)
        self.touched()

    def to_work(self, placement_id: str, seconds: float = 1.2) -> bool:
        """Move the eye to a good place before a work; whether there is such a work."""
        cards = self._staging.landed
        row = cards.row.get(placement_id)
        if row is None:
            return False
        size = (float(cards.size[row, 0]), float(cards.size[row, 1]))
        prospect = self._prospect
        pose = in_front_of(cards.centre[row], cards.normal[row], size, prospect.angle_deg, prospect.aspect)
        self.depart(self._guide.inside(pose, pose.target), seconds)
        return True

    def to_works(self, ids: Collection[str], seconds: float = 1.2) -> bool:
        """Move the eye to where all of these works are seen; whether there is any of them."""
        cards = self._staging.landed
        rows = sorted(cards.row[i] for i in ids if i in cards.row)
        if len(rows) == 1:
            return self.to_work(cards.ids[rows[0]], seconds)
        pose = framing(cards, np.array(rows, np.int64), self._prospect.angle_deg, self._prospect.aspect)
        if pose is not None:
            self.depart(pose, seconds)
        return pose is not None

    def to_record(self, record_id: str, scene: Scene | None = None, seconds: float = 1.2) -> bool:
        """Move the eye to where a work, viewpoint, room, wall or sign is best seen; whether there is such a record."""
        record = (scene or self._staging.shown.shown).get(record_id)
        if record is None or isinstance(record, Placement):
            return self.to_work(record_id, seconds)
        pose = pose_for(record, self._prospect.angle_deg, self._prospect.aspect)
        if pose is None:
            return False
        self.depart(self._guide.inside(pose) if isinstance(record, Wall | Sign) else pose, seconds)
        return True

    def home(self, seconds: float = 1.2) -> None:
        """Move the eye to where a visit starts."""
        self.depart(self.entrance(), seconds)

    def overview(self, seconds: float = 1.4) -> None:
        """Move the eye to where everything can be seen from above."""
        self.depart(self._from_above(), seconds)

    def entrance(self) -> Pose:
        """The first viewpoint of the scene that is shown, or a place from which everything is seen."""
        stage = self._staging.shown
        return entrance_pose(stage.dressed, self._prospect.aspect) if stage.entrances else self._from_above()

    def stay_with(self, subject: str | None, before: list[Viewpoint]) -> None:
        """The layout changed: go where the work went that was looked at; from the entrance to the new entrance."""
        entered = before and is_same_place(self._camera.destination, Pose.of(before[0].position_m, before[0].target_m))
        subject = None if entered else subject
        if (subject is None or not self.to_work(subject, 1.2)) and self._staging.shown.entrances != before:
            self.home(1.2)

    def _from_above(self) -> Pose:
        low, high = self._prospect.bounds
        return overview(low, high, self._prospect.angle_deg, self._prospect.aspect)
