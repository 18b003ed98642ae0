"""Everything around the works: rooms in baked light, neon, trim, open ground and sky, built from scene and theme."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from vtkmodules.vtkRenderingCore import vtkActor

from scene.scene import Scene
from scene.themes import Theme
from viewport.graphics.paint import PLAIN, Look, actor_for, mirrored_actor_for
from viewport.graphics.quads import QuadMesh
from viewport.graphics.textures import Texture, linear, rgb
from viewport.rooms.doorways import paint_passages
from viewport.rooms.fixtures import paint_fixtures
from viewport.rooms.glow import Glow
from viewport.rooms.ground import ground_area, paint_ground
from viewport.rooms.lightmaps import Bake, Cell, Hung, pack
from viewport.rooms.materials import tile
from viewport.rooms.rooms import Painted, joined, paint_surfaces, paint_trim
from viewport.rooms.strips import Segment, segments_of, tubes
from viewport.surfaces import Surface, surfaces_of
from viewport.works.cards import Cards


class Tiles:
    """The material tiles of themes, made once and kept."""

    def __init__(self) -> None:
        self._kept: dict[str, dict[str, Texture]] = {}

    def of(self, theme: Theme) -> dict[str, Texture]:
        """The textures of a theme by part (wall, floor, ceiling)."""
        if theme.id not in self._kept:
            parts = {"wall": theme.walls, "floor": theme.floor, "ceiling": theme.ceiling}
            self._kept[theme.id] = {
                part: Texture(tile(material), repeat=True) for part, material in parts.items() if material is not None
            }
        return self._kept[theme.id]


@dataclass(frozen=True, eq=False)
class Environment:
    """The painted surroundings and the plan area that reflects."""

    parts: tuple[Painted, ...]
    floor_low: NDArray[np.float64]
    floor_high: NDArray[np.float64]
    surfaces: tuple[Surface, ...]
    glow: Glow
    overhead: Painted
    """What hangs from ceilings, lies over rooms or behind doors; in the way of an eye above `highest_m`."""
    highest_m: float

    @property
    def actors(self) -> list[vtkActor]:
        """What is drawn the right way up."""
        return [actor for part in (*self.parts, self.overhead) for actor in part.actors]

    @property
    def mirrored(self) -> list[vtkActor]:
        """What is drawn upside down beneath a reflecting floor."""
        return [actor for part in (*self.parts, self.overhead) for actor in part.mirrored]

    @property
    def floors(self) -> list[vtkActor]:
        """Floors that reflect."""
        return [actor for part in self.parts for actor in part.floors]


class Bakes(Protocol):
    """Light in a texture, or what stands for it until it is there."""

    def light(self, order: Bake, cells: Sequence[Cell], size: tuple[int, int]) -> Texture:
        """The texture, whose pixels may change later."""
        ...


def bare_environment(scene: Scene, theme: Theme) -> Environment:
    """Rooms that are there, none of them furnished."""
    surfaces = surfaces_of(scene, ceilings=theme.ceiling is not None)
    low, high = _plan_area(surfaces)
    highest_m = max((s.height_m for s in surfaces if s.part == "wall"), default=0.0)
    return Environment((), low, high, tuple(surfaces), Glow([]), Painted(), highest_m)


def build_environment(scene: Scene, cards: Cards, theme: Theme, tiles: Tiles, baker: Bakes) -> Environment:
    """Rooms as the theme dresses them."""
    surfaces = surfaces_of(scene, ceilings=theme.ceiling is not None)
    level = float(scene.theme.light)
    segments = segments_of(surfaces, theme, scene)
    cells, size = pack(surfaces, theme.lights.sun is not None)
    order = Bake(theme, surfaces, _hung(scene, cards, theme, surfaces), _by_room(segments, surfaces), level)
    light = baker.light(order, cells, size)
    painted = paint_surfaces(surfaces, cells, light, tiles.of(theme), theme)
    trim = paint_trim(surfaces, theme, min(1.0, trim_level(theme) * level))
    parts = [painted, trim, _neon(segments)]
    overhead = joined(_fixtures(cards, scene, surfaces, theme, level), paint_passages(surfaces, theme, level))
    low, high = _plan_area(surfaces)
    if len(cards) and not any(surface.part == "floor" for surface in surfaces):
        parts.append(paint_ground(cards, theme, tiles.of(theme)["floor"], level))
        low, high = ground_area(cards)
    highest_m = max((s.height_m for s in surfaces if s.part == "wall"), default=0.0)
    return Environment(tuple(parts), low, high, tuple(surfaces), Glow(segments), overhead, highest_m)


def _fixtures(cards: Cards, scene: Scene, surfaces: list[Surface], theme: Theme, level: float) -> Painted:
    """Lamps before the works on walls, and glass in the ceiling."""
    walls = {surface.wall_id: surface for surface in surfaces if surface.part == "wall"}
    works = scene.placements
    shine = np.clip(rgb(theme.lights.spots.colour) * 1.1, 0, 1) if theme.lights.spots else np.ones(3, np.float32)
    dim = np.float32(min(1.0, 0.25 + 0.75 * trim_level(theme)) * min(level, 1.0))

    def wall_of(row: int) -> Surface | None:
        return walls.get(works[row].wall_id or "")

    return paint_fixtures(surfaces, cards, wall_of, theme.fixtures, float(dim), shine * np.float32(min(level, 1.0)))


def trim_level(theme: Theme) -> float:
    """How bright unbaked things (frames, boards) are under a theme."""
    lights = theme.lights
    spots = lights.spots.level * 0.5 if lights.spots else 0.0
    mean = (lights.walls_foot + lights.walls_top) / 2 + spots
    return float(min(1.0, mean ** (1 / 2.2)))


def label_level(theme: Theme) -> float:
    """How bright title cards are: a little light always falls on them, so that they can be read."""
    return min(1.0, 0.35 + 0.75 * trim_level(theme))


def _plan_area(surfaces: list[Surface]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Lowest and highest (x, z) of all floors."""
    floors = [s for s in surfaces if s.part == "floor"]
    corners = [s.origin + u * s.right * s.width_m + u * s.up * s.height_m for s in floors for u in (0.0, 1.0)]
    plan = np.array(corners).reshape(-1, 3)[:, [0, 2]] if corners else np.zeros((1, 2))
    return plan.min(axis=0), plan.max(axis=0)


