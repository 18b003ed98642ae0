"""Moves one camera about one scene: steps that walls stop, jumps that can be taken back, the turntable."""

import math
from collections.abc import Callable

import numpy as np

from scene.barriers import Barriers, barriers_of
from scene.collision import walked
from scene.scene import Scene
from viewport.camera import EYE_HEIGHT_M, Camera, Pose, Vector
from viewport.wayfinding.footing import Mode, kept_inside, stepped
from viewport.wayfinding.trail import Trail
from viewport.wayfinding.turntable import Turntable


class Guide:
    """`mode` is how keys and drags move; `reduced_motion` makes every jump a cut."""

    def __init__(self, camera: Camera) -> None:
        self._camera = camera
        self._scene = Scene()
        self._barriers: Barriers | None = None
        self._walls: Barriers | None = None
        self._table: Turntable | None = None
        self.trail = Trail()
        self.mode: Mode = "walk"
        self.reduced_motion = False
        self.near: Callable[[Pose], Pose] = lambda pose: pose
        """Keeps a step from leading too far away from everything."""
        camera.step = self.step

    def take_over(self, other: "Guide") -> None:
        """Go on as another guide did."""
        self.trail, self.mode, self.reduced_motion = other.trail, other.mode, other.reduced_motion

    def enter(self, scene: Scene) -> None:
        """This scene is walked in from now on."""
        self._scene, self._barriers, self._walls = scene, None, None

    @property
    def barriers(self) -> Barriers:
        """What stops a visitor here; worked out when it is first asked for."""
        if self._barriers is None:
            self._barriers = barriers_of(self._scene)
        return self._barriers

    @property
    def walls(self) -> Barriers:
        """The walls alone."""
        if self._walls is None:
            self._walls = barriers_of(self._scene, cards=False)
        return self._walls

    def step(self, pose: Pose, forward_m: float, right_m: float, up_m: float = 0.0) -> Pose:
        """The pose after a step in the present mode."""
        return self.near(stepped(pose, self.barriers, self.mode, forward_m, right_m, up_m))

    def inside(self, pose: Pose, target: Vector | None = None) -> Pose:
        """The pose, drawn nearer to what it looks at where a wall would stand between."""
        return kept_inside(pose, pose.target if target is None else target, self.walls)

    def depart(self, pose: Pose, seconds: float) -> None:
        """Fly somewhere, so that one can come back."""
        self._table = None
        self.trail.jump(self._camera.destination, pose)
        self._fly(pose, seconds)

    def back(self, seconds: float = 0.8) -> bool:
        """Fly to the place before this one; whether there is one."""
        return self._retrace(self.trail.back(self._camera.destination), seconds)

    def forward(self, seconds: float = 0.8) -> bool:
        """Fly to the place that one came back from; whether there is one."""
        return self._retrace(self.trail.forward(self._camera.destination), seconds)

    def standing_at(self, x_m: float, z_m: float, look_at_m: tuple[float, float] | None = None) -> Pose:
        """On one's feet at a point of the plan, clear of walls, looking the same way or at another point of it."""
        place = self._clear_of_walls(np.array([x_m, z_m], np.float64))
        eye = np.array([place[0], EYE_HEIGHT_M, place[1]])
        if look_at_m is not None:
            return Pose.of(eye, (look_at_m[0], EYE_HEIGHT_M, look_at_m[1]))
        ahead = self._camera.pose.forward * (1.0, 0.0, 1.0)
        length = float(np.linalg.norm(ahead))
        return Pose.of(eye, eye + (ahead / length if length > 1e-6 else np.array([0.0, 0.0, -1.0])) * 3.0)

    # -- the turntable ---------------------------------------------------------------------------

    @property
    def is_turning(self) -> bool:
        """Whether the turntable turns."""
        return self._table is not None

    def turn(self, pivot: Vector) -> None:
        """Begin to go round a point."""
        self.trail.jump(self._camera.destination, self._camera.destination)
        self._camera.go(self._camera.pose)
        self._table = Turntable(pivot, self._camera.pose, math.nan)

    def stay(self) -> None:
        """End the turntable where it is."""
        self._table = None

    def advance(self, now_s: float) -> bool:
        """Move on to a moment; whether the pose changed."""
        if self._table is None:
            return False
        if math.isnan(self._table.began_s):
            self._table = Turntable(self._table.pivot, self._table.start, now_s)
        self._camera.go(self._table.at(now_s))
        return True

    # -- small parts -----------------------------------------------------------------------------

    def _fly(self, pose: Pose, seconds: float) -> None:
        self._camera.fly(pose, 0.0 if self.reduced_motion else seconds)

    def _retrace(self, pose: Pose | None, seconds: float) -> bool:
        if pose is not None:
            self._table = None
            self._fly(pose, seconds)
        return pose is not None

    def _clear_of_walls(self, place: Vector) -> Vector:
        """The point itself, or one a body's width off the wall that it is too near to."""
        for turn in np.linspace(0.0, 2 * math.pi, 8, endpoint=False):
            away = place + 0.3 * np.array([math.cos(turn), math.sin(turn)])
            if np.allclose(walked(self.barriers, away, place, EYE_HEIGHT_M), place, atol=1e-3):
                return place
        room = next((r for r in self._scene.rooms if _holds(r.min_corner_m, r.max_corner_m, place)), None)
        if room is None:
            return place
        middle = (np.array(room.min_corner_m) + np.array(room.max_corner_m)) / 2
        return walked(self.barriers, middle, place, EYE_HEIGHT_M)


def _holds(low: tuple[float, float], high: tuple[float, float], place: Vector) -> bool:
    return bool(low[0] <= place[0] <= high[0] and low[1] <= place[1] <= high[1])
