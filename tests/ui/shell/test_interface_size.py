"""The size of words and buttons is chosen, kept and told to Qt before it starts."""

from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot

from ui.main_window import MainWindow
from ui.shell.interface_size import SETTING, forget_interface_size, interface_percent, use_interface_size
from ui.wiring.studio import Studio


@pytest.fixture
def settings(tmp_path: Path) -> QSettings:
    return QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)


def test_qt_is_told_once_and_what_was_set_outside_counts(settings: QSettings) -> None:
    environment: dict[str, str] = {}
    assert not use_interface_size(settings, environment)
    settings.setValue(SETTING, "125")
    assert use_interface_size(settings, environment)
    assert environment == {"QT_SCALE_FACTOR": "1.25"}
    forget_interface_size(environment)
    assert environment == {}
    assert not use_interface_size(settings, own := {"QT_SCALE_FACTOR": "2"})
    assert own == {"QT_SCALE_FACTOR": "2"}


@pytest.mark.parametrize("strange", ["", "large", "-50", "1e9", "100000", "125.5"])
def test_strange_sizes_are_the_usual_one(settings: QSettings, strange: str) -> None:
    settings.setValue(SETTING, strange)
    assert interface_percent(settings) == 100


def test_the_menu_keeps_the_choice_and_says_when_it_counts(settings: QSettings, qtbot: QtBot) -> None:
    window = MainWindow(settings)
    qtbot.addWidget(window)
    studio = Studio(window)
    actions = {name: found for name, found in window.commands.actions.items() if name.startswith("interface.")}
    assert [name for name, found in actions.items() if found.isChecked()] == ["interface.100"]
    actions["interface.150"].trigger()
    actions["interface.150"].trigger()
    assert [name for name, found in actions.items() if found.isChecked()] == ["interface.150"]
    assert interface_percent(settings) == 150
    assert "150 %" in studio.window.stage.toasts.shown[0].notice.what
    window.commands.dispose()
