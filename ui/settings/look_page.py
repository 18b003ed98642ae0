"""The page of the window's own look: dark or light, and how large words and buttons are."""

from collections.abc import Callable

from PySide6.QtCore import QSettings, QSignalBlocker
from PySide6.QtWidgets import QFormLayout, QVBoxLayout, QWidget

from ui.shell.appearance import chosen_appearance
from ui.shell.interface_size import PERCENTS, interface_percent
from ui.style.parts import ComboBox, label

_APPEARANCES = {"system": "As the system", "light": "Light", "dark": "Dark"}
_WHY = "Works keep their colours in either. “As the system” follows it, also while the window is open."
_LARGER = "From the next start on; a new window has the size already."


class LookPage(QWidget):
    """Runs the commands of the View menu, so that both always say the same."""

    def __init__(self, settings: QSettings, run: Callable[[str], object]) -> None:
        super().__init__()
        self._settings = settings
        self.appearance, self.size_percent = ComboBox(), ComboBox()
        for choice, words in _APPEARANCES.items():
            self.appearance.addItem(words, choice)
        for percent in PERCENTS:
            self.size_percent.addItem(f"{percent} %", percent)
        for box, name in ((self.appearance, "Appearance"), (self.size_percent, "Size of words and buttons")):
            box.setAccessibleName(name)
            box.setFixedWidth(200)
        self.appearance.activated.connect(lambda _: run(f"appearance.{self.appearance.currentData()}"))
        self.size_percent.activated.connect(lambda _: run(f"interface.{self.size_percent.currentData()}"))
        form = QFormLayout()
        form.setHorizontalSpacing(18)
        form.setVerticalSpacing(6)
        form.addRow(label("Appearance", "soft"), self.appearance)
        form.addRow("", label(_WHY, "caption", wrap=True))
        form.addRow(label("Words and buttons", "soft"), self.size_percent)
        form.addRow("", label(_LARGER, "caption", wrap=True))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(14)
        column.addWidget(label("Appearance", "title"))
        column.addLayout(form)
        column.addStretch(1)
        self.show_settings()

    def show_settings(self) -> None:
        """As it is chosen now."""
        chosen = (
            (self.appearance, chosen_appearance(self._settings)),
            (self.size_percent, interface_percent(self._settings)),
        )
        for box, value in chosen:
            with QSignalBlocker(box):
                box.setCurrentIndex(box.findData(value))
