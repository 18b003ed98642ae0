"""The plan's panel: a quiet card with the room's name, the plan, and a button that folds it away."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui.plan.plan_view import PlanView, Point
from ui.style.icons import icon
from ui.style.parts import icon_button, label, restyle

HEAD_PX = 6
"""Between the card's edge and its name."""


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
        head.setContentsMargins(12, HEAD_PX, 6, 0)
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
        self.is_folded = False
        """Whether the creator folded it away."""
        self.gives_way = False
        """Whether it is only a button for want of a place where it would not be in the way."""
        self.insists = False
        """Whether it was opened although it is in the way."""
        self.show_folded(False)

    def toggle(self) -> None:
        """Fold it away, or open it."""
        self.insists = self.gives_way and not self.is_folded
        if self.insists:
            self.give_way(False)
        else:
            self.show_folded(not self.is_folded)
        self.folded.emit(self.is_folded)

    def show_folded(self, folded: bool) -> None:
        """Only the button, or all of it."""
        self.is_folded = folded
        self._show()

    def give_way(self, on: bool) -> None:
        """Be only a button as long as there is no place, whatever the creator chose."""
        if on != self.gives_way:
            self.gives_way = on
            self._show()

    def full_size(self) -> QSize:
        """How large it would be if nothing were in the way."""
        if self.is_folded:
            return self.sizeHint()
        view, edges = self.view.sizeHint(), self.contentsMargins()
        high = view.height() + self._fold.sizeHint().height() + HEAD_PX
        return QSize(view.width() + edges.left() + edges.right(), high + edges.top() + edges.bottom())

    def _show(self) -> None:
        folded = self.is_folded or self.gives_way
        for part in (self.view, self._where, self._all):
            part.setHidden(folded)
        self._fold.setIcon(icon("map-trifold" if folded else "caret-down"))
        name = "Show the plan" if folded else "Fold the plan away"
        self._fold.setToolTip(name)
        self._fold.setAccessibleName(name)
        self._head.setContentsMargins(*((3, 3, 3, 3) if folded else (12, HEAD_PX, 6, 0)))
        restyle(self, "folded", "true" if folded else "false")
        self.adjustSize()

    def show_eye(self, position_m: Point, target_m: Point) -> None:
        """Where one stands and looks."""
        self.view.show_eye(position_m, target_m)
        where = self.view.standing_in or ("Outside" if self.view.plan.rooms else "Plan")
        if where != self._where.text():
            self._where.setText(where)
