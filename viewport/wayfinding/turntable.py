"""A turntable: the eye goes round what it looks at, once in so many seconds."""

import math
from dataclasses import dataclass

import numpy as np

from viewport.camera import Pose, Vector

ROUND_S = 24.0


@dataclass(frozen=True, eq=False)
class Turntable:
    """Round `pivot`, from where the eye was when it began."""

    pivot: Vector
    start: Pose
    began_s: float
    round_s: float = ROUND_S

    def at(self, now_s: float) -> Pose:
        """The pose at a moment; it starts softly."""
        elapsed = max(0.0, now_s - self.began_s)
        soft = elapsed * elapsed / 2 if elapsed < 1.0 else elapsed - 0.5
        turn = 2 * math.pi * soft / self.round_s
        cos, sin = math.cos(turn), math.sin(turn)
        arm = self.start.position - self.pivot
        place = self.pivot + np.array([cos * arm[0] + sin * arm[2], arm[1], cos * arm[2] - sin * arm[0]])
        return Pose.of(place, self.pivot)
