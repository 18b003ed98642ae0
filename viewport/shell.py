"""The bare rooms of a very large scene: floors, walls and ceilings in plain colours, by blocks of rooms."""

from collections import defaultdict
from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray
from vtkmodules.vtkRenderingCore import vtkActor

from scene.themes import Material, Theme
from viewport.halls import Halls
from viewport.paint import COLOUR, Look, actor_for
from viewport.quads import Corners, QuadMesh
from viewport.surfaces import Surface, corners_of, cut_into_quads
from viewport.textures import linear, rgb

BLOCK_M = 140.0
"""Edge of a block on the plan."""


class Shell:
    """Draws rooms that nobody has furnished, those of them that are wanted."""

    def __init__(self, surfaces: Sequence[Surface], halls: Halls, theme: Theme, level: float) -> None:
        low, high = halls.boxes()
        keys = ((low + high) / 2 // BLOCK_M).astype(int)
        parts: dict[tuple[int, int], dict[int, list[Surface]]] = defaultdict(lambda: defaultdict(list))
        for surface in surfaces:
            room = halls.index_of(surface.room_id)
            if room >= 0 and not (surface.part == "ceiling" and theme.ceiling is None):
                parts[int(keys[room][0]), int(keys[room][1])][room].append(surface)
        self._blocks = [_Block(rooms, theme, level) for rooms in parts.values()]
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

    def __init__(self, rooms: dict[int, list[Surface]], theme: Theme, level: float) -> None:
        self.rooms: dict[int, slice] = {}
        corners: list[Corners] = []
        colours: list[NDArray[np.float32]] = []
        at = 0
        for room, surfaces in rooms.items():
            start = at
            for surface in surfaces:
                cut = cut_into_quads(surface)
                corners.append(corners_of(surface, cut))
                colours.append(_colours(surface, cut, theme, level))
                at += len(cut)
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


def _colours(surface: Surface, cut: NDArray[np.float64], theme: Theme, level: float) -> NDArray[np.float32]:
    """General light on the mean of the material, from foot to top; shape (n, 4, 3)."""
    lights = theme.lights
    material: Material | None = {"wall": theme.walls, "floor": theme.floor, "ceiling": theme.ceiling}[surface.part]
    assert material is not None
    if surface.part == "wall":
        share = cut[:, [1, 1, 3, 3]] / surface.height_m
        levels = lights.walls_foot + (lights.walls_top - lights.walls_foot) * share
    else:
        levels = np.full((len(cut), 4), lights.floor if surface.part == "floor" else lights.ceiling)
    light = linear(lights.ambient) * np.maximum(levels, 0.05)[..., None] * level
    mean = (rgb(material.colour) + rgb(material.second)) / 2
    shown: NDArray[np.float32] = np.clip(mean * light ** (1 / 2.2), 0.0, 1.0).astype(np.float32)
    return shown
