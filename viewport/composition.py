"""What the renderer holds: sky, rooms, cards, frames and marks of the stage that is shown."""

from collections.abc import Collection, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from vtkmodules.vtkRenderingCore import vtkActor, vtkRenderer

from scene.layouts.framing import view_angle_deg
from scene.records import Placement, Sign, Viewpoint
from scene.scene import Scene
from scene.themes import Theme
from viewport.baking import Baker
from viewport.billing import Billing
from viewport.blueprint import blueprint
from viewport.camera import Pose
from viewport.cards import Cards, cards_of
from viewport.culling import Sight, look
from viewport.environment import Environment, Tiles, label_level, trim_level
from viewport.frames import FAR_PX, MOST, Frames
from viewport.hands.previewing import with_works
from viewport.labels import Labels
from viewport.marks import Ghosts, Leaving, Outlines, Tinted, selection_colour
from viewport.pace import Quality
from viewport.paint import set_lens, set_uniform
from viewport.plan import Plan
from viewport.ports import Renditions
from viewport.shadows import Shadows
from viewport.signs import paint_signs
from viewport.sky import sky_dome
from viewport.stage import Stage
from viewport.surroundings import Surroundings
from viewport.textures import rgb
from viewport.tiers import CardTiers
from viewport.wayfinding.fading import Fading
from viewport.wayfinding.morph import Morph

NEAR_M, FAR_M = 0.05, 400.0
KEPT_ENVIRONMENTS = 3
MANY = 2_000
FRAMED_FROM_PX, FRAMED_OF_MANY_PX = 14.0, 30.0

_Key = tuple[object, ...]


@dataclass(frozen=True, eq=False)
class Prepared:
    """A stage made ready to be shown."""

    stage: Stage
    scene: Scene
    theme: Theme
    plan: Plan
    surroundings: Surroundings
    rooms: dict[str, int]
    """Number of the room that each work is in."""
    room_of_rows: NDArray[np.int64]
    leaving: Cards
    signs: tuple[list[Sign], list[vtkActor]]
    entrances: list[Viewpoint]


Tints = Mapping[str, Collection[str]]
"""Ids of works by the colour that they are ringed in."""


