"""From pointer and keys to the camera: look and walk inside rooms, orbit outside, pan, zoom; knows no toolkit."""

import math
from collections.abc import Collection
from typing import Literal

from viewport.camera import EYE_HEIGHT_M, Pose
from viewport.view import SceneView
from viewport.wayfinding.reach import is_anything_seen, kept_near, limits

Drag = Literal["look", "orbit", "pan"]
Step = Literal["forward", "back", "left", "right", "up", "down", "turn_left", "turn_right"]

HALF_TURN_PX = 900.0
"""A drag this long turns the eye by half a circle."""
WHEEL_FACTOR = 0.88
TURN_RAD = math.radians(9.0)
RUNNING = 2.5


class Navigation:
    """Moves the camera of one view."""

    def __init__(self, view: SceneView) -> None:
        self._view = view
        self._held: set[Step] = set()
        view.guide.near = self._near

    def natural_drag(self) -> Drag:
        """What a plain drag does: on foot the head turns inside a room and the eye orbits outside; else as the mode."""
        mode = self._view.guide.mode
        if mode == "walk":
            return "look" if self._view.is_indoors else "orbit"
        return "orbit" if mode == "orbit" else "look"

    def drag(self, kind: Drag, right_px: float, down_px: float) -> None:
        """The pointer went so far with the button down."""
        if not (math.isfinite(right_px) and math.isfinite(down_px)):
            return
        pose = self._view.camera.pose
        turn, lift = right_px / HALF_TURN_PX * math.pi, down_px / HALF_TURN_PX * math.pi
        if kind == "orbit":
            orbited = pose.orbited(turn, lift)
            self._go_round(self._view.guide.inside(orbited) if self._view.is_indoors else orbited)
        elif kind == "look":
            self._go(pose.looked(-turn * 0.6, lift * 0.6))
        else:
            metres_px = self._view.prospect.metres_a_pixel
            self._go(pose.panned(-right_px * metres_px, down_px * metres_px))

    def wheel(self, notches: float) -> None:
        """Nearer for positive notches: a step ahead inside a room, towards the target outside."""
        notches = max(-10.0, min(10.0, notches)) if math.isfinite(notches) else 0.0
        pose = self._view.camera.pose
        mode = self._view.guide.mode
        if mode == "fly" or (mode == "walk" and self._view.is_indoors):
            self._go(self._view.guide.step(pose, 0.45 * notches, 0.0))
        else:
            self._go_round(pose.dollied(WHEEL_FACTOR**notches))

    def hold(self, step: Step, running: bool = False) -> None:
        """A walking key went down."""
        if step in ("turn_left", "turn_right"):
            self._go(self._view.camera.pose.looked(TURN_RAD if step == "turn_left" else -TURN_RAD, 0.0))
            return
        self._held.add(step)
        self._walk(running)

    def release(self, step: Step) -> None:
        """A walking key went up."""
        self._held.discard(step)
        self._walk(False)

    def release_all(self) -> None:
        """The keyboard went elsewhere."""
        self._held.clear()
        self._walk(False)

    def walk_to(self, x_px: float, y_px: float) -> bool:
        """Walk to the point of the floor at a pixel, looking the same way; whether there is floor."""
        spot = self._view.prospect.floor_at(x_px, y_px)
        if spot is None:
            return False
        pose = self._view.camera.pose
        ahead = pose.target - pose.position
        ahead[1] = 0.0
        stand = (spot[0], EYE_HEIGHT_M, spot[1])
        self._view.flights.depart(Pose.of(stand, stand + ahead), 1.1)
        return True

    def tour(self, ids: Collection[str], current: str | None, step: int) -> str | None:
        """Fly to the next or previous work in hanging order; its id, or None when there is none."""
        order = list(ids)
        if not order:
            return None
        at = order.index(current) + step if current in order else (0 if step > 0 else -1)
        chosen = order[at % len(order)]
        self._view.flights.to_work(chosen)
        return chosen

    def _walk(self, running: bool) -> None:
        pace = RUNNING if running else 1.0
        held = self._held
        self._view.camera.walking = (
            pace * (("forward" in held) - ("back" in held)),
            pace * (("right" in held) - ("left" in held)),
            pace * (("up" in held) - ("down" in held)),
        )
        self._view.touched()

    @property
    def is_astray(self) -> bool:
        """Whether nothing of what is shown lies in the picture: one has flown past it, or looks away from outside."""
        view = self._view
        if view.is_indoors or not view.work_ids:
            return False
        return not is_anything_seen(view.sight(), view.staging.landed, view.shown_scene.rooms)

    def _near(self, pose: Pose) -> Pose:
        """The pose, or the last one on the way there that is not too far from everything."""
        low, high = limits(self._view.staging.landed, self._view.shown_scene.rooms)
        return kept_near(pose, self._view.camera.pose, low, high)

    def _go_round(self, pose: Pose) -> None:
        """Go there, or stay where that would be too far: what the eye turns round stays the same."""
        if self._near(pose) is pose:
            self._go(pose)

    def _go(self, pose: Pose) -> None:
        self._view.camera.go(self._near(pose))
        self._view.touched()
