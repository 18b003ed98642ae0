"""Who is in the open scene: a round mark in each one's colour, with an initial; a click goes to where they stand."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.style.parts import ToolButton
from ui.style.worn import tokens

SIZE_PX, MOST = 26, 5


@dataclass(frozen=True)
class Met:
    """Somebody as the tool bar shows them."""

    session: str
    name: str
    colour: str
    holds: str = ""
    """What they have in their hands, in words."""

    @property
    def words(self) -> str:
        """One line about them."""
        return f"{self.name} holds {self.holds}" if self.holds else f"{self.name} is here"


class Avatar(ToolButton):
    """One round mark; a ring around it while its person holds something."""

    def __init__(self, met: Met) -> None:
        super().__init__()
        self.met = met
        self.setFixedSize(QSize(SIZE_PX + 4, SIZE_PX + 4))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.show_met(met)

    def show_met(self, met: Met) -> None:
        """The same person, perhaps with something else in their hands."""
        self.met = met
        self.setToolTip(f"{met.words}\nClick to go there")
        self.setAccessibleName(f"{met.words}. Press to go where they stand.")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A disc, its letter, and the ring of who holds something or has the keyboard."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        disc = QRectF(self.rect()).adjusted(4, 4, -4, -4)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.met.colour))
        painter.drawEllipse(disc)
        if self.met.holds or self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(tokens().text if self.hasFocus() else self.met.colour), 1.5))
            painter.drawEllipse(disc.adjusted(-2.5, -2.5, 2.5, 2.5))
        font = QFont(self.font())
        font.setPixelSize(12)
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(QColor("#ffffff"))
        painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, self.met.name.strip()[:1].upper() or "?")
        painter.end()


class Avatars(QWidget):
    """Up to `MOST` marks and how many more there are. Emits `chosen` with a session."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("In this scene with you")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 6, 0)
        self._row.setSpacing(0)
        self.marks: list[Avatar] = []
        self._more = ToolButton()
        self._more.setProperty("look", "status")
        self._more.hide()
        self._row.addWidget(self._more)

    def show_people(self, people: Sequence[Met]) -> None:
        """These are there, and nobody else; marks of those who stay keep the keyboard."""
        shown = list(people[:MOST])
        if [mark.met.session for mark in self.marks] != [met.session for met in shown]:
            self._make(shown)
        for mark, met in zip(self.marks, shown, strict=True):
            if mark.met != met:
                mark.show_met(met)
        more = [met.words for met in people[MOST:]]
        self._more.setVisible(bool(more))
        self._more.setText(f"+{len(more)}")
        self._more.setToolTip("\n".join(more))
        self._more.setAccessibleName(f"{len(more)} more")

    def _make(self, people: Sequence[Met]) -> None:
        for mark in self.marks:
            self._row.removeWidget(mark)
            mark.hide()
            mark.deleteLater()
        self.marks = [Avatar(met) for met in people]
        for place, mark in enumerate(self.marks):
            mark.clicked.connect(lambda _=False, mark=mark: self.chosen.emit(mark.met.session))
            self._row.insertWidget(place, mark)
            mark.show()
