"""The library panel: search, filters, count, thumbnails and imports."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from agent.ports.library import Facets, Hit, SearchResult
from app.messages import MOST_FOUND, MOST_SORTED, ImportProgressed
from ui.library.facet_bar import FacetBar
from ui.library.grid import ThumbnailGrid
from ui.library.import_row import ImportRow
from ui.library.nothing_fits import NothingFits, nearest
from ui.library.order import OrderButton, in_order
from ui.library.preparing import Preparing
from ui.library.rows import AssetRows
from ui.style.elided import Elided
from ui.style.icons import icon
from ui.style.parts import button, icon_button, label

_DONE_SHOWN_MS = 5_000
COPIES = "Of pictures that look the same, the largest one is shown. A search finds the others by their names."


class LibraryPanel(QWidget):
    """Emits `search_wanted` (words), `import_wanted` ("" asks for a folder), `cancel_wanted` (an import's id)."""

    search_wanted = Signal(str)
    import_wanted = Signal(str)
    cancel_wanted = Signal(str)
    sample_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("Library")
        self.setAcceptDrops(True)
        self.setMinimumWidth(236)
        self._facets = Facets()
        self._chosen: frozenset[tuple[str, str]] = frozenset()
        self.imports: dict[str, ImportRow] = {}
        self.rows = AssetRows()
        self.grid = ThumbnailGrid(self.rows)
        self.facet_bar = FacetBar()
        self.facet_bar.toggled.connect(self._choose)
        self.field = self._search_field()
        self._import = icon_button("folder-plus", "Import a folder (Ctrl+I)", lambda: self.import_wanted.emit(""))
        self._count, self._picked = Elided("caption"), label("", "caption")
        self.order = OrderButton()
        self.order.chosen.connect(self._show_in_order)
        self._hits: tuple[Hit, ...] = ()
        self._empty = _Empty(lambda: self.import_wanted.emit(""), self.sample_wanted.emit)
        self._preparing = Preparing()
        self._opening = label("Opening your library…", "soft")
        self._opening.hide()
        self._is_opening = False
        self._none_fits = False
        self._nothing = NothingFits(self.clear_search)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(180)
        self._later.timeout.connect(self._search)
        self._build()
        self._show_state()

    def show_opening(self) -> None:
        """Nothing is known of the library yet; what it has ends this."""
        self._is_opening = True
        self._show_state()

    def show_facets(self, facets: Facets) -> None:
        """What there is to filter by, and how many works in all."""
        self._is_opening = False
        self._facets = facets
        if not facets.total:
            self._forget_search()
        self.facet_bar.show_facets(facets, self._chosen)
        self._show_state()

    def _forget_search(self) -> None:
        """Nothing is left to be searched: neither words nor filters, nor what they found."""
        self._chosen, self._none_fits = frozenset(), False
        self._later.stop()
        with QSignalBlocker(self.field):
            self.field.clear()
        self._hits = ()
        self.rows.show_hits(())

    def show_result(self, result: SearchResult) -> None:
        """The works found for what is in the search field."""
        hits = result.hits
        self._none_fits = bool(self.words) and not any(hit.fits for hit in hits)
        if self._none_fits:
            hits = nearest(hits, result.cut_off)
        self._hits = hits
        self._show_in_order()
        self._count.setText(count_line(self.words, result))
        self._count.setToolTip(COPIES if not self.words and _copies(result) else "")
        self._show_state()

    def _show_in_order(self) -> None:
        self.rows.show_hits(in_order(self._hits, self.order.order))
        self.grid.scrollToTop()

    def show_picked(self, count: int) -> None:
        """How many works are selected, besides how many there are."""
        self._picked.setText(f"{count:,} picked" if count else "")
        self._show_state()

    def show_import(self, progress: ImportProgressed) -> None:
        """How far an import is."""
        row = self.imports.get(progress.import_id)
        if row is None:
            row = ImportRow(progress.import_id)
            row.cancelled.connect(self.cancel_wanted)
            row.closed.connect(self._close_import)
            self.imports[progress.import_id] = row
            self._imports.addWidget(row)
            self._replace_older(progress)
        row.show_progress(progress)
        if progress.state == "done" and not progress.bad and progress.total:
            QTimer.singleShot(_DONE_SHOWN_MS, row, lambda: self._close_import(progress.import_id))
        self._preparing.show_words("")
        self._show_state()

    def show_preparing(self, words: str) -> None:
        """Something is being made ready to be imported; "" ends it."""
        self._preparing.show_words(words)
        self._show_state()

    @property
    def is_importing(self) -> bool:
        """Whether pictures are still being brought in."""
        return any(row.state in ("scanning", "running") for row in self.imports.values())

    @property
    def words(self) -> str:
        """What is searched for: the field's words and the chosen filters."""
        chosen = " ".join(value for _, value in sorted(self._chosen))
        return f"{self.field.text().strip()} {chosen}".strip()

    def clear_search(self) -> None:
        """Neither words nor filters: all works again."""
        self._chosen = frozenset()
        self.facet_bar.choose(self._chosen)
        self.field.clear()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self._search()

    def focus_search(self) -> None:
        """Put the cursor into the search field."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Local files and folders may be dropped."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Import what was dropped."""
        for url in event.mimeData().urls():
            if url.isLocalFile():
                self.import_wanted.emit(str(Path(url.toLocalFile())))
        event.acceptProposedAction()

    def _choose(self, facet: str, value: str, on: bool) -> None:
        key = (facet, value)
        self._chosen = self._chosen | {key} if on else self._chosen - {key}
        self._search()

    def _search(self) -> None:
        self._later.stop()
        self.search_wanted.emit(self.words)

    def _replace_older(self, progress: ImportProgressed) -> None:
        """A second import of a folder takes the place of the first one's row, once that has ended."""
        for import_id, row in tuple(self.imports.items()):
            if import_id != progress.import_id and row.folder == progress.folder and row.ended:
                self._close_import(import_id)

    def _close_import(self, import_id: str) -> None:
        row = self.imports.pop(import_id, None)
        if row is None:
            return
        self._imports.removeWidget(row)
        row.deleteLater()
        self._show_state()

    def _show_state(self) -> None:
        empty = self._facets.total == 0 and self.rows.rowCount() == 0
        busy = self.is_importing
        for widget in (self.field, self._import, self.facet_bar, self._count, self._picked, self.order):
            widget.setVisible(not empty)
        waiting = empty and not busy and self._preparing.isHidden()
        self._opening.setVisible(waiting and self._is_opening)
        self._empty.setVisible(waiting and not self._is_opening)
        nothing = self._none_fits and not empty
        self._nothing.setVisible(nothing)
        if nothing:
            self._nothing.show_words(self.words, near=self.rows.rowCount())
        still_counting = busy and not self.words  # the import's own row tells how many
        self._count.setVisible(not empty and not nothing and not still_counting and not self._picked.text())
        self.grid.setVisible(not empty and self.rows.rowCount() > 0)

    def _search_field(self) -> QLineEdit:
        field = QLineEdit()
        field.setPlaceholderText("Search: rain, magenta, 1995…")
        field.setAccessibleName("Search the library")
        field.setClearButtonEnabled(True)
        field.setMaxLength(400)
        field.addAction(QAction(icon("magnifying-glass"), "", field), QLineEdit.ActionPosition.LeadingPosition)
        field.textChanged.connect(lambda _: self._later.start())
        field.returnPressed.connect(self._search)
        return field

    def _build(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(6)
        top.addWidget(self.field, 1)
        top.addWidget(self._import)
        self._imports = QVBoxLayout()
        self._imports.setSpacing(6)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 4, 4, 6)  # the cells of the grid bring 4 of their own
        column.setSpacing(8)
        padded = QVBoxLayout()
        padded.setContentsMargins(4, 0, 8, 0)
        padded.setSpacing(8)
        padded.addLayout(top)
        padded.addWidget(self._preparing)
        padded.addLayout(self._imports)
        padded.addWidget(self._opening)
        padded.addWidget(self._empty)
        padded.addWidget(self.facet_bar)
        counts = QHBoxLayout()
        counts.addWidget(self._count)
        counts.addWidget(self._picked)
        counts.addStretch(1)
        counts.addWidget(self.order)
        padded.addLayout(counts)
        padded.addWidget(self._nothing)
        column.addLayout(padded)
        column.addWidget(self.grid, 1)
        column.addStretch(0)


class _Empty(QWidget):
    """The library before its first import."""

    def __init__(self, on_import: Callable[[], object], on_sample: Callable[[], object]) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(8)
        column.addWidget(label("No works yet", "title"))
        column.addWidget(
            label("Import a folder of pictures, or drop one here. Your files stay where they are.", "soft", wrap=True)
        )
        column.addWidget(button("Import a folder…", on_import, "primary"))
        column.addWidget(button("Use the sample collection", on_sample))
        column.addStretch(1)


def count_line(words: str, result: SearchResult) -> str:
    """How many works are shown, in one line."""
    total = f"{result.total:,} {'work' if result.total == 1 else 'works'}"
    if not words and (copies := _copies(result)):
        shown = f"{len(result.hits):,} {'work' if len(result.hits) == 1 else 'works'}"
        return f"{shown} · {copies:,} near {'copy' if copies == 1 else 'copies'} not shown"
    if not words:
        return total if len(result.hits) >= result.total else f"{len(result.hits):,} of {total}"
    below = sum(1 for hit in result.hits if not hit.fits)
    line = f"{result.fitting:,} of {total} fit"
    return f"{line} · {below:,} weaker ones dimmed" if below else line


def _copies(result: SearchResult) -> int:
    """How many works are left out since they look like one that is shown; 0 where the answer is only a first part."""
    return result.total - len(result.hits) if len(result.hits) not in (MOST_FOUND, MOST_SORTED) else 0
