"""The tokens: every text can be read (WCAG AA), and the style sheet names none that does not exist."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ui.style.flow import FlowLayout
from ui.style.parts import CheckBox, breakable, button, icon_button, label, literal
from ui.style.sheet import style_sheet
from ui.style.tokens import DARK, LIGHT, Tokens


def luminance(colour: str) -> float:
    def linear(channel: float) -> float:
        return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(int(colour[i : i + 2], 16) / 255) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def over(glass: str, behind: int) -> str:
    """A glass of the sheet over a grey of the picture."""
    *channels, alpha = map(int, glass.removeprefix("rgba(").removesuffix(")").split(","))
    seen = [round((channel * alpha + behind * (255 - alpha)) / 255) for channel in channels]
    return f"#{seen[0]:02x}{seen[1]:02x}{seen[2]:02x}"


@pytest.mark.parametrize("look", [DARK, LIGHT], ids=lambda look: look.scheme)
@pytest.mark.parametrize("ground", ["void", "panel", "raised", "hover", "pressed", "accent_wash", "bad_wash"])
@pytest.mark.parametrize("words", ["text", "soft", "faint", "accent", "warn", "bad", "good"])
def test_words_can_be_read_on_every_ground(look: Tokens, words: str, ground: str) -> None:
    assert contrast(getattr(look, words), getattr(look, ground)) >= 4.5


@pytest.mark.parametrize("look", [DARK, LIGHT], ids=lambda look: look.scheme)
@pytest.mark.parametrize("behind", [0, 128, 255])
def test_words_can_be_read_over_whatever_picture(look: Tokens, behind: int) -> None:
    for words in (look.text, look.soft, look.faint, look.accent):
        assert contrast(words, over(look.glass, behind)) >= 4.5


@pytest.mark.parametrize("look", [DARK, LIGHT], ids=lambda look: look.scheme)
def test_words_can_be_read_on_the_accent(look: Tokens) -> None:
    for ground in (look.fill, look.fill_hover, look.fill_pressed):
        assert contrast(look.on_fill, ground) >= 4.5


@pytest.mark.parametrize("look", [DARK, LIGHT], ids=lambda look: look.scheme)
def test_the_ring_of_the_keyboard_is_seen(look: Tokens) -> None:
    assert min(contrast(look.accent, ground) for ground in (look.void, look.panel, look.raised)) >= 3.0


@pytest.mark.parametrize("look", [DARK, LIGHT], ids=lambda look: look.scheme)
def test_the_sheet_is_filled_in(look: Tokens) -> None:
    assert "$" not in style_sheet(look)


def test_long_words_can_be_broken_and_short_ones_stay() -> None:
    assert breakable("a short line") == "a short line"
    assert "\u200b" in breakable("x" * 100)
    assert breakable("x" * 100).replace("\u200b", "") == "x" * 100


def test_a_button_shows_ampersands() -> None:
    assert literal("Black & white") == "Black && white"


def test_a_flow_breaks_and_grows_higher(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    flow = FlowLayout(holder, gap_px=5)
    for words in ("one", "two", "three", "four"):
        flow.addWidget(QPushButton(words))
    assert flow.heightForWidth(120) > flow.heightForWidth(1_000)
    holder.resize(120, 300)
    holder.show()
    places = [flow.itemAt(i).geometry() for i in range(flow.count())]  # type: ignore[union-attr]
    assert all(place.right() < 120 for place in places)
    assert len({place.top() for place in places}) > 1


def test_a_label_in_the_narrowest_column_breaks_a_long_word(qtbot: QtBot) -> None:
    made = label("y" * 3_000, wrap=True)
    qtbot.addWidget(made)
    assert made.heightForWidth(300) > 100


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_buttons_are_pressed_with_enter_and_space(qtbot: QtBot, key: Qt.Key) -> None:
    pressed: list[str] = []
    made = (button("Say", lambda: pressed.append("words")), icon_button("x", "Close", lambda: pressed.append("icon")))
    for control in made:
        qtbot.addWidget(control)
        qtbot.keyClick(control, key)
    assert pressed == ["words", "icon"]


def test_a_box_that_is_on_shows_a_tick_and_not_colour_alone(qtbot: QtBot) -> None:
    box = CheckBox("Used")
    qtbot.addWidget(box)
    box.setStyleSheet(style_sheet(DARK))
    box.show()

    def colours_inside() -> set[str]:
        drawn = box.grab().toImage()
        middle = drawn.height() // 2
        return {drawn.pixelColor(x, y).name() for x in range(4, 12) for y in range(middle - 3, middle + 4)}

    assert len(colours_inside()) == 1
    box.setChecked(True)
    assert len(colours_inside() - {DARK.fill}) > 3
