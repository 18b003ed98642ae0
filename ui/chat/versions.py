"""The switch below an edited message: which of its versions is on show, and the way to the branches of the others."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.style.parts import icon_button, label


class VersionSwitch(QWidget):
    """Emits `wanted` with the turn of the version to go to."""

    wanted = Signal(str)

    def __init__(self, shown: str, versions: Sequence[str]) -> None:
        super().__init__()
        at = versions.index(shown)
        told = f"{at + 1} of {len(versions)}"
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 2, 0, 0)
        row.setSpacing(2)
        self.earlier = icon_button("caret-left", "Go back to the version before, with what came after it")
        self.later = icon_button("caret-right", "Go on to the version after, with what came after it")
        for step, made in ((at - 1, self.earlier), (at + 1, self.later)):
            made.setEnabled(0 <= step < len(versions))
            if made.isEnabled():
                made.clicked.connect(partial(self._want, versions[step]))
        self.words = label(told, "caption")
        self.words.setAccessibleName(f"Version {told} of this message")
        row.addWidget(self.earlier)
        row.addWidget(self.words)
        row.addWidget(self.later)
        row.addStretch(1)

    def _want(self, turn_id: str, _checked: bool = False) -> None:
        self.wanted.emit(turn_id)
