"""A gesture tried out on the picture: shown while it lasts, then one step of the scene, or everything goes back."""

from collections.abc import Callable

from scene.broken_rule import BrokenRule
from scene.change import SceneChange
from scene.edits import placed
from scene.records import Placement
from scene.turning import plus, turned
from viewport.hands.gestures import Preview
from viewport.hands.viewed import Viewed

LIFT_M = 0.07
"""Works that are dragged are drawn so far off the wall, so that they pass in front of what hangs there."""


class Trial:
    """What is tried out now; `commit` and `refused` are set by who owns the scene."""

    def __init__(self, view: Viewed) -> None:
        self.view = view
        self.preview: Preview | None = None
        self.commit: Callable[[str, SceneChange], bool] = lambda name, change: False
        self.refused: Callable[[str, str], None] = lambda what, advice: None
        self.gap_m: Callable[[], float] = lambda: 0.0
        """How far pictures must be apart for the frames of this view not to touch."""

    def show(self, preview: Preview, lift_m: float = LIFT_M) -> None:
        """Draw the works as they would be."""
        self.preview = preview
        self.view.preview([lifted(work, lift_m) for work in preview.works])

    def end(self) -> None:
        """Everything is where it was."""
        if self.preview is not None:
            self.preview = None
            self.view.preview(())

    def finish(self, name: str, preview: Preview) -> None:
        """Keep it as a step of that name, or say why it may not be."""
        if preview.broken:
            self.end()
            self.refuse(preview.broken[0], "It went back to where it was; there is nothing to undo.")
            return
        change = placed(self.view.shown_scene, preview.works)
        if change.is_empty:
            self.end()
        else:
            self.keep(name, change)

    def keep(self, name: str, change: SceneChange) -> bool:
        """Commit a change, with the works drawn where they will be; whether it was kept."""
        if self.preview is not None:
            self.view.preview(self.preview.works)
        kept = self.commit(name, change)
        if kept:
            self.preview = None
            self.view.preview(())
        else:
            self.end()
        return kept

    def refuse(self, rule: BrokenRule, outcome: str) -> None:
        """Say which rule stands against it."""
        self.refused(f"{rule.words}.", outcome)


def lifted(work: Placement, by_m: float) -> Placement:
    """The work so far before its place."""
    front = turned((0.0, 0.0, 1.0), work.rotation)
    return work.model_copy(update={"position_m": plus(work.position_m, front, by_m)})
