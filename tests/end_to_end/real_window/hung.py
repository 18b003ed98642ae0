"""A real window in which works of the library hang in one room, and what is read off it while real hands are at it."""

import re
from collections.abc import Callable, Iterable
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QPoint
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from agent.ports.library import Asset
from app.session import Session
from scene.change import SceneChange
from scene.document import write_document
from scene.records import AnyRecord, Placement, Room, Viewpoint, Wall
from scene.scene import Scene
from tests.end_to_end.real_window.hand import RealHand
from ui.window_program import WindowProgram
from viewport.widget import ViewportWidget

PICTURES = {"red": (205, 24, 20), "poppy": (224, 40, 30), "sea": (18, 60, 205), "field": (30, 150, 50)}
ROOM = (10.0, 8.0)
HEIGHTS_M = (1.5, 1.5, 1.62, 1.5)
Place = tuple[float, float, float]


def paint(folder: Path) -> Path:
    """Four pictures, each of one colour."""
    folder.mkdir(parents=True)
    for name, colour in PICTURES.items():
        Image.new("RGB", (360, 280), colour).save(folder / f"{name}.jpg")
    return folder


def hung(assets: Iterable[Asset]) -> Scene:
    """Works on the back wall of a room of 10 by 8 metres, one of them higher than the others."""
    wide, deep = ROOM
    corners = [(0.0, 0.0), (wide, 0.0), (wide, deep), (0.0, deep)]
    records: list[AnyRecord] = [Room(id="room", name="Room", min_corner_m=(0.0, 0.0), max_corner_m=ROOM)]
    for n, name in enumerate(("back", "right", "front", "left")):
        start, end = corners[n], corners[(n + 1) % 4]
        records.append(Wall(id=f"room-{name}", room_id="room", name=name, start_m=start, end_m=end))
    for n, (asset, x, y) in enumerate(zip(assets, (1.6, 3.6, 5.9, 8.2), HEIGHTS_M, strict=True)):
        where = {"position_m": (x, y, 0.04), "size_m": (0.9, 0.7), "wall_id": "room-back", "room_id": "room"}
        who = {"id": f"work-{asset.id[:16]}", "asset_id": asset.id, "title": f"Work {n}", "order": n}
        records.append(Placement.model_validate(who | where))
    for n, (name, x) in enumerate((("Entrance", 5.0), ("By the left", 2.5), ("By the right", 7.5))):
        stop = {"position_m": (x, 1.6, 7.4), "target_m": (x, 1.5, 0.0), "order": n, "on_path": True}
        records.append(Viewpoint.model_validate({"id": f"stop-{n}", "name": name} | stop))
    return Scene.of(records)


