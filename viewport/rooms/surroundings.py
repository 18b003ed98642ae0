"""What is around the works as an eye needs it: all rooms furnished, or those near to it and the others bare."""

from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray
from vtkmodules.vtkRenderingCore import vtkActor

from scene.scene import Scene
from scene.themes import Theme
from viewport.rooms.baking import Baker
from viewport.rooms.environment import Environment, Tiles, bare_environment, build_environment
from viewport.rooms.halls import Halls
from viewport.rooms.shell import Shell
from viewport.rooms.wings import MOST_ROOMS, Wings
from viewport.surfaces import Surface
from viewport.works.cards import Cards


class Surroundings:
    """Of one scene under one theme; may be made on another thread than it is used on."""

    def __init__(
        self, scene: Scene, cards: Cards, theme: Theme, tiles: Tiles, baker: Baker, eye: NDArray[np.floating] | None
    ) -> None:
        self.halls = Halls(scene)
        self._wings: Wings | None = None
        self._shell: Shell | None = None
        if len(self.halls) <= MOST_ROOMS:
            self.environment = build_environment(scene, cards, theme, tiles, baker)
        else:
            self.environment = bare_environment(scene, theme)
            self._shell = Shell(self.environment.surfaces, self.halls, theme, tiles.of(theme), float(scene.theme.light))
            self._wings = Wings(scene, theme, self.halls, tiles)
            if eye is not None:
                self._wings.furnish(eye)
        self._surfaces_of: dict[int, list[Surface]] = defaultdict(list)
        for surface in self.environment.surfaces:
            self._surfaces_of[self.halls.index_of(surface.room_id)].append(surface)
        self._seen: NDArray[np.bool_] | None = None
        self._seen_from: bytes = b""

    @property
    def near(self) -> Environment:
        """What is furnished."""
        wing = self._wings.wing if self._wings is not None else None
        return wing.environment if wing is not None else self.environment

    @property
    def actors(self) -> list[vtkActor]:
        """What is drawn the right way up."""
        return [*self.near.actors, *(self._shell.actors if self._shell is not None else ())]

    @property
    def busy(self) -> bool:
        """Whether rooms are being furnished."""
        return self._wings is not None and self._wings.busy

    def seen_from(self, eye: NDArray[np.floating]) -> NDArray[np.bool_] | None:
        """Whether each room is seen; None when that cannot be said, so that every one may be."""
        if eye.tobytes() != self._seen_from:
            self._seen, self._seen_from = self.halls.seen_from(eye), eye.tobytes()
        return self._seen

    def look(self, eye: NDArray[np.floating], threads: ThreadPoolExecutor) -> None:
        """The eye is there: rooms around it will be furnished, and bare ones are drawn where they are seen."""
        if self._wings is None or self._shell is None:
            return
        seen = self.seen_from(eye)
        self._wings.look(seen, eye, threads)
        self._shell.want(seen, self._wings.wing.rooms if self._wings.wing is not None else ())

    @property
    def coming(self) -> Environment | None:
        """What was furnished and is not used yet."""
        return self._wings.coming if self._wings is not None else None

    def poll(self) -> bool:
        """Use what was furnished meanwhile; whether there was anything."""
        return self._wings is not None and self._wings.poll()

    def surfaces_seen(self, eye: NDArray[np.floating]) -> list[Surface]:
        """Walls, floors and ceilings that can be in the way of an eye."""
        seen = self.seen_from(eye)
        if seen is None:
            return list(self.environment.surfaces)
        return [surface for room in np.flatnonzero(seen).tolist() for surface in self._surfaces_of.get(room, ())]
