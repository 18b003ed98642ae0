"""Stages made ready to be shown, on any thread: cards, rooms, signs and the theme's dress."""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from vtkmodules.vtkRenderingCore import vtkActor

from scene.records import Sign, Viewpoint
from scene.scene import Scene
from scene.themes import Theme
from viewport.dress import Dress
from viewport.rooms.baking import Baker
from viewport.rooms.environment import Tiles
from viewport.rooms.signs import paint_signs
from viewport.rooms.surroundings import Surroundings
from viewport.stage import Stage
from viewport.works.cards import Cards, cards_of
from viewport.works.plan import Places, Plan, planned
from viewport.works.tiers import CardTiers

KEPT_ENVIRONMENTS = 3
MANY = 5_000
A = TypeVar("A")
B = TypeVar("B")

_Key = tuple[object, ...]
Signs = tuple[list[Sign], list[vtkActor]]


@dataclass(frozen=True, eq=False)
class Prepared:
    """A stage made ready to be shown."""

    stage: Stage
    scene: Scene
    dress: Dress
    plan: Plan
    surroundings: Surroundings
    room_of_rows: NDArray[np.int64]
    leaving: Cards
    signs: Signs
    entrances: list[Viewpoint]

    @property
    def actors(self) -> list[vtkActor]:
        """What surrounds the cards, both ways up where floors reflect."""
        near, rooms = self.surroundings.near, self.surroundings.actors
        mirrored = near.mirrored if near.floors and self.dress.theme.floor.reflection > 0 else []
        glow = [near.glow.actor] if near.glow.has_any else []
        return [*rooms, *mirrored, *glow, *self.dress.actors, *self.signs[1]]


class Preparing:
    """Keeps the rooms that were built last, so that going back and forth costs nothing."""

    def __init__(self, themes: Mapping[str, Theme], tiers: CardTiers) -> None:
        self._themes, self._tiers = themes, tiers
        self._built: list[tuple[_Key, Surroundings]] = []
        self._worn: list[Surroundings] = []
        """Rooms that are kept no more, but may still have graphics memory, which goes where it came from alone."""
        self.tiles = Tiles()
        self.baker = Baker()

    def prepared(self, stage: Stage, dress: Dress | None, signs: Signs) -> Prepared:
        """What takes long about showing a stage; the dress and the signs that are shown now serve again if they fit."""
        scene = stage.dressed
        theme = _theme_of(self._themes, scene)
        works, entrances = scene.placements, stage.entrances
        eye = np.array(entrances[0].position_m) if entrances else None
        ids, asset_ids = tuple(work.id for work in works), tuple(work.asset_id for work in works)

        def around() -> tuple[Places, Surroundings]:
            places = Places.of(cards_of(works))
            return places, self._surroundings_of(scene, places.cards, theme, eye)

        stock, (places, surroundings) = _side_by_side(len(works), lambda: self._tiers.stock(ids, asset_ids), around)
        plan = planned(places, stock)
        if dress is None or theme != dress.theme:
            dress, signs = Dress(theme), ([], [])
        if scene.signs != signs[0]:
            signs = scene.signs, paint_signs(scene.signs, theme.sign)
        room_of_rows = _room_of_rows(scene, surroundings)
        leaving = cards_of(stage.leaving)
        return Prepared(stage, scene, dress, plan, surroundings, room_of_rows, leaving, signs, entrances)

    def _surroundings_of(
        self, scene: Scene, cards: Cards, theme: Theme, eye: NDArray[np.floating] | None
    ) -> Surroundings:
        parts = (scene.theme, *scene.rooms, *scene.walls, *scene.openings, *scene.lights, *scene.placements)
        key: _Key = (theme, parts)
        for kept, surroundings in self._built:
            if kept == key:
                return surroundings
        kept_on = [] if self.baker.busy else self._built[: KEPT_ENVIRONMENTS - 1]
        self._worn += [old for _, old in self._built[len(kept_on) :]]
        surroundings = Surroundings(scene, cards, theme, self.tiles, self.baker, eye)
        self._built = [(key, surroundings), *kept_on]
        return surroundings

    def let_go(self) -> None:
        """Let go of rooms that are kept no more; to be called on the thread that draws."""
        self._worn = []


def _side_by_side(count: int, one: Callable[[], A], other: Callable[[], B]) -> tuple[A, B]:
    """Both of two things, of many works on two threads: pictures and rooms have nothing to do with each other."""
    if count < MANY:
        return one(), other()
    with ThreadPoolExecutor(1, thread_name_prefix="cells") as beside:
        first = beside.submit(one)
        second = other()
        return first.result(), second


def _room_of_rows(scene: Scene, surroundings: Surroundings) -> NDArray[np.int64]:
    works = scene.placements
    if not len(surroundings.halls):
        return np.full(len(works), -1)
    of_wall = {wall.id: wall.room_id for wall in scene.walls}
    index_of = surroundings.halls.index_of
    rooms = (index_of(work.room_id or of_wall.get(work.wall_id or "")) for work in works)
    return np.fromiter(rooms, np.int64, len(works))


def _theme_of(themes: Mapping[str, Theme], scene: Scene) -> Theme:
    """The theme that dresses a scene, with the creator's accent; the first there is when the scene's is unknown."""
    choice = scene.theme
    theme = themes.get(choice.theme) or next(iter(themes.values()))
    return theme.model_copy(update={"accent": choice.accent}) if choice.accent else theme
