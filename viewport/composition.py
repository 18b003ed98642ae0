"""What the renderer holds: sky, rooms, cards, frames and marks of the stage that is shown."""

from collections.abc import Collection, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray
from vtkmodules.vtkRenderingCore import vtkActor, vtkRenderer

from scene.layouts.framing import view_angle_deg
from scene.records import Placement
from scene.themes import Theme
from viewport.camera import Pose
from viewport.dress import FAR_M, Dress, Tints
from viewport.framed import Framed
from viewport.giving_way import give_way
from viewport.graphics.billing import Billing
from viewport.graphics.paint import set_lens, set_uniform
from viewport.graphics.rehearsal import Rehearsal, kindling
from viewport.graphics.textures import rgb
from viewport.hands.previewing import with_works
from viewport.pace import Quality
from viewport.ports import Renditions
from viewport.preparing import Prepared, Preparing, Signs
from viewport.rooms.blueprint import blueprint
from viewport.rooms.environment import Environment
from viewport.rooms.surroundings import Surroundings
from viewport.stage import Stage
from viewport.wayfinding.fading import Fading
from viewport.wayfinding.morph import Morph
from viewport.works.cards import Cards, cards_of
from viewport.works.culling import Sight, look
from viewport.works.tiers import CardTiers

NEAR_M = 0.05


