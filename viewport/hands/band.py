"""A region drawn on the picture to choose what is in it: a box from corner to corner, or a lasso."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from viewport.hands.marks import Line, Mark, Pixel
from viewport.hands.regions import box_outline, works_inside
from viewport.hands.viewed import Viewed

Region = Literal["box", "lasso"]
LASSO_STEP_PX = 3.0


@dataclass
class Band:
    """One region from press to release."""

    region: Region
    extends: bool
    """Whether what it finds joins the selection."""
    _path: list[Pixel] = field(default_factory=list)

    def to(self, x_px: float, y_px: float) -> None:
        """The pointer is here."""
        last = self._path[-1] if self._path else None
        is_far = last is None or abs(last[0] - x_px) + abs(last[1] - y_px) >= LASSO_STEP_PX
        if is_far or self.region == "box":
            self._path.append((x_px, y_px))

    @property
    def outline(self) -> Sequence[Pixel]:
        """Its corners on the picture."""
        return self._path if self.region == "lasso" else box_outline(self._path[0], self._path[-1])

    def marks(self) -> tuple[Mark, ...]:
        """What to draw."""
        return (Line(tuple(self.outline), "band", closed=True, filled=True),)

    def found(self, view: Viewed) -> frozenset[str]:
        """The works inside."""
        return works_inside(view.cards, view.surfaces, view.sight(), self.outline)
