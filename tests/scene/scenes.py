"""Random scenes whose references resolve, and random edits that keep it so."""

from hypothesis import strategies as st

from scene.change import SceneChange
from scene.naming import references
from scene.operations import remove
from scene.records import (
    AnyRecord,
    Arrangement,
    Light,
    Opening,
    Placement,
    Provenance,
    Room,
    Sign,
    ThemeChoice,
    Viewpoint,
    Wall,
)
from scene.scene import Scene

metres = st.floats(-50.0, 50.0, allow_nan=False, width=32)
extents = st.floats(0.125, 8.0, width=32)
points = st.tuples(metres, metres, metres)
plan_points = st.tuples(metres, metres)
words = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=8)
KINDS = (
    *("placement", "room", "wall") * 3,
    *("opening", "light") * 2,
    *("viewpoint", "sign", "theme", "arrangement"),
)


def resolve(scene: Scene) -> bool:
    """Whether every reference points at a record that is there."""
    return all(needed in scene for record in scene for needed in references(record))


@st.composite
def records_for(draw: st.DrawFn, scene: Scene, kind: str, record_id: str) -> AnyRecord:
    """A record of a kind that refers only to what is in the scene; a viewpoint when it would need what is missing."""
    rooms, walls = [room.id for room in scene.rooms], [wall.id for wall in scene.walls]
    works = [work.id for work in scene.placements]
    if (kind == "wall" and not rooms) or (kind == "opening" and not walls):
        kind = "viewpoint"

    def one_or_none(ids: list[str]) -> str | None:
        return draw(st.sampled_from([*sorted(i for i in ids if i != record_id), None]))

    match kind:
        case "placement":
            return Placement(
                id=record_id,
                asset_id=draw(st.sampled_from(["asset-1", "asset-2"])),
                title=draw(words),
                position_m=draw(points),
                size_m=draw(st.tuples(extents, extents)),
                wall_id=one_or_none(walls),
                room_id=one_or_none(rooms),
                pinned=draw(st.booleans()),
                order=draw(st.integers(0, 9)),
                provenance=Provenance(author=draw(st.sampled_from(["user", "agent"])), score=draw(st.none() | metres)),
            )
        case "room":
            return Room(id=record_id, name=draw(words), min_corner_m=draw(plan_points), max_corner_m=draw(plan_points))
        case "wall":
            room_id = draw(st.sampled_from(sorted(rooms)))
            return Wall(id=record_id, room_id=room_id, start_m=draw(plan_points), end_m=draw(plan_points))
        case "opening":
            wall_id = draw(st.sampled_from(sorted(walls)))
            width_m = draw(extents)
            return Opening(
                id=record_id, wall_id=wall_id, offset_m=draw(metres), width_m=width_m, to_room_id=one_or_none(rooms)
            )
        case "light":
            for_id = one_or_none(works + rooms)
            return Light(id=record_id, position_m=draw(points), target_m=draw(points), for_id=for_id)
        case "sign":
            return Sign(id=record_id, text=draw(words), position_m=draw(points), line_to_m=draw(st.none() | points))
        case "theme":
            return ThemeChoice(theme=draw(st.sampled_from(["noir", "paper"])), light=draw(st.floats(0.25, 3.0)))
        case "arrangement":
            return Arrangement(layout=draw(st.sampled_from(["gallery", "grid"])), seed=draw(st.integers(0, 9)))
    return Viewpoint(id=record_id, name=draw(words), position_m=draw(points), target_m=draw(points))


@st.composite
def edits_of(draw: st.DrawFn, scene: Scene, prefix: str = "", among: frozenset[str] | None = None) -> SceneChange:
    """One edit as a person or a tool makes it: add, change, replace or remove a record; references keep resolving.

    New ids start with `prefix`; `among` restricts which records may be changed or removed.
    """
    there = sorted(i for i in scene.records if among is None or i in among)
    what = draw(st.sampled_from(["add", "add", "change", "change", "remove"] if there else ["add"]))
    if what == "add":
        return _addition(draw, scene, prefix)
    record = scene.records[draw(st.sampled_from(there))]
    if what == "remove" and not (isinstance(record, Placement) and record.pinned):
        change = remove(scene, [record.id])
        return change if among is None or change.ids <= among else SceneChange()
    new = draw(records_for(scene, record.kind, record.id))
    after = new if draw(st.booleans()) else _with_one_field(draw, record, new)
    return SceneChange(updated={record.id: (record, after)}) if after != record else SceneChange()


def _addition(draw: st.DrawFn, scene: Scene, prefix: str) -> SceneChange:
    kind = draw(st.sampled_from(KINDS))
    record_id = kind if kind in ("theme", "arrangement") else f"{prefix}{kind}-{draw(st.integers(0, 3))}"
    record = draw(records_for(scene, kind, record_id))
    if record.id in scene or (prefix and record.kind in ("theme", "arrangement")):
        return SceneChange()
    return SceneChange(added={record.id: record})


def _with_one_field(draw: st.DrawFn, record: AnyRecord, new: AnyRecord) -> AnyRecord:
    if type(record) is not type(new):
        return record
    field = draw(st.sampled_from(sorted(set(new.__dict__) - {"id", "kind"})))
    return record.but(**{field: new.__dict__[field]})


@st.composite
def edit_runs(
    draw: st.DrawFn, scene: Scene, most: int = 6, prefix: str = "", among: frozenset[str] | None = None
) -> list[SceneChange]:
    """Edits one after the other, none of them empty."""
    run: list[SceneChange] = []
    for _ in range(draw(st.integers(0, most))):
        change = draw(edits_of(scene, prefix, among))
        if not change.is_empty:
            run.append(change)
            scene = change.apply_to(scene)
    return run


SMALL = Scene.of(
    [
        Room(id="room-0", name="Hall", min_corner_m=(0.0, 0.0), max_corner_m=(9.0, 6.0)),
        Wall(id="wall-0", room_id="room-0", start_m=(0.0, 0.0), end_m=(9.0, 0.0)),
        Placement(
            id="placement-0",
            asset_id="asset-1",
            position_m=(3.0, 1.5, 0.0),
            size_m=(1.0, 1.0),
            wall_id="wall-0",
            room_id="room-0",
        ),
        Light(id="light-0", for_id="placement-0", position_m=(3.0, 4.0, 1.0), target_m=(3.0, 1.5, 0.0)),
    ]
)
"""So few records that two runs of edits seldom miss each other."""


@st.composite
def scenes(draw: st.DrawFn, most: int = 12) -> Scene:
    """A scene that grew by edits, from nothing or from a small room."""
    scene = draw(st.sampled_from([Scene(), SMALL]))
    if scene is SMALL:
        most = min(most, 3)
    for change in draw(edit_runs(scene, most)):
        scene = change.apply_to(scene)
    return scene
