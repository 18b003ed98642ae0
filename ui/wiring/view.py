"""The viewport as the wires see it: what to show, what to stage, where to fly."""

from pathlib import Path
from typing import Literal, Protocol

from scene.change import SceneChange
from scene.proposal import Proposal
from scene.scene import Scene

Side = Literal["before", "after"]
Point = tuple[float, float, float]


class View(Protocol):
    """What the scene's wires ask of the viewport."""

    def show_scene(self, scene: Scene) -> None:
        """Show this scene, whatever was shown before."""
        ...

    def follow(self, change: SceneChange, scene: Scene) -> None:
        """The scene changed."""
        ...

    def stage(self, proposal: Proposal | None) -> None:
        """Show a proposal as a ghost, or none."""
        ...

    def show_side(self, side: Side) -> None:
        """Before or after the proposal."""
        ...

    def select(self, ids: frozenset[str]) -> None:
        """Mark these as selected."""
        ...

    def fly_to(self, position_m: Point, target_m: Point) -> None:
        """Move the camera, easing."""
        ...

    def fly_to_record(self, record_id: str, scene: Scene) -> None:
        """Move the camera to where a record is best seen."""
        ...

    def write_picture(self, path: Path) -> None:
        """Write what is seen to a PNG file; raises OSError."""
        ...
