"""A window is told of OpenGL before it is shown, where there is any."""

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.shell.opengl_start import WITHOUT, begin_with_opengl, has_opengl


def test_only_where_a_context_can_be_had(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    told = begin_with_opengl(window)
    assert told == has_opengl()
    assert len(window.findChildren(QWidget)) == int(told)
    if QGuiApplication.platformName() in WITHOUT:
        assert not told
    window.show()
    assert not [child for child in window.findChildren(QWidget) if child.isVisible()]
