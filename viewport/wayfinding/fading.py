"""Works that leave: panes in their mean colour which fade where they hung."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from vtkmodules.vtkRenderingCore import vtkActor

from viewport.graphics.paint import PLAIN, Look, actor_for
from viewport.graphics.quads import QuadMesh
from viewport.ports import Renditions
from viewport.works.cards import Cards

MOST = 2_000
_GREY = (128, 128, 128)


class Fading:
    """One mesh of panes, made for one flight."""

    def __init__(self, cards: Cards, renditions: Renditions) -> None:
        count = min(len(cards), MOST)
        mesh = QuadMesh(max(1, count), colours=True)
        assert mesh.rgba is not None
        mesh.corners[:count] = cards.corners()[:count]
        if count:
            mesh.rgba[:count, :, :3] = _colours(renditions, cards.asset_ids[:count])[:, None, :]
        mesh.changed()
        self._mesh, self._is_empty = mesh, count == 0
        self.actor: vtkActor = actor_for(mesh, Look(PLAIN, {}, translucent=True, two_sided=True))

    def show(self, strength: float) -> None:
        """How much of them is seen, 1 to 0."""
        self.actor.GetProperty().SetOpacity(strength)
        self.actor.SetVisibility(strength > 0.0 and not self._is_empty)


def _colours(renditions: Renditions, asset_ids: Sequence[str]) -> NDArray[np.uint8]:
    return np.array([_colour(renditions, asset_id) for asset_id in asset_ids], np.uint8)


def _colour(renditions: Renditions, asset_id: str) -> tuple[int, int, int]:
    try:
        red, green, blue = renditions.colour(asset_id)
        return min(255, max(0, int(red))), min(255, max(0, int(green))), min(255, max(0, int(blue)))
    except Exception:  # an unknown asset fades in grey
        return _GREY
