"""The whole story in a real window, driven as a creator drives it: typing, clicking, restarting."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from scene.document import write_document
from ui.window_program import WindowProgram

LEFT = Qt.MouseButton.LeftButton


def say(qtbot: QtBot, program: WindowProgram, words: str) -> None:
    """Type a request, press Enter, wait for the end of the turn."""
    session = program.studio.session
    field = program.window.chat.composer.field
    field.setFocus()
    qtbot.keyClicks(field, words)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert session.running, "Enter starts a turn"
    qtbot.waitUntil(lambda: not session.running, timeout=60_000)


def click(qtbot: QtBot, within: QWidget, text: str) -> None:
    """Click the button that says so."""
    buttons = [*within.findChildren(QPushButton), *within.findChildren(QToolButton)]
    found = [button for button in buttons if _says(button, text) and button.isVisible()]
    assert found, f"no visible button says {text!r}: {[button.text() for button in buttons if button.isVisible()]}"
    qtbot.mouseClick(found[0], LEFT)


def _says(button: QAbstractButton, text: str) -> bool:
    return button.text().startswith(text) or button.accessibleName().startswith(text)


def import_pictures(qtbot: QtBot, program: WindowProgram, folder: Path) -> None:
    session = program.studio.session
    program.studio.import_paths([str(folder)])
    expected = len(list(folder.rglob("*.jpg")))
    qtbot.waitUntil(lambda: session.facets.total >= expected, timeout=60_000)


def test_the_whole_story(
    qtbot: QtBot, open_studio: Callable[..., WindowProgram], sample_pictures: Path, tmp_path: Path
) -> None:
    program = open_studio(cold=True)
    session, bar = program.studio.session, program.window.stage.proposal_bar
    import_pictures(qtbot, program, sample_pictures)
    untouched = write_document(session.store.scene)

    say(qtbot, program, "create a cyberpunk gallery")
    first = session.proposal
    assert first is not None
    assert bar.isVisible()
    assert write_document(session.store.scene) == untouched, "a ghost changes nothing"
    assert session.staged.theme.theme == "cyberpunk"
    shown_first = {work.asset_id for work in session.staged.placements}
    assert shown_first

    say(qtbot, program, "less purple")
    assert session.proposal is not None
    assert session.proposal.id != first.id
    assert write_document(session.store.scene) == untouched

    click(qtbot, bar, "Approve all")
    assert session.proposal is None
    approved = write_document(session.store.scene)
    assert approved != untouched
    qtbot.waitUntil(lambda: not bar.isVisible(), timeout=5_000)

    window = program.window
    click(qtbot, window.tools, "Undo")
    assert write_document(session.store.scene) == untouched
    click(qtbot, window.tools, "Redo")
    assert write_document(session.store.scene) == approved
    program.close()
    window.close()

    again = open_studio()
    assert write_document(again.studio.session.store.scene) == approved, "still there after a restart"
    assert [step.author for step in again.studio.session.store.history.steps] == ["agent"]
    outline = again.window.outline
    assert outline.model.rowCount() > 0


def test_rejecting_leaves_the_scene_byte_for_byte(
    qtbot: QtBot, open_studio: Callable[..., WindowProgram], sample_pictures: Path
) -> None:
    program = open_studio()
    session = program.studio.session
    import_pictures(qtbot, program, sample_pictures)
    before = write_document(session.store.scene)
    say(qtbot, program, "a gallery of everything blue")
    assert session.proposal is not None
    click(qtbot, program.window.stage.proposal_bar, "Reject")
    assert session.proposal is None
    assert write_document(session.store.scene) == before
