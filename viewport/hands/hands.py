"""The hands in the viewport: what a press takes hold of, what a drag does, and what comes of it at the end."""

from collections.abc import Callable, Collection, Sequence
from typing import Literal

from scene.change import SceneChange
from scene.edits import OperationRefused, movable
from scene.records import Placement
from viewport.hands.band import Band, Region
from viewport.hands.drawing import preview_marks
from viewport.hands.dropping import Dropping
from viewport.hands.gestures import Axis, Gesture, Held, Pointer, Preview
from viewport.hands.gizmo import Gizmo, Grip, gizmo_of
from viewport.hands.hanging import Hangable
from viewport.hands.marks import Mark
from viewport.hands.moving import Move
from viewport.hands.nudging import Nudge
from viewport.hands.scaling import Scale
from viewport.hands.sight import seat_under
from viewport.hands.step_names import step_name
from viewport.hands.trial import Trial
from viewport.hands.turning import Turn
from viewport.hands.viewed import Viewed

MOST_HELD = 2_000


class Hands:
    """One pair of hands over one view; who owns the scene sets `commit`, `refused`, `chosen`, `forbids`, `gap_m`."""

    def __init__(self, view: Viewed) -> None:
        self._trial = Trial(view)
        self._dropping = Dropping(self._trial)
        self._selected: frozenset[str] = frozenset()
        self._gesture: Gesture | None = None
        self._nudge: Nudge | None = None
        self._band: Band | None = None
        self._hot: Grip | None = None
        self.armed: Region | None = None
        """The next drag draws this region."""
        self.commit: Callable[[str, SceneChange], bool] = lambda name, change: False
        self.refused: Callable[[str, str], None] = lambda what, advice: None
        self.chosen: Callable[[frozenset[str], bool], None] = lambda ids, extend: None
        self.forbids: Callable[[frozenset[str]], str] = lambda ids: ""
        """Why these works must not be touched now; "" when they may."""
        self.gap_m: Callable[[], float] = lambda: 0.0
        """How far pictures must be apart for the frames that they are shown in not to touch."""
        self._trial.gap_m = lambda: self.gap_m()
        self._trial.commit = lambda name, change: self.commit(name, change)
        self._trial.refused = lambda what, advice: self.refused(what, advice)

    # -- what there is to see --------------------------------------------------------------------

    @property
    def view(self) -> Viewed:
        """The view that they work on; it is another one after OpenGL was lost."""
        return self._trial.view

    @view.setter
    def view(self, view: Viewed) -> None:
        self._trial.view = view

    @property
    def busy(self) -> bool:
        """Whether a drag or a nudge is under way."""
        return bool(self._gesture or self._band or self._dropping.under_way or self._nudge)

    @property
    def preview(self) -> Preview | None:
        """How things would be now."""
        return self._trial.preview

    def select(self, ids: Collection[str]) -> None:
        """What is selected now; ends a gesture whose works are not."""
        self._selected = frozenset(ids)

    def marks(self) -> tuple[Mark, ...]:
        """What to draw over the picture."""
        if self._band is not None:
            return self._band.marks()
        if self.preview is not None:
            scene, sight = self.view.shown_scene, self.view.sight()
            return preview_marks(self.preview, sight, scene, outlined=self._dropping.under_way)
        gizmo = self.gizmo()
        return gizmo.marks(self._hot) if gizmo is not None else ()

    def gizmo(self) -> Gizmo | None:
        """The handles around the selection, where it may be touched."""
        works = self._movable() if not self.forbids(self._selected) else []
        return gizmo_of(self.view.shown_scene, works, self.view.sight(), self.view.surfaces) if works else None

    def point_at(self, x_px: float, y_px: float) -> Literal["handle", "work", ""]:
        """What the pointer could take hold of here."""
        gizmo = self.gizmo() if self._selected else None
        self._hot = gizmo.grip_at(x_px, y_px) if gizmo else None
        if self._hot is not None:
            return "handle"
        return "work" if self._selected and self.view.pick(x_px, y_px) in self._selected else ""

    def wall_ahead(self) -> str:
        """The wall in the middle of the picture, or ""."""
        sight = self.view.sight()
        seat = seat_under(self.view.surfaces, sight, sight.size_px[0] / 2, sight.size_px[1] / 2)
        return seat.wall_id if seat is not None else ""

    # -- dragging --------------------------------------------------------------------------------

    def begin(self, x_px: float, y_px: float, *, shift: bool = False, control: bool = False, alt: bool = False) -> bool:
        """A drag begins here; whether the hands take it. Otherwise it is the camera's."""
        self.nudge_end()
        pointer = Pointer(x_px, y_px, self.view.sight(), not alt)
        if self.armed is None and self._selected and (self._grip(pointer) or self._body(pointer)):
            return True
        region: Region | None = self.armed or ("lasso" if control else "box" if shift else None)
        if region is None:
            return False
        self._band, self.armed = Band(region, shift or control), None
        self._band.to(x_px, y_px)
        return True

    def move(self, x_px: float, y_px: float, *, alt: bool = False) -> None:
        """The pointer moved on; with Alt nothing snaps."""
        if self._band is not None:
            self._band.to(x_px, y_px)
        elif self._gesture is not None:
            try:
                self._trial.show(self._gesture.to(Pointer(x_px, y_px, self.view.sight(), not alt)))
            except OperationRefused as refusal:
                self.refused(str(refusal), "")

    def release(self) -> None:
        """The drag ends: it becomes one step, or everything goes back with a word why."""
        band, gesture, preview = self._band, self._gesture, self.preview
        self._band = self._gesture = None
        if band is not None:
            self.chosen(band.found(self.view), band.extends)
        elif gesture is not None and preview is not None:
            self._trial.finish(step_name(gesture, preview, self.view.shown_scene), preview)

    def cancel(self) -> bool:
        """Let go; everything is where it was. Whether there was anything to let go of."""
        was = self.busy or self.armed is not None
        self._gesture = self._band = self._nudge = self.armed = None
        self._dropping.cancel()
        self._trial.end()
        return was

    # -- nudging ---------------------------------------------------------------------------------

    def nudge(self, right_m: float, up_m: float) -> bool:
        """Move the selection a little in its own plane; whether there is anything to move."""
        if not self._selected or self._gesture is not None or self._band is not None:
            return False
        if self._nudge is None:
            works = self._touchable()
            if not works:
                return True
            self._nudge = Nudge(self._hold(works, works[0]))
        preview = self._nudge.by(right_m, up_m)
        if preview.broken:
            self._trial.refuse(preview.broken[0], "It stays where it is.")
            return True
        self._nudge.accept(right_m, up_m)
        self._trial.show(preview, 0.0)
        return True

    def nudge_end(self) -> None:
        """The key went up: what was nudged becomes one step."""
        nudge, self._nudge = self._nudge, None
        if nudge is not None and self.preview is not None and nudge.way_m != (0.0, 0.0):
            self._trial.finish(nudge.name, self.preview)

    # -- hanging ---------------------------------------------------------------------------------

    def drag_in(self, assets: Sequence[Hangable]) -> bool:
        """Assets are dragged over the picture; whether they could be hung."""
        self.cancel()
        if not assets or self.forbids(frozenset()):
            return False
        self._dropping.begin(assets)
        return True

    def drag_over(self, x_px: float, y_px: float, *, alt: bool = False) -> bool:
        """The dragged assets are here; whether they could be dropped."""
        pointer = Pointer(x_px, y_px, self.view.sight(), not alt)
        return self._dropping.under_way and self._dropping.over(pointer)

    def drop(self) -> bool:
        """Hang what is dragged where it is; whether it hangs."""
        return self._dropping.drop()

    def hang(self, assets: Sequence[Hangable]) -> bool:
        """Hang assets at the free place nearest to the middle of the picture, without a drag."""
        return self.drag_in(assets) and self._dropping.hang(assets)

    # -- inside ----------------------------------------------------------------------------------

    def _grip(self, pointer: Pointer) -> bool:
        gizmo = self.gizmo()
        grip = gizmo.grip_at(pointer.x_px, pointer.y_px) if gizmo else None
        works = self._touchable() if grip is not None else []
        if grip is None:
            return False
        if works:
            self._gesture = _gesture_of(grip, self._hold(works, works[0]), pointer)
        return True

    def _body(self, pointer: Pointer) -> bool:
        picked = self.view.pick(pointer.x_px, pointer.y_px)
        if picked not in self._selected:
            return False
        works = self._touchable()
        lead = next((work for work in works if work.id == picked), works[0] if works else None)
        if lead is not None:
            self._gesture = Move(self._hold(works, lead), pointer)
        return True

    def _hold(self, works: Sequence[Placement], lead: Placement) -> Held:
        return Held.of(self.view.shown_scene, works, lead, self.view.surfaces, self.gap_m())

    def _movable(self) -> list[Placement]:
        return movable(self.view.shown_scene, self._selected) if len(self._selected) <= MOST_HELD else []

    def _touchable(self) -> list[Placement]:
        """The selected works that may be moved; says why when there are none."""
        works = self._movable()
        why = self.forbids(frozenset(work.id for work in works))
        if why:
            self.refused(why, "")
            return []
        if not works:
            self.refused("What is selected is pinned.", "Unpin it first (Shift+P).")
        return works


def _gesture_of(grip: Grip, held: Held, pointer: Pointer) -> Gesture:
    if grip.kind == "scale":
        return Scale(held, pointer, grip.sign)
    if grip.kind == "turn":
        return Turn(held, pointer)
    axis: Axis = grip.kind
    return Move(held, pointer, axis)
