"""The settings dialog: pages on the left, the chosen one on the right; every change is kept at once."""

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from ui.style.icons import icon
from ui.style.parts import Column, button

_ICONS = {"models": "brain", "money": "wallet", "preferences": "sliders-horizontal",
          "look": "palette"}  # fmt: skip
_TITLES = {"models": "Models", "money": "Money", "preferences": "Preferences", "look": "Appearance"}


class SettingsDialog(QDialog):
    """Holds the pages that it is given, by name. Emits `turned` with the name of the page that is shown now."""

    turned = Signal(str)

    def __init__(self, pages: Mapping[str, QWidget], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Settings")
        self.pages = dict(pages)
        self.list = QListWidget()
        self.list.setObjectName("settings_pages")
        self.list.setAccessibleName("Pages of the settings")
        self.list.setFixedWidth(164)
        self.list.setIconSize(QSize(16, 16))
        self._stack = QStackedWidget()
        for name, page in pages.items():
            self.list.addItem(_TITLES[name])
            self.list.item(self.list.count() - 1).setIcon(icon(_ICONS[name], "faint"))
            self._stack.addWidget(_scrolling(page, _TITLES[name]))
        self.list.currentRowChanged.connect(self._turn)
        self.list.setCurrentRow(0)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 10, 16, 12)
        foot.addStretch(1)
        close = button("Done", self.accept)
        close.setAutoDefault(False)
        foot.addWidget(close)
        body = QHBoxLayout()
        body.setSpacing(0)
        body.addWidget(self.list)
        body.addWidget(self._stack, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(body, 1)
        column.addLayout(foot)
        self.resize(780, 700)

    def show_page(self, name: str) -> None:
        """Turn to a page."""
        self.list.setCurrentRow(list(self.pages).index(name))

    def _turn(self, row: int) -> None:
        self._stack.setCurrentIndex(row)
        self.turned.emit(list(self.pages)[row])

    @property
    def page(self) -> str:
        """The page that is shown."""
        return list(self.pages)[self.list.currentRow()]


def _scrolling(page: QWidget, title: str) -> QScrollArea:
    holder = Column()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(page)
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setWidget(holder)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setAccessibleName(title)
    return area
