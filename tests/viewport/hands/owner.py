"""The hands of a test without any window: a stub eye in a real room, and who keeps the scene as a store does."""

from collections.abc import Sequence

from scene.change import SceneChange
from scene.records import Placement
from scene.scene import Scene
from viewport.camera import Pose
from viewport.hands.hands import Hands
from viewport.hands.sight import Sight
from viewport.rooms.empty import furnished
from viewport.surfaces import Surface, surfaces_of
from viewport.works.cards import Cards, cards_of
from viewport.works.picking import card_hit

SIZE = (960, 540)


class Eye:
    """What the hands see, without anything being drawn."""

    def __init__(self, scene: Scene, position: tuple[float, float, float], target: tuple[float, float, float]) -> None:
        self.pose = Pose.of(position, target)
        self.previewed: list[Sequence[Placement]] = []
        self.show(scene)

    def show(self, scene: Scene) -> None:
        self.shown_scene = scene
        self.surfaces: Sequence[Surface] = surfaces_of(furnished(scene), ceilings=True)
        self.cards: Cards = cards_of(scene.placements)

    def sight(self) -> Sight:
        return Sight(self.pose, SIZE, 48.0)

    def pick(self, x_px: float, y_px: float) -> str | None:
        return card_hit(self.cards, self.surfaces, self.pose.position, self.sight().ray(x_px, y_px))

    def preview(self, works: Sequence[Placement]) -> None:
        self.previewed.append(works)

    def at(self, x: float, y: float, z: float = -2.96) -> tuple[float, float]:
        pixel = self.sight().pixel((x, y, z))
        assert pixel is not None
        return pixel


class Owner:
    """Keeps the scene as a store does, and what it was told."""

    def __init__(self, scene: Scene) -> None:
        self.eye = Eye(scene, (0.0, 1.5, 2.5), (0.0, 1.5, -3.0))
        self.hands = Hands(self.eye)
        self.steps: list[str] = []
        self.refusals: list[str] = []
        self.chosen: list[tuple[frozenset[str], bool]] = []
        self.hands.commit = self.commit
        self.hands.refused = lambda what, advice: self.refusals.append(what)
        self.hands.chosen = lambda ids, extend: self.chosen.append((ids, extend))

    def commit(self, name: str, change: SceneChange) -> bool:
        self.steps.append(name)
        self.eye.show(change.apply_to(self.eye.shown_scene))
        return True

    def drag(self, start: tuple[float, float], *to: tuple[float, float], alt: bool = False, **keys: bool) -> bool:
        taken = self.hands.begin(*start, **keys)
        for place in to:
            self.hands.move(*place, alt=alt)
        return taken

    def work(self, work_id: str) -> Placement:
        found = self.eye.shown_scene.get(work_id)
        assert isinstance(found, Placement)
        return found
