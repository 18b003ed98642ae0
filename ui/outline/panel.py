"""The outline: the scene as a tree, the twin of the viewport for eyes, keyboard and screen readers."""

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QAction, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QMenu,
    QStackedLayout,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from scene.scene import Scene
from ui.outline.model import ID_ROLE, KIND_ROLE, PINNED_ROLE, OutlineModel
from ui.outline.nodes import outline_of
from ui.style.icons import icon, icon_pixmap
from ui.style.parts import icon_button, label


class _Filter(QSortFilterProxyModel):
    """Keeps rows whose words match, with what is above and below them; optionally only pinned works."""

    def __init__(self) -> None:
        super().__init__()
        self.only_pinned = False
        self.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setRecursiveFilteringEnabled(True)
        self.setAutoAcceptChildRows(True)

    def show_only_pinned(self, on: bool) -> None:
        """Keep only the works that are pinned."""
        self.only_pinned = on
        self.setAutoAcceptChildRows(not on)
        self.invalidate()

    def filterAcceptsRow(self, source_row: int, source_parent: QModelIndex) -> bool:  # type: ignore[override]
        """Whether a row itself matches."""
        if self.only_pinned and not self.sourceModel().index(source_row, 0, source_parent).data(PINNED_ROLE):
            return False
        return super().filterAcceptsRow(source_row, source_parent)


class _Tree(QTreeView):
    """Enter flies to a row, Delete removes what is selected."""

    entered_row = Signal(QModelIndex)
    delete_pressed = Signal()
    rename_pressed = Signal()

    def drawBranches(self, painter: QPainter, rect: QRect, index: QModelIndex | QPersistentModelIndex) -> None:
        """A quiet caret instead of lines and boxes."""
        if self.model().hasChildren(index):
            caret = icon_pixmap("caret-down" if self.isExpanded(index) else "caret-right", "faint", 10, 2.0)
            painter.drawPixmap(rect.right() - 11, rect.center().y() - 5, 10, 10, caret)

    def event(self, event: QEvent) -> bool:
        """F2 renames here, whatever it does elsewhere."""
        asks = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if asks and event.key() == Qt.Key.Key_F2 and self.currentIndex().data(KIND_ROLE) == "viewpoint":  # type: ignore[attr-defined]
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Delete on top of the tree's own keys."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.entered_row.emit(self.currentIndex())
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.delete_pressed.emit()
        elif event.key() == Qt.Key.Key_F2:
            self.rename_pressed.emit()
        else:
            super().keyPressEvent(event)


