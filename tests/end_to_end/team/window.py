"""A real window in a process of its own that is told, a JSON line at a time, what to type and click; it answers so too.

As a program it opens Vernissage as `vernissage` does, with the same arguments.
"""

import json
import sys
import traceback
from collections.abc import Callable
from typing import Any

from app.environment import prepare_environment

prepare_environment()

from PySide6.QtCore import QPoint, QSocketNotifier, Qt, QTimer  # noqa: E402
from PySide6.QtGui import QGuiApplication  # noqa: E402
from PySide6.QtTest import QTest  # noqa: E402
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget  # noqa: E402

from app.logs import start_logging  # noqa: E402
from app.places import Places  # noqa: E402
from scene.change import SceneChange  # noqa: E402
from scene.records import Placement, Room, Wall  # noqa: E402
from ui.shell.qt_environment import prepare_qt  # noqa: E402
from ui.shell.single_instance import FirstInstance, server_name  # noqa: E402
from ui.style.apply import dress  # noqa: E402
from ui.team.sign_in import SignInDialog  # noqa: E402
from ui.window_program import WindowProgram  # noqa: E402

LEFT, NO_KEY = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
KEYS = {
    "Enter": Qt.Key.Key_Return,
    "Right": Qt.Key.Key_Right,
    "Left": Qt.Key.Key_Left,
    "Up": Qt.Key.Key_Up,
    "Down": Qt.Key.Key_Down,
    "Escape": Qt.Key.Key_Escape,
}


class Hands:
    """What a creator does at this window, as events that its widgets get from Qt; `look` is what they see."""

    def __init__(self, program: WindowProgram) -> None:
        self._program = program
        self._window = program.window
        self.notices: list[str] = []

    def say(self, words: str) -> None:
        """Type a request into the conversation and press Enter."""
        field = self._window.chat.composer.field
        field.setFocus()
        QTest.keyClicks(field, words)
        QTest.keyClick(field, Qt.Key.Key_Return)

    def click(self, text: str) -> bool:
        """Click the button that says so; whether there is one that can be used."""
        for top in QApplication.topLevelWidgets():
            for button in top.findChildren(QAbstractButton):
                if button.isVisible() and button.isEnabled() and _says(button, text):
                    QTest.mouseClick(button, LEFT)
                    return True
        return False

    def command(self, command_id: str) -> bool:
        """Press the keys of a command; whether it can be used now."""
        action = self._window.commands.actions[command_id]
        if not action.isEnabled():
            return False
        action.trigger()
        return True

    def why_not(self, command_id: str) -> str:
        """The tooltip of a command that is greyed."""
        action = self._window.commands.actions[command_id]
        return "" if action.isEnabled() else action.toolTip()

    def open_project(self, name: str) -> bool:
        """Type a project's name into the list that is open, and press Enter; whether a list is open and has it."""
        palette = next((w for w in self._window.findChildren(QWidget) if w.accessibleName() == "Command"), None)
        if palette is None or not palette.isVisible():
            return False
        QTest.keyClicks(palette, name)
        QTest.keyClick(palette, Qt.Key.Key_Return)
        return True

    def drop(self, folder: str) -> None:
        """Import a folder, as when it is dropped on the library."""
        self._program.studio.import_paths([folder])

    def hang(self, count: int) -> bool:
        """Hang a row of works without pictures on a wall, as one step."""
        wall = Wall(id="back", room_id="room", start_m=(0.0, 0.0), end_m=(4.0 * count, 0.0))
        room = Room(id="room", min_corner_m=(0.0, 0.0), max_corner_m=(4.0 * count, 8.0))
        works = [_work(number) for number in range(count)]
        change = SceneChange(added={record.id: record for record in (room, wall, *works)})
        return self._program.studio.session.commit("Hang", change)

    def pick(self, work_id: str) -> str:
        """Go to a work and click it in the viewport; gives what is selected then."""
        view = self._program.studio.view
        assert view is not None
        self._program.studio.scene_wires.fly_to_record(work_id)
        for _ in range(500):
            QTest.qWait(8)
            if not view.view.camera.is_flying and view.view.staging.morph is None:
                break
        work = self._program.studio.session.store.scene.get(work_id)
        assert isinstance(work, Placement)
        pixel = view.view.sight().pixel(work.position_m)
        assert pixel is not None
        scale = view.devicePixelRatioF()
        QTest.mouseClick(view, LEFT, NO_KEY, QPoint(round(pixel[0] / scale), round(pixel[1] / scale)))
        return " ".join(self._program.studio.session.selection)

    def press(self, *keys: str) -> None:
        """Press keys in the viewport."""
        view = self._program.studio.view
        assert view is not None
        view.setFocus()
        for key in keys:
            QTest.keyClick(view, KEYS[key])

    def sign_in(self, code: str) -> bool:
        """Type a code into the dialog that is open, and press Enter."""
        dialog = next((one for one in self._window.findChildren(SignInDialog) if one.isVisible()), None)
        if dialog is None:
            return False
        QTest.keyClicks(dialog.code, code)
        QTest.keyClick(dialog.code, Qt.Key.Key_Return)
        return True

    def wait(self, ms: int) -> None:
        """Do nothing for a while."""
        QTest.qWait(ms)

    def shot(self, path: str) -> bool:
        """A picture of the screen."""
        return bool(QGuiApplication.primaryScreen().grabWindow(0).save(path))

    def look(self) -> dict[str, Any]:
        """What can be seen in the window, and what is kept behind it."""
        window, session = self._window, self._program.studio.session
        if session is None or self._program.studio.view is None:
            return {"ready": False}
        stage, scene = window.stage, session.store.scene
        return {
            "ready": True,
            "project": session.project.name if session.project else "",
            "works": {w.id: [w.title, [round(p, 4) for p in w.position_m]] for w in scene.placements},
            "running": session.running,
            "proposal": stage.proposal_bar.proposal.title if stage.proposal_bar.isVisible() else "",
            "clash": session.has_clash,
            "platform": window.status.platform.words.text(),
            "member": window.status.member.text(),
            "save": window.status.save.words.text(),
            "waiting": session.waiting_steps,
            "banner": [stage.banner.kind, stage.banner.words] if stage.banner.isVisible() else [],
            "arrival": stage.arrival.words.text() if stage.arrival.isVisible() else "",
            "people": [mark.met.words for mark in window.tools.people.marks],
            "notices": [toast.notice.what for toast in stage.toasts.shown],
            "steps": [[step.name, step.author] for step in session.store.history.steps],
            "can_undo": session.can_undo,
            "library": session.facets.total,
            "dialogs": [one.windowTitle() for one in QApplication.topLevelWidgets() if one.isVisible()],
        }

    def close(self) -> None:
        """Close the window."""
        QTimer.singleShot(0, self._window.close)


