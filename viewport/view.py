"""The scene as pixels: one view that shows a scene, follows its changes, stages a proposal and moves the eye."""

import math
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from vtkmodules.vtkCommonCore import vtkUnsignedCharArray
from vtkmodules.vtkRenderingCore import vtkRenderer, vtkRenderWindow

from scene.change import SceneChange
from scene.layouts.framing import view_angle_deg
from scene.proposal import Proposal
from scene.records import Placement, Sign, Viewpoint, Wall
from scene.scene import Scene
from scene.themes import Theme
from viewport.arrays import numpy_of
from viewport.camera import Camera, Pose, in_front_of, overview
from viewport.cards import Cards
from viewport.composition import Composition, Prepared
from viewport.empty import furnished
from viewport.hands.sight import Sight
from viewport.orders import Orders
from viewport.pace import Pace, Quality, Step
from viewport.picking import card_hit, ray_through, wall_distance
from viewport.ports import Renditions
from viewport.smoothing import Smoothing
from viewport.stage import Side, Stage
from viewport.standpoints import entrance_pose, pose_for
from viewport.streaming import Streaming
from viewport.surfaces import Surface
from viewport.wayfinding.framing import framing
from viewport.wayfinding.guide import Guide
from viewport.wayfinding.morph import NUDGE_SECONDS, Morph, morph_between
from viewport.wayfinding.trail import is_same_place
from viewport.window import offscreen_window

Point = tuple[float, float, float]
SUBJECT_FROM = 0.4
"""A work that is looked at takes at least that share of the picture's height."""
MOST_AT_ONCE = 600
"""A stage of more records is made ready on a thread while the one before it stays on the picture."""
AHEAD_FRAMES = 8
"""Pictures are fetched for where the eye will be after so many frames like the last one."""


