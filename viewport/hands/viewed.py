"""The view as the hands need it."""

from collections.abc import Sequence
from typing import Protocol

from scene.records import Placement
from scene.scene import Scene
from viewport.hands.sight import Sight
from viewport.surfaces import Surface
from viewport.works.cards import Cards


class Viewed(Protocol):
    """What is drawn, from where, and a way to try edits out."""

    @property
    def shown_scene(self) -> Scene:
        """The scene that is drawn."""
        ...

    @property
    def surfaces(self) -> Sequence[Surface]:
        """Its walls."""
        ...

    @property
    def cards(self) -> Cards:
        """Its works as they are drawn."""
        ...

    def sight(self) -> Sight:
        """Where the eye is."""
        ...

    def pick(self, x_px: float, y_px: float) -> str | None:
        """The work at a pixel."""
        ...

    def preview(self, works: Sequence[Placement]) -> None:
        """Draw these works as they would be; none ends it."""
        ...
