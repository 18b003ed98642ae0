"""The scene in words: rooms, their walls, the works on them and the signs, as a tree of plain nodes."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Literal

from scene.records import Placement, Room, Sign, Viewpoint, Wall
from scene.scene import Scene

NodeKind = Literal["room", "wall", "group", "work", "sign", "signs", "loose", "viewpoints", "viewpoint"]


@dataclass
class Node:
    """One row of the outline. `id` is the record's id, or a made-up one that is stable while the scene keeps shape."""

    id: str
    kind: NodeKind
    label: str
    detail: str = ""
    pinned: bool = False
    children: list["Node"] = field(default_factory=list)

    @property
    def works(self) -> list["Node"]:
        """The works at or below this node."""
        if self.kind == "work":
            return [self]
        return [work for child in self.children for work in child.works]


def outline_of(scene: Scene) -> list[Node]:
    """The scene's rooms in visiting order; works without a room come last, by group."""
    by_wall, by_room, loose = _hung(scene)
    walls = defaultdict(list)
    for wall in scene.walls:
        walls[wall.room_id].append(wall)
    nodes = [_room_node(room, walls[room.id], by_wall, by_room) for room in scene.rooms]
    nodes += _grouped(loose, "loose")
    signs = [_sign_node(sign) for sign in scene.signs if sign.text]
    if signs:
        nodes.append(Node("signs", "signs", "Signs", _counted(len(signs), "sign"), children=signs))
    kept = [_viewpoint_node(viewpoint) for viewpoint in scene.viewpoints if is_kept_by_hand(viewpoint)]
    if kept:
        nodes.append(Node("viewpoints", "viewpoints", "Viewpoints", _counted(len(kept), "viewpoint"), children=kept))
    return nodes


_Placements = dict[str, list[Placement]]


def _hung(scene: Scene) -> tuple[_Placements, _Placements, list[Placement]]:
    by_wall: _Placements = defaultdict(list)
    by_room: _Placements = defaultdict(list)
    loose: list[Placement] = []
    rooms, walls = {room.id for room in scene.rooms}, {wall.id for wall in scene.walls}
    for placement in scene.placements:
        if placement.wall_id in walls:
            by_wall[str(placement.wall_id)].append(placement)
        elif placement.room_id in rooms:
            by_room[str(placement.room_id)].append(placement)
        else:
            loose.append(placement)
    return by_wall, by_room, loose


def _room_node(room: Room, walls: list[Wall], by_wall: _Placements, by_room: _Placements) -> Node:
    children = [_wall_node(wall, by_wall[wall.id]) for wall in walls if by_wall.get(wall.id)]
    children += _grouped(by_room.get(room.id, []), room.id)
    node = Node(room.id, "room", room.name or room.id.replace("-", " ").capitalize(), children=children)
    node.detail = _counted(len(node.works), "work")
    return node


def _wall_node(wall: Wall, placements: list[Placement]) -> Node:
    name = wall.name or wall.id.rsplit("-", 1)[-1]
    works = [_work_node(placement) for placement in placements]
    return Node(wall.id, "wall", f"{name} wall".capitalize(), _counted(len(works), "work"), children=works)


def _grouped(placements: list[Placement], under: str) -> list[Node]:
    groups: _Placements = defaultdict(list)
    for placement in placements:
        groups[placement.group].append(placement)
    if set(groups) <= {""}:
        return [_work_node(placement) for placement in placements]
    made = []
    for name, members in groups.items():
        works = [_work_node(placement) for placement in members]
        made.append(Node(f"{under}/{name}", "group", name or "Others", _counted(len(works), "work"), children=works))
    return made


def _work_node(placement: Placement) -> Node:
    width, height = placement.size_m
    return Node(
        placement.id,
        "work",
        placement.title or placement.asset_id[:12],
        f"{width:.2f} × {height:.2f} m",
        placement.pinned,
    )


def _sign_node(sign: Sign) -> Node:
    return Node(sign.id, "sign", sign.text)


def _viewpoint_node(viewpoint: Viewpoint) -> Node:
    return Node(viewpoint.id, "viewpoint", viewpoint.name or viewpoint.id)


def is_kept_by_hand(viewpoint: Viewpoint) -> bool:
    """Whether the creator saved it; entrances and stops come with a layout."""
    return not (viewpoint.on_path or viewpoint.id == "entrance" or viewpoint.id.startswith("stop-"))


def _counted(count: int, what: str) -> str:
    return f"{count:,} {what}" if count == 1 else f"{count:,} {what}s"
