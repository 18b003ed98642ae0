"""What there is to filter by: colours as swatches, then the most frequent tags, years and folders as chips."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from agent.ports.library import Facet, Facets
from ui.style.flow import FlowLayout
from ui.style.parts import literal

SWATCHES = {
    "black": "#1c1c20", "white": "#f4f4f4", "grey": "#8c8c90", "gray": "#8c8c90", "silver": "#bfc3c9",
    "red": "#d8383a", "crimson": "#b3203d", "orange": "#ee8130", "brown": "#7d5234", "beige": "#d9c8a5",
    "cream": "#f2e7cb", "gold": "#d5a437", "yellow": "#f0d43a", "olive": "#7f8137", "lime": "#a4d53b",
    "green": "#3fa34d", "teal": "#1f8a8c", "turquoise": "#3fc4bd", "cyan": "#33c6e8", "blue": "#2f6fe0",
    "navy": "#20305f", "indigo": "#463bb5", "violet": "#7c4ddb", "purple": "#8a35b8", "magenta": "#d832b4",
    "pink": "#f08ab5", "maroon": "#6e1f2a", "tan": "#c6a57a", "lavender": "#b7a5e0",
}  # fmt: skip

MOST_COLOURS, MOST_TAGS = 9, 6
_RING = "#7c7c86"
"""Around a swatch; seen in both looks."""


class FacetBar(QWidget):
    """Emits `toggled` with (facet, value, on) when a chip is clicked."""

    toggled = Signal(str, str, bool)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Filters")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(5)
        self._swatches = QHBoxLayout()
        self._swatches.setSpacing(2)
        self._flow = FlowLayout()
        column.addLayout(self._swatches)
        column.addLayout(self._flow)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.chips: dict[tuple[str, str], QToolButton] = {}

    def show_facets(self, facets: Facets, chosen: frozenset[tuple[str, str]] = frozenset()) -> None:
        """Replace the chips; those that are chosen stay, also when they are not among the most frequent."""
        wanted = [("colours", f) for f in facets.colours if f.value in SWATCHES][:MOST_COLOURS]
        wanted += [("tags", f) for f in facets.tags[:MOST_TAGS]]
        keys = {(facet, f.value) for facet, f in wanted}
        wanted += [(facet, Facet(value=value, count=0)) for facet, value in sorted(chosen - keys)]
        if [(k, v.value) for k, v in wanted] == list(self.chips):
            return
        for chip in self.chips.values():
            chip.hide()
            chip.deleteLater()
        for layout in (self._swatches, self._flow):
            while layout.takeAt(0):
                pass
        self.chips = {}
        for facet, value in wanted:
            made = _chip(facet, value)
            made.setChecked((facet, value.value) in chosen)
            made.toggled.connect(lambda on, facet=facet, value=value.value: self.toggled.emit(facet, value, on))
            self.chips[(facet, value.value)] = made
            (self._swatches if made.property("look") == "icon" else self._flow).addWidget(made)
        self._swatches.addStretch(1)

    def choose(self, chosen: frozenset[tuple[str, str]]) -> None:
        """Show these as chosen, without telling anybody."""
        for key, chip in self.chips.items():
            chip.blockSignals(True)
            chip.setChecked(key in chosen)
            chip.blockSignals(False)


def _chip(facet: str, value: Facet) -> QToolButton:
    made = QToolButton()
    made.setCheckable(True)
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    counted = f"{value.count:,} works" if value.count else "chosen"
    made.setAccessibleName(f"{facet[:-1]} {value.value}, {counted}")
    made.setToolTip(f"{literal(value.value)} · {counted}".replace("<", "&lt;"))
    if facet == "colours" and value.value in SWATCHES:
        made.setIcon(swatch_icon(SWATCHES[value.value]))
        made.setIconSize(QSize(16, 16))
        made.setProperty("look", "icon")
        made.setProperty("swatch", "true")
    else:
        text = value.value if len(value.value) <= 20 else f"{value.value[:19]}…"
        made.setText(literal(text))
        made.setProperty("look", "chip")
    return made


def swatch_icon(colour: str, edge_px: int = 16) -> QIcon:
    """A round swatch of one colour, with a ring that keeps dark ones visible."""
    pixmap = QPixmap(edge_px * 2, edge_px * 2)
    pixmap.setDevicePixelRatio(2)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QColor(_RING))
    painter.setBrush(QColor(colour))
    painter.drawEllipse(1, 1, edge_px - 2, edge_px - 2)
    painter.end()
    return QIcon(pixmap)