def _work(number: int) -> Placement:
    place = {"position_m": (4.0 * number + 2.0, 1.5, 0.04), "size_m": (0.9, 0.7), "wall_id": "back", "room_id": "room"}
    return Placement.model_validate(
        {"id": f"work-{number}", "asset_id": f"{number:064x}", "title": f"Work {number}", "order": number, **place}
    )


def _says(button: QAbstractButton, text: str) -> bool:
    return button.text().startswith(text) or button.accessibleName().startswith(text)


class Ear:
    """Hears lines of standard input on the UI thread and answers each."""

    def __init__(self, hands: Hands) -> None:
        self._hands = hands
        self._notifier = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
        self._notifier.activated.connect(self._hear)

    def _hear(self) -> None:
        line = sys.stdin.readline()
        if not line:
            self._notifier.setEnabled(False)
            self._hands.close()
            return
        told = json.loads(line)
        try:
            work: Callable[..., Any] = getattr(self._hands, told["do"])
            answer: dict[str, Any] = {"is": work(*told["with"])}
        except Exception:
            answer = {"error": traceback.format_exc()}
        print(json.dumps(answer), flush=True)


def main() -> int:
    """Open the window and serve until it is closed."""
    folder, platform, project = sys.argv[1:4]
    places = Places.at(folder, platform)  # type: ignore[arg-type]
    places.make()
    prepare_qt()
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    start_logging(places.logs)
    dress(app)
    program = WindowProgram(places, {"library": "", "project": project}, FirstInstance(server_name(places.data)))
    program.window.resize(1280, 800)
    program.open()
    ear = Ear(Hands(program))
    try:
        return app.exec()
    finally:
        del ear
        program.close()


if __name__ == "__main__":
    sys.exit(main())
