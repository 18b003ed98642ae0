"""The tool bar: project, arrange, theme, undo and redo, and the way to every command."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolBar, QToolButton, QWidget

from ui.shell.theme_picker import ThemePicker
from ui.style.icons import icon
from ui.style.parts import literal
from ui.team.avatars import Avatars

LAYOUT_ICONS = {
    "arrange.gallery": "frame-corners", "arrange.timeline": "calendar", "arrange.cluster": "circles-three-plus",
    "arrange.grid": "grid-four",
}  # fmt: skip


class StudioToolBar(QToolBar):
    """Emits `palette_wanted` and `projects_wanted`."""

    palette_wanted = Signal()
    projects_wanted = Signal()

    def __init__(self) -> None:
        super().__init__("Tools")
        self.setObjectName("tool_bar")
        self.setMovable(False)
        self.setFloatable(False)
        self.setIconSize(QSize(17, 17))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.project = self._button("Project", "folder")
        self.project.clicked.connect(self.projects_wanted)
        self.addWidget(self.project)
        self._gap(10)
        self.arrange = self._button("Arrange", "squares-four")
        self.arrange.setText(" Arrange")
        self.arrange.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.themes = ThemePicker()
        self.addWidget(self.arrange)
        self.addWidget(self.themes)
        self._stretch()
        self.people = Avatars()
        self.addWidget(self.people)
        self.palette_button = self._button("All commands", "magnifying-glass")
        self.palette_button.setText(" Commands   Ctrl+K")
        self.palette_button.clicked.connect(self.palette_wanted)

    def fill(self, actions: dict[str, QAction]) -> None:
        """Put the commands' actions in."""
        menu = QMenu("Arrange", self)
        for command_id, icon_name in LAYOUT_ICONS.items():
            actions[command_id].setIcon(icon(icon_name))
            menu.addAction(actions[command_id])
        self.arrange.setMenu(menu)
        for command_id, icon_name in (("edit.undo", "arrow-counter-clockwise"), ("edit.redo", "arrow-clockwise")):
            actions[command_id].setIcon(icon(icon_name))
            made = QToolButton()
            made.setDefaultAction(actions[command_id])
            made.setProperty("look", "icon")
            made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            made.setAccessibleName(actions[command_id].text())
            made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
            self.addWidget(made)
        self._gap(8)
        self.addWidget(self.palette_button)

    def show_project(self, name: str) -> None:
        """The open project's name."""
        shown = self.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, 220)
        self.project.setText(f" {literal(shown)}")
        self.project.setAccessibleName(f"Project {name}. Press to open another.")

    def _button(self, name: str, icon_name: str) -> QToolButton:
        made = QToolButton()
        made.setIcon(icon(icon_name))
        made.setText(f" {name}")
        made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        made.setProperty("look", "quiet")
        made.setAccessibleName(name)
        made.setToolTip(name)
        made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        return made

    def _gap(self, width: int) -> None:
        gap = QWidget()
        gap.setFixedWidth(width)
        self.addWidget(gap)

    def _stretch(self) -> None:
        gap = QWidget()
        gap.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.addWidget(gap)
