"""Opens the window: shows it first, and brings in the session and the viewport after the first paint."""

import argparse
import os
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QPoint, QProcess, QSettings, Qt, QTimer
from PySide6.QtWidgets import QApplication

from app.logs import start_logging
from app.messages import Noticed
from app.places import DataFolderError, Places
from ui.main_window import MainWindow
from ui.shell.appearance import Appearance
from ui.shell.crash_reports import CrashReports
from ui.shell.first_paint import after_first_paint
from ui.shell.garbage import GarbageCollection
from ui.shell.interface_size import forget_interface_size, use_interface_size
from ui.shell.opengl_start import begin_with_opengl
from ui.shell.qt_environment import prepare_qt
from ui.shell.single_instance import FirstInstance, hand_over, server_name
from ui.wiring.studio import Studio
from ui.wiring.view_maker import ViewMaker

if TYPE_CHECKING:
    from app.session import Session

EXIT_NO_DATA_FOLDER = 4
SETTLE_AFTER_MS = 5_000
FRAMED_AFTER_MS = 400
"""By then the system has put its frame around the window."""
BESIDE_PX = 36
"""So far a further window stands off the first."""


def run_window(arguments: Sequence[str]) -> int:
    """Open the window and stay until it is closed; gives the exit status."""
    options = _options().parse_args(list(arguments))
    try:
        places = Places.at(options.data_dir, options.platform)
        places.make()
    except DataFolderError as error:
        if sys.stderr is not None:
            print(error, file=sys.stderr)
        return EXIT_NO_DATA_FOLDER
    prepare_qt()
    told = use_interface_size(_settings(places), os.environ)
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    request = {"library": _absolute(options.library), "project": options.project}
    if told:
        forget_interface_size(os.environ)
    name = server_name(places.data)
    if not options.new_window and hand_over(name, request):
        return 0
    start_logging(places.logs)
    Appearance(app, _settings(places)).begin()
    program = WindowProgram(places, request, FirstInstance(name))
    program.open()
    for number in (signal.SIGINT, signal.SIGTERM):
        # Python calls this wherever the UI thread happens to be, also inside a paint event, where closing crashes
        signal.signal(number, lambda *_: QTimer.singleShot(0, program.window, program.window.close))
    try:
        return app.exec()
    finally:
        program.close()


class WindowProgram(QObject):
    """The window with what comes after it: crash reports, session, viewport."""

    def __init__(
        self,
        places: Places,
        request: dict[str, Any],
        instance: FirstInstance,
        compose: "Callable[[Places], Session] | None" = None,
    ) -> None:
        super().__init__()
        self._compose = compose
        self._places, self._request, self._instance = places, request, instance
        self.crashes = CrashReports(places.logs)
        self.garbage = GarbageCollection(self)
        self.window = MainWindow(_settings(places))
        self.studio = Studio(self.window)
        self.crashes.happened.connect(self._tell_crash)
        instance.called.connect(self._called)
        self.studio.window_wanted.connect(self._open_another)

    def open(self) -> None:
        """Show the window; the rest follows its first paint."""
        self.crashes.start()
        self.garbage.start()
        self.window.restore_layout()
        if not self._instance.listens:  # not on top of the one that was opened first
            self.window.move(self.window.pos() + QPoint(BESIDE_PX, BESIDE_PX))
        self.window.stay_within(self.window.screen().availableGeometry())
        begin_with_opengl(self.window)
        self.window.show()
        QTimer.singleShot(FRAMED_AFTER_MS, self.window, self.window.stay_within_screen)
        after_first_paint(self.window, self._bring_in_session)

    def close(self) -> None:
        """Let go of everything, in order; closing twice does nothing."""
        self._instance.close()
        session = self.studio.session
        self.studio.detach()
        if session is not None:
            session.stop()
        self.garbage.stop()
        self.crashes.stop()

    def _bring_in_session(self) -> None:
        from app.compose import compose_session
        from app.keeping.journal import JournalError
        from scene.themes import ThemeError

        if not self.window.isVisible():
            return
        try:
            session = (self._compose or compose_session)(self._places)
        except (DataFolderError, JournalError, ThemeError) as error:
            self.studio.notice("error", str(error), "Nothing was changed.", "Put it right and start again.")
            return
        session.start(str(self._request["project"]))
        self.studio.attach(session)
        self._import(self._request)
        self.view_maker = ViewMaker(self.studio)
        self.view_maker.made.connect(lambda: QTimer.singleShot(SETTLE_AFTER_MS, self.garbage, self.garbage.settle))
        QTimer.singleShot(0, self.view_maker, self.view_maker.start)

    def _open_another(self) -> None:
        """A further window of this data folder, on the same project."""
        session = self.studio.session
        project = session.project.name if session is not None and session.project is not None else ""
        where = ["--data-dir", str(self._places.home or self._places.data), "--project", project]
        platform = ["--platform", self._places.team] if self._places.team else []
        QProcess.startDetached(sys.executable, ["-m", "ui.program", "--new-window", *where, *platform])

    def _called(self, request: dict[str, Any]) -> None:
        self.window.setWindowState(self.window.windowState() & ~Qt.WindowState.WindowMinimized)
        self.window.show()
        self.window.raise_()
        self.window.activateWindow()
        self._import(request)

    def _import(self, request: dict[str, Any]) -> None:
        library = str(request.get("library") or "")
        if library == "sample":
            self.studio.import_sample()
        elif library:
            self.studio.import_paths([library])

    def _tell_crash(self, notice: Noticed) -> None:
        self.window.stage.toasts.show_notice(notice)


def _settings(places: Places) -> QSettings:
    return QSettings(str(places.data / "window.ini"), QSettings.Format.IniFormat)


def _absolute(library: str) -> str:
    return library if library in ("", "sample") else str(Path(library).expanduser().absolute())


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="vernissage",
        description="Say what to show, walk into the proposal, approve it piece by piece. "
        "Without a window: vernissage ask | import | search | projects | doctor, each with --help.",
    )
    parser.add_argument("--library", default="", metavar="DIR", help='a folder to import, or "sample"')
    parser.add_argument("--project", default="", metavar="NAME", help="the project to open")
    parser.add_argument("--data-dir", type=Path, default=None, metavar="DIR", help="where everything is kept")
    parser.add_argument("--new-window", action="store_true", help="open a further window, also where one is open")
    parser.add_argument("--platform", default=None, metavar="URL", help="work with a team's platform")
    return parser
