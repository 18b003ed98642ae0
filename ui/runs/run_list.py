"""The latest runs, newest first: when, what was asked, what became of it, seconds and cost."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem

from app.runs.history import RunSummary
from ui.runs.words import colour_of_outcome, cost_if_any, exact_seconds, spoken_outcome, spoken_when
from ui.style.tinted import TintedTreeItem

_COLUMNS = ("When", "Request", "Outcome", "Took", "Cost")
_ID = Qt.ItemDataRole.UserRole


def _now() -> datetime:
    return datetime.now(UTC).astimezone()


class RunList(QTreeWidget):
    """Emits `chosen` with a run's id, or "" for none."""

    chosen = Signal(str)

    def __init__(self, now: Callable[[], datetime] = _now) -> None:
        super().__init__()
        self._now = now
        self._shown: tuple[RunSummary, ...] = ()
        self.setColumnCount(len(_COLUMNS))
        self.setHeaderLabels(_COLUMNS)
        self.setRootIsDecorated(False)
        self.setProperty("look", "table")
        self.setUniformRowHeights(True)
        self.setAccessibleName("Runs, newest first")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        header.setMinimumSectionSize(36)
        self.currentItemChanged.connect(lambda item, _: self.chosen.emit(_id_of(item)))

    @property
    def current(self) -> str:
        """The id of the run that is chosen."""
        return _id_of(self.currentItem())

    def show_runs(self, runs: Sequence[RunSummary]) -> None:
        """Show these; the chosen one stays chosen where it is still there, and the newest is followed."""
        if tuple(runs) == self._shown:
            return
        follows = bool(self._shown) and self.current == self._shown[0].run_id
        before, self._shown = "" if follows else self.current, tuple(runs)
        self.blockSignals(True)
        self.clear()
        self.addTopLevelItems([self._item(run) for run in runs])
        self.blockSignals(False)
        ids = [run.run_id for run in runs]
        chosen = self.topLevelItem(ids.index(before) if before in ids else 0)
        if chosen is not None:
            self.setCurrentItem(chosen)
        else:
            self.chosen.emit("")
        self.setColumnHidden(4, not any(run.cost_usd > 0 for run in runs))

    def _item(self, run: RunSummary) -> TintedTreeItem:
        outcome, took = spoken_outcome(run), exact_seconds(run.seconds)
        retries = f"{run.retries} {'retry' if run.retries == 1 else 'retries'}" if run.retries else ""
        item = TintedTreeItem(
            [spoken_when(run.begun, self._now()), run.request, outcome, took, cost_if_any(run.cost_usd)]
        )
        item.setData(0, _ID, run.run_id)
        item.setToolTip(1, run.request[:1_000])
        item.setToolTip(2, ", ".join(part for part in (outcome, f"{run.steps} steps", retries) if part))
        spoken = f"{run.request[:200]}, {outcome}, {took}"
        item.setData(1, Qt.ItemDataRole.AccessibleTextRole, spoken)
        item.tint(2, colour_of_outcome(run))
        for column in (0, 3, 4):
            item.tint(column, "faint")
        for column in (3, 4):
            item.setTextAlignment(column, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return item


def _id_of(item: QTreeWidgetItem | None) -> str:
    return str(item.data(0, _ID)) if item is not None else ""
