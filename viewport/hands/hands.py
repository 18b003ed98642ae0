"""The hands in the viewport: what a press takes hold of, what a drag does, and what comes of it at the end."""

from collections.abc import Callable, Collection, Sequence
from typing import Literal, Protocol

from scene.boards import board_of
from scene.broken_rule import BrokenRule
from scene.change import SceneChange
from scene.edits import OperationRefused, movable, placed
from scene.naming import title_of
from scene.records import Placement, Wall
from scene.scene import Scene
from scene.sliding import Seat, carried, seat_of
from scene.turning import plus, right_of, turned, up_of
from viewport.cards import Cards
from viewport.hands.drawing import preview_marks
from viewport.hands.gestures import Axis, Gesture, Held, Move, Pointer, Preview, Scale, Turn
from viewport.hands.gizmo import Gizmo, Grip, gizmo_of
from viewport.hands.hanging import Hangable, Hanging
from viewport.hands.marks import Line, Mark, Pixel
from viewport.hands.regions import box_outline, works_inside
from viewport.hands.sight import Sight, seat_under
from viewport.surfaces import Surface

Region = Literal["box", "lasso"]
MOST_HELD = 2_000
LASSO_STEP_PX = 3.0
LIFT_M = 0.07


class Viewed(Protocol):
    """The view as the hands need it."""

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