class Composition:
    """Keeps one renderer's actors in step with a stage."""

    def __init__(self, themes: Mapping[str, Theme], renditions: Renditions, renderer: vtkRenderer) -> None:
        self._themes, self._renditions, self._renderer = themes, renditions, renderer
        self._fading: Fading | None = None
        self._kept: Collection[str] | None = None
        self._marked: tuple[Collection[str], str | None] = ((), None)
        self._tiles = Tiles()
        self.baker = Baker()
        self.tiers = CardTiers(renditions, renderer.GetRenderWindow())
        self._built: list[tuple[_Key, Surroundings]] = []
        self._furnishing = ThreadPoolExecutor(1, thread_name_prefix="furnish")
        self._billing = Billing(renderer)
        self._mirrored: list[vtkActor] = []
        self._framed: NDArray[np.int64] = np.zeros(0, np.int64)
        self._are_far: NDArray[np.bool_] = np.zeros(0, bool)
        self._signs: list[Sign] = []
        self._sign_actors: list[vtkActor] = []
        self._labelled = True
        self._seen: tuple[object, ...] = (None,) * 4
        self._seen_px = (0, 0)
        """What was looked at last, and on how large a picture."""
        self._lens = (1.0, 1.0)
        self.quality: Quality = "standard"
        """How much is drawn beside the works."""
        self.hurries = False
        """Whether textures do with one of their sizes at a time, as while the eye moves."""
        self.mirrors = True
        """Whether floors reflect where the theme has them do so."""
        self._tinted = Tinted()
        self._tints: tuple[Tints, Tints] = ({}, {})
        self.people: list[vtkActor] = []
        """Others who are in the scene."""
        self._blueprint: list[vtkActor] = []
        self._leaving = self._at_rest = cards_of(())
        self._dress(_theme_of(themes, Scene()))
        self.show(Stage())

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
        scene = stage.dressed
        theme = _theme_of(self._themes, scene)
        plan = self.tiers.plan(cards_of(scene.placements))
        entrances = stage.entrances
        eye = np.array(entrances[0].position_m) if entrances else None
        surroundings = self._surroundings_of(scene, plan.cards, theme, eye)
        leaving, signs = cards_of(stage.leaving), self._signs_of(scene, theme)
        rooms = _rooms_of(scene, surroundings)
        room_of_rows = _numbers(plan.cards, rooms)
        return Prepared(stage, scene, theme, plan, surroundings, rooms, room_of_rows, leaving, signs, entrances)

    def _signs_of(self, scene: Scene, theme: Theme) -> tuple[list[Sign], list[vtkActor]]:
        signs = scene.signs
        if theme == self.theme and signs == self._signs:
            return self._signs, self._sign_actors
        return signs, paint_signs(signs, theme.sign)

    def show(self, stage: Stage, ready: Prepared | None = None) -> None:
        """Draw another stage; `ready` is what was prepared for it."""
        if ready is None or not self.tiers.fits(ready.plan):
            ready = self.prepared(stage)
        self._fading = None
        scene = ready.scene
        if ready.theme != self.theme:
            self._dress(ready.theme)
        self.tiers.adopt(ready.plan)
        self._dim()
        self.surroundings = ready.surroundings
        self._room_of = ready.rooms
        self._room_of_rows = ready.room_of_rows
        self.tiers.boarding.are_in_rooms = len(self.surroundings.halls) > 1
        self._leaving = ready.leaving
        self._leaving_marks.show(self._leaving, range(len(self._leaving)))
        self._ghosts.show(self.cards, self._rows(stage.proposed_works))
        self._show_tints()
        self._blueprint = blueprint(self.environment.surfaces, stage.proposed_rooms, self.theme.accent)
        self._framed = np.zeros(0, np.int64)
        self._show_frames(self._framed)
        self._signs, self._sign_actors = ready.signs
        self._labelled = scene.arrangement is None or scene.arrangement.layout == "gallery"
        self._at_rest = self.cards
        self.attach()
        self._billing.let_go()

    def preview(self, works: Sequence[Placement]) -> None:
        """Draw these works as they would be, in the light there is; none of them puts everything back."""
        cards = with_works(self._at_rest, works) if works else self._at_rest
        if cards.ids == self.cards.ids:
            self.tiers.move(cards)
        else:
            self.tiers.show(cards)
        rooms = {**self._room_of, **dict.fromkeys((work.id for work in works), -1)} if works else self._room_of
        self._room_of_rows = _numbers(self.cards, rooms)
        self._framed = np.zeros(0, np.int64)
        self._show_frames(self._framed)

    def dim(self, kept: Collection[str] | None) -> None:
        """Dim all works but these; None dims none."""
        self._kept = kept
        self._dim()
        self._show_frames(self._framed)

    def _dim(self) -> None:
        kept = self._kept
        strengths = np.ones(len(self.cards), np.float32)
        if kept is not None:
            strengths = np.array([card_id in kept for card_id in self.cards.ids], np.float32)
        self.tiers.dim(strengths)
        self._frames.strengths = None if kept is None else strengths

    def fly(self, morph: Morph, now_s: float) -> None:
        """Draw a moment of a flight of the cards; marks that say something about places come back when it is over."""
        if self._fading is None:
            self._fading = Fading(morph.leaving, self._renditions)
        self._fading.show(morph.fade(now_s))
        self.tiers.move(morph.at(now_s))
        self.mark(*self._marked)
        if morph.is_over(now_s):
            self._fading = None
            self._framed = np.zeros(0, np.int64)
        self._show_frames(self._framed)
        self.attach()

    def mark(self, selected: Collection[str], hovered: str | None) -> None:
        """Outline what is selected and what is under the pointer."""
        self._marked = (selected, hovered)
        self._selected_marks.show(self.cards, self._rows(selected))
        self._hover_marks.show(self.cards, self._rows([hovered] if hovered else []))

    def tint(self, held: Tints, arrived: Tints) -> None:
        """Ring works in people's colours: what they hold, and what has just come from them."""
        self._tints = (held, arrived)
        self._show_tints()
        self.attach()

    def _show_tints(self) -> None:
        held, arrived = ({colour: self._rows(ids) for colour, ids in tints.items()} for tints in self._tints)
        self._tinted.show(self.cards, held, arrived)

    def aim(self, pose: Pose, size_px: tuple[int, int]) -> None:
        """Put VTK's camera, the dome and what depends on the eye where the pose is."""
        camera = self._renderer.GetActiveCamera()
        camera.SetPosition(*pose.position)
        camera.SetFocalPoint(*pose.target)
        camera.SetViewUp(0.0, 1.0, 0.0)
        camera.SetViewAngle(_angle_deg(size_px))
        camera.SetClippingRange(NEAR_M, FAR_M)
        self._sky.SetPosition(*pose.position)
        self._set_lens(size_px)
        near = self.surroundings.near
        for actor in (*near.overhead.actors, *near.overhead.mirrored):
            actor.SetVisibility(bool(pose.position[1] < near.highest_m))
        for actor in near.floors:
            set_uniform(actor, "cameraHeight", float(pose.position[1]))
        for actor in self._mirrored:
            set_uniform(actor, "eye", pose.position)
        for texture in (*self._tiles.of(self.theme).values(), *(page.texture for page in self.tiers.pages)):
            texture.blend_levels(not self.hurries)

    def measure(self, pose: Pose, size_px: tuple[int, int]) -> None:
        """Work out how large every card is on screen, and frame those that are large enough."""
        self.surroundings.look(pose.position, self._furnishing)
        seen = (pose, self.tiers.columns.centre, self._room_of_rows, self._fading)
        if size_px != self._seen_px or any(a is not b for a, b in zip(seen, self._seen, strict=True)):
            self._seen, self._seen_px = seen, size_px
            self.tiers.seen(self._sight(pose, size_px), pose.position)
        metres_a_pixel = 2 * np.tan(np.radians(_angle_deg(size_px)) / 2) / max(size_px[1], 1)
        for marks in (self._selected_marks, self._hover_marks, self._ghosts, self._leaving_marks, self._tinted):
            marks.fit(pose.position, float(metres_a_pixel))
        self.surroundings.near.glow.fit(pose.position, float(metres_a_pixel), self.quality)
        framed = largest(self.tiers.size_px, FRAMED_FROM_PX, MOST if len(self.cards) <= MANY else MOST // 3)
        if len(self.cards) > MOST:
            framed = framed[self.tiers.size_px[framed] >= FRAMED_OF_MANY_PX]
        else:
            framed = np.flatnonzero(~self.cards.on_wall | faces_eye(self.cards, pose))
        self._labels.show(self.cards, self.tiers.size_px, self._labelled and self._fading is None)
        are_far = self.tiers.size_px[framed] < FAR_PX
        if not (np.array_equal(framed, self._framed) and np.array_equal(are_far, self._are_far)):
            self._framed, self._are_far = framed, are_far
            self._show_frames(framed)

    @property
    def is_lettering(self) -> bool:
        """Whether title cards are still to come, with the next `measure`."""
        return self._labels.is_waiting

    def _show_frames(self, rows: NDArray[np.int64]) -> None:
        self._frames.show(self.cards, rows, self.tiers.size_px)
        self._shadows.show(self.cards, rows)

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
        """Use rooms that were furnished meanwhile; whether there were any."""
        before = self.surroundings.near
        if not self.surroundings.poll():
            return False
        self.attach()
        self._billing.let_go([*before.actors, *before.mirrored, before.glow.actor])
        return True

    def attach_cards(self) -> None:
        """Give the renderer the cards alone, to be drawn over the picture that there is."""
        if self._billing.show(self.tiers.actors_over, self.tiers.blending_actors):
            self._set_air()

    def attach(self) -> None:
        """Give the renderer exactly the actors there are now: works hide walls and floors, everything hides the sky."""
        near = self.surroundings.near
        reflects = self.mirrors and bool(near.floors) and self.theme.floor.reflection > 0
        self._mirrored = [*near.mirrored, self._frames.mirrored, *self.tiers.mirrored] if reflects else []
        resting = [*self._leaving_marks.actors, *self._ghosts.actors, *self._tinted.actors]
        marks = [
            *([self._shadows.actor] if self._fading is None and self.quality != "draft" else []),
            *([near.glow.actor] if near.glow.has_any and self.quality != "draft" else []),
            *self._blueprint,
            *self._sign_actors,
            *self.people,
            *(resting if self._fading is None else [self._fading.actor]),
            self._selected_marks.actor,
            self._hover_marks.actor,
        ]
        tiers = self.tiers
        solid = [*tiers.solid_actors, self._frames.actor, *self.surroundings.actors, self._labels.actor]
        wanted = [*solid, *tiers.board_actors, *self._mirrored, self._sky, *marks]
        if self._billing.show(wanted, tiers.blending_actors):
            self._set_air()

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

    def _dress(self, theme: Theme) -> None:
        self.theme = theme
        self._sky = sky_dome(theme.sky, FAR_M * 0.8)
        self._frames = Frames(theme.frame, trim_level(theme))
        self._shadows = Shadows(theme.frame)
        self._labels = Labels(
            theme.label, theme.frame, label_level(theme), theme.skirting.height_m if theme.skirting else 0.0
        )
        self._signs, self._sign_actors = [], []
        self._ghosts = Ghosts(theme.accent)
        self._selected_marks = Outlines(selection_colour(theme.accent), 0.028, 2.4)
        self._hover_marks = Outlines("#ffffff", 0.012)
        self._leaving_marks = Leaving()

    def stop(self) -> None:
        """End all threads after what they are doing."""
        self.baker.stop()
        self.tiers.boarding.stop()
        self._furnishing.shutdown(wait=True, cancel_futures=True)

    def _surroundings_of(
        self, scene: Scene, cards: Cards, theme: Theme, eye: NDArray[np.floating] | None
    ) -> Surroundings:
        parts = (scene.theme, *scene.rooms, *scene.walls, *scene.openings, *scene.lights, *scene.placements)
        key: _Key = (theme, parts)
        for kept, surroundings in self._built:
            if kept == key:
                return surroundings
        self._built = [] if self.baker.busy else self._built
        surroundings = Surroundings(scene, cards, theme, self._tiles, self.baker, eye)
        self._built = [(key, surroundings), *self._built[: KEPT_ENVIRONMENTS - 1]]
        return surroundings

    def _rows(self, ids: Collection[str]) -> Sequence[int]:
        return sorted(self.cards.row[i] for i in ids if i in self.cards.row)


def _rooms_of(scene: Scene, surroundings: Surroundings) -> dict[str, int]:
    of_wall = {wall.id: wall.room_id for wall in scene.walls}
    index_of = surroundings.halls.index_of
    return {work.id: index_of(work.room_id or of_wall.get(work.wall_id or "")) for work in scene.placements}


def _numbers(cards: Cards, rooms: Mapping[str, int]) -> NDArray[np.int64]:
    """The room of each row; -1 for those in none and those that are being moved about."""
    return np.fromiter((rooms.get(card_id, -1) for card_id in cards.ids), np.int64, len(cards))


def largest(size_px: NDArray[np.float32], from_px: float, most: int) -> NDArray[np.int64]:
    """The rows that are at least so large on screen, at most so many, in order."""
    rows = np.flatnonzero(size_px >= from_px)
    if len(rows) > most:
        rows = np.sort(rows[np.argpartition(-size_px[rows], most)[:most]])
    return rows


def faces_eye(cards: Cards, pose: Pose) -> NDArray[np.bool_]:
    """Whether the front of each card is towards the eye."""
    towards: NDArray[np.bool_] = np.einsum("ij,ij->i", pose.position - cards.centre, cards.normal) > 0
    return towards


def _theme_of(themes: Mapping[str, Theme], scene: Scene) -> Theme:
    """The theme that dresses a scene, with the creator's accent; the first there is when the scene's is unknown."""
    choice = scene.theme
    theme = themes.get(choice.theme) or next(iter(themes.values()))
    return theme.model_copy(update={"accent": choice.accent}) if choice.accent else theme


def _angle_deg(size_px: tuple[int, int]) -> float:
    return view_angle_deg(size_px[0] / max(size_px[1], 1))
