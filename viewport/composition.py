"""What the renderer holds: sky, rooms, cards, frames and marks of the stage that is shown."""

from collections.abc import Collection, Mapping, Sequence
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
from viewport.culling import look
from viewport.environment import Environment, Tiles, build_environment, label_level, trim_level
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
    environment: Environment
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
        self._built: list[tuple[_Key, Environment]] = []
        self._billing = Billing(renderer)
        self._mirrored: list[vtkActor] = []
        self._framed: NDArray[np.int64] = np.zeros(0, np.int64)
        self._are_far: NDArray[np.bool_] = np.zeros(0, bool)
        self._signs: list[Sign] = []
        self._sign_actors: list[vtkActor] = []
        self._labelled = True
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
    def cards(self) -> Cards:
        """The cards that are drawn."""
        return self.tiers.cards

    def prepared(self, stage: Stage) -> Prepared:
        """What takes long about showing a stage; may be called on another thread while another stage is shown."""
        scene = stage.dressed
        theme = _theme_of(self._themes, scene)
        plan = self.tiers.plan(cards_of(scene.placements))
        environment = self._environment_of(scene, plan.cards, theme)
        leaving, signs = cards_of(stage.leaving), self._signs_of(scene, theme)
        return Prepared(stage, scene, theme, plan, environment, leaving, signs, stage.entrances)

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
        self.environment = ready.environment
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
        overhead = self.environment.overhead
        for actor in (*overhead.actors, *overhead.mirrored):
            actor.SetVisibility(bool(pose.position[1] < self.environment.highest_m))
        for actor in self.environment.floors:
            set_uniform(actor, "cameraHeight", float(pose.position[1]))
        for actor in self._mirrored:
            set_uniform(actor, "eye", pose.position)
        for texture in (*self._tiles.of(self.theme).values(), *(page.texture for page in self.tiers.pages)):
            texture.blend_levels(not self.hurries)

    def measure(self, pose: Pose, size_px: tuple[int, int]) -> None:
        """Work out how large every card is on screen, and frame those that are large enough."""
        self.tiers.seen(look(self.tiers.columns, pose, size_px, _angle_deg(size_px)), pose.position)
        metres_a_pixel = 2 * np.tan(np.radians(_angle_deg(size_px)) / 2) / max(size_px[1], 1)
        for marks in (self._selected_marks, self._hover_marks, self._ghosts, self._leaving_marks, self._tinted):
            marks.fit(pose.position, float(metres_a_pixel))
        self.environment.glow.fit(pose.position, float(metres_a_pixel), self.quality)
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
        seen = look(self.tiers.columns, pose, size_px, _angle_deg(size_px)) if pose is not None else None
        self.tiers.seen_ahead(seen)

    def attach_cards(self) -> None:
        """Give the renderer the cards alone, to be drawn over the picture that there is."""
        if self._billing.show(self.tiers.actors_over, self.tiers.blending_actors):
            self._set_air()

    def attach(self) -> None:
        """Give the renderer exactly the actors there are now: works hide walls and floors, everything hides the sky."""
        reflects = self.mirrors and bool(self.environment.floors) and self.theme.floor.reflection > 0
        self._mirrored = [*self.environment.mirrored, self._frames.mirrored, *self.tiers.mirrored] if reflects else []
        resting = [*self._leaving_marks.actors, *self._ghosts.actors, *self._tinted.actors]
        marks = [
            *([self._shadows.actor] if self._fading is None and self.quality != "draft" else []),
            *([self.environment.glow.actor] if self.environment.glow.has_any and self.quality != "draft" else []),
            *self._blueprint,
            *self._sign_actors,
            *self.people,
            *(resting if self._fading is None else [self._fading.actor]),
            self._selected_marks.actor,
            self._hover_marks.actor,
        ]
        tiers = self.tiers
        solid = [*tiers.solid_actors, self._frames.actor, *self.environment.actors, self._labels.actor]
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
            set_uniform(actor, "floorLow", self.environment.floor_low)
            set_uniform(actor, "floorHigh", self.environment.floor_high)

    def _dress(self, theme: Theme) -> None:
        self.theme = theme
        self._sky = sky_dome(theme.sky, FAR_M * 0.8)
        self._frames = Frames(theme.frame, trim_level(theme))
        self._shadows = Shadows(theme.frame)
        self._labels = Labels(theme.label, theme.frame, label_level(theme))
        self._signs, self._sign_actors = [], []
        self._ghosts = Ghosts(theme.accent)
        self._selected_marks = Outlines(selection_colour(theme.accent), 0.028, 2.4)
        self._hover_marks = Outlines("#ffffff", 0.012)
        self._leaving_marks = Leaving()

    def _environment_of(self, scene: Scene, cards: Cards, theme: Theme) -> Environment:
        parts = (scene.theme, *scene.rooms, *scene.walls, *scene.openings, *scene.lights, *scene.placements)
        key: _Key = (theme, parts)
        for kept, environment in self._built:
            if kept == key:
                return environment
        self._built = [] if self.baker.busy else self._built
        environment = build_environment(scene, cards, theme, self._tiles, self.baker)
        self._built = [(key, environment), *self._built[: KEPT_ENVIRONMENTS - 1]]
        return environment

    def _rows(self, ids: Collection[str]) -> Sequence[int]:
        return sorted(self.cards.row[i] for i in ids if i in self.cards.row)


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
