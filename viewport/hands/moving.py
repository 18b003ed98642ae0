"""Moving works: over their wall, round its corners and onto other walls; free-standing ones in their own plane."""

from dataclasses import dataclass, field, replace

from scene.boards import Board, board_of, wall_board
from scene.edits import edited
from scene.records import Placement, Vector3, Wall
from scene.scene import Scene
from scene.sliding import Seat, carried, round_corners, seat_of, seated
from scene.snapping import Box, Guide, snapped
from scene.turning import plus
from viewport.hands.cornering import settled_round
from viewport.hands.gestures import Axis, Held, Pointer, Preview, tolerance_m
from viewport.hands.settling import settled
from viewport.hands.sight import seat_under


@dataclass
class Move:
    """Drags works over their wall, round corners and onto other walls; free-standing ones in their own plane."""

    held: Held
    start: Pointer
    axis: Axis = "both"
    name: str = "Move"
    _boards: dict[str, Board] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.works = self.held.works
        self._board = board_of(self.held.scene, self.held.lead, self.held.ids)
        self._last_wall = self._board.wall_id
        grabbed = self.start.sight.on_board(self._board, self.start.x_px, self.start.y_px)
        across_m, height_m = self._board.place(self.held.lead.position_m)
        self._grip_m = (across_m - grabbed[0], height_m - grabbed[1]) if grabbed else (0.0, 0.0)

    def to(self, pointer: Pointer) -> Preview:
        """Where the pointer carries the works."""
        if self.axis == "depth":
            return self._in_depth(pointer)
        return self._on_walls(pointer) if self._board.wall_id else self._in_plane(pointer)

    def _on_walls(self, pointer: Pointer) -> Preview:
        held, lead = self.held, self.held.lead
        home = seat_of(lead, _wall(held.scene, lead.wall_id or ""))
        under = seat_under(held.surfaces, pointer.sight, pointer.x_px, pointer.y_px, self._last_wall)
        goal = home
        if under is not None and isinstance(held.scene.get(under.wall_id), Wall):
            goal = Seat(under.wall_id, under.along_m + self._grip_m[0], under.height_m + self._grip_m[1])
        if self.axis == "along":
            goal = Seat(goal.wall_id, goal.along_m, home.height_m)
        elif self.axis == "up":
            goal = Seat(home.wall_id, home.along_m, goal.height_m)
        goal = round_corners(held.scene, goal)
        self._last_wall = goal.wall_id
        board = self._board_on(goal.wall_id)
        guides: tuple[Guide, ...] = ()
        landed = board.box(seated(lead, goal, held.scene))
        if pointer.snapping:
            goal, guides = self._snapped(goal, landed, board, tolerance_m(pointer, lead.position_m))
        works = self._carried(goal)
        preview = Preview(works, board, guides, "", tuple(held.around.broken(works)))
        if pointer.snapping:
            preview = settled(preview, held.scene, held.around, self.axis)
            preview = self._settled_round(preview, goal)
            board = preview.board
        box = board.box(next(work for work in preview.works if work.id == lead.id))
        return replace(preview, words=f"{box.across_m:.2f} m along   {box.height_m:.2f} m high")

    def _settled_round(self, preview: Preview, goal: Seat) -> Preview:
        """Works on both sides of a corner slid clear, with the board of the wall on which the lead is by then."""
        scene = self.held.scene
        if self.axis == "up":
            return preview

        def slid(by_m: float) -> tuple[Placement, ...]:
            return self._carried(round_corners(scene, Seat(goal.wall_id, goal.along_m + by_m, goal.height_m)))

        found = settled_round(preview, scene, self.held.around, slid)
        lead = next(work for work in found.works if work.id == self.held.lead.id)
        return replace(found, board=self._board_on(lead.wall_id or goal.wall_id))

    def _snapped(self, goal: Seat, landed: Box, board: Board, reach_m: float) -> tuple[Seat, tuple[Guide, ...]]:
        """The goal in its place; only what the axis lets move may snap."""
        found = snapped(landed, board.others, reach_m, board.span_m)
        across_m = landed.across_m if self.axis == "up" else found.across_m
        height_m = landed.height_m if self.axis == "along" else found.height_m
        level = {"along": False, "up": True}
        guides = [g for g in found.guides if self.axis == "both" or _is_level(g) == level[self.axis]]
        return Seat(goal.wall_id, across_m, height_m), tuple(guides)

    def _carried(self, goal: Seat) -> tuple[Placement, ...]:
        scene, lead = self.held.scene, self.held.lead
        hung = [work for work in self.works if isinstance(scene.get(work.wall_id or ""), Wall)]
        moved = {work.id: work for work in carried(scene, hung, lead.id, goal)}
        by_m = plus(moved[lead.id].position_m, lead.position_m, -1.0)
        if goal.wall_id != lead.wall_id:
            by_m = (0.0, 0.0, 0.0)
        return tuple(moved.get(work.id) or _shifted(work, by_m) for work in self.works)

    def _in_plane(self, pointer: Pointer) -> Preview:
        held, board = self.held, self._board
        box = board.box(held.lead)
        at = pointer.sight.on_board(board, pointer.x_px, pointer.y_px)
        across_m, height_m = (at[0] + self._grip_m[0], at[1] + self._grip_m[1]) if at else (box.across_m, box.height_m)
        across_m = box.across_m if self.axis == "up" else across_m
        height_m = box.height_m if self.axis == "along" else height_m
        guides: tuple[Guide, ...] = ()
        if pointer.snapping:
            found = snapped(box.at(across_m, height_m), board.others, tolerance_m(pointer, held.lead.position_m))
            across_m = box.across_m if self.axis == "up" else found.across_m
            height_m = box.height_m if self.axis == "along" else found.height_m
            guides = found.guides if self.axis == "both" else ()
        by_m = plus(plus((0.0, 0.0, 0.0), board.right, across_m), board.up, height_m)
        return self._shifted_all(by_m, (across_m, height_m), guides)

    def _in_depth(self, pointer: Pointer) -> Preview:
        lead, front = self.held.lead, self._board.front
        begun = self.start.sight.along_line(lead.position_m, front, self.start.x_px, self.start.y_px)
        now = pointer.sight.along_line(lead.position_m, front, pointer.x_px, pointer.y_px)
        far_m = now - begun if now is not None and begun is not None else 0.0
        far_m = round(far_m, 1) if pointer.snapping else far_m
        preview = self._shifted_all(plus((0.0, 0.0, 0.0), front, far_m), (0.0, 0.0), ())
        return Preview(preview.works, preview.board, (), f"{far_m:+.2f} m", preview.broken)

    def _shifted_all(self, by_m: Vector3, way_m: tuple[float, float], guides: tuple[Guide, ...]) -> Preview:
        lowest_m = min((work.position_m[1] - work.size_m[1] / 2 for work in self.works), default=0.0)
        if by_m[1] < 0.0:
            by_m = (by_m[0], max(by_m[1], min(-lowest_m, 0.0)), by_m[2])
        works = tuple(self._moved_free(work, by_m, way_m) for work in self.works)
        words = f"{way_m[0]:+.2f} m across   {way_m[1]:+.2f} m up"
        return Preview(works, self._board, guides, words, tuple(self.held.around.broken(works)))

    def _moved_free(self, work: Placement, by_m: Vector3, way_m: tuple[float, float]) -> Placement:
        wall = self.held.scene.get(work.wall_id or "")
        if not isinstance(wall, Wall):
            return _shifted(work, by_m)
        seat = seat_of(work, wall)
        return seated(work, Seat(wall.id, seat.along_m + way_m[0], seat.height_m + way_m[1]), self.held.scene)

    def _board_on(self, wall_id: str) -> Board:
        if wall_id not in self._boards:
            self._boards[wall_id] = wall_board(self.held.scene, _wall(self.held.scene, wall_id), self.held.ids)
        return self._boards[wall_id]


def _shifted(work: Placement, by_m: Vector3) -> Placement:
    return edited(work, position_m=plus(work.position_m, by_m))


def _wall(scene: Scene, wall_id: str) -> Wall:
    wall = scene.get(wall_id)
    assert isinstance(wall, Wall)
    return wall


def _is_level(guide: Guide) -> bool:
    return guide.start_m[1] == guide.end_m[1] and guide.kind != "gap"
