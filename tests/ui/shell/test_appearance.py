"""Dark, light or as the system: kept between starts, and worn at once by all that is drawn."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPalette
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ui.shell.appearance import SETTING, Appearance, chosen_appearance, tokens_for
from ui.style.apply import dress
from ui.style.icons import icon
from ui.style.mark import Mark
from ui.style.tokens import DARK, LIGHT
from ui.style.worn import colour_of, tokens


@pytest.fixture
def appearance(qapp: QApplication, tmp_path: Path) -> Iterator[Appearance]:
    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    holder = QWidget()
    yield Appearance(qapp, settings, holder)
    qapp.styleHints().unsetColorScheme()
    dress(qapp)


@pytest.mark.parametrize(
    ("choice", "told", "worn"),
    [
        ("system", Qt.ColorScheme.Light, LIGHT),
        ("system", Qt.ColorScheme.Dark, DARK),
        ("system", Qt.ColorScheme.Unknown, DARK),
        ("light", Qt.ColorScheme.Dark, LIGHT),
        ("dark", Qt.ColorScheme.Light, DARK),
    ],
)
def test_the_choice_comes_before_the_system(choice: str, told: Qt.ColorScheme, worn: object) -> None:
    assert tokens_for(choice, told) is worn


@pytest.mark.parametrize("strange", ["purple", "", "1", "[]"])
def test_a_strange_setting_is_the_systems(tmp_path: Path, strange: str) -> None:
    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    settings.setValue(SETTING, strange)
    assert chosen_appearance(settings) == "system"


def test_a_choice_is_worn_at_once_and_kept(appearance: Appearance, qapp: QApplication) -> None:
    appearance.choose("light")
    assert tokens() is LIGHT
    assert qapp.palette().color(QPalette.ColorRole.Window) == QColor(LIGHT.panel)
    assert LIGHT.raised in qapp.styleSheet()
    assert appearance.choice == "light"
    appearance.choose("dark")
    assert tokens() is DARK
    assert DARK.raised in qapp.styleSheet()


def inks(drawn: QImage) -> set[str]:
    places = ((x, y) for x in range(drawn.width()) for y in range(drawn.height()))
    return {found.name() for place in places if (found := drawn.pixelColor(*place)).alpha() == 255}


def test_icons_and_marks_that_are_there_follow(appearance: Appearance, qtbot: QtBot) -> None:
    made, mark = icon("circle-fill", "faint"), Mark(16)
    qtbot.addWidget(mark)
    mark.show_icon("circle-fill", "good")
    for choice, look in (("dark", DARK), ("light", LIGHT)):
        appearance.choose(choice)
        assert look.faint in inks(made.pixmap(QSize(16, 16)).toImage())
        assert look.good in inks(mark.grab().toImage())


def test_a_colour_that_is_no_token_stays(appearance: Appearance) -> None:
    appearance.choose("light")
    assert colour_of("#123456") == "#123456"
    assert colour_of("faint") == LIGHT.faint
