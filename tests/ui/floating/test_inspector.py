"""The inspector folds where there is little room; undo in a field reaches the scene, unless something was typed."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from scene.numbers import Numbers
from ui.floating.inspector import Inspector
from ui.floating.stage import Stage

NUMBERS = Numbers(along_m=1.0, height_m=1.5, wide_m=0.98, high_m=0.65, tilt_deg=0.0, pinned=False, hung=True)
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


def test_it_folds_to_its_head_and_opens_again(qtbot: QtBot) -> None:
    inspector = Inspector()
    qtbot.addWidget(inspector)
    inspector.show_numbers("Harbour", 1, NUMBERS, True)
    inspector.show()
    high = inspector.sizeHint().height()
    with qtbot.waitSignal(inspector.folded) as caught:
        inspector.toggle()
    assert caught.args == [True]
    assert not inspector.fields["wide"].isVisible()
    assert inspector.sizeHint().height() < high / 2
    assert inspector._brief.text() == "0.98 × 0.65 m"
    assert inspector._brief.isVisible()
    inspector.toggle()
    assert inspector.fields["wide"].isVisible()
    assert not inspector._brief.isVisible()


def test_in_a_narrow_picture_it_is_only_its_head_until_it_is_opened(qtbot: QtBot) -> None:
    stage = Stage()
    qtbot.addWidget(stage)
    stage.resize(604, 560)
    stage.show()
    inspector = stage.inspector
    inspector.show_numbers("Harbour", 1, NUMBERS, True)
    inspector.setVisible(True)
    stage.place()
    assert inspector.height() < 90
    assert not inspector.is_folded, "that is not the creator's choice"
    with qtbot.assertNotEmitted(inspector.folded):
        inspector.toggle()
    qtbot.waitUntil(lambda: inspector.height() > 150)
    stage.resize(1200, 700)
    assert inspector.is_open
    stage.resize(604, 560)
    assert not inspector.is_open


def test_what_is_only_proposed_is_told_by_its_head(qtbot: QtBot) -> None:
    stage = Stage()
    qtbot.addWidget(stage)
    stage.resize(1200, 700)
    stage.show()
    for editable in (True, False, True):
        stage.inspector.show_numbers("Harbour", 1, NUMBERS, editable)
        stage.inspector.show()
        stage.place()
        assert stage.inspector.is_open is editable
