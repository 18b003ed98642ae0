"""The scene in words."""

from scene.records import Placement
from scene.scene import Scene
from tests.ui.samples import make_scene
from ui.outline.nodes import Node, outline_of


def spoken(nodes: list[Node], depth: int = 0) -> list[str]:
    lines = []
    for node in nodes:
        lines.append(f"{'  ' * depth}{node.label} ({node.detail})".removesuffix(" ()"))
        lines += spoken(node.children, depth + 1)
    return lines


def test_rooms_hold_walls_that_hold_works() -> None:
    assert spoken(outline_of(make_scene(2))) == [
        "Neon room (2 works)",
        "  Back wall (2 works)",
        "    Work 0 (0.80 × 0.60 m)",
        "    Work 1 (0.80 × 0.60 m)",
        "Signs (1 sign)",
        "  Neon room",
    ]


def test_works_without_a_room_stand_by_group() -> None:
    works = [
        Placement(id=f"w{n}", asset_id="a", title=f"W{n}", position_m=(n, 1, 0), size_m=(1, 1), order=n, group=group)
        for n, group in enumerate(("1990", "1990", "1991"))
    ]
    assert spoken(outline_of(Scene.of(works)))[::2] == [
        "1990 (2 works)",
        "  W1 (1.00 × 1.00 m)",
        "  W2 (1.00 × 1.00 m)",
    ]


def test_nothing_is_nothing() -> None:
    assert outline_of(Scene()) == []