class Hands:
    """One pair of hands over one view; who owns the scene sets `commit`, `refused`, `chosen` and `forbids`."""

    def __init__(self, view: Viewed) -> None:
        self.view = view
        self._selected: frozenset[str] = frozenset()
        self._gesture: Gesture | None = None
        self._hanging: Hanging | None = None
        self._preview: Preview | None = None
        self._nudged: tuple[float, float] | None = None
        self._held: Held | None = None
        self._region: Region | None = None
        self._outline: list[Pixel] = []
        self._extends = False
        self.armed: Region | None = None
        """The next drag draws this region."""
        self._hot: Grip | None = None
        self.commit: Callable[[str, SceneChange], bool] = lambda name, change: False
        self.refused: Callable[[str, str], None] = lambda what, advice: None
        self.chosen: Callable[[frozenset[str], bool], None] = lambda ids, extend: None
        self.forbids: Callable[[frozenset[str]], str] = lambda ids: ""
        """Why these works must not be touched now; "" when they may."""

    # -- what there is to see --------------------------------------------------------------------

    @property
    def busy(self) -> bool:
        """Whether a drag or a nudge is under way."""
        return bool(self._gesture or self._region or self._hanging or self._held)

    @property
    def preview(self) -> Preview | None:
        """How things would be now."""
        return self._preview

    def select(self, ids: Collection[str]) -> None:
        """What is selected now; ends a gesture whose works are not."""
        self._selected = frozenset(ids)

    def marks(self) -> tuple[Mark, ...]:
        """What to draw over the picture."""
        if self._region is not None:
            outline = self._outline if self._region == "lasso" else box_outline(self._outline[0], self._outline[-1])
            return (Line(tuple(outline), "band", closed=True, filled=True),)
        if self._preview is not None:
            return preview_marks(self._preview, self.view.sight(), outlined=self._hanging is not None)
        gizmo = self.gizmo()
        return gizmo.marks(self._hot) if gizmo is not None else ()

    def gizmo(self) -> Gizmo | None:
        """The handles around the selection."""
        works = self._movable()
        return gizmo_of(self.view.shown_scene, works, self.view.sight(), self.view.surfaces) if works else None

    def point_at(self, x_px: float, y_px: float) -> Literal["handle", "work", ""]:
        """What the pointer could take hold of here."""
        gizmo = self.gizmo() if self._selected else None
        self._hot = gizmo.grip_at(x_px, y_px) if gizmo else None
        if self._hot is not None:
            return "handle"
        return "work" if self._selected and self.view.pick(x_px, y_px) in self._selected else ""

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
        self._extends = shift or control
        self._region, self._outline, self.armed = region, [(x_px, y_px)], None
        return True

    def move(self, x_px: float, y_px: float, *, alt: bool = False) -> None:
        """The pointer moved on; with Alt nothing snaps."""
        if self._region is not None:
            last = self._outline[-1]
            if abs(last[0] - x_px) + abs(last[1] - y_px) >= LASSO_STEP_PX or self._region == "box":
                self._outline.append((x_px, y_px))
        elif self._gesture is not None:
            try:
                self._show(self._gesture.to(Pointer(x_px, y_px, self.view.sight(), not alt)))
            except OperationRefused as refusal:
                self.refused(str(refusal), "")

    def release(self) -> None:
        """The drag ends: it becomes one step, or everything goes back with a word why."""
        if self._region is not None:
            self._choose()
            return
        gesture, preview = self._gesture, self._preview
        self._gesture = None
        if gesture is not None and preview is not None:
            self._finish(step_name(gesture, preview, self.view.shown_scene), preview)

    def cancel(self) -> bool:
        """Let go; everything is where it was. Whether there was anything to let go of."""
        was = self.busy or self.armed is not None
        self._gesture = self._hanging = self._region = self._held = self._nudged = self.armed = None
        self._end_preview()
        return was

    def wall_ahead(self) -> str:
        """The wall in the middle of the picture, or ""."""
        sight = self.view.sight()
        seat = seat_under(self.view.surfaces, sight, sight.size_px[0] / 2, sight.size_px[1] / 2)
        return seat.wall_id if seat is not None else ""

    # -- nudging ---------------------------------------------------------------------------------

    def nudge(self, right_m: float, up_m: float) -> bool:
        """Move the selection a little in its own plane; whether there is anything to move."""
        if not self._selected or self._gesture is not None or self._region is not None:
            return False
        if self._held is None:
            works = self._touchable()
            if not works:
                return True
            self._held, self._nudged = self._hold(works, works[0]), (0.0, 0.0)
        before = self._nudged or (0.0, 0.0)
        wanted = (before[0] + right_m, before[1] + up_m)
        preview = nudged(self._held, wanted)
        if preview.broken:
            self._refuse(preview.broken[0], "It stays where it is.")
            return True
        self._nudged = wanted
        self._show(preview)
        return True

    def nudge_end(self) -> None:
        """The key went up: what was nudged becomes one step."""
        held, way, preview = self._held, self._nudged, self._preview
        self._held = self._nudged = None
        if held is None or way is None:
            return
        if preview is not None and way != (0.0, 0.0):
            self._finish(f"Nudge {named(held.works)} {_way_words(way)}", preview)

    # -- hanging ---------------------------------------------------------------------------------

    def drag_in(self, assets: Sequence[Hangable]) -> bool:
        """Assets are dragged over the picture; whether they could be hung."""
        self.cancel()
        why = self.forbids(frozenset())
        if why or not assets:
            return False
        self._hanging = Hanging(self.view.shown_scene, assets, self.view.surfaces)
        return True

    def drag_over(self, x_px: float, y_px: float, *, alt: bool = False) -> bool:
        """The dragged assets are here; whether they could be dropped."""
        if self._hanging is None:
            return False
        preview = self._hanging.to(Pointer(x_px, y_px, self.view.sight(), not alt))
        if preview is None:
            self._end_preview()
            return False
        self._show(preview)
        return True

    def drop(self) -> bool:
        """Hang what is dragged where it is; whether it hangs."""
        hanging, preview = self._hanging, self._preview
        self._hanging = None
        if hanging is None or preview is None:
            self._end_preview()
            return False
        if preview.broken:
            self._end_preview()
            self._refuse(preview.broken[0], "Drop it where the wall is free.")
            return False
        return self._commit(hanging.name, hanging.change(preview))

    def hang(self, assets: Sequence[Hangable]) -> bool:
        """Hang assets at the free place nearest to the middle of the picture, without a drag."""
        if not self.drag_in(assets) or self._hanging is None:
            return False
        sight = self.view.sight()
        width, height = sight.size_px
        seat = seat_under(self.view.surfaces, sight, width / 2, height / 2)
        if seat is None:
            self._preview = self._hanging.to(Pointer(width / 2, height / 2, sight))
            return self.drop()
        free = self._hanging.free_seat(seat)
        if free is None:
            self._hanging = None
            self.refused("There is no free place on these walls.", "Make room, or go to another room first.")
            return False
        self._preview = self._hanging.at(free)
        return self.drop()

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
        return Held.of(self.view.shown_scene, works, lead, self.view.surfaces)

    def _movable(self) -> list[Placement]:
        return movable(self.view.shown_scene, self._selected) if len(self._selected) <= MOST_HELD else []

    def _touchable(self) -> list[Placement]:
        """The selected works that may be moved; says why when there are none."""
        works = self._movable()
        why = self.forbids(frozenset(work.id for work in works))
        if why:
            self.refused(why, "Approve or reject the proposal first.")
            return []
        if not works:
            self.refused("What is selected is pinned.", "Unpin it first (Shift+P).")
        return works

    def _choose(self) -> None:
        outline = self._outline if self._region == "lasso" else box_outline(self._outline[0], self._outline[-1])
        found = works_inside(self.view.cards, self.view.surfaces, self.view.sight(), outline)
        self._region, self._outline = None, []
        self.chosen(found, self._extends)

    def _show(self, preview: Preview) -> None:
        """Draw the works a hand's breadth off the wall, so that they pass in front of what hangs there."""
        self._preview = preview
        lifted_m = 0.0 if self._held is not None else LIFT_M
        self.view.preview([lifted(work, lifted_m) for work in preview.works])

    def _end_preview(self) -> None:
        if self._preview is not None:
            self._preview = None
            self.view.preview(())

    def _finish(self, name: str, preview: Preview) -> None:
        if preview.broken:
            self._end_preview()
            self._refuse(preview.broken[0], "It went back to where it was.")
            return
        change = placed(self.view.shown_scene, preview.works)
        if change.is_empty:
            self._end_preview()
        else:
            self._commit(name, change)

    def _commit(self, name: str, change: SceneChange) -> bool:
        if self._preview is not None:
            self.view.preview(self._preview.works)
        kept = self.commit(name, change)
        if kept:
            self._preview = None
            self.view.preview(())
        else:
            self._end_preview()
        return kept

    def _refuse(self, rule: BrokenRule, outcome: str) -> None:
        self.refused(f"{rule.words}.", outcome)


