"""The frame: single instance, crash reports, themes, status bar, shortcuts."""

import gc
import sys
import weakref
from pathlib import Path

import pytest
from PySide6.QtCore import QProcess, Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from agent.ports.models import ProviderHealth
from app.messages import PlatformStateChanged, SaveChanged
from ui.commands.catalogue import COMMANDS
from ui.main_window import MainWindow
from ui.shell.crash_reports import CrashReports
from ui.shell.garbage import GarbageCollection
from ui.shell.shortcuts import ShortcutsDialog
from ui.shell.single_instance import FirstInstance, hand_over, is_open, server_name
from ui.shell.status import StudioStatusBar
from ui.shell.theme_picker import ThemeEntry, ThemePicker

THEMES = (
    ThemeEntry("cyberpunk", "Cyberpunk", "Neon and rain.", ("#101020", "#d832b4", "#33c6e8")),
    ThemeEntry("noir", "Noir", "Black and white.", ("#111111", "#eeeeee")),
)


def test_a_second_start_hands_over_what_it_was_asked(qtbot: QtBot, tmp_path: Path) -> None:
    name = server_name(tmp_path)
    assert not hand_over(name, {})
    first = FirstInstance(name)
    called: list[dict[str, object]] = []
    first.called.connect(called.append)
    words = f"from ui.shell.single_instance import hand_over; print(hand_over({name!r}, {{'library': '/pictures'}}))"
    second = QProcess()
    second.start(sys.executable, ["-c", words])
    qtbot.waitUntil(lambda: second.state() == QProcess.ProcessState.NotRunning, timeout=15_000)
    assert called == [{"library": "/pictures"}]
    assert second.readAllStandardOutput().data().strip() == b"True"
    first.close()


def test_a_further_window_leaves_later_starts_to_the_first(qtbot: QtBot, tmp_path: Path) -> None:
    name = server_name(tmp_path)
    first, further = FirstInstance(name), FirstInstance(name)
    assert (first.listens, further.listens) == (True, False)
    further.close()
    assert is_open(name)
    first.close()
    assert not is_open(name)


def test_other_data_folders_are_other_instances(tmp_path: Path) -> None:
    assert server_name(tmp_path / "a") != server_name(tmp_path / "b")


def test_what_nobody_caught_is_told_and_logged(qtbot: QtBot, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    before = sys.excepthook
    crashes = CrashReports(tmp_path)
    crashes.start()
    try:
        with qtbot.waitSignal(crashes.happened) as caught:
            sys.excepthook(ValueError, ValueError("no such wall"), None)
    finally:
        crashes.stop()
    assert caught.args is not None
    notice = caught.args[0]
    assert notice.details == "ValueError: no such wall"
    assert not any("ValueError" in told or "no such wall" in told for told in (notice.what, notice.kept, notice.advice))
    assert f"not foreseen [{notice.correlation_id}]" in caplog.text
    assert sys.excepthook is before


def test_a_theme_is_chosen_by_keyboard(qtbot: QtBot) -> None:
    picker = ThemePicker()
    qtbot.addWidget(picker)
    assert not picker.isEnabled()
    picker.show_themes(THEMES)
    picker.show_current("cyberpunk")
    assert picker.text() == " Cyberpunk"
    picker.show()
    popup = picker.open()
    assert popup.buttons["cyberpunk"].isChecked()
    with qtbot.waitSignal(picker.chosen) as caught:
        qtbot.keyClick(popup.buttons["noir"], Qt.Key.Key_Space)
    assert caught.args == ["noir"]
    popup = picker.open()
    with qtbot.waitSignal(picker.chosen) as caught:
        qtbot.keyClick(popup.buttons["noir"], Qt.Key.Key_Return)
    assert caught.args == ["noir"]


def test_the_status_bar_says_how_things_are(qtbot: QtBot) -> None:
    bar = StudioStatusBar()
    qtbot.addWidget(bar)
    bar.show_platform(PlatformStateChanged("restarting", "The library is being restarted"))
    bar.show_save(SaveChanged("kept"))
    bar.show_counts(1, 2)
    bar.show_frame_time(0.0083)
    assert bar.platform.accessibleName() == "Platform: The library is being restarted"
    assert bar.save.words.text() == "Kept on this machine"
    assert (bar.works.text(), bar.selected.text(), bar.frame.text()) == ("1 work on show", "2 selected", "8 ms")
    bar.show_frame_time(0.012, 1_476, 40 * 2**20, (3_500, 180 * 2**20))
    assert bar.frame.text() == "12 ms · 1,476 cards · 40 of 180 MB"
    assert "3,500" in bar.frame.toolTip()


def test_shortcuts_are_read_from_the_commands(window: MainWindow) -> None:
    window.commands.add_all(COMMANDS, {command.id: lambda: None for command in COMMANDS})
    dialog = ShortcutsDialog(window.commands, window)
    shown = [found.text() for found in dialog.findChildren(QLabel)]
    assert "Approve All" in shown
    assert "Ctrl+Return" in shown
    with_keys = {command.title.rstrip("…") for command in COMMANDS if command.keys}
    assert with_keys <= set(shown), "every key is listed"
    room = window.screen().availableGeometry()
    assert dialog.height() < room.height()
    dialog.close()


def test_garbage_is_collected_between_events_only(qtbot: QtBot) -> None:
    class Ring:
        def __init__(self) -> None:
            self.ring = self

    gc.enable()
    garbage = GarbageCollection()
    garbage.start()
    try:
        assert not gc.isenabled()
        ring = weakref.ref(Ring())
        litter = [[] for _ in range(10 * gc.get_threshold()[0])]  # type: ignore[var-annotated]
        assert ring() is not None
        qtbot.waitUntil(lambda: ring() is None)
        assert litter
    finally:
        garbage.stop()
    assert gc.isenabled()
    gc.disable()


def test_the_language_model_that_is_asked_next_is_in_the_status_bar(qtbot: QtBot) -> None:
    bar = StudioStatusBar()
    qtbot.addWidget(bar)
    assert bar.models.isHidden()
    cooling = ProviderHealth("openai", "cooling", 0.5, 1.2, 12.0, "503: overloaded")
    bar.show_models((cooling, ProviderHealth("anthropic", "ready", 0.0, 0.8)))
    assert not bar.models.isHidden()
    assert bar.models.text() == "Anthropic"
    assert "503: overloaded" in bar.models.toolTip()
    assert "resting for 12 s" in bar.models.toolTip()
    bar.show_models((cooling,))
    assert bar.models.text() == "OpenAI, resting for 12 s"
    assert bar.models.accessibleName() == "Language model: OpenAI, resting for 12 s"
    bar.show_models(())
    assert bar.models.isHidden()
