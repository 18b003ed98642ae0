"""The scene as pixels: one view that shows a scene, follows its changes, stages a proposal and moves the eye."""

from collections.abc import Callable, Collection, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from vtkmodules.vtkRenderingCore import vtkRenderer, vtkRenderWindow

from scene.change import SceneChange
from scene.proposal import Proposal
from scene.records import Placement
from scene.scene import Scene
from scene.themes import Theme
from viewport.camera import Camera, Pose
from viewport.composition import Composition
from viewport.dress import Tints
from viewport.entering import Entering
from viewport.governor import Choice
from viewport.graphics.window import offscreen_window
from viewport.hands.sight import Sight
from viewport.pace import Quality
from viewport.people import Bystander, People
from viewport.picture import FIRST_FRAMES, Picture
from viewport.ports import Renditions
from viewport.prospect import Prospect
from viewport.stage import Side, Stage
from viewport.staging import Staging
from viewport.surfaces import Surface
from viewport.wayfinding.flights import Flights
from viewport.wayfinding.guide import Guide
from viewport.works.cards import Cards
from viewport.works.streaming import Streaming

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
        self.camera = Camera()
        self.guide = Guide(self.camera)
        self.composition = Composition(themes, renditions, self.renderer)
        self.prospect = Prospect(self.window, self.camera, self.composition)
        self.staging = Staging(self.composition, self.guide)
        self.flights = Flights(self.camera, self.guide, self.prospect, self.staging)
        self.painting = Picture(self.window, self.renderer, self.composition, self.camera, self.prospect)
        self._entering = Entering(self.staging, self.flights, self.prospect, self.camera, self.guide)
        self._streaming = Streaming(self.composition.tiers, renditions)
        self._people = People()
        self.changed: Callable[[], None] = lambda: None
        """Called whenever another frame is wanted."""
        self._selected: frozenset[str] = frozenset()
        self._hovered: str | None = None
        self.staging.touched = self.flights.touched = self.touched
        self.staging.marked = self._mark
        self.camera.go(self.flights.entrance())

    # -- what is shown ---------------------------------------------------------------------------

    def show(self, scene: Scene) -> None:
        """Show another scene; one with another first viewpoint is entered there."""
        self._entering.scene(scene)

    def follow(self, change: SceneChange, scene: Scene) -> None:
        """Show the scene after a change to it."""
        del change  # what is drawn is compared with what was, record by record
        self.show(scene)

    def stage(self, proposal: Proposal | None) -> None:
        """Show the outcome of a proposal as a ghost over the scene; None ends it."""
        self._entering.proposal(proposal)

    def show_side(self, side: Side) -> None:
        """Show the scene before or after the staged proposal."""
        self._entering.side(side)

    def select(self, ids: Collection[str]) -> None:
        """Outline these works as selected."""
        self._selected = frozenset(ids)
        self._mark()

    def hover(self, placement_id: str | None) -> None:
        """Outline the work under the pointer."""
        if placement_id != self._hovered:
            self._hovered = placement_id
            self._mark()

    def dim(self, kept: Collection[str] | None) -> None:
        """Dim all works but these, as a filter does; None dims none."""
        self.composition.dim(kept)
        self.touched()

    def preview(self, works: Sequence[Placement]) -> None:
        """Draw these works as they would be, until the next change of the scene; none puts everything back."""
        self.staging.preview(works)

    def show_people(self, people: Sequence[Bystander]) -> None:
        """Show others who are in the scene, where they stand."""
        if self._people.show(people):
            self.composition.people = self._people.actors
            self.touched()

    def show_held(self, held: Tints, arrived: Tints) -> None:
        """Ring works in people's colours: what each holds, and what has just come from them."""
        self.composition.tint(held, arrived)
        self.touched()

    def retry_pictures(self, asset_id: str | None = None) -> None:
        """Ask again for pictures that could not be had, of one asset or of all."""
        self._streaming.retry(asset_id)
        self.touched()

    def take_over(self, other: "SceneView") -> None:
        """Show what another view shows, from the same place."""
        self.staging.set(other.stage_shown)
        self.camera.go(other.camera.pose)
        self.guide.take_over(other.guide)
        self._selected, self._hovered = other._selected, other._hovered
        self._mark()

    # -- what there is to see --------------------------------------------------------------------

    @property
    def stage_shown(self) -> Stage:
        """The scene, the proposal over it and the side of it that are drawn."""
        return self.staging.shown

    @property
    def shown_scene(self) -> Scene:
        """The scene that is drawn."""
        return self.staging.shown.shown

    @property
    def surfaces(self) -> tuple[Surface, ...]:
        """The walls, floors and ceilings that are drawn."""
        return self.composition.environment.surfaces

    @property
    def cards(self) -> Cards:
        """The works as they are drawn."""
        return self.composition.cards

    @property
    def work_ids(self) -> tuple[str, ...]:
        """The works that are shown, in hanging order."""
        return self.cards.ids

    @property
    def subject(self) -> str | None:
        """The work that the eye rests on."""
        return self.prospect.subject

    @property
    def is_indoors(self) -> bool:
        """Whether the eye is inside a room."""
        return self.prospect.is_inside(self.shown_scene)

    def sight(self) -> Sight:
        """Where the eye is and how large the picture."""
        return self.prospect.sight

    def pick(self, x_px: float, y_px: float) -> str | None:
        """The work at a pixel, counted from the top left; None where there is none."""
        return self.prospect.pick(x_px, y_px)

    def title_of(self, placement_id: str) -> str:
        """A work's title, or ""."""
        row = self.cards.row.get(placement_id)
        return self.cards.titles[row] if row is not None else ""

    # -- the clock -------------------------------------------------------------------------------

    def tick(self, now_s: float) -> bool:
        """Move on to a moment; whether another tick is wanted soon. `dirty` tells whether to draw."""
        painting, composition = self.painting, self.composition
        painting.is_complete = False
        flying = self.staging.fly_cards(now_s)
        moved = self.camera.advance(now_s) | self.guide.advance(now_s) | flying
        moved = moved or self.camera.pose is not painting.drawn_pose
        landed = self.staging.land()
        if landed:
            painting.plain_frames = FIRST_FRAMES
            painting.pace.begin_anew()
        painting.is_spare = self.staging.morph is not None
        lit = not (self.staging.busy or painting.is_spare) and (composition.baker.poll() | composition.furnished())
        moved = moved and not landed
        arrived = self._streaming.take(now_s, moved)
        lettered = composition.is_lettering
        if moved or arrived or lettered or self.dirty or self.next_look_s is not None:
            size_px = self.prospect.size_px
            composition.measure(self.camera.pose, size_px)
        if self._streaming.is_due(now_s, moved):
            composition.look_ahead(self._pose_ahead() if moved else None, self.prospect.size_px)
            self._streaming.wish(now_s)
        news = lit or landed or lettered or composition.tiers.boarding.is_new()
        painting.choose(now_s, moved, news, self.loading)
        active = self.camera.is_flying or self.guide.is_turning or any(self.camera.walking) or self.loading
        drawing = painting.exposure.is_due or painting.unfinished or self.rehearsing
        return active or self.staging.morph is not None or drawing

    def _pose_ahead(self) -> Pose:
        """Where the eye will be soon: where its flight ends, or a little further on its way."""
        pose, drawn = self.camera.pose, self.painting.drawn_pose
        if self.camera.is_flying or drawn is None:
            return self.camera.destination
        ahead = AHEAD_FRAMES
        return Pose.of(
            pose.position + (pose.position - drawn.position) * ahead, pose.target + (pose.target - drawn.target) * ahead
        )

    @property
    def dirty(self) -> bool:
        """Whether the picture no longer shows what it should."""
        return self.painting.dirty

    @property
    def loading(self) -> bool:
        """Whether pixels or light are on their way."""
        composition = self.composition
        arriving = self._streaming.busy or composition.baker.busy or self.staging.busy
        return arriving or composition.is_lettering or composition.surroundings.busy

    @property
    def next_look_s(self) -> float | None:
        """When to tick again although nothing moves, on the clock that `tick` is given."""
        return self._streaming.next_look_s

    @property
    def rehearsing(self) -> bool:
        """Whether what will be shown is still being made ready for the graphics card."""
        return self.composition.rehearsal.waits

    @property
    def is_sharp(self) -> bool:
        """Whether every card in view is on the picture, as sharp as its size on screen deserves."""
        is_waiting = self.loading or self.rehearsing or self.painting.unfinished or self.dirty
        return not (is_waiting or self.composition.tiers.wishes(1))

    def touched(self) -> None:
        """Say that something changed, the camera from outside for one: another frame is wanted."""
        self.painting.dirty = True
        self.changed()

    # -- the picture -----------------------------------------------------------------------------

    @property
    def quality(self) -> Quality:
        """How much is done for the picture: draft, standard or high."""
        return self.painting.pace.quality

    @quality.setter
    def quality(self, quality: Choice) -> None:
        self.painting.pace.quality = self.painting.governor.start(quality)
        self.touched()

    @property
    def quality_choice(self) -> Choice:
        """The quality that was chosen, automatic perhaps."""
        return self.painting.governor.choice

    @property
    def frame_ms(self) -> float:
        """The time of the last plain frames."""
        return self.painting.pace.plain_frame_s * 1000

    @property
    def cards_drawn(self) -> int:
        """Cards on the picture."""
        return self.composition.tiers.drawn

    @property
    def lacking(self) -> int:
        """Works that show their title because their picture cannot be had."""
        return int(np.count_nonzero(self.composition.tiers.seats.stand_ins))

    @property
    def texture_bytes(self) -> int:
        """Pixels of cards held for drawing."""
        return self.composition.tiers.texture_bytes

    @property
    def budget(self) -> tuple[int, int]:
        """Cards that one frame may draw while the eye moves, and bytes of textures that the scene may take."""
        return self.painting.pace.budget, self.composition.tiers.most_texture_bytes

    def render(self) -> None:
        """Draw one frame: all of it, or what is missing over what there is."""
        self._people.face(self.camera.pose.position)
        self.painting.render()

    def load_all(self) -> None:
        """Fetch every picture this view wants before going on; for pictures, not for windows."""
        self.staging.land(wait=True)
        self.composition.measure(self.camera.pose, self.prospect.size_px)
        self._streaming.load_all()
        self.composition.baker.poll(wait=True)
        self.painting.is_complete = True

    def picture(self, width: int, height: int) -> NDArray[np.uint8]:
        """The present view as RGB pixels, shape (height, width, 3), top row first."""
        self._people.face(self.camera.pose.position)
        return self.painting.pixels(width, height)

    # -- the end ---------------------------------------------------------------------------------

    def stop_loading(self) -> None:
        """End the loader's threads."""
        self.staging.stop()
        self._streaming.stop()
        self.composition.stop()

    def close(self) -> None:
        """End the loader's threads and let go of the window's graphics memory."""
        self.stop_loading()
        self.window.RemoveRenderer(self.renderer)
        self.window.Finalize()

    def _mark(self) -> None:
        self.composition.mark(self._selected, self._hovered)
        self.touched()
