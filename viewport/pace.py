"""The render clock: it measures itself, and says how many cards a frame may draw and when the rest of them follow."""

from dataclasses import dataclass
from typing import Literal

Step = Literal["rest", "moving", "whole", "patch", "more", "rehearse"]
"""What the next frame is: none; all while the eye moves; all; changed cards over the last one; cards still missing;
nothing that is seen, but what will be is made ready for the graphics card."""
Quality = Literal["draft", "standard", "high"]

SMOOTH_WITHIN_S: dict[Quality, float] = {"draft": 0.0, "standard": 0.35, "high": 0.9}
"""A smooth picture at rest may take so long; drafts have none."""
SLOW_S, QUICK_S = 0.09, 0.03
"""Standard pictures leave out reflections when frames take longer than the one, until they take less than the other."""
SOFTENED_WITHIN_S, TOO_SOFT_S = 0.006, 0.012
"""High quality softens edges while the eye moves as well where plain frames are as quick as with a graphics card, and
until softened ones take longer than the other."""
FIRST_PAUSE = 120
"""Where that was too slow it is tried again after so many frames, then after twice as many, and so on."""
TARGET_S: dict[Quality, float] = {"draft": 0.008, "standard": 0.010, "high": 0.018}
MOST_PLAIN_PX: dict[Quality, float] = {"draft": 24.0, "standard": 18.0, "high": 12.0}
"""Cards smaller than this on screen may be blends of four colours while the eye moves."""
UNHURRIED = 2.5
"""Where a frame might take so many times as long, pictures are drawn in place of blends."""
FIRST_BUDGET, LEAST_BUDGET, LARGEST_BUDGET = 10_000, 7_000, 250_000
REST_S = 0.06
PATCH_EVERY_S = 0.2
FADED_EVERY_S, FADED_PAUSE = 0.03, 3.0
"""While pictures fade in over a picture at rest it is patched so often, or after so many times what a frame takes."""
FIRST_SLICE, LEAST_SLICE, LARGEST_SLICE, SLICE_S = 6_000, 2_000, 60_000, 0.022
"""Cards added to a picture at rest with one frame, and how long that frame may take."""
RECENT = 5


@dataclass(frozen=True)
class Thrift:
    """What a frame leaves out when it has little time."""

    budget: int
    """Cards that are drawn one by one; one that is drawn as a picture counts as two."""
    moving: bool = False
    """Whether cards that are drawn may stand for others."""
    plain_px: float = 0.0
    """Cards smaller than this on screen are blends of four colours; at rest only where not all fit into a frame."""


class Pace:
    """One for each view."""

    def __init__(self, quality: Quality = "standard") -> None:
        self.quality: Quality = quality
        self.budget = FIRST_BUDGET
        """Resident cards of one frame."""
        self.plain_px = MOST_PLAIN_PX[quality]
        """Cards smaller than this on screen are blends while the eye moves."""
        self.slice = FIRST_SLICE
        """Cards that are added to a picture at rest in one frame."""
        self.plain_frame_s = 0.0
        """Median of the last plain frames."""
        self._recent: list[float] = []
        self._moved_s = -1.0
        self._patched_s = -1.0
        self._settled = True
        self._struggles = False
        self._softens = False
        self._frames, self._pause, self._pauses_until = 0, FIRST_PAUSE, 0

    @property
    def is_settled(self) -> bool:
        """Whether the eye has come to rest and what is in view has been looked through."""
        return self._settled

    @property
    def mirrors(self) -> bool:
        """Whether floors reflect."""
        return self.quality == "high" or (self.quality == "standard" and not self._struggles)

    @property
    def softens(self) -> bool:
        """Whether edges are softened while the eye moves; at rest pictures of many frames are smooth by themselves."""
        return self.quality == "high" and self._softens

    @property
    def smooth_within_s(self) -> float:
        """How long a smooth picture at rest may take."""
        return SMOOTH_WITHIN_S[self.quality]

    def step(
        self,
        now_s: float,
        moved: bool,
        stale: bool,
        changed: bool,
        missing: int,
        is_full: bool = False,
        fades: bool = False,
    ) -> Step:
        """What to draw next; `missing` cards are in view and not on the picture, changed ones hold no more changes."""
        if moved:
            self._moved_s, self._settled = now_s, False
            return "moving"
        if stale:
            return "whole"
        if not self._settled:
            if now_s - self._moved_s < REST_S:
                return "rest"
            self._settled = True
            return "whole" if missing else "rest"
        if missing:
            return "more"
        patch_s = min(PATCH_EVERY_S, max(FADED_EVERY_S, FADED_PAUSE * self.plain_frame_s)) if fades else PATCH_EVERY_S
        if changed and (is_full or now_s - self._patched_s >= patch_s):
            self._patched_s = now_s
            return "patch"
        return "rest"

    def begin_anew(self) -> None:
        """Another stage is shown: what quick frames of the one before allowed says nothing about it."""
        self.budget, self.slice = min(self.budget, FIRST_BUDGET), min(self.slice, FIRST_SLICE)
        self.plain_px = MOST_PLAIN_PX[self.quality]

    def thrift(self, moving: bool, resting: bool = False) -> Thrift:
        """What the next frame leaves out; one of an exposure at rest has no blends."""
        return Thrift(self.budget, moving, 0.0 if resting else self.plain_px)

    def drew(self, seconds: float, step: Step, is_smooth: bool) -> None:
        """A frame took so long."""
        if step == "more":
            share = min(1.5, max(0.6, SLICE_S / max(seconds, 1e-4)))
            self.slice = round(min(LARGEST_SLICE, max(LEAST_SLICE, self.slice * share)))
        if is_smooth or step not in ("moving", "whole"):
            return
        self._frames += 1
        self._recent = [*self._recent[1 - RECENT :], seconds]
        self.plain_frame_s = sorted(self._recent)[len(self._recent) // 2]
        if len(self._recent) == RECENT:
            self._struggles = self.plain_frame_s > (QUICK_S if self._struggles else SLOW_S)
            self._soften()
        if step == "moving":
            self._follow(TARGET_S[self.quality] / max(seconds, 1e-4))

    def _soften(self) -> None:
        """Begin to soften edges, or give it up for a while; either way what frames take is measured anew."""
        if self._softens and self.plain_frame_s > TOO_SOFT_S:
            self._softens, self._recent = False, []
            self._pauses_until, self._pause = self._frames + self._pause, self._pause * 2
        elif self._is_quick and not self._softens and self._frames >= self._pauses_until:
            self._softens, self._recent = True, []

    @property
    def _is_quick(self) -> bool:
        return self.quality == "high" and self.plain_frame_s <= SOFTENED_WITHIN_S

    def _follow(self, share: float) -> None:
        """The last frame might have taken so many times as long: blends first, fewer cards when that is not enough."""
        most_px = MOST_PLAIN_PX[self.quality]
        if share < 1.0 and self.plain_px < most_px:
            self.plain_px = min(most_px, self.plain_px + 4.0)
        else:
            self.budget = round(min(LARGEST_BUDGET, max(LEAST_BUDGET, self.budget * min(1.1, max(0.85, share)))))
        if share > UNHURRIED:
            self.plain_px = max(0.0, self.plain_px - 1.0)
