"""Where the eye is and how it moves: orbit, look, walk and fly; plain numbers, no VTK."""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]
EYE_HEIGHT_M = 1.6
STEEPEST = math.radians(85.0)
OVERVIEW_SHARE = 0.88
"""How much of the picture an overview fills at most."""


@dataclass(frozen=True, eq=False)
class Pose:
    """An eye and the point it looks at; never the same point."""

    position: Vector
    target: Vector

    @staticmethod
    def of(position: object, target: object) -> "Pose":
        """A pose from anything with three numbers; what is not finite becomes 0, a missing direction looks north."""
        eye = np.clip(np.nan_to_num(np.asarray(position, np.float64)), -1e6, 1e6)
        aim = np.clip(np.nan_to_num(np.asarray(target, np.float64)), -1e6, 1e6)
        if float(np.linalg.norm(aim - eye)) < 1e-4:
            aim = eye + np.array([0.0, 0.0, -1.0])
        return Pose(eye, aim)

    @property
    def distance_m(self) -> float:
        """From the eye to its target."""
        return float(np.linalg.norm(self.target - self.position))

    @property
    def forward(self) -> Vector:
        """Unit vector of the line of sight."""
        return (self.target - self.position) / self.distance_m

    def orbited(self, turn_rad: float, lift_rad: float) -> "Pose":
        """The eye carried around its target, kept above the floor."""
        direction = _turned(self.position - self.target, -turn_rad, lift_rad)
        position = self.target + direction
        position[1] = max(position[1], 0.15)
        return Pose.of(position, self.target)

    def looked(self, turn_rad: float, lift_rad: float) -> "Pose":
        """The head turned without a step."""
        return Pose.of(self.position, self.position + _turned(self.target - self.position, -turn_rad, lift_rad))

    def walked(self, forward_m: float, right_m: float, up_m: float = 0.0) -> "Pose":
        """A step along the floor, wherever the eye looks."""
        ahead = self.forward * (1.0, 0.0, 1.0)
        length = float(np.linalg.norm(ahead))
        ahead = ahead / length if length > 1e-6 else np.array([0.0, 0.0, -1.0])
        across = np.array([-ahead[2], 0.0, ahead[0]])
        step = ahead * forward_m + across * right_m + np.array([0.0, up_m, 0.0])
        return Pose.of(self.position + step, self.target + step)

    def dollied(self, factor: float) -> "Pose":
        """The eye nearer to (factor below 1) or farther from its target; close up, the target is pushed ahead."""
        distance = min(max(self.distance_m * factor, 0.4), 50_000.0)
        if factor < 1.0 and self.distance_m <= 0.41:
            return self.walked(0.25, 0.0)
        return Pose.of(self.target - self.forward * distance, self.target)

    def panned(self, right_m: float, up_m: float) -> "Pose":
        """Eye and target moved across the line of sight."""
        across = np.cross(self.forward, (0.0, 1.0, 0.0))
        across /= max(float(np.linalg.norm(across)), 1e-6)
        step = across * right_m + np.cross(across, self.forward) * up_m
        return Pose.of(self.position + step, self.target + step)


@dataclass(frozen=True)
class Flight:
    """A move from one pose to another that starts and lands softly."""

    start: Pose
    end: Pose
    began_s: float
    seconds: float

    def at(self, now_s: float) -> Pose:
        """The pose at a moment; the end pose from then on."""
        share = min(1.0, max(0.0, (now_s - self.began_s) / max(self.seconds, 1e-6)))
        eased = share * share * share * (share * (share * 6 - 15) + 10)
        position = self.start.position + (self.end.position - self.start.position) * eased
        heading = _between(self.start.forward, self.end.forward, eased)
        distance = self.start.distance_m + (self.end.distance_m - self.start.distance_m) * eased
        return self.end if share >= 1.0 else Pose.of(position, position + heading * distance)

    def is_over(self, now_s: float) -> bool:
        """Whether it has landed."""
        return now_s - self.began_s >= self.seconds


def in_front_of(
    centre: Vector, normal: Vector, size_m: tuple[float, float], view_angle_deg: float, aspect: float
) -> Pose:
    """A good place to stand before a work: it fills about two thirds of the picture, the eye level with its middle."""
    half = math.tan(math.radians(view_angle_deg) / 2)
    distance = max(size_m[1] / (2 * half * 0.62), size_m[0] / (2 * half * max(aspect, 0.05) * 0.66), 0.5)
    return Pose.of(centre + normal * distance, centre)