class Composition:
    """Keeps one renderer's actors in step with a stage."""

    def __init__(self, themes: Mapping[str, Theme], renditions: Renditions, renderer: vtkRenderer) -> None:
        self._renditions, self._renderer = renditions, renderer
        self._fading: Fading | None = None
        self._kept: Collection[str] | None = None
        self._marked: tuple[Collection[str], str | None] = ((), None)
        self.tiers = CardTiers(renditions, renderer.GetRenderWindow())
        self._preparing = Preparing(themes, self.tiers)
        self.baker = self._preparing.baker
        self._furnishing = ThreadPoolExecutor(1, thread_name_prefix="furnish", initializer=give_way)
        self._billing = Billing(renderer)
        self.rehearsal = Rehearsal(renderer, self._billing)
        self._mirrored: list[vtkActor] = []
        self._framed = Framed()
        self._signs: Signs = ([], [])
        self._labelled = True
        self._coming: Environment | None = None
        self._seen: tuple[object, ...] = (None,) * 4
        self._seen_px = (0, 0)
        """What was looked at last, and on how large a picture."""
        self._lens = (1.0, 1.0)
        self.quality: Quality = "standard"
        """How much is drawn beside the works."""
        self.hurries = False
        """Whether textures do with one of their sizes at a time and the sky with its steps, as while the eye moves."""
        self.mirrors = True
        """Whether floors reflect where the theme has them do so."""
        self._tints: tuple[Tints, Tints] = ({}, {})
        self.people: list[vtkActor] = []
        """Others who are in the scene."""
        self._blueprint: list[vtkActor] = []
        self._at_rest = cards_of(())
        self._dress: Dress | None = None
        self._put_on(self._preparing.prepared(Stage(), None, self._signs))
        self.rehearsal.want([*kindling(), *self._wanted()])

    @property
    def dress(self) -> Dress:
        """What the theme brings along."""
        assert self._dress is not None
        return self._dress

    @property
    def theme(self) -> Theme:
        """The theme that is shown."""
        return self.dress.theme

    @property
    def environment(self) -> Environment:
        """The rooms there are."""
        return self.surroundings.environment

    @property
    def cards(self) -> Cards:
        """The cards that are drawn."""
        return self.tiers.cards

    def prepared(self, stage: Stage) -> Prepared:
        """What takes long about showing a stage; may be called on another thread while another stage is shown."""
        return self._preparing.prepared(stage, self._dress, self._signs)

    def show(self, stage: Stage, ready: Prepared | None = None) -> None:
        """Draw another stage; `ready` is what was prepared for it."""
        if ready is None or not self.tiers.fits(ready.plan):
            ready = self.prepared(stage)
        self._put_on(ready)
        self.attach()
        self._billing.let_go()
        self._preparing.let_go()

    def _put_on(self, ready: Prepared) -> None:
        self._fading = None
        if self._dress is None or ready.dress.theme != self._dress.theme:
            self._dress = ready.dress
        self._signs = ready.signs
        self.tiers.adopt(ready.plan)
        self._dim()
        self.surroundings: Surroundings = ready.surroundings
        self._room_of_rows = self._rooms_at_rest = ready.room_of_rows
        self.tiers.boarding.are_in_rooms = len(self.surroundings.halls) > 1
        stage, arrangement = ready.stage, ready.scene.arrangement
        self.dress.marks.stage(self.cards, stage.proposed_works, ready.leaving)
        self._show_tints()
        self._blueprint = blueprint(self.environment.surfaces, stage.proposed_rooms, self.theme.accent)
        self._unframe()
        self._labelled = arrangement is None or arrangement.layout == "gallery"
        self._at_rest = self.cards

    def preview(self, works: Sequence[Placement]) -> None:
        """Draw these works as they would be, in the light there is; none of them puts everything back."""
        cards = with_works(self._at_rest, works) if works else self._at_rest
        if cards.ids == self.cards.ids:
            self.tiers.move(cards)
        else:
            self.tiers.show(cards)
        self._room_of_rows = self._rooms_while(works)
        self._unframe()

    def _rooms_while(self, works: Sequence[Placement]) -> NDArray[np.int64]:
        """The number of the room of each card; -1 for those that are moved about."""
        if self.cards.ids == self._at_rest.ids:
            rooms = self._rooms_at_rest.copy()
        else:
            at_rest = (self._at_rest.row.get(card_id, -1) for card_id in self.cards.ids)
            rows = np.fromiter(at_rest, np.int64, len(self.cards))
            rooms = np.append(self._rooms_at_rest, -1)[rows]
        rooms[[self.cards.row[work.id] for work in works if work.id in self.cards.row]] = -1
        return rooms

    def dim(self, kept: Collection[str] | None) -> None:
        """Dim all works but these; None dims none."""
        self._kept = kept
        self._dim()
        self._framed.again(self.dress, self.cards, self.tiers.size_px)

    def _dim(self) -> None:
        kept = self._kept
        strengths = np.ones(len(self.cards), np.float32)
        if kept is not None:
            strengths = np.array([card_id in kept for card_id in self.cards.ids], np.float32)
        self.tiers.dim(strengths)
        self.dress.frames.strengths = None if kept is None else strengths

    def fly(self, morph: Morph, now_s: float) -> None:
        """Draw a moment of a flight of the cards; marks that say something about places come back when it is over."""
        if self._fading is None:
            self._fading = Fading(morph.leaving, self._renditions)
        self._fading.show(morph.fade(now_s))
        self.tiers.move(morph.at(now_s))
        self._framed.again(self.dress, self.cards, self.tiers.size_px)
        self.mark(*self._marked)
        if morph.is_over(now_s):
            self._fading = None
            self._unframe()
        self.attach()

    def mark(self, selected: Collection[str], hovered: str | None) -> None:
        """Outline what is selected and what is under the pointer."""
        self._marked = (selected, hovered)
        self.dress.marks.point(self.cards, selected, hovered)

    def tint(self, held: Tints, arrived: Tints) -> None:
        """Ring works in people's colours: what they hold, and what has just come from them."""
        self._tints = (held, arrived)
        self._show_tints()
        self.attach()

    def _show_tints(self) -> None:
        self.dress.marks.tint(self.cards, *self._tints)

    def aim(self, pose: Pose, size_px: tuple[int, int]) -> None:
        """Put VTK's camera, the dome and what depends on the eye where the pose is."""
        camera = self._renderer.GetActiveCamera()
        camera.SetPosition(*pose.position)
        camera.SetFocalPoint(*pose.target)
        camera.SetViewUp(0.0, 1.0, 0.0)
        camera.SetViewAngle(_angle_deg(size_px))
        camera.SetClippingRange(NEAR_M, FAR_M)
        for dome in (self.dress.sky.still, self.dress.sky.moving):
            dome.SetPosition(*pose.position)
        self._set_lens(size_px)
        near = self.surroundings.near
        for actor in (*near.overhead.actors, *near.overhead.mirrored):
            actor.SetVisibility(bool(pose.position[1] < near.highest_m))
        for actor in near.floors:
            set_uniform(actor, "cameraHeight", float(pose.position[1]))
        for actor in self._mirrored:
            set_uniform(actor, "eye", pose.position)
        for texture in (*self._preparing.tiles.of(self.theme).values(), *(page.texture for page in self.tiers.pages)):
            texture.blend_levels(not self.hurries)

    def measure(self, pose: Pose, size_px: tuple[int, int]) -> None:
        """Work out how large every card is on screen, and frame those that are large enough."""
        self.surroundings.look(pose.position, self._furnishing)
        seen = (pose, self.tiers.columns.centre, self._room_of_rows, self._fading)
        if size_px != self._seen_px or any(a is not b for a, b in zip(seen, self._seen, strict=True)):
            self._seen, self._seen_px = seen, size_px
            self.tiers.seen(self._sight(pose, size_px), pose.position)
        metres_a_pixel = 2 * np.tan(np.radians(_angle_deg(size_px)) / 2) / max(size_px[1], 1)
        self.dress.marks.fit(pose.position, float(metres_a_pixel))
        self.surroundings.near.glow.fit(pose.position, float(metres_a_pixel), self.quality)
        self.dress.labels.show(self.cards, self.tiers.size_px, self._labelled and self._fading is None)
        self._framed.look(self.dress, self.cards, self.tiers.size_px, pose)

    @property
    def is_lettering(self) -> bool:
        """Whether title cards are still to come, with the next `measure`."""
        return self.dress.labels.is_waiting

    def _unframe(self) -> None:
        self._framed.clear(self.dress, self.cards, self.tiers.size_px)

    def look_ahead(self, pose: Pose | None, size_px: tuple[int, int]) -> None:
        """Where the eye will be soon; None when it rests."""
        self.tiers.seen_ahead(self._sight(pose, size_px) if pose is not None else None)

    def _sight(self, pose: Pose, size_px: tuple[int, int]) -> Sight:
        """How large every card is on screen: works behind walls are not, unless they fly through them."""
        seen = self.surroundings.seen_from(pose.position) if self._fading is None else None
        rows = None
        if seen is not None and len(self._room_of_rows) == len(self.cards):
            rows = np.flatnonzero(np.append(seen, True)[self._room_of_rows])
        return look(self.tiers.columns, pose, size_px, _angle_deg(size_px), rows)

    def furnished(self) -> bool:
        """Use rooms that were furnished and rehearsed meanwhile; whether there were any."""
        before, coming = self.surroundings.near, self.surroundings.coming
        if coming is not None and coming is not self._coming:
            self._coming = coming
            self.rehearsal.want([*coming.actors, *coming.mirrored, coming.glow.actor])
        if self.rehearsal.waits or not self.surroundings.poll():
            return False
        self._coming = None
        self.attach()
        self._billing.let_go([*before.actors, *before.mirrored, before.glow.actor])
        return True

    def attach_cards(self) -> None:
        """Give the renderer the cards alone, to be drawn over the picture that there is."""
        if self._billing.show(self.tiers.actors_over, self.tiers.blending_actors):
            self._set_air()

    def attach(self) -> None:
        """Give the renderer exactly the actors there are now."""
        if self._billing.show(self._wanted(), self.tiers.blending_actors):
            self._set_air()
        dropped = self.tiers.take_dropped()
        if dropped:
            self._billing.let_go(dropped)

    def _wanted(self) -> list[vtkActor]:
        """What is drawn, in order: works hide walls and floors, everything hides the sky."""
        near, dress, tiers, flies = self.surroundings.near, self.dress, self.tiers, self._fading
        reflects = self.mirrors and bool(near.floors) and self.theme.floor.reflection > 0
        self._mirrored = [*near.mirrored, dress.frames.mirrored, *tiers.mirrored] if reflects else []
        sky = dress.sky.moving if self.hurries else dress.sky.still
        marks = [
            *([dress.shadows.actor] if flies is None and self.quality != "draft" else []),
            *([near.glow.actor] if near.glow.has_any and self.quality != "draft" else []),
            *self._blueprint,
            *self._signs[1],
            *self.people,
            *(dress.marks.resting if flies is None else [flies.actor]),
            *dress.marks.pointing,
        ]
        solid = [*tiers.solid_actors, dress.frames.actor, *self.surroundings.actors, dress.labels.actor]
        return [*solid, *tiers.board_actors, *self._mirrored, sky, *marks]

    def _set_lens(self, size_px: tuple[int, int]) -> None:
        up = float(np.tan(np.radians(_angle_deg(size_px)) / 2))
        lens = (up * size_px[0] / max(size_px[1], 1), up)
        if lens != self._lens:
            self._lens = lens
            for actor in self._billing.shown:
                set_lens(actor, lens)

    def _set_air(self) -> None:
        colour, density = rgb(self.theme.mist.colour), self.theme.mist.density
        for actor in self._billing.shown:
            set_lens(actor, self._lens)
            set_uniform(actor, "mistColour", colour)
            set_uniform(actor, "mistDensity", density)
        for actor in self._mirrored:
            set_uniform(actor, "floorLow", self.surroundings.near.floor_low)
            set_uniform(actor, "floorHigh", self.surroundings.near.floor_high)

    def stop(self) -> None:
        """End all threads after what they are doing."""
        self.baker.stop()
        self.tiers.boarding.stop()
        self._furnishing.shutdown(wait=True, cancel_futures=True)


def _angle_deg(size_px: tuple[int, int]) -> float:
    return view_angle_deg(size_px[0] / max(size_px[1], 1))
