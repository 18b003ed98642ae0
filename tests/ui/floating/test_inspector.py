"""Undo pressed in a field of the inspector reaches the scene, unless something was typed that is not yet set."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from ui.floating.inspector import Inspector

CONTROL = Qt.KeyboardModifier.ControlModifier


def test_undo_in_a_field_takes_back_typing_first_and_then_the_step(qtbot: QtBot) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    inspector = Inspector(window)
    window.setCentralWidget(inspector)
    undone: list[bool] = []
    undo = QAction("Undo", window)
    undo.setShortcut("Ctrl+Z")
    undo.triggered.connect(lambda: undone.append(True))
    window.addAction(undo)
    inspector.show()
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    field = inspector.fields["height"]
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "1.8")
    QTest.keyClick(field, Qt.Key.Key_Z, CONTROL)
    assert not undone, "what is being typed is the field's own"
    field.selectAll()
    QTest.keyClicks(field, "1.7")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert field.value() == 1.7
    QTest.keyClick(field.lineEdit(), Qt.Key.Key_Z, CONTROL)
    assert undone == [True]
    assert field.value() == 1.7