def overview(low: Vector, high: Vector, view_angle_deg: float, aspect: float) -> Pose:
    """From above and in front, as near as a whole box is in the picture."""
    centre = (low + high) / 2
    direction = np.array([0.3, 0.7, 1.0])
    direction /= np.linalg.norm(direction)
    across = np.cross((0.0, 1.0, 0.0), direction)
    across /= np.linalg.norm(across)
    ends = np.array([[x, y, z] for x in (-0.5, 0.5) for y in (-0.5, 0.5) for z in (-0.5, 0.5)]) * (high - low)
    half = math.tan(math.radians(view_angle_deg) / 2) * OVERVIEW_SHARE
    wide, tall = np.abs(ends @ across) / (half * max(aspect, 0.05)), np.abs(ends @ np.cross(direction, across)) / half
    distance = max(0.5, float((np.maximum(wide, tall) + ends @ direction).max()))
    return Pose.of(centre + direction * distance, centre)


def _turned(direction: Vector, turn_rad: float, lift_rad: float) -> Vector:
    length = float(np.linalg.norm(direction))
    yaw = math.atan2(direction[0], direction[2]) + turn_rad
    pitch = math.asin(max(-1.0, min(1.0, direction[1] / length))) + lift_rad
    pitch = max(-STEEPEST, min(STEEPEST, pitch))
    flat = math.cos(pitch)
    return length * np.array([flat * math.sin(yaw), math.sin(pitch), flat * math.cos(yaw)])


def _between(first: Vector, second: Vector, share: float) -> Vector:
    """From one direction to another around the vertical, so that a turn never rolls or flips."""
    yaw0, yaw1 = math.atan2(first[0], first[2]), math.atan2(second[0], second[2])
    yaw = yaw0 + ((yaw1 - yaw0 + math.pi) % (2 * math.pi) - math.pi) * share
    pitch0, pitch1 = math.asin(max(-1, min(1, first[1]))), math.asin(max(-1, min(1, second[1])))
    pitch = pitch0 + (pitch1 - pitch0) * share
    return np.array([math.cos(pitch) * math.sin(yaw), math.sin(pitch), math.cos(pitch) * math.cos(yaw)])


class Camera:
    """The pose that is drawn, a flight under way, and the walking keys that are held down."""

    WALK_M_S = 2.4

    def __init__(self) -> None:
        self.pose = Pose.of((0.0, EYE_HEIGHT_M, 6.0), (0.0, 1.5, 0.0))
        self.walking = (0.0, 0.0, 0.0)
        """Forward, right and up, each from -1 to 1."""
        self.step: Callable[[Pose, float, float, float], Pose] = Pose.walked
        """How a walking step (forward, right, up, in metres) changes the pose."""
        self._flight: Flight | None = None
        self._last_s: float | None = None

    @property
    def position_m(self) -> tuple[float, float, float]:
        """Where the eye is."""
        return _triple(self.pose.position)

    @property
    def target_m(self) -> tuple[float, float, float]:
        """What it looks at."""
        return _triple(self.pose.target)

    @property
    def is_flying(self) -> bool:
        """Whether a flight is under way."""
        return self._flight is not None

    @property
    def destination(self) -> Pose:
        """Where the flight under way ends; where the eye is when there is none."""
        return self._flight.end if self._flight is not None else self.pose

    def go(self, pose: Pose) -> None:
        """Be somewhere at once; ends a flight."""
        self.pose, self._flight = pose, None

    def fly(self, pose: Pose, seconds: float) -> None:
        """Begin a flight at the next tick; it lasts `seconds`."""
        if seconds <= 0 or not math.isfinite(seconds):
            self.go(pose)
        else:
            self._flight = Flight(self.pose, pose, math.nan, min(seconds, 60.0))

    def advance(self, now_s: float) -> bool:
        """Move on to a moment; whether the pose changed."""
        elapsed = min(0.1, max(0.0, now_s - self._last_s)) if self._last_s is not None else 0.0
        self._last_s = now_s if any(self.walking) else None
        moved = self._flown(now_s)
        if any(self.walking):
            forward, right, up = (share * self.WALK_M_S * elapsed for share in self.walking)
            self.go(self.step(self.pose, forward, right, up))
            moved = True
        return moved

    def _flown(self, now_s: float) -> bool:
        if self._flight is None:
            return False
        if math.isnan(self._flight.began_s):
            self._flight = Flight(self._flight.start, self._flight.end, now_s, self._flight.seconds)
        flight = self._flight
        self.pose = flight.at(now_s)
        if flight.is_over(now_s):
            self._flight = None
        return True


def _triple(vector: Vector) -> tuple[float, float, float]:
    return float(vector[0]), float(vector[1]), float(vector[2])