class SceneView:
    """Draws into `window`; without one it makes an off-screen window of its own. Use it from one thread only."""

    def __init__(
        self, themes: Mapping[str, Theme], renditions: Renditions, window: vtkRenderWindow | None = None
    ) -> None:
        self.window = window if window is not None else offscreen_window(1280, 720)
        self.renderer = vtkRenderer()
        self.renderer.SetUseOIT(False)  # translucent things come in an order that blends well, and this is quicker
        self.window.AddRenderer(self.renderer)
        self._composition = Composition(themes, renditions, self.renderer)
        self._streaming = Streaming(self._composition.tiers, renditions)
        self._smoothing = Smoothing(self.renderer)
        self._pace = Pace()
        self._orders: Orders[Prepared] = Orders()
        self._ready: Prepared | None = None
        self._drawn_pose: Pose | None = None
        self._drawn_size = (0, 0)
        self._step: Step = "whole"
        self._complete = False
        """Whether pictures wait for everything in view."""
        self.camera = Camera()
        self.guide = Guide(self.camera)
        self._morph: Morph | None = None
        self._previewing = False
        self.stage_shown = Stage()
        self.changed: Callable[[], None] = lambda: None
        """Called whenever another frame is wanted."""
        self.dirty = True
        """Whether the picture no longer shows what it should."""
        self._selected: frozenset[str] = frozenset()
        self._hovered: str | None = None
        self.camera.go(self.entrance())

    def show(self, scene: Scene) -> None:
        """Show another scene; one with another first viewpoint is entered there."""
        self._order(self._latest.with_scene(scene), self._enter)

    def _enter(self, stage: Stage) -> None:
        before, subject = self._first_viewpoint(), self.subject
        self._set(stage)
        if self._morph is not None:
            if self._morph.seconds > NUDGE_SECONDS:  # small edits never move the eye
                self._stay_with(subject, before)
        elif self._first_viewpoint() != before:
            self.camera.go(self.entrance())
            self.guide.trail.clear()

    def follow(self, change: SceneChange, scene: Scene) -> None:
        """Show the scene after a change to it."""
        del change  # what is drawn is compared with what was, record by record
        self.show(scene)

    def stage(self, proposal: Proposal | None) -> None:
        """Show the outcome of a proposal as a ghost over the scene; None ends it."""
        if proposal is not self._latest.proposal:
            self._order(self._latest.with_proposal(proposal), self._enter_proposal)

    def _enter_proposal(self, stage: Stage) -> None:
        before, was_empty, subject = self._first_viewpoint(), not self.stage_shown.shown.placements, self.subject
        self._set(stage)
        if self._morph is not None:
            self._stay_with(subject, before)
        elif self._first_viewpoint() != before:
            self.fly_home(0.0 if was_empty or not self.stage_shown.shown.placements else 1.6)

    def show_side(self, side: Side) -> None:
        """Show the scene before or after the staged proposal."""
        if side not in ("before", "after"):
            raise ValueError(f"a proposal has the sides 'before' and 'after', not {side!r}")
        self._order(Stage(self._latest.scene, self._latest.proposal, side), self._turn_to_side)

    def _turn_to_side(self, stage: Stage) -> None:
        before, subject = self._first_viewpoint(), self.subject
        self._set(stage)
        if self._morph is not None:
            self._stay_with(subject, before)

    def select(self, ids: Collection[str]) -> None:
        """Outline these works as selected."""
        self._selected = frozenset(ids)
        self._mark()

    def dim(self, kept: Collection[str] | None) -> None:
        """Dim all works but these, as a filter does; None dims none."""
        self._composition.dim(kept)
        self._touched()

    def hover(self, placement_id: str | None) -> None:
        """Outline the work under the pointer."""
        if placement_id != self._hovered:
            self._hovered = placement_id
            self._mark()

    def pick(self, x_px: float, y_px: float) -> str | None:
        """The work at a pixel, counted from the top left; None where there is none."""
        pose = self.camera.pose
        direction = ray_through(pose, x_px, y_px, self._size(), self._view_angle_deg())
        if not np.isfinite(direction).all():
            return None
        return card_hit(self._composition.cards, self._composition.environment.surfaces, pose.position, direction)

    # -- what the hands need ---------------------------------------------------------------------

    @property
    def shown_scene(self) -> Scene:
        """The scene that is drawn."""
        return self.stage_shown.shown

    @property
    def surfaces(self) -> tuple[Surface, ...]:
        """The walls, floors and ceilings that are drawn."""
        return self._surfaces()

    @property
    def cards(self) -> Cards:
        """The works as they are drawn."""
        return self._composition.cards

    def sight(self) -> Sight:
        """Where the eye is and how large the picture."""
        return Sight(self.camera.pose, self._size(), self._view_angle_deg())

    def preview(self, works: Sequence[Placement]) -> None:
        """Draw these works as they would be, until the next change of the scene; none puts everything back."""
        if works or self._previewing:
            self._morph, self._previewing = None, bool(works)
            self._composition.preview(works)
            self._mark()

    def fly_to(self, position_m: Point, target_m: Point, seconds: float = 1.2) -> None:
        """Move the eye there, starting and landing softly."""
        self.depart(Pose.of(position_m, target_m), seconds)

    def depart(self, pose: Pose, seconds: float) -> None:
        """Fly to a pose, so that one can come back from there."""
        self.guide.depart(pose, seconds)
        self._touched()

    def retrace(self, way: Literal["back", "forward"]) -> bool:
        """Fly to the place before this one, or to the one that one came back from; whether there is one."""
        found = self.guide.back() if way == "back" else self.guide.forward()
        if found:
            self._touched()
        return found

    def turn(self) -> None:
        """Begin to go round what the eye looks at, or end it."""
        if self.guide.is_turning:
            self.guide.stay()
        else:
            low, high = self._bounds()
            self.guide.turn(self.camera.pose.target if self.subject else (low + high) / 2)
        self._touched()

    def fly_to_work(self, placement_id: str, seconds: float = 1.2) -> bool:
        """Move the eye to a good place before a work; whether there is such a work."""
        cards = self._landed
        row = cards.row.get(placement_id)
        if row is None:
            return False
        size = (float(cards.size[row, 0]), float(cards.size[row, 1]))
        pose = in_front_of(cards.centre[row], cards.normal[row], size, self._view_angle_deg(), self._aspect())
        self.depart(self.guide.inside(pose, pose.target), seconds)
        return True

    def fly_to_works(self, ids: Collection[str], seconds: float = 1.2) -> bool:
        """Move the eye to where all of these works are seen; whether there is any of them."""
        rows = sorted(self._landed.row[i] for i in ids if i in self._landed.row)
        if len(rows) == 1:
            return self.fly_to_work(self._landed.ids[rows[0]], seconds)
        pose = framing(self._landed, np.array(rows, np.int64), self._view_angle_deg(), self._aspect())
        if pose is not None:
            self.depart(pose, seconds)
        return pose is not None

    def fly_to_record(self, record_id: str, scene: Scene | None = None, seconds: float = 1.2) -> bool:
        """Move the eye to where a work, viewpoint, room, wall or sign is best seen; whether there is such a record."""
        record = (scene or self.stage_shown.shown).get(record_id)
        if record is None:
            return self.fly_to_work(record_id, seconds)
        if isinstance(record, Placement):
            return self.fly_to_work(record_id, seconds)
        pose = pose_for(record, self._view_angle_deg(), self._aspect())
        if pose is None:
            return False
        self.depart(self.guide.inside(pose) if isinstance(record, Wall | Sign) else pose, seconds)
        return True

    def fly_home(self, seconds: float = 1.2) -> None:
        """Move the eye to where a visit starts."""
        self.depart(self.entrance(), seconds)

    def fly_to_overview(self, seconds: float = 1.4) -> None:
        """Move the eye to where everything can be seen from above."""
        low, high = self._bounds()
        self.depart(overview(low, high, self._view_angle_deg(), self._aspect()), seconds)

    def entrance(self) -> Pose:
        """The first viewpoint of the scene that is shown, or a place from which everything is seen."""
        if self.stage_shown.entrances:
            return entrance_pose(self.stage_shown.dressed, self._aspect())
        low, high = self._bounds()
        return overview(low, high, self._view_angle_deg(), self._aspect())

    def retry_pictures(self, asset_id: str | None = None) -> None:
        """Ask again for pictures that could not be had, of one asset or of all."""
        self._streaming.retry(asset_id)
        self._touched()

    @property
    def is_indoors(self) -> bool:
        """Whether the eye is inside a room."""
        x, y, z = self.camera.pose.position
        return any(
            room.min_corner_m[0] <= x <= room.max_corner_m[0]
            and room.min_corner_m[1] <= z <= room.max_corner_m[1]
            and 0.0 <= y <= room.height_m
            for room in furnished(self.stage_shown.shown).rooms
        )

    def metres_a_pixel(self) -> float:
        """How far one pixel reaches at the distance of the camera's target."""
        return 2 * self.camera.pose.distance_m * float(np.tan(np.radians(self._view_angle_deg()) / 2)) / self._size()[1]

    def floor_at(self, x_px: float, y_px: float) -> tuple[float, float] | None:
        """The (x, z) of the floor at a pixel, in metres; None where a wall or the sky is."""
        pose = self.camera.pose
        direction = ray_through(pose, x_px, y_px, self._size(), self._view_angle_deg())
        if not np.isfinite(direction).all() or direction[1] > -1e-3:
            return None
        distance = -pose.position[1] / direction[1]
        surfaces = self._composition.environment.surfaces
        if distance > 200.0 or wall_distance(surfaces, pose.position, direction) < distance:
            return None
        spot = pose.position + distance * direction
        return float(spot[0]), float(spot[2])

    @property
    def work_ids(self) -> tuple[str, ...]:
        """The works that are shown, in hanging order."""
        return self._composition.cards.ids

    @property
    def loading(self) -> bool:
        """Whether pixels or light are on their way."""
        return self._streaming.busy or self._composition.baker.busy or self._orders.busy

    @property
    def next_look_s(self) -> float | None:
        """When to tick again although nothing moves, on the clock that `tick` is given."""
        return self._streaming.next_look_s

    def tick(self, now_s: float) -> bool:
        """Move on to a moment; whether another tick is wanted soon. `dirty` tells whether to draw."""
        self._complete = False
        flying = self._fly_cards(now_s)
        moved = self.camera.advance(now_s) | self.guide.advance(now_s) | flying
        moved = moved or self.camera.pose is not self._drawn_pose
        landed = self._land()
        lit = not self._orders.busy and self._composition.baker.poll()
        moved = moved and not landed
        arrived = self._streaming.take(now_s, moved)
        tiers = self._composition.tiers
        if moved or arrived or self.dirty or self.next_look_s is not None:
            self._composition.measure(self.camera.pose, self._size())
            self._composition.look_ahead(self._pose_ahead() if moved else None, self._size())
        self._streaming.wish(now_s)
        fading = tiers.is_fading and tiers.fade(now_s) is not None
        self._step = self._pace.step(
            now_s, moved, moved or lit or landed or self.dirty, fading or tiers.unfinished > 0, tiers.missing
        )
        if self._step != "rest":
            self.dirty = True
            self._smoothing.moved()
        elif tiers.is_sliced and not self.unfinished:
            self._smoothing.skip()
        elif (
            not self.loading
            and not self.unfinished
            and self._smoothing.rested(now_s, self._pace.plain_frame_s, self._pace.smooth_within_s)
        ):
            self.dirty, self._step = True, "whole"
        active = self.camera.is_flying or self.guide.is_turning or any(self.camera.walking) or self.loading
        return active or self._morph is not None or self._smoothing.is_due or self.unfinished

    def _pose_ahead(self) -> Pose:
        """Where the eye will be soon: where its flight ends, or a little further on its way."""
        pose, drawn = self.camera.pose, self._drawn_pose
        if self.camera.is_flying or drawn is None:
            return self.camera.destination
        ahead = AHEAD_FRAMES
        return Pose.of(
            pose.position + (pose.position - drawn.position) * ahead, pose.target + (pose.target - drawn.target) * ahead
        )

    @property
    def unfinished(self) -> bool:
        """Whether the picture still lacks cards that are in view."""
        tiers = self._composition.tiers
        return tiers.is_fading or tiers.unfinished > 0

    @property
    def is_sharp(self) -> bool:
        """Whether every card in view is on the picture, as sharp as its size on screen deserves."""
        return not (self.loading or self.unfinished or self.dirty or self._composition.tiers.wishes(1))

    @property
    def quality(self) -> Quality:
        """How much is done for the picture: draft, standard or high."""
        return self._pace.quality

    @quality.setter
    def quality(self, quality: Quality) -> None:
        self._pace.quality = quality
        self._touched()

    @property
    def frame_ms(self) -> float:
        """The time of the last plain frames."""
        return self._pace.plain_frame_s * 1000

    @property
    def cards_drawn(self) -> int:
        """Cards on the picture."""
        return self._composition.tiers.drawn

    @property
    def texture_bytes(self) -> int:
        """Pixels of cards held for drawing."""
        return self._composition.tiers.texture_bytes

    def render(self) -> None:
        """Draw one frame: all of it, or what is missing over what there is."""
        step, self._step = self._step, "whole"
        same = self.camera.pose is self._drawn_pose and self._size() == self._drawn_size and not self._smoothing.is_on
        began = time.perf_counter()
        if step in ("patch", "more") and same:
            self._draw_over()
        else:
            self._draw_all(moving=step == "moving")
        self._drawn_pose, self._drawn_size = self.camera.pose, self._size()
        self._pace.drew(time.perf_counter() - began, step, self._smoothing.is_on)
        self.dirty = False

    def _draw_all(self, moving: bool) -> None:
        tiers = self._composition.tiers
        self._composition.measure(self.camera.pose, self._size())
        self._composition.mirrors = self._pace.mirrors or self._complete
        tiers.compose(self._pace.budget, moving)
        self._composition.attach()
        self._composition.aim(self.camera.pose, self._size())
        tiers.flush()
        self.window.Render()

    def _draw_over(self) -> None:
        """Draw what is missing over the picture and its depths, which VTK keeps when nothing is erased."""
        tiers = self._composition.tiers
        tiers.compose_more(self._pace.slice)
        self._composition.attach_cards()
        tiers.flush()
        self.renderer.EraseOff()
        try:
            self.window.Render()
        finally:
            self.renderer.EraseOn()

    def finish(self) -> None:
        """Draw everything in view, however long it takes; for pictures, not for windows."""
        self._step = "whole"
        self.render()
        while self._composition.tiers.unfinished:
            self._step = "more"
            self.render()

    def load_all(self) -> None:
        """Fetch every picture this view wants before going on; for pictures, not for windows."""
        self._land(wait=True)
        self._composition.measure(self.camera.pose, self._size())
        self._streaming.load_all()
        self._composition.baker.poll(wait=True)
        self._complete = True

    def picture(self, width: int, height: int) -> NDArray[np.uint8]:
        """The present view as RGB pixels, shape (height, width, 3), top row first."""
        width, height = max(1, width), max(1, height)
        self.window.SetSize(width, height)
        if self._complete:
            self.finish()
        else:
            self.render()
        return window_pixels(self.window, width, height)

    def title_of(self, placement_id: str) -> str:
        """A work's title, or ""."""
        cards = self._composition.cards
        row = cards.row.get(placement_id)
        return cards.titles[row] if row is not None else ""

    def take_over(self, other: "SceneView") -> None:
        """Show what another view shows, from the same place."""
        self._set(other.stage_shown)
        self.camera.go(other.camera.pose)
        self.guide.take_over(other.guide)
        self._selected, self._hovered = other._selected, other._hovered
        self._mark()

    def stop_loading(self) -> None:
        """End the loader's threads."""
        self._orders.stop()
        self._streaming.stop()
        self._composition.baker.stop()

    def close(self) -> None:
        """End the loader's threads and let go of the window's graphics memory."""
        self.stop_loading()
        self.window.RemoveRenderer(self.renderer)
        self.window.Finalize()

    def touched(self) -> None:
        """Say that the camera was moved from outside."""
        self._touched()

    def _set(self, stage: Stage) -> None:
        if stage.is_same(self.stage_shown):
            return
        before, self._previewing = self._composition.cards, False
        self.stage_shown = stage
        self._composition.show(stage, self._ready)
        self.guide.enter(stage.dressed)
        self._morph = None
        if not self.guide.reduced_motion:
            self._morph = morph_between(before, self._composition.cards, math.nan)
        self._mark()

    @property
    def _latest(self) -> Stage:
        """The stage that is shown or about to be."""
        return self._orders.stage or self.stage_shown

    def _order(self, stage: Stage, enter: Callable[[Stage], None]) -> None:
        """Show a stage now, or, when it is large, as soon as a thread has made it ready."""
        if self._orders.stage is None and stage.records <= MOST_AT_ONCE:
            enter(stage)
        else:
            self._orders.order(stage, enter, self._composition.prepared)
            self._touched()

    def _land(self, wait: bool = False) -> bool:
        """Show what was ordered and is ready; whether anything was."""
        found = self._orders.taken(wait)
        if found is None:
            return False
        stage, enter, self._ready = found
        enter(stage)
        self._ready = None
        return True

    def _fly_cards(self, now_s: float) -> bool:
        """Move the cards on in their flight to another layout; whether there is one."""
        morph = self._morph
        if morph is None:
            return False
        if math.isnan(morph.began_s):
            morph = self._morph = replace(morph, began_s=now_s)
        self._composition.fly(morph, now_s)
        if morph.is_over(now_s):
            self._morph = None
        return True

    @property
    def _landed(self) -> Cards:
        """The cards where they are or will be when their flight is over."""
        return self._morph.end if self._morph is not None else self._composition.cards

    @property
    def subject(self) -> str | None:
        """The work that the eye rests on: in the middle of the picture and not small on it."""
        width, height = self._size()
        found = self.pick(width / 2, height / 2)
        row = self._composition.cards.row.get(found or "")
        sizes = self._composition.tiers.size_px
        return found if row is not None and row < len(sizes) and sizes[row] > SUBJECT_FROM * height else None

    def _stay_with(self, subject: str | None, before: list[Viewpoint]) -> None:
        """The layout changed: go where the work went that was looked at; from the entrance to the new entrance."""
        entered = before and is_same_place(self.camera.destination, Pose.of(before[0].position_m, before[0].target_m))
        subject = None if entered else subject
        if (subject is None or not self.fly_to_work(subject, 1.2)) and self._first_viewpoint() != before:
            self.fly_home(1.2)

    def _first_viewpoint(self) -> list[Viewpoint]:
        return self.stage_shown.entrances

    def _mark(self) -> None:
        self._composition.mark(self._selected, self._hovered)
        self._touched()

    def _touched(self) -> None:
        self.dirty = True
        self.changed()

    def _size(self) -> tuple[int, int]:
        width, height = self.window.GetSize()
        return max(1, width), max(1, height)

    def _view_angle_deg(self) -> float:
        return view_angle_deg(self._aspect())

    def _aspect(self) -> float:
        width, height = self._size()
        return width / height

    def _bounds(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """The box around rooms and works; a small one around the origin when there is nothing."""
        points = [
            s.origin + u * s.right * s.width_m + v * s.up * s.height_m for s in self._surfaces() for u, v in _ENDS
        ]
        cards = self._composition.cards
        corners = self._composition.tiers.corners.reshape(-1, 3)
        ends = [corners.min(axis=0), corners.max(axis=0)] if len(cards) else []
        everything = np.array([*points, *ends], np.float64).reshape(-1, 3)
        if not len(everything):
            return np.array([-4.0, 0.0, -4.0]), np.array([4.0, 3.0, 4.0])
        return everything.min(axis=0), everything.max(axis=0)

    def _surfaces(self) -> tuple[Surface, ...]:
        return self._composition.environment.surfaces


_ENDS = ((0.0, 0.0), (1.0, 1.0))


def window_pixels(window: vtkRenderWindow, width: int, height: int) -> NDArray[np.uint8]:
    """What a window shows, as RGB, top row first."""
    data = vtkUnsignedCharArray()
    window.GetRGBACharPixelData(0, 0, width - 1, height - 1, 0, data, 0)
    return np.ascontiguousarray(numpy_of(data).reshape(height, width, 4)[::-1, :, :3])
