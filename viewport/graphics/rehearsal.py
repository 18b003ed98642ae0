"""Actors drawn once where nobody sees them, a few with each frame, so that their first appearance holds up nothing."""

import time
from collections import deque
from collections.abc import Iterable

import numpy as np
from vtkmodules.vtkRenderingCore import vtkActor, vtkCuller, vtkRenderer

from viewport.graphics.billing import Billing
from viewport.graphics.paint import SPRITE, Look, actor_for
from viewport.graphics.quads import QuadMesh
from viewport.graphics.textures import Texture

SLICE_S = 0.008
"""No further actor is begun after that; code that is new takes up to 0.04 s for one."""
BENEATH_M = -1e5
"""Beyond everything that is drawn: textures and code are made, and no pixel is filled."""


class Rehearsal:
    """A renderer builds code and hands textures over when an actor is first drawn; here it may take its time."""

    def __init__(self, renderer: vtkRenderer, billing: Billing) -> None:
        self._renderer, self._billing = renderer, billing
        self._waiting: deque[vtkActor] = deque()

    @property
    def waits(self) -> bool:
        """Whether any actor is still to be rehearsed."""
        return bool(self._waiting)

    def want(self, actors: Iterable[vtkActor]) -> None:
        """Rehearse those of these that were never drawn, and no others."""
        self._waiting = deque(actor for actor in actors if not self._billing.knows(actor))

    def step(self) -> None:
        """Draw the next ones over the picture and its depths, which stay as they are."""
        culling = self._renderer.GetCullers()
        found = (culling.GetItemAsObject(k) for k in range(culling.GetNumberOfItems()))
        cullers = [culler for culler in found if isinstance(culler, vtkCuller)]
        began = time.perf_counter()
        for culler in cullers:
            self._renderer.RemoveCuller(culler)
        self._renderer.EraseOff()
        try:
            while self._waiting and time.perf_counter() - began < SLICE_S:
                self._draw(self._waiting.popleft())
        finally:
            self._renderer.EraseOn()
            for culler in cullers:
                self._renderer.AddCuller(culler)

    def _draw(self, actor: vtkActor) -> None:
        place, is_visible = actor.GetPosition(), actor.GetVisibility()
        actor.SetPosition(0.0, BENEATH_M, 0.0)
        actor.SetVisibility(True)
        self._billing.show([actor], [])
        self._renderer.GetRenderWindow().Render()
        actor.SetPosition(*place)
        actor.SetVisibility(is_visible)


def kindling() -> list[vtkActor]:
    """What makes a renderer build its code for halving clear textures, whose edges are powers of two and are not."""
    return [_clear(edge_px) for edge_px in (64, 60)]


def _clear(edge_px: int) -> vtkActor:
    texture = Texture(np.zeros((edge_px, edge_px, 4), np.uint8))
    return actor_for(QuadMesh(1), Look(SPRITE, {"albedo": texture}, translucent=True))