class HungWindow:
    """The window, its viewport and its session as a test looks at them."""

    def __init__(self, program: WindowProgram, scene: Scene, hand: RealHand, qtbot: QtBot) -> None:
        self.program, self.hand, self._qtbot = program, hand, qtbot
        self.scene = scene
        """What hangs when a test begins."""
        self._ids = [work.id for work in scene.placements]
        self.window, self.studio = program.window, program.studio
        session = self.studio.session
        assert session is not None
        self.session: Session = session

    @property
    def view(self) -> ViewportWidget:
        """The viewport."""
        assert self.studio.view is not None
        return self.studio.view

    @property
    def eye(self) -> Place:
        """Where one stands."""
        return self.view.view.camera.position_m

    @property
    def steps(self) -> list[str]:
        """The names of the steps."""
        return [step.name for step in self.session.store.history.steps]

    def ids(self, *numbers: int) -> frozenset[str]:
        """The ids of works that hung at the start."""
        return frozenset(self._ids[n] for n in numbers)

    def work(self, number: int) -> Placement:
        """A work that hung at the start."""
        found = self.session.store.scene.get(self._ids[number])
        assert isinstance(found, Placement)
        return found

    def at(self, x: float, y: float, z: float = 0.04) -> QPoint:
        """Where a point of the room is on the viewport."""
        pixel = self.view.view.sight().pixel((x, y, z))
        assert pixel is not None
        scale = self.view.devicePixelRatioF()
        return QPoint(round(pixel[0] / scale), round(pixel[1] / scale))

    def on(self, number: int) -> QPoint:
        """Where a work is on the viewport."""
        return self.at(*self.work(number).position_m)

    def drag(self, *path: QPoint, keys: str = "") -> None:
        """Drag over the viewport."""
        self.hand.drag([(self.view, point) for point in path], keys=keys)

    def grip(self, kind: str, sign: tuple[int, int] | None = None) -> QPoint:
        """Where a handle of what is selected is."""
        gizmo = self.view.grasp.hands.gizmo()
        assert gizmo is not None
        found = next(grip for grip in gizmo.grips if grip.kind == kind and sign in (None, grip.sign))
        scale = self.view.devicePixelRatioF()
        return QPoint(round(found.at[0] / scale), round(found.at[1] / scale))

    def button(self, within: QWidget, name: str) -> QAbstractButton:
        """The button of that accessible name."""
        return next(one for one in within.findChildren(QAbstractButton) if one.accessibleName() == name)

    def select(self, *numbers: int) -> None:
        """Click these works."""
        self.choose(())
        for n in numbers:
            self.hand.click(self.view, self.on(n), keys="shift")
        self.hand.until(lambda: self.session.selection == self.ids(*numbers))

    def choose(self, ids: Iterable[str]) -> None:
        """Select these, with no hand at it."""
        self.studio.scene_wires.select(frozenset(ids))
        self.view.setFocus()

    def one_step(self, does: Callable[[], object], name: str) -> None:
        """Do it: it becomes one step of that name, and Ctrl+Z and Ctrl+Shift+Z take every byte back and forth."""
        store = self.session.store
        before, count = write_document(store.scene), len(self.steps)
        does()
        self.hand.until(lambda: len(self.steps) > count)
        self._qtbot.wait(20)
        assert len(self.steps) == count + 1, self.steps[count:]
        assert re.fullmatch(name, self.steps[-1]), self.steps[-1]
        after = write_document(store.scene)
        self.view.setFocus()
        self.hand.key("ctrl+z")
        self.hand.until(lambda: write_document(store.scene) == before)
        self.hand.key("ctrl+shift+z")
        self.hand.until(lambda: write_document(store.scene) == after)

    def landed(self) -> None:
        """Wait until nothing is made ready and neither the eye nor the works fly."""
        view = self.view.view
        self._qtbot.wait(30)
        self.hand.until(lambda: not (view.camera.is_flying or view.staging.morph or view.staging.busy))

    def afresh(self) -> None:
        """Everything hangs as at the start, nothing is selected or under way, and one stands at the entrance."""
        if self.session.proposal is not None:
            self.session.reject()
        self.studio.wayfinding.taken_over()
        if self.window.stage.filter_bar.isVisible():
            self.window.stage.filter_bar.close_filter()
        change = SceneChange.between(self.session.store.scene, self.scene)
        if not change.is_empty:
            assert self.session.commit("Hang", change)
        self.studio.wayfinding.set_mode("walk")
        self.view.view.guide.reduced_motion = True
        self.choose(())
        self.landed()
        self.view.view.flights.home()
        self.landed()

    def dialog(self, words: str) -> None:
        """Type a name into the dialog that is open, and press Enter; no window manager is there to bring it forward."""
        self.hand.until(lambda: QGuiApplication.modalWindow() is not None)
        self._qtbot.wait(30)
        QGuiApplication.modalWindow().requestActivate()
        self.hand.until(lambda: QGuiApplication.focusWindow() is QGuiApplication.modalWindow())
        self.hand.key("ctrl+a")
        self.hand.write(words)
        self.hand.key("Return")
        self.hand.until(lambda: QGuiApplication.modalWindow() is None)
        self.window.activateWindow()
        self._qtbot.waitActive(self.window)
