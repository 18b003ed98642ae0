"""The bare rooms of a very large scene: floors, walls and ceilings in plain colours, by blocks of rooms."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from vtkmodules.vtkRenderingCore import vtkActor

from scene.themes import Theme
from viewport.graphics.paint import COLOUR, Look, actor_for
from viewport.graphics.quads import Corners, QuadMesh
from viewport.graphics.textures import Texture, linear, rgb
from viewport.rooms.halls import Halls
from viewport.surfaces import Surface, corners_of, cut_into_quads

BLOCK_M = 140.0
"""Edge of a block on the plan."""
TOP_M = 0.3
"""How thick walls are seen from above."""


class Shell:
    """Draws rooms that nobody has furnished, those of them that are wanted."""

    def __init__(
        self, surfaces: Sequence[Surface], halls: Halls, theme: Theme, tiles: Mapping[str, Texture], level: float
    ) -> None:
        paint = _Paint(theme, tiles, level)
        low, high = halls.boxes()
        keys = ((low + high) / 2 // BLOCK_M).astype(int)
        parts: dict[tuple[int, int], dict[int, list[Surface]]] = defaultdict(lambda: defaultdict(list))
        for surface in surfaces:
            room = halls.index_of(surface.room_id)
            if room >= 0 and not (surface.part == "ceiling" and theme.ceiling is None):
                parts[int(keys[room][0]), int(keys[room][1])][room].append(surface)
        self._blocks = [_Block(rooms, paint) for rooms in parts.values()]
        self._block_of = {room: block for block in self._blocks for room in block.rooms}

    @property
    def actors(self) -> list[vtkActor]:
        """What to draw."""
        return [block.actor for block in self._blocks if block.actor.GetVisibility()]

    def want(self, wanted: NDArray[np.bool_] | None, furnished: Collection[int]) -> None:
        """Draw blocks with rooms that are wanted (None for all) and not furnished; furnished rooms never."""
        if wanted is None:
            needed = set(map(id, self._blocks))
        else:
            rooms = set(np.flatnonzero(wanted).tolist()) - set(furnished)
            needed = {id(self._block_of[room]) for room in rooms if room in self._block_of}
        for block in self._blocks:
            is_needed = id(block) in needed
            if is_needed:
                block.leave_out(furnished)
            block.actor.SetVisibility(is_needed)


class _Block:
    """The rooms of one block in one mesh."""

    def __init__(self, rooms: dict[int, list[Surface]], paint: "_Paint") -> None:
        self.rooms: dict[int, slice] = {}
        corners: list[Corners] = []
        colours: list[NDArray[np.float32]] = []
        at = 0
        for room, surfaces in rooms.items():
            start = at
            for surface in surfaces:
                cut = cut_into_quads(surface)
                corners.append(corners_of(surface, cut))
                colours.append(paint.of(surface, cut))
                at += len(cut)
                if surface.part == "wall":
                    corners.append(_top(surface))
                    colours.append(paint.tops)
                    at += 1
            self.rooms[room] = slice(start, at)
        self._corners = np.concatenate(corners)
        self._mesh = QuadMesh(max(1, at), colours=True)
        assert self._mesh.rgba is not None
        self._mesh.rgba[:at, :, :3] = np.concatenate(colours) * 255
        self._mesh.corners[:at] = self._corners
        self._mesh.changed()
        self._left_out: frozenset[int] = frozenset()
        self.actor: vtkActor = actor_for(self._mesh, Look(COLOUR, {}))
        self.actor.VisibilityOff()

    def leave_out(self, rooms: Collection[int]) -> None:
        """Draw all but these rooms."""
        wanted = frozenset(room for room in rooms if room in self.rooms)
        if wanted == self._left_out:
            return
        for room in self._left_out - wanted:
            self._mesh.corners[self.rooms[room]] = self._corners[self.rooms[room]]
        for room in wanted - self._left_out:
            self._mesh.corners[self.rooms[room]] = 0
        self._left_out = wanted
        self._mesh.changed()


class _Paint:
    """What bare surfaces look like: general light on the mean of their material; tops of walls shine like neon."""

    def __init__(self, theme: Theme, tiles: Mapping[str, Texture], level: float) -> None:
        self._lights, self._level = theme.lights, level
        self._mean = {part: tile.rows[..., :3].mean(axis=(0, 1)) / 255 for part, tile in tiles.items()}
        strips = theme.lights.strips
        colour = rgb(strips[0].colour) if strips else np.minimum(self._mean["wall"] * 0.55 + 0.2, 1.0)
        self.tops: NDArray[np.float32] = np.broadcast_to(colour, (1, 4, 3)).astype(np.float32)

    def of(self, surface: Surface, cut: NDArray[np.float64]) -> NDArray[np.float32]:
        """Colours of pieces of a surface from foot to top, shape (n, 4, 3)."""
        lights = self._lights
        if surface.part == "wall":
            share = cut[:, [1, 1, 3, 3]] / surface.height_m
            levels = lights.walls_foot + (lights.walls_top - lights.walls_foot) * share
        else:
            levels = np.full((len(cut), 4), lights.floor if surface.part == "floor" else lights.ceiling)
        light = linear(lights.ambient) * np.maximum(levels, 0.0)[..., None] * self._level
        shown: NDArray[np.float32] = np.clip(self._mean[surface.part] * light ** (1 / 2.2), 0, 1).astype(np.float32)
        return shown


def _top(wall: Surface) -> Corners:
    left, back = wall.origin + wall.up * wall.height_m, -wall.normal * TOP_M
    right = left + wall.right * wall.width_m
    return np.array([[left, right, right + back, left + back]], np.float32)
