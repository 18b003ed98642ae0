"""One import as it goes: counts, rate, time left, cancel, and at the end the files that could not be read."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QProgressBar, QVBoxLayout, QWidget

from app.messages import ImportProgressed
from ui.style.parts import button, frame, icon_button, label

_MB, _THOUSAND = 1_000_000, 1_000


class ImportRow(QWidget):
    """Emits `cancelled` with the import's id, and `closed` with it when the creator puts the row away."""

    cancelled = Signal(str)
    closed = Signal(str)

    def __init__(self, import_id: str) -> None:
        super().__init__()
        self.import_id = import_id
        self.state = ""
        self.folder = ""
        self._title = label("", "strong")
        self._line = label("", "caption", wrap=True)
        self._bar = QProgressBar()
        self._bar.setAccessibleName("Import progress")
        self._cancel = icon_button("x", "Cancel the import", lambda: self.cancelled.emit(import_id))
        self._close = icon_button("x", "Put this away", lambda: self.closed.emit(import_id))
        self._bad_toggle = button("", self._toggle_bad, "link")
        self.bad_list = QListWidget()
        self.bad_list.setAccessibleName("Files that could not be imported")
        self.bad_list.setWordWrap(True)
        self.bad_list.setMaximumHeight(150)
        self._build()

    def show_progress(self, progress: ImportProgressed) -> None:
        """Show how far it is."""
        self.state, self.folder = progress.state, progress.folder
        active = not self.ended
        self._cancel.setVisible(active)
        self._close.setVisible(not active)
        name = Path(progress.folder).name or progress.folder
        verb = {"done": "Imported", "cancelled": "Import stopped", "failed": "Import failed"}
        begun = "Sending" if progress.state == "uploading" else "Importing"
        self._title.setText(f"{verb.get(progress.state, begun)} {name}")
        self._line.setText(progress_line(progress))
        self._bar.setVisible(active)
        sending = progress.state == "uploading" and progress.bytes_to_send > 0
        self._bar.setRange(0, _THOUSAND if sending else progress.total if progress.state == "running" else 0)
        self._bar.setValue(
            round(progress.sent_bytes / progress.bytes_to_send * _THOUSAND) if sending else progress.done
        )
        self._show_bad(progress)

    @property
    def ended(self) -> bool:
        """Whether nothing more will come."""
        return self.state in ("done", "cancelled", "failed")

    @property
    def line(self) -> str:
        """The counts as they are shown."""
        return self._line.text()

    def _show_bad(self, progress: ImportProgressed) -> None:
        count = len(progress.bad)
        self._bad_toggle.setVisible(count > 0)
        self._bad_toggle.setText(f"{count:,} {'file' if count == 1 else 'files'} could not be imported")
        for bad in progress.bad[self.bad_list.count() :]:
            self.bad_list.addItem(f"{Path(bad.path).name} — {bad.why}")

    def _toggle_bad(self) -> None:
        self.bad_list.setVisible(self.bad_list.isHidden())

    def _build(self) -> None:
        box = frame("card")
        column = QVBoxLayout(box)
        column.setContentsMargins(10, 8, 8, 9)
        column.setSpacing(5)
        row = QHBoxLayout()
        row.addWidget(self._title, 1)
        row.addWidget(self._cancel)
        row.addWidget(self._close)
        column.addLayout(row)
        for widget in (self._bar, self._line, self._bad_toggle, self.bad_list):
            column.addWidget(widget)
        self.bad_list.hide()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(box)


def progress_line(progress: ImportProgressed) -> str:
    """The counts in one line: "48 of 200 · 31 a second · 5 s left"."""
    if progress.state == "failed":
        return progress.error or "The import could not be finished. What was imported stays."
    if progress.state == "scanning":
        return f"Looking for pictures… {progress.total:,} so far"
    if progress.state == "uploading":
        return _sending_line(progress)
    if progress.state == "queued":
        return f"{progress.total:,} pictures wait for their turn on the platform" if progress.total else "Beginning…"
    if progress.state == "cancelling":
        return "Stopping…"
    if progress.state == "running":
        parts = [f"{progress.done:,} of {progress.total:,}"]
        if progress.rate_per_s > 0:
            parts.append(f"{progress.rate_per_s:.0f} a second")
        if progress.seconds_left is not None:
            parts.append(f"{time_left(progress.seconds_left)} left")
        return " · ".join(parts)
    parts = [f"{progress.added:,} added"]
    if progress.already_there:
        parts.append(f"{progress.already_there:,} {'was' if progress.already_there == 1 else 'were'} there already")
    if progress.state == "done" and not progress.total:
        return "No pictures were found there. Choose a folder with JPEG, PNG, WebP, GIF or TIFF files."
    return " · ".join(parts)


def _sending_line(progress: ImportProgressed) -> str:
    if not progress.bytes_to_send:
        return f"Comparing {progress.total:,} pictures with the platform's…"
    parts = [f"{progress.sent_bytes / _MB:,.1f} of {progress.bytes_to_send / _MB:,.1f} MB"]
    if progress.already_there:
        parts.append(f"{progress.already_there:,} there already")
    if progress.seconds_left is not None:
        parts.append(f"{time_left(progress.seconds_left)} left")
    return " · ".join(parts)


def time_left(seconds: float) -> str:
    """A rough time, as people say it."""
    if seconds < 60:
        return f"{max(1, round(seconds))} s"
    if seconds < 3600:
        return f"{round(seconds / 60)} min"
    return f"{seconds / 3600:.1f} h"
