"""A gallery in the making, as its steps hand it on."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from scene.layouts.contract import Unplaced, Wishes, Work
from scene.layouts.kept import Kept
from scene.layouts.lettering import ENGLISH, Lettering
from scene.layouts.said import Said
from scene.layouts.sizes import Sizes

DEFAULT_GAP_M = 0.65
DEFAULT_CENTRE_M = 1.5


@dataclass
class Hanging:
    """What is asked, what is solved so far, and what could not be met."""

    works: Sequence[Work]
    wishes: Wishes
    seed: int
    kept: Kept
    sequence: list[int]
    centre_m: float
    sizes: Sizes
    unmet: list[Said]
    unplaced: list[Unplaced] = field(default_factory=list)
    gap_m: float = DEFAULT_GAP_M
    hero: int | None = None
    lettering: Lettering = ENGLISH
