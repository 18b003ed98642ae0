"""The change from a scene to the outcome of a layout; what is pinned stays where it is."""

from typing import Literal

from scene.anchoring import anchored, hangs_on, stands_in
from scene.change import SceneChange
from scene.layouts.contract import Arranged
from scene.naming import references
from scene.records import (
    AnyRecord,
    Arrangement,
    Light,
    Opening,
    Placement,
    Room,
    Sign,
    ThemeChoice,
    Viewpoint,
    Wall,
)
from scene.scene import Scene

_LAID_OUT = (Placement, Room, Wall, Opening, Light, Sign)


def stage_arrangement(
    scene: Scene,
    arranged: Arranged,
    *,
    theme: ThemeChoice | str | None = None,
    arrangement: Arrangement | None = None,
    author: Literal["user", "agent"] = "user",
    turn_id: str = "",
    query: str = "",
) -> SceneChange:
    """Replace the environment by `arranged`, keeping pinned works and the creator's own viewpoints.

    A work that was on show and is placed again keeps its id where the layout gave it the same one, so it moves instead
    of going and coming. Newly hung and rehung works note the author, turn and query; pinned and unmoved ones do not.
    """
    pinned = {work.id: work for work in scene.all(Placement) if work.pinned}
    new = {record.id: _signed(scene, record, author, turn_id, query) for record in arranged.records}
    kept = {record.id: record for record in scene if _is_kept(record, pinned)}
    after = {**kept, **new}
    after |= _settings(scene, theme, arrangement)
    after |= {i: _anchored(work, after) for i, work in pinned.items()}
    after = _without_orphans(after)
    return SceneChange.between(scene, Scene(after))


def _is_kept(record: AnyRecord, pinned: dict[str, Placement]) -> bool:
    if isinstance(record, Light):
        return record.for_id in pinned
    if isinstance(record, Viewpoint):
        return not (record.on_path or record.id == "entrance" or record.id.startswith("stop-"))
    return not isinstance(record, _LAID_OUT)


def _signed(scene: Scene, record: AnyRecord, author: Literal["user", "agent"], turn_id: str, query: str) -> AnyRecord:
    """The placement with its origin noted, unless it hangs as it did."""
    if not isinstance(record, Placement):
        return record
    current = scene.get(record.id)
    if isinstance(current, Placement) and current.but(provenance=record.provenance) == record:
        return current
    noted = {"author": author, "turn_id": turn_id, "query": record.provenance.query or query[:400]}
    return record.model_copy(update={"provenance": record.provenance.model_copy(update=noted)})


def _settings(scene: Scene, theme: ThemeChoice | str | None, arrangement: Arrangement | None) -> dict[str, AnyRecord]:
    found: list[AnyRecord] = []
    if isinstance(theme, str):
        theme = scene.theme.but(theme=theme)
    if theme is not None:
        found.append(theme)
    if arrangement is not None:
        found.append(arrangement)
    return {record.id: record for record in found}


def _anchored(work: Placement, after: dict[str, AnyRecord]) -> Placement:
    """The pinned work exactly where it was; its wall and room are looked up anew only where they no longer hold."""
    wall, room = after.get(work.wall_id or ""), after.get(work.room_id or "")
    wall_holds = work.wall_id is None or (isinstance(wall, Wall) and hangs_on(work, wall))
    room_holds = work.room_id is None or (isinstance(room, Room) and stands_in(work, room))
    return work if wall_holds and room_holds else anchored(work, after.values())


def _without_orphans(after: dict[str, AnyRecord]) -> dict[str, AnyRecord]:
    """Drop lamps and doors of what is gone."""
    while True:
        orphans = [record.id for record in after.values() if isinstance(record, Light | Opening)]
        orphans = [i for i in orphans if not all(needed in after for needed in references(after[i]))]
        if not orphans:
            return after
        after = {i: record for i, record in after.items() if i not in set(orphans)}
