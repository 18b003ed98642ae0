"""The grid of thumbnails: 10,000 rows stay smooth, and only the rows that are seen ask for their picture."""

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QDrag, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QListView

from ui.library.delegate import ThumbnailDelegate
from ui.library.drag_picture import drag_picture
from ui.library.rows import AssetRows

CELL_PX, LEAST_CELL_PX = 92, 88
THUMBNAIL_PX = 256
"""Longest edge of the renditions that the grid shows."""


class ThumbnailGrid(QListView):
    """Emits `activated_asset` with an asset id on Enter or double click, `picked` with the selected asset ids."""

    activated_asset = Signal(str)
    picked = Signal(frozenset)
    look_wanted = Signal(str)
    """Space: an asset's id."""
    dragging = Signal(bool)
    menu_wanted = Signal(str, QPoint)
    """The right button: the asset's id, or "", and where on the screen."""

    def __init__(self, rows: AssetRows) -> None:
        super().__init__()
        self.rows = rows
        self._delegate = ThumbnailDelegate(CELL_PX)
        self.setModel(rows)
        self.setItemDelegate(self._delegate)
        self._lay_out()
        self.setAccessibleName("Works in the library")
        self._seen = QTimer(self)
        self._seen.setSingleShot(True)
        self._seen.setInterval(40)
        self._seen.timeout.connect(self.ask_for_seen)
        self.verticalScrollBar().valueChanged.connect(self._soon)
        self.verticalScrollBar().rangeChanged.connect(self._soon)
        rows.modelReset.connect(self._soon)
        self.activated.connect(lambda index: self.activated_asset.emit(rows.asset(index.row()).id))
        self.selectionModel().selectionChanged.connect(self._emit_picked)
        rows.modelReset.connect(self._emit_picked)  # Qt forgets the selection without a word

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Whoever follows the grid opens a menu."""
        index = self.indexAt(event.pos())
        self.menu_wanted.emit(self.rows.asset(index.row()).id if index.isValid() else "", event.globalPos())

    def picked_ids(self) -> list[str]:
        """The selected assets, in the order of the rows."""
        rows = sorted(index.row() for index in self.selectionModel().selectedIndexes())
        return [self.rows.asset(row).id for row in rows]

    def startDrag(self, actions: Qt.DropAction) -> None:
        """Drag the selected works out, a small picture of the first under the pointer."""
        ids = self.picked_ids()
        if not ids:
            return
        drag = QDrag(self)
        drag.setMimeData(self.rows.mimeData(self.selectionModel().selectedIndexes()))
        picture = drag_picture(self.rows.pixmap(ids[0]), len(ids), self.font())
        drag.setPixmap(picture)
        drag.setHotSpot(QPoint(picture.width() // 2, -8))
        self.dragging.emit(True)
        try:
            drag.exec(Qt.DropAction.CopyAction)
        finally:
            self.dragging.emit(False)

    def ask_for_seen(self) -> None:
        """Ask for the thumbnails of the rows in view and one screen around them."""
        if self.rows.rowCount() == 0 or not self.isVisible():
            return
        first, last = self.seen_rows()
        self.rows.want(first, last)
        screen = last - first + 1
        self.rows.want(last + 1, last + screen)
        self.rows.want(first - screen, first - 1)

    def seen_rows(self) -> tuple[int, int]:
        """The first and last row in view."""
        columns = max(1, self.viewport().width() // self.gridSize().width())
        height = self.gridSize().height()
        top = self.verticalScrollBar().value()
        first = (top // height) * columns
        last = ((top + self.viewport().height()) // height + 1) * columns - 1
        return first, min(last, self.rows.rowCount() - 1)

    def event(self, event: QEvent) -> bool:
        """Here, all means all in the library, and Delete is not for the show: nothing leaves a library by a key."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            removes = event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and not event.modifiers()
            if removes or event.matches(QKeySequence.StandardKey.SelectAll):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter activates on every platform; Space is for a closer look."""
        index = self.currentIndex()
        if event.key() == Qt.Key.Key_Space and index.isValid() and not event.modifiers():
            self.look_wanted.emit(self.rows.asset(index.row()).id)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and index.isValid():
            self.activated.emit(index)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Columns fill the width evenly."""
        usable = self.viewport().width()
        columns = max(1, usable // LEAST_CELL_PX)
        edge = (usable - 1) // columns  # what fits to the pixel, Qt wraps
        if edge != self.gridSize().width():
            self._delegate.cell = QSize(edge, edge + 20)
            self.setGridSize(self._delegate.cell)
        super().resizeEvent(event)
        self._soon()

    def _lay_out(self) -> None:
        self.setViewMode(QListView.ViewMode.ListMode)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setGridSize(QSize(CELL_PX, CELL_PX + 20))
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.verticalScrollBar().setSingleStep(28)
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setMouseTracking(True)
        self.setDragEnabled(True)
        self.setDragDropMode(QListView.DragDropMode.DragOnly)
        self.setMinimumHeight(CELL_PX)

    def _soon(self, *_: object) -> None:
        self._seen.start()

    def _emit_picked(self, *_: object) -> None:
        chosen: list[QModelIndex] = self.selectionModel().selectedIndexes()
        self.picked.emit(frozenset(self.rows.asset(index.row()).id for index in chosen))
