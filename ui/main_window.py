"""The main window: panels in docks, the stage in the middle, the bars around them. It knows no session."""

from collections.abc import Callable
from itertools import pairwise

from PySide6.QtCore import QByteArray, QRect, QSettings, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QMainWindow, QMenu, QTabBar, QTabWidget

from ui.chat.panel import ChatPanel
from ui.commands.catalogue import theme_context
from ui.commands.menu_bar import CommandMenuBar
from ui.commands.palette import CommandPalette, Entry
from ui.commands.registry import Commands
from ui.floating.stage import Stage
from ui.library.panel import LibraryPanel
from ui.outline.history_panel import HistoryPanel
from ui.outline.panel import OutlinePanel
from ui.runs.panel import RunsPanel
from ui.shell.dock import PanelDock
from ui.shell.dock_widths import DockWidths
from ui.shell.status import StudioStatusBar
from ui.shell.tool_bar import StudioToolBar

LAYOUT_VERSION = 1
HIDDEN = ("runs",)
"""Panels that are shown only when they are wanted."""
_RUNS_PX = 250
_WHERE = {"viewpoints": "Viewpoint", "templates": "Template", "recipes": "Recipe", "focus": "Go to",
          "appearance": "Appearance"}  # fmt: skip


class MainWindow(QMainWindow):
    """Builds and lays out; `ui.wiring` wires what its parts emit. Emits `asked` with words for the conversation."""

    asked = Signal(str)
    place_wanted = Signal(str)
    """The id of one of `places`, chosen in the palette."""

    def __init__(self, settings: QSettings) -> None:
        super().__init__()
        self.settings = settings
        self.places: Callable[[], list[Entry]] = list
        """Where the palette can go besides running commands; their ids begin with "go:"."""
        self.fill_recent: Callable[[QMenu], object] = lambda menu: None
        """Fills the menu of the projects that were open before."""
        self.setObjectName("main_window")
        self.commands = Commands(self)
        self.library, self.outline, self.history = LibraryPanel(), OutlinePanel(), HistoryPanel()
        self.chat, self.runs = ChatPanel(), RunsPanel()
        self.library.show_opening()
        self.stage = Stage()
        self.tools, self.status = StudioToolBar(), StudioStatusBar()
        self.setCentralWidget(self.stage)
        self.addToolBar(self.tools)
        self.setStatusBar(self.status)
        self.setDockOptions(QMainWindow.DockOption.AllowTabbedDocks | QMainWindow.DockOption.AllowNestedDocks)
        self.setTabPosition(Qt.DockWidgetArea.AllDockWidgetAreas, QTabWidget.TabPosition.North)
        self.docks = {
            name: PanelDock(title, name, panel, self)
            for name, title, panel in (
                ("library", "Library", self.library),
                ("outline", "Outline", self.outline),
                ("history", "History", self.history),
                ("conversation", "Conversation", self.chat),
                ("runs", "Runs", self.runs),
            )
        }
        self.resize(1440, 900)
        self.widths = DockWidths(self, self.docks, {"library": 304, "conversation": 372})
        self.reset_panels()
        for name, dock in self.docks.items():
            dock.visibilityChanged.connect(lambda _=False, name=name: self._tell_shown(name))
        self.show_project("")
        self.chat.composer.field.setFocus()

    def use_commands(self) -> None:
        """Build menus and tool bar from the commands that were registered."""
        self.menu_bar = CommandMenuBar(self.commands)
        self.menu_bar.add_list("file", "project.open", "Open Recent", lambda menu: self.fill_recent(menu))
        self.menu_bar.add_submenu("view", "focus", "Go To")
        self.menu_bar.add_submenu("view", "tour", "Tour")
        self.menu_bar.add_submenu("view", "panels", "Panels")
        self.menu_bar.add_submenu("view", "viewpoints", "Viewpoints")
        self.menu_bar.add_submenu("view", "quality", "Quality")
        self.menu_bar.add_submenu("view", "appearance", "Appearance")
        self.menu_bar.add_submenu("view", "interface", "Interface Size")
        self.menu_bar.add_submenu("arrange", "templates", "Templates")
        self.menu_bar.add_submenu("arrange", "recipes", "Recipes")
        self.setMenuBar(self.menu_bar)
        self.menu_bar.rebuild()
        self.tools.fill(self.commands.actions)
        self.tools.palette_wanted.connect(self.open_palette)
        self._order_tabs()

    def reset_panels(self) -> None:
        """Library over outline and history on the left, conversation on the right; runs at the foot, unseen."""
        areas, left = Qt.DockWidgetArea, Qt.DockWidgetArea.LeftDockWidgetArea
        elsewhere = {"conversation": areas.RightDockWidgetArea, "runs": areas.BottomDockWidgetArea}
        for name, dock in self.docks.items():
            dock.setFloating(False)
            self.addDockWidget(elsewhere.get(name, left), dock)
            dock.setVisible(name not in HIDDEN)
        self.splitDockWidget(self.docks["library"], self.docks["outline"], Qt.Orientation.Vertical)
        self.tabifyDockWidget(self.docks["outline"], self.docks["history"])
        self.docks["outline"].raise_()
        self.widths.reset()
        self.resizeDocks([self.docks["library"], self.docks["outline"]], [480, 300], Qt.Orientation.Vertical)
        self.resizeDocks([self.docks["runs"]], [_RUNS_PX], Qt.Orientation.Vertical)

    def toggle_panel(self, name: str) -> None:
        """Show a panel, bring its tab to the front, or hide it when it is in front."""
        dock = self.docks[name]
        in_front = not dock.isHidden() and not dock.visibleRegion().isEmpty()
        dock.setVisible(not in_front)
        if not in_front:
            dock.raise_()

    def show_panel(self, name: str) -> None:
        """Make sure that a panel can be seen."""
        self.docks[name].show()
        self.docks[name].raise_()

    def show_project(self, name: str) -> None:
        """The project in the title and in the tool bar."""
        self.setWindowTitle(f"{name} — Vernissage" if name else "Vernissage")
        self.tools.show_project(name or "No project")

    def show_theme(self, theme_id: str) -> None:
        """The theme that dresses the scene, in the tool bar and ticked in its menu."""
        self.tools.themes.show_current(theme_id)
        known = [found.removeprefix("theme.") for found in self.commands.known if found.startswith("theme.")]
        for found in known:
            self.commands.actions[f"theme.{found}"].setChecked(found == theme_id)
        self.commands.set_contexts(**{theme_context(found): found == theme_id for found in known})

    def open_palette(self) -> CommandPalette:
        """Open the command palette over the window."""
        palette = CommandPalette(self._entries() + self.places(), self)
        palette.chosen.connect(
            lambda found: (self.place_wanted.emit if found[:3] == "go:" else self.commands.run)(found)
        )
        palette.asked.connect(self.asked)
        palette.open_over(self)
        return palette

    def toggle_full_screen(self) -> None:
        """Between the whole screen and a window."""
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)
        self.commands.set_contexts(full_screen=self.isFullScreen())

    def keep_layout(self) -> None:
        """Remember where everything is."""
        self.settings.setValue("window/geometry", self.saveGeometry())
        self.settings.setValue("window/state", self.saveState(LAYOUT_VERSION))
        self.widths.keep(self.settings)

    def restore_layout(self) -> None:
        """Put everything where it was; a layout of another version is ignored."""
        geometry, state = self.settings.value("window/geometry"), self.settings.value("window/state")
        if isinstance(geometry, QByteArray):
            self.restoreGeometry(geometry)
        if isinstance(state, QByteArray):
            self.restoreState(state, LAYOUT_VERSION)
        self.widths.restore(self.settings)

    def stay_within(self, place: QRect) -> None:
        """Be no larger than the screen, and nowhere outside it."""
        size = self.size().boundedTo(place.size()).expandedTo(self.minimumSizeHint())
        if size != self.size():
            self.resize(size)
        left = max(place.left(), min(self.x(), place.right() + 1 - size.width()))
        top = max(place.top(), min(self.y(), place.bottom() + 1 - size.height()))
        if (left, top) != (self.x(), self.y()):
            self.move(left, top)

    def stay_within_screen(self) -> None:
        """The same with the frame that the system puts around the window."""
        frame, inner, screen = self.frameGeometry(), self.geometry(), self.screen().availableGeometry()
        if self.isMaximized() or self.isFullScreen() or screen.contains(frame):
            return
        self.stay_within(screen.adjusted(0, 0, inner.width() - frame.width(), inner.height() - frame.height()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What nothing else took: Escape closes the newest notice."""
        if event.key() == Qt.Key.Key_Escape and self.stage.toasts.close_newest():
            return
        super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Work is kept as it is made, so closing asks nothing."""
        self.keep_layout()
        super().closeEvent(event)

    def _entries(self) -> list[Entry]:
        entries = []
        for command_id, command in self.commands.known.items():
            if command.palette and self.commands.can_run(command_id):
                where = _WHERE.get(command.menu, command.menu.capitalize())
                shortcut = self.commands.actions[command_id].shortcut()
                entries.append(Entry(command_id, command.title.rstrip("…"), where, shortcut.toString()))
        return entries

    def _order_tabs(self) -> None:
        """Tab goes over the window as the eye does: bars, left, middle, right; what is added comes after."""
        reached, found = [], self.nextInFocusChain()
        while found is not None and found is not self:
            if found.focusPolicy() & Qt.FocusPolicy.TabFocus:
                reached.append(found)
            found = found.nextInFocusChain()
        left = [self.docks["library"], *self.findChildren(QTabBar), self.docks["outline"], self.docks["history"]]
        parts = (self.tools, *left, self.stage, self.docks["runs"], self.status, self.docks["conversation"])
        ordered = [w for part in parts for w in reached if w is part or part.isAncestorOf(w)]
        for before, after in pairwise(ordered):
            self.setTabOrder(before, after)

    def _tell_shown(self, name: str) -> None:
        self.commands.set_contexts(**{f"{name}_shown": not self.docks[name].isHidden()})
