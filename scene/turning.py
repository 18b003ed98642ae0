"""Rotations as quaternions (x, y, z, w): composing them, turning vectors, and what a card's axes point at."""

import math
from typing import Literal

from scene.records import Quaternion, Vector3

_AXES: dict[str, Vector3] = {"x": (1.0, 0.0, 0.0), "y": (0.0, 1.0, 0.0), "z": (0.0, 0.0, 1.0)}


def turned_by(axis: Literal["x", "y", "z"], degrees: float) -> Quaternion:
    """The rotation about one axis, counter-clockwise seen from its tip."""
    half_rad = math.radians(degrees) / 2.0
    x, y, z = (part * math.sin(half_rad) for part in _AXES[axis])
    return (x, y, z, math.cos(half_rad))


def then(first: Quaternion, second: Quaternion) -> Quaternion:
    """`first` followed by `second` (the product second * first), of length one."""
    ax, ay, az, aw = second
    bx, by, bz, bw = first
    x = aw * bx + ax * bw + ay * bz - az * by
    y = aw * by - ax * bz + ay * bw + az * bx
    z = aw * bz + ax * by - ay * bx + az * bw
    w = aw * bw - ax * bx - ay * by - az * bz
    length = math.sqrt(x * x + y * y + z * z + w * w) or 1.0
    return (x / length, y / length, z / length, w / length)


def inverse(rotation: Quaternion) -> Quaternion:
    """The rotation that undoes a rotation of length one."""
    x, y, z, w = rotation
    return (-x, -y, -z, w)


def turned(vector: Vector3, rotation: Quaternion) -> Vector3:
    """The vector after the rotation."""
    x, y, z, w = rotation
    vx, vy, vz = vector
    tx, ty, tz = 2 * (y * vz - z * vy), 2 * (z * vx - x * vz), 2 * (x * vy - y * vx)
    return (
        vx + w * tx + y * tz - z * ty,
        vy + w * ty + z * tx - x * tz,
        vz + w * tz + x * ty - y * tx,
    )


def right_of(rotation: Quaternion) -> Vector3:
    """Where a card's local +x points: to the right of whoever looks at its front."""
    return turned(_AXES["x"], rotation)


def up_of(rotation: Quaternion) -> Vector3:
    """Where a card's local +y points."""
    return turned(_AXES["y"], rotation)


def upright(rotation: Quaternion) -> Quaternion:
    """The nearest rotation that only turns about the vertical."""
    x, _, z = turned(_AXES["z"], rotation)
    if math.hypot(x, z) < 1e-6:
        x, _, z = (-part for part in turned(_AXES["y"], rotation))
    yaw_rad = math.atan2(x, z)
    return (0.0, math.sin(yaw_rad / 2.0), 0.0, math.cos(yaw_rad / 2.0))


def plus(one: Vector3, other: Vector3, factor: float = 1.0) -> Vector3:
    """`one` + `factor` * `other`."""
    return (one[0] + factor * other[0], one[1] + factor * other[1], one[2] + factor * other[2])


def dot(one: Vector3, other: Vector3) -> float:
    """The scalar product."""
    return one[0] * other[0] + one[1] * other[1] + one[2] * other[2]
