"""The plan's panel: a quiet card with the room's name, the plan, and a button that folds it away."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui.plan.plan_view import PlanView, Point
from ui.style.icons import icon
from ui.style.parts import icon_button, label, restyle


class PlanPanel(QFrame):
    """Emits `overview_wanted`, and `folded` when it was folded away or opened."""

    overview_wanted = Signal()
    folded = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "card")
        self.setProperty("over", "viewport")
        self.setAccessibleName("Plan of the scene")
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.view = PlanView()
        self._where = label("", "caption")
        self._all = icon_button("corners-out", "See everything", self.overview_wanted.emit)
        self._fold = icon_button("map-trifold", "Show the plan", self.toggle)
        head = QHBoxLayout()
        head.setContentsMargins(12, 6, 6, 0)
        head.setSpacing(2)
        head.addWidget(self._where, 1)
        head.addWidget(self._all)
        head.addWidget(self._fold)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.view)
        self._head = head
        self.show_folded(False)

    @property
    def is_folded(self) -> bool:
        """Whether only its button is seen."""
        return self.view.isHidden()

    def toggle(self) -> None:
        """Fold it away, or open it."""
        self.show_folded(not self.is_folded)
        self.folded.emit(self.is_folded)

    def show_folded(self, folded: bool) -> None:
        """Only the button, or all of it."""
        for part in (self.view, self._where, self._all):
            part.setHidden(folded)
        self._fold.setIcon(icon("map-trifold" if folded else "caret-down"))
        name = "Show the plan" if folded else "Fold the plan away"
        self._fold.setToolTip(name)
        self._fold.setAccessibleName(name)
        self._head.setContentsMargins(*((3, 3, 3, 3) if folded else (12, 6, 6, 0)))
        restyle(self, "folded", "true" if folded else "false")
        self.adjustSize()

    def show_eye(self, position_m: Point, target_m: Point) -> None:
        """Where one stands and looks."""
        self.view.show_eye(position_m, target_m)
        where = self.view.standing_in or ("Outside" if self.view.plan.rooms else "Plan")
        if where != self._where.text():
            self._where.setText(where)
