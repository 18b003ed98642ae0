"""The saved recipes: each can be replayed, renamed and deleted."""

from collections.abc import Sequence
from datetime import UTC, datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QStackedLayout,
    QTreeWidget,
    QVBoxLayout,
    QWidget,
)

from agent.templates import Template
from ui.runs.words import spoken_when
from ui.style.parts import button, label
from ui.style.tinted import TintedTreeItem

_ID = Qt.ItemDataRole.UserRole
_NOTHING = (
    "No recipe is saved yet. Approve a show, then save it as a recipe: it can be made again over another library or "
    "project, without any model."
)


class RecipeList(QWidget):
    """Emits what is wanted of a recipe, by its id."""

    replay_wanted = Signal(str)
    rename_wanted = Signal(str)
    delete_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.list = QTreeWidget()
        self.list.setColumnCount(3)
        self.list.setHeaderLabels(["Recipe", "What it makes", "Saved"])
        self.list.setRootIsDecorated(False)
        self.list.setProperty("look", "table")
        self.list.setUniformRowHeights(True)
        self.list.setAccessibleName("Recipes")
        header = self.list.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.ResizeToContents)
        self.list.itemActivated.connect(lambda _: self.replay_wanted.emit(self.current))
        self.replay = button("Replay", lambda: self.replay_wanted.emit(self.current), "primary")
        self.rename = button("Rename…", lambda: self.rename_wanted.emit(self.current))
        self.delete = button("Delete", self._delete, "quiet")
        self._sure = ""
        self.list.currentItemChanged.connect(lambda *_: self._show_buttons())
        buttons = QHBoxLayout()
        buttons.setSpacing(6)
        for made in (self.delete, self.rename):
            buttons.addWidget(made)
        buttons.insertStretch(0, 1)
        buttons.addWidget(self.replay)
        full = QWidget()
        column = QVBoxLayout(full)
        column.setContentsMargins(0, 0, 8, 0)
        column.addWidget(self.list, 1)
        column.addLayout(buttons)
        self.empty = label(_NOTHING, "soft", wrap=True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.empty.setContentsMargins(12, 8, 12, 8)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(full)
        self._stack.addWidget(self.empty)
        self.show_recipes(())

    @property
    def current(self) -> str:
        """The id of the recipe that is chosen."""
        item = self.list.currentItem()
        return str(item.data(0, _ID)) if item is not None else ""

    def show_recipes(self, recipes: Sequence[Template]) -> None:
        """Show these, the newest first."""
        before, now = self.current, datetime.now(UTC).astimezone()
        self.list.clear()
        for recipe in reversed(recipes):
            item = TintedTreeItem([recipe.name, recipe.description, _saved(recipe, now)])
            item.setData(0, _ID, recipe.id)
            item.setToolTip(1, recipe.description)
            for column in (1, 2):
                item.tint(column, "soft" if column == 1 else "faint")
            self.list.addTopLevelItem(item)
            if recipe.id == before:
                self.list.setCurrentItem(item)
        first = self.list.topLevelItem(0)
        if first is not None and not self.current:
            self.list.setCurrentItem(first)
        self._stack.setCurrentIndex(0 if recipes else 1)
        self._show_buttons()

    def _delete(self) -> None:
        """Asks once more on the button itself."""
        if self._sure != self.current:
            self._sure = self.current
            self.delete.setText("Really delete?")
            return
        self._sure = ""
        self.delete_wanted.emit(self.current)

    def _show_buttons(self) -> None:
        self._sure = ""
        self.delete.setText("Delete")
        for made in (self.replay, self.rename, self.delete):
            made.setEnabled(bool(self.current))


def _saved(recipe: Template, now: datetime) -> str:
    try:
        return spoken_when(datetime.fromisoformat(recipe.saved_at), now)
    except ValueError:
        return ""