def _gesture_of(grip: Grip, held: Held, pointer: Pointer) -> Gesture:
    if grip.kind == "scale":
        return Scale(held, pointer, grip.sign)
    if grip.kind == "turn":
        return Turn(held, pointer)
    axis: Axis = grip.kind
    return Move(held, pointer, axis)


def nudged(held: Held, way_m: tuple[float, float]) -> Preview:
    """Works moved by so much to the right and up, each as seen by whoever looks at it."""
    scene, lead = held.scene, held.lead
    board = board_of(scene, lead, held.ids)
    hung = [work for work in held.works if isinstance(scene.get(work.wall_id or ""), Wall)]
    moved: dict[str, Placement] = {}
    for work in hung:
        if work.id not in moved:
            wall = scene.get(work.wall_id or "")
            assert isinstance(wall, Wall)
            seat = seat_of(work, wall)
            goal = Seat(wall.id, seat.along_m + way_m[0], seat.height_m + way_m[1])
            same = [other for other in hung if other.wall_id == wall.id]
            moved |= {found.id: found for found in carried(scene, same, work.id, goal)}
    for work in held.works:
        if work.id not in moved:
            at_m = plus(plus(work.position_m, right_of(work.rotation), way_m[0]), up_of(work.rotation), way_m[1])
            moved[work.id] = work.but(position_m=at_m)
    works = tuple(moved[work.id] for work in held.works)
    return Preview(works, board, (), _way_words(way_m), tuple(held.around.broken(works)))


def lifted(work: Placement, by_m: float) -> Placement:
    """The work so far before its place."""
    front = turned((0.0, 0.0, 1.0), work.rotation)
    return work.model_copy(update={"position_m": plus(work.position_m, front, by_m)})


def step_name(gesture: Gesture, preview: Preview, scene: Scene) -> str:
    """What the history calls a gesture."""
    name = f"{gesture.name} {named(gesture.works)}"
    if isinstance(gesture, Scale | Turn):
        return f"{name} to {preview.words}"
    wall = scene.get(preview.board.wall_id)
    walls = {work.wall_id for work in gesture.works}
    if isinstance(wall, Wall) and wall.id not in walls:
        return f"{name} to {title_of(wall)}"
    return name


def named(works: Sequence[Placement]) -> str:
    """One work by its title, several by their number."""
    return title_of(works[0]) if len(works) == 1 else f"{len(works)} works"


def _way_words(way_m: tuple[float, float]) -> str:
    right_cm, up_cm = round(way_m[0] * 100), round(way_m[1] * 100)
    parts = [
        f"{abs(right_cm)} cm {'right' if right_cm > 0 else 'left'}" if right_cm else "",
        f"{abs(up_cm)} cm {'up' if up_cm > 0 else 'down'}" if up_cm else "",
    ]
    return " and ".join(part for part in parts if part) or "0 cm"
