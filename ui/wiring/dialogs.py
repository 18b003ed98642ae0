"""The few dialogs: folders, files, a project's name, the list of projects and of shortcuts; none blocks the loop."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QSettings, QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog, QInputDialog, QLineEdit, QWidget

from agent.ports.projects import Project
from ui.commands.palette import CommandPalette, Entry
from ui.wiring.session_controller import SessionController

_NEW = "new"
_LAST_FOLDER = "import/last folder"
_NAME_PX = 340
"""Of the field for a name; the dialog is as wide as that needs."""


def choose_folder(parent: QWidget, use: Callable[[Path], object], settings: QSettings | None = None) -> QFileDialog:
    """Ask for a folder."""
    dialog = QFileDialog(parent, "Import a folder of pictures")
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.setLabelText(QFileDialog.DialogLabel.Accept, "Import")
    dialog.setDirectory(pictures_folder(settings))

    def chosen(folder: Path) -> None:
        if settings is not None:
            settings.setValue(_LAST_FOLDER, str(folder.parent))
        use(folder)

    return _open(dialog, chosen)


def pictures_folder(settings: QSettings | None) -> str:
    """Where pictures were imported from last, else where the system keeps them."""
    last = str(settings.value(_LAST_FOLDER, "", type=str)) if settings is not None else ""
    usual = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
    return next((folder for folder in (last, usual) if folder and Path(folder).is_dir()), str(Path.home()))


def choose_file(parent: QWidget, title: str, suffix: str, use: Callable[[Path], object]) -> QFileDialog:
    """Ask for a file to write."""
    dialog = QFileDialog(parent, title)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(suffix)
    dialog.setNameFilter(f"*.{suffix}")
    return _open(dialog, use)


def _open(dialog: QFileDialog, use: Callable[[Path], object]) -> QFileDialog:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(lambda name: use(Path(name)))
    dialog.open()
    return dialog


def ask_name(
    parent: QWidget, title: str, question: str, use: Callable[[str], object], *, name: str = "", accept: str = "Create"
) -> QInputDialog:
    """Ask for a name; `name` is what is proposed."""
    dialog = QInputDialog(parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowTitle(title)
    dialog.setLabelText(question)
    dialog.setOkButtonText(accept)
    dialog.setTextValue(name)
    dialog.findChildren(QLineEdit)[0].setMinimumWidth(_NAME_PX)
    dialog.textValueSelected.connect(lambda name: use(name.strip()) if name.strip() else None)
    dialog.open()
    return dialog


def open_projects(studio: SessionController, projects: Sequence[Project]) -> CommandPalette:
    """The projects, last changed first, and a way to a new one."""
    entries = [Entry(project.id, project.name, keys=project.updated[:10]) for project in projects]
    entries.append(Entry(_NEW, "New project…", keys="Ctrl+N"))
    palette = CommandPalette(entries, studio.window, hint="Open a project", asks=False)
    by_id = {project.id: project for project in projects}

    def use(chosen: str) -> None:
        if chosen == _NEW:
            studio.run("project.new")
        else:
            studio.open_project(by_id[chosen])

    palette.chosen.connect(use)
    palette.open_over(studio.window)
    return palette
