"""The few dialogs: where they begin, and how wide they are."""

from pathlib import Path

from PySide6.QtCore import QSettings, QStandardPaths
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from ui.wiring.dialogs import ask_name, choose_folder, pictures_folder


def test_a_folder_is_looked_for_where_the_last_one_was(qtbot: QtBot, tmp_path: Path) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    usual = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
    assert pictures_folder(settings) in (usual, str(Path.home()))
    walks = tmp_path / "pictures" / "walks"
    walks.mkdir(parents=True)
    chosen: list[Path] = []
    dialog = choose_folder(parent, chosen.append, settings)
    dialog.fileSelected.emit(str(walks))
    assert chosen == [walks]
    assert pictures_folder(settings) == str(walks.parent)
    assert choose_folder(parent, chosen.append, settings).directory().absolutePath() == str(walks.parent)
    walks.rmdir()
    walks.parent.rmdir()
    assert pictures_folder(settings) in (usual, str(Path.home())), "that folder is gone"


def test_a_name_has_room(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = ask_name(parent, "Save viewpoint", "Name", lambda name: None, name="Room 1, looking north-east")
    field = dialog.findChildren(QLineEdit)[0]
    assert field.width() >= field.fontMetrics().horizontalAdvance(field.text()) + 16
