"""Taking up the groups of a scene that is clustered already, so that a new work joins them without upsetting them."""

from collections.abc import Sequence

import numpy as np

from scene.layouts.contract import Work
from scene.layouts.likeness import Floats
from scene.scene import Scene

LEAST_KNOWN = 0.6
"""Share of the works that the scene must show for its groups to be taken up."""


def taken_up(
    works: Sequence[Work], sequence: Sequence[int], points: Floats, scene: Scene | None
) -> dict[str, list[int]] | None:
    """The scene's groups in its order, each new work beside the one it is most like; None when there is little to keep.

    `points` are the works of `sequence` in likeness space.
    """
    if scene is None or scene.arrangement is None or scene.arrangement.layout != "cluster":
        return None
    shown = {placement.asset_id: placement.group for placement in scene.placements if placement.group}
    order = {asset_id: k for k, asset_id in enumerate(shown)}
    row = {work: k for k, work in enumerate(sequence)}
    known = sorted((i for i in sequence if works[i].asset_id in shown), key=lambda i: order[works[i].asset_id])
    if not known or len(known) < LEAST_KNOWN * len(sequence):
        return None
    groups: dict[str, list[int]] = {}
    for i in known:
        groups.setdefault(shown[works[i].asset_id], []).append(i)
    centres = np.array([points[[row[i] for i in members]].mean(axis=0) for members in groups.values()])
    names = list(groups)
    for i in sequence:
        if works[i].asset_id not in shown:
            point = points[row[i]]
            members = groups[names[int(np.argmin(((centres - point) ** 2).sum(axis=1)))]]
            nearest = int(np.argmin(((points[[row[j] for j in members]] - point) ** 2).sum(axis=1)))
            members.insert(nearest + 1, i)
    return groups
