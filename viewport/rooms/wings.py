"""Rooms near the eye furnished in full, on a thread, in scenes with too many rooms to furnish them all."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scene.records import Light, Opening, Placement, Wall
from scene.scene import Scene
from scene.themes import Theme
from viewport.graphics.textures import Texture
from viewport.rooms.environment import Environment, Tiles, build_environment
from viewport.rooms.halls import Halls
from viewport.rooms.lightmaps import Bake, Cell, Known, bake
from viewport.works.cards import cards_of

MOST_ROOMS = 60
"""Scenes with no more rooms are furnished as a whole."""
FURNISHED_ROOMS = 16
STEPS = 2
"""So many doorways from the eye rooms are furnished, seen or not."""


@dataclass(frozen=True, eq=False)
class Wing:
    """Furnished rooms, by number."""

    rooms: frozenset[int]
    environment: Environment


class Wings:
    """Furnishes rooms of one scene; `wanted` may be called for every picture."""

    def __init__(self, scene: Scene, theme: Theme, halls: Halls, tiles: Tiles) -> None:
        self._theme, self._halls, self._tiles = theme, halls, tiles
        self._scene = scene
        self._parts = _Parts(scene)
        self._baker = _AtOnce()
        self._job: Future[Wing] | None = None
        self.wing: Wing | None = None
        """What is furnished now."""

    @property
    def busy(self) -> bool:
        """Whether rooms are being furnished."""
        return self._job is not None

    def furnish(self, eye: NDArray[np.floating]) -> None:
        """Furnish the rooms around an eye here and now, if there are any."""
        rooms = self._needed(self._halls.seen_from(eye), eye)
        if rooms:
            self.wing = self._furnished(rooms)

    def look(self, seen: NDArray[np.bool_] | None, eye: NDArray[np.floating], threads: ThreadPoolExecutor) -> None:
        """Begin to furnish what the eye needs and nobody has furnished."""
        here = self._halls.around(eye)
        have = self.wing.rooms if self.wing is not None else frozenset()
        if self._job is None and here and not self._must(seen, here) <= have:
            self._job = threads.submit(self._furnished, self._needed(seen, eye))

    @property
    def coming(self) -> Environment | None:
        """What was furnished and not taken yet."""
        return self._job.result().environment if self._job is not None and self._job.done() else None

    def poll(self) -> bool:
        """Take what was furnished; whether there was anything."""
        if self._job is None or not self._job.done():
            return False
        self.wing, self._job = self._job.result(), None
        return True

    def _must(self, seen: NDArray[np.bool_] | None, here: list[int]) -> set[int]:
        rooms = self._halls.next_to(here, 1, FURNISHED_ROOMS)
        return {*rooms, *(np.flatnonzero(seen)[: FURNISHED_ROOMS - len(rooms)].tolist() if seen is not None else ())}

    def _needed(self, seen: NDArray[np.bool_] | None, eye: NDArray[np.floating]) -> list[int]:
        here = self._halls.around(eye)
        if not here:
            return []
        must = self._must(seen, here)
        return list(dict.fromkeys([*must, *self._halls.next_to(here, STEPS, FURNISHED_ROOMS)]))[:FURNISHED_ROOMS]

    def _furnished(self, rooms: Sequence[int]) -> Wing:
        scene = self._parts.scene([self._halls.ids[room] for room in rooms], self._scene)
        cards = cards_of(scene.placements)
        environment = build_environment(scene, cards, self._theme, self._tiles, self._baker)
        return Wing(frozenset(rooms), environment)


class _AtOnce:
    """Bakes while the caller waits, which is on a thread."""

    def __init__(self) -> None:
        self._known: Known = {}

    def light(self, order: Bake, cells: Sequence[Cell], size: tuple[int, int]) -> Texture:
        """A texture with the light."""
        return Texture(bake(order, cells, size, self._known), mipmap=False)


class _Parts:
    """What belongs to each room."""

    def __init__(self, scene: Scene) -> None:
        self._walls: dict[str, list[Wall]] = defaultdict(list)
        self._openings: dict[str, list[Opening]] = defaultdict(list)
        self._works: dict[str, list[Placement]] = defaultdict(list)
        self._lights: dict[str, list[Light]] = defaultdict(list)
        room_of = {}
        for wall in scene.walls:
            self._walls[wall.room_id].append(wall)
            room_of[wall.id] = wall.room_id
        for opening in scene.openings:
            self._openings[opening.wall_id].append(opening)
        for work in scene.placements:
            room = work.room_id or room_of.get(work.wall_id or "")
            if room is not None:
                self._works[room].append(work)
        for light in scene.lights:
            if light.for_id is not None:
                self._lights[light.for_id].append(light)

    def scene(self, room_ids: Collection[str], whole: Scene) -> Scene:
        """These rooms with all that is in them."""
        rooms = [room for room in whole.rooms if room.id in set(room_ids)]
        walls = [wall for room in rooms for wall in self._walls[room.id]]
        works = [work for room in rooms for work in self._works[room.id]]
        openings = [opening for wall in walls for opening in self._openings[wall.id]]
        lights = [light for part in (*rooms, *works) for light in self._lights.get(part.id, ())]
        return Scene.of([whole.theme, *rooms, *walls, *openings, *works, *lights])