class OutlinePanel(QWidget):
    """Emits `selected` (placement ids), `activated` (an id to fly to) and `remove_wanted`."""

    selected = Signal(frozenset)
    menu_wanted = Signal(str, QPoint)
    """The right button: the row's id, and where on the screen."""
    activated = Signal(str)
    remove_wanted = Signal()
    works_wanted = Signal(frozenset)
    """A group or a year was activated: its works."""
    viewpoint_rename_wanted = Signal(str)
    viewpoint_remove_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("Outline")
        self.model = OutlineModel()
        self.filter = _Filter()
        self.filter.setSourceModel(self.model)
        self.tree = self._tree()
        self.field = QLineEdit()
        self.field.setPlaceholderText("Filter the outline")
        self.field.setAccessibleName("Filter the outline")
        self.field.setClearButtonEnabled(True)
        self.field.addAction(QAction(icon("funnel"), "", self.field), QLineEdit.ActionPosition.LeadingPosition)
        self.field.textChanged.connect(self._filter_words)
        self.pinned_only = icon_button("push-pin", "Only pinned works")
        self.pinned_only.setCheckable(True)
        self.pinned_only.toggled.connect(self._filter_pinned)
        self._empty = label(
            "Rooms, walls and works are listed here once there is something on show.", "soft", wrap=True
        )
        self._empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._empty.setContentsMargins(4, 4, 8, 0)
        self._following = False
        self._build()
        self.show_scene(Scene())

    def show_scene(self, scene: Scene) -> None:
        """Rebuild the tree; rows stay open and selected where they still exist."""
        closed = self._closed_ids()
        chosen = self.selected_ids()
        self._following = True
        self.model.show_nodes(outline_of(scene))
        self.tree.expandToDepth(1)
        for node_id in closed:
            self.tree.collapse(self.filter.mapFromSource(self.model.index_of(node_id)))
        self._following = False
        self.show_selection(chosen)
        some = self.model.rowCount() > 0
        self._stack.setCurrentWidget(self.tree if some else self._empty)
        self._top.setVisible(some)

    def show_selection(self, ids: frozenset[str]) -> None:
        """Select rows as the scene's selection has it, without emitting `selected`."""
        if ids == self.selected_ids():
            return
        self._following = True
        chosen = self.tree.selectionModel()
        chosen.clearSelection()
        flags = QItemSelectionModel.SelectionFlag
        last = QModelIndex()
        for node_id in ids:
            index = self.filter.mapFromSource(self.model.index_of(node_id))
            if index.isValid():
                chosen.select(index, flags.Select | flags.Rows)
                last = index
        if last.isValid():
            chosen.setCurrentIndex(last, flags.NoUpdate)
            self.tree.scrollTo(last)
        self._following = False

    def selected_ids(self) -> frozenset[str]:
        """The placements that are selected; a room or wall stands for its works."""
        works = [
            work.id
            for index in self.tree.selectionModel().selectedRows()
            for work in self.model.node(self.filter.mapToSource(index)).works
        ]
        return frozenset(works)

    def focus_tree(self) -> None:
        """Put the keyboard into the tree."""
        self.tree.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if not self.tree.currentIndex().isValid():
            self.tree.setCurrentIndex(self.filter.index(0, 0))

    def _emit_selected(self, *_: object) -> None:
        if not self._following:
            self.selected.emit(self.selected_ids())

    def _activate(self, index: QModelIndex) -> None:
        node = self.model.node(self.filter.mapToSource(index))
        if node.kind == "group":
            self.works_wanted.emit(frozenset(work.id for work in node.works))
        elif node.kind not in ("signs", "loose", "viewpoints"):
            self.activated.emit(index.siblingAtColumn(0).data(ID_ROLE))

    def _current_viewpoint(self) -> str:
        node = self.model.node(self.filter.mapToSource(self.tree.currentIndex()))
        return node.id if node.kind == "viewpoint" else ""

    def _remove(self) -> None:
        viewpoint = self._current_viewpoint()
        if viewpoint:
            self.viewpoint_remove_wanted.emit(viewpoint)
        else:
            self.remove_wanted.emit()

    def _rename(self) -> None:
        viewpoint = self._current_viewpoint()
        if viewpoint:
            self.viewpoint_rename_wanted.emit(viewpoint)

    def _open_menu(self, place: QPoint) -> None:
        viewpoint = self._current_viewpoint()
        if viewpoint:
            menu = QMenu(self)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.addAction("Go There", lambda: self.activated.emit(viewpoint))
            menu.addAction("Rename…", self._rename)
            menu.addAction("Remove", self._remove)
            menu.popup(self.tree.viewport().mapToGlobal(place))
            return
        index = self.tree.indexAt(place)
        if index.isValid() and index.data(KIND_ROLE) not in ("signs", "loose", "viewpoints"):
            self.menu_wanted.emit(index.siblingAtColumn(0).data(ID_ROLE), self.tree.viewport().mapToGlobal(place))

    def _filter_words(self, words: str) -> None:
        self.filter.setFilterFixedString(words.strip())
        if words.strip():
            self.tree.expandAll()

    def _filter_pinned(self, on: bool) -> None:
        self.filter.show_only_pinned(on)
        self.tree.expandAll()

    def _closed_ids(self) -> list[str]:
        closed = []
        for row in range(self.filter.rowCount()):
            top = self.filter.index(row, 0)
            rows = [top, *(self.filter.index(i, 0, top) for i in range(self.filter.rowCount(top)))]
            closed += [i.data(ID_ROLE) for i in rows if self.filter.hasChildren(i) and not self.tree.isExpanded(i)]
        return closed

    def _tree(self) -> _Tree:
        tree = _Tree()
        tree.setModel(self.filter)
        tree.setHeaderHidden(True)
        tree.setUniformRowHeights(True)
        tree.setIndentation(14)
        tree.setSelectionMode(QTreeView.SelectionMode.ExtendedSelection)
        tree.setAccessibleName("Scene outline")
        tree.setAllColumnsShowFocus(True)
        tree.setExpandsOnDoubleClick(False)
        header = tree.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        tree.selectionModel().selectionChanged.connect(self._emit_selected)
        tree.doubleClicked.connect(self._activate)
        tree.entered_row.connect(self._activate)
        tree.delete_pressed.connect(self._remove)
        tree.rename_pressed.connect(self._rename)
        tree.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        tree.customContextMenuRequested.connect(self._open_menu)
        return tree

    def _build(self) -> None:
        self._top = QWidget()
        top = QHBoxLayout(self._top)
        top.setContentsMargins(4, 0, 8, 0)
        top.setSpacing(6)
        top.addWidget(self.field, 1)
        top.addWidget(self.pinned_only)
        holder = QWidget()
        self._stack = QStackedLayout(holder)
        self._stack.addWidget(self.tree)
        self._stack.addWidget(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 4, 6)
        column.setSpacing(6)
        column.addWidget(self._top)
        column.addWidget(holder, 1)