def _neon(segments: list[Segment]) -> Painted:
    corners, rgba = tubes(segments)
    if not len(corners):
        return Painted()
    mesh = QuadMesh(len(corners), colours=True)
    mesh.corners[:] = corners
    assert mesh.rgba is not None
    mesh.rgba[:] = rgba
    mesh.changed()
    look = Look(PLAIN, {}, two_sided=False)
    return Painted([actor_for(mesh, look)], [mirrored_actor_for(mesh, look)])


def _by_room(segments: list[Segment], surfaces: list[Surface]) -> Mapping[str, list[Segment]]:
    """Strips by the room they shine in; a strip that belongs to no room shines in all."""
    rooms = {surface.room_id for surface in surfaces}
    found: dict[str, list[Segment]] = {room: [] for room in rooms}
    for segment in segments:
        for room in (segment.room_id,) if segment.room_id in rooms else rooms:
            found[room].append(segment)
    return found


def _hung(scene: Scene, cards: Cards, theme: Theme, surfaces: list[Surface]) -> dict[int, list[Hung]]:
    """Where the works throw halos and catch spots: on their wall, and on the floor before them."""
    walls = {surface.wall_id: i for i, surface in enumerate(surfaces) if surface.part == "wall"}
    floors = {surface.room_id: i for i, surface in enumerate(surfaces) if surface.part == "floor"}
    lamps = _lamps(scene, theme)
    found: dict[int, list[Hung]] = {}
    if not walls and not floors:
        return found
    for placement in scene.placements:
        row = cards.row[placement.id]
        lamp = lamps(placement.id)
        half = cards.size[row] / 2
        wall = walls.get(placement.wall_id or "")
        if wall is not None:
            u, v, _ = surfaces[wall].plane_of(cards.centre[row])
            found.setdefault(wall, []).append(Hung(u, v, float(half[0]), float(half[1]), lamp))
        floor = floors.get(placement.room_id or (surfaces[wall].room_id if wall is not None else ""))
        if floor is not None:
            u, v, _ = surfaces[floor].plane_of(cards.centre[row] + cards.normal[row] * 0.5)
            sideways = abs(float(cards.right[row] @ surfaces[floor].right))
            found.setdefault(floor, []).append(Hung(u, v, float(half[0]) * sideways, float(half[1]), lamp))
    return found


def _lamps(scene: Scene, theme: Theme) -> Callable[[str], NDArray[np.float32]]:
    """The linear colour of the spot on a work: the theme's, or as a light of the scene's own has it."""
    spots = theme.lights.spots
    usual = linear(spots.colour) * np.float32(spots.level) if spots else np.zeros(3, np.float32)
    own = {light.for_id: light for light in scene.lights if light.use == "spot" and light.for_id}

    def lamp(placement_id: str) -> NDArray[np.float32]:
        light = own.get(placement_id)
        return usual if light is None else usual * linear(light.colour) * np.float32(min(light.intensity, 5.0))

    return lamp
