"""View > Quality: what is chosen reaches the viewport, is ticked and named, and is there after the next start."""

from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot

from app.session import Session
from ui.main_window import MainWindow
from ui.wiring.quality import CHOICES, SETTING
from ui.wiring.studio import Studio
from viewport.widget import ViewportWidget


def ticked(studio: Studio) -> list[str]:
    return [choice for choice in CHOICES if studio.window.commands.actions[f"quality.{choice}"].isChecked()]


def test_a_choice_reaches_the_viewport_and_is_ticked_named_and_kept(studio: Studio, session: Session) -> None:
    assert ticked(studio) == ["automatic"]
    view = ViewportWidget(session.themes, session.renditions, body="raster")
    studio.use_view(view)
    assert view.view.quality_choice == "automatic"
    assert studio.window.status.quality.text() == "Automatic: standard"
    studio.run("quality.high")
    assert (view.view.quality, view.view.quality_choice) == ("high", "high")
    studio.run("quality.high")
    assert ticked(studio) == ["high"]
    assert studio.window.status.quality.text() == "High"
    assert studio.window.settings.value(SETTING) == "high"


@pytest.mark.parametrize(("kept", "expected"), [("draft", "draft"), ("splendid", "automatic"), ("", "automatic")])
def test_the_choice_is_read_at_the_next_start_and_nonsense_is_automatic(
    qtbot: QtBot, tmp_path: Path, kept: str, expected: str
) -> None:
    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    settings.setValue(SETTING, kept)
    window = MainWindow(settings)
    qtbot.addWidget(window)
    studio = Studio(window)
    assert studio.quality.choice == expected
    assert ticked(studio) == [expected]
    window.menu_bar.rebuild("view")
    submenus = [action.text() for action in window.menu_bar.menus["view"].actions() if action.menu() is not None]
    assert "Quality" in submenus
    window.commands.dispose()
