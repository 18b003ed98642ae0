"""Notices at the upper right of the viewport: what happened, what was kept, what to do next."""

import re

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.messages import Noticed
from ui.style.mark import Mark
from ui.style.parts import button, icon_button, label

_ICONS = {"info": ("info", "soft"), "warning": ("warning", "warn"), "error": ("warning-circle", "bad")}
_WIDTH, MOST_TOASTS = 340, 4
_LONG = 80
_SENTENCE = re.compile(r"(?<=[.!?)”])\s+(?=[A-Z])")
_SHOWN_MS = {"info": 6_000, "warning": 14_000}


def headline(what: str) -> tuple[str, str]:
    """The first sentence of a long notice, and what comes after it; a short one stays whole."""
    end = _SENTENCE.search(what) if len(what) > _LONG else None
    return (what[: end.start()], what[end.end() :]) if end is not None else (what, "")


class Toast(QFrame):
    """One notice; errors stay until they are closed."""

    closed = Signal(object)
    grown = Signal()
    """Its details were shown, or hidden again."""

    def __init__(self, notice: Noticed) -> None:
        super().__init__()
        self.notice = notice
        self.times = 1
        self.setProperty("look", "card")
        self.setFixedWidth(_WIDTH)
        self.setAccessibleName(f"{notice.level}: {notice.what} {notice.kept} {notice.advice}")
        mark = Mark(18, above_px=3)
        mark.show_icon(*_ICONS[notice.level])
        words = QVBoxLayout()
        words.setSpacing(4)
        words.setContentsMargins(0, 3, 0, 0)
        self._headline, rest = headline(notice.what)
        self._what = label(self._headline, "strong", wrap=True)
        words.addWidget(self._what)
        for text in (rest, notice.kept, notice.advice):
            if text:
                words.addWidget(label(text, "soft", wrap=True))
        if notice.correlation_id:
            reference = label(f"Reference {notice.correlation_id}", "caption", wrap=True)
            reference.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            words.addWidget(reference)
        if notice.details:
            self._details = label(notice.details, "caption", wrap=True)
            self._details.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._details.hide()
            self._more = button("Show details", self._toggle, "link")
            words.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
            words.addWidget(self._details)
        words.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(13, 11, 8, 12)
        row.setSpacing(10)
        row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        row.addWidget(
            icon_button("x", "Close the notice", lambda: self.closed.emit(self)), 0, Qt.AlignmentFlag.AlignTop
        )
        if notice.level in _SHOWN_MS:
            QTimer.singleShot(_SHOWN_MS[notice.level], self, lambda: self.closed.emit(self))

    def _toggle(self) -> None:
        shown = self._details.isHidden()
        self._details.setVisible(shown)
        self._more.setText("Hide details" if shown else "Show details")
        self.grown.emit()

    def say_again(self) -> None:
        """The same thing happened once more."""
        self.times += 1
        self._what.setText(f"{self._headline} (×{self.times})")


class Toasts(QWidget):
    """A stack of notices, the newest on top; the same one twice is counted, not repeated."""

    keyboard_left = Signal()
    """The notice that had the keyboard goes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Notices")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self.shown: list[Toast] = []
        self.hide()

    def show_notice(self, notice: Noticed) -> None:
        """Show a notice."""
        for toast in self.shown:
            if (toast.notice.what, toast.notice.level) == (notice.what, notice.level):
                toast.say_again()
                return
        toast = Toast(notice)
        toast.closed.connect(self._drop)
        toast.grown.connect(self._fit)
        self.shown.insert(0, toast)
        self._column.insertWidget(0, toast)
        while len(self.shown) > MOST_TOASTS:
            self._drop(self.shown[-1])
        self.show()
        self._fit()

    def close_newest(self) -> bool:
        """Close the newest notice; False when there is none."""
        if self.shown:
            self._drop(self.shown[0])
            return True
        return False

    def drop(self, what: str) -> None:
        """Close the notice that says this, if it is shown: it is no longer so."""
        for toast in tuple(self.shown):
            if toast.notice.what == what:
                self._drop(toast)

    def sizeHint(self) -> QSize:
        """As high as the notices."""
        return QSize(_WIDTH, sum(t.heightForWidth(_WIDTH) for t in self.shown) + 8 * max(0, len(self.shown) - 1))

    def _drop(self, toast: Toast) -> None:
        if toast in self.shown:
            focused = self.window().focusWidget()
            if focused is not None and toast.isAncestorOf(focused):
                self.keyboard_left.emit()
            self.shown.remove(toast)
            self._column.removeWidget(toast)
            toast.hide()
            toast.deleteLater()
        self.setVisible(bool(self.shown))
        self._fit()

    def _fit(self) -> None:
        self.updateGeometry()
        self.resize(self.sizeHint())
