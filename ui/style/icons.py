"""Icons drawn from the Phosphor font that qtawesome brings; its own code would cost 100 ms of the start (by qtpy)."""

import json
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QIconEngine, QPainter, QPixmap

from ui.style.worn import colour_of

_FONT, _GLYPHS = "phosphor-1.3.0.ttf", "phosphor-charmap-1.3.0.json"


@lru_cache(maxsize=1)
def _phosphor() -> tuple[str, dict[str, str]]:
    """The family's name and its glyphs by name."""
    found = find_spec("qtawesome")
    if found is None or found.origin is None:
        raise FileNotFoundError("qtawesome, which brings the icons, is not installed")
    folder = Path(found.origin).parent / "fonts"
    family = QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFont(str(folder / _FONT)))[0]
    codes: dict[str, str] = json.loads((folder / _GLYPHS).read_text(encoding="utf-8"))
    return family, {name: chr(int(code, 16)) for name, code in codes.items()}


class _Glyph(QIconEngine):
    """One glyph of the font in one colour, by its token's name or as it is; greyed when disabled."""

    def __init__(self, glyph: str, colour: str) -> None:
        super().__init__()
        self._glyph, self._colour = glyph, colour

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        """Draw it as large as the place."""
        font = QFont(_phosphor()[0])
        font.setPixelSize(max(1, min(rect.width(), rect.height())))
        brighter = {QIcon.Mode.Disabled: "disabled", QIcon.Mode.Active: "text"}
        painter.save()
        painter.setFont(font)
        painter.setPen(QColor(colour_of(brighter.get(mode, self._colour))))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, self._glyph)
        painter.restore()

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """Draw it into a pixmap; an empty place, as of a button that has none yet, takes an empty one."""
        drawn = QPixmap(size)
        if drawn.isNull():
            return drawn
        drawn.fill(Qt.GlobalColor.transparent)
        painter = QPainter(drawn)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return drawn


@lru_cache(maxsize=256)
def icon(name: str, colour: str = "soft") -> QIcon:
    """The icon of that Phosphor name, e.g. "caret-down", in the colour of a token's name, which follows the look.

    Raises KeyError for a name that the font does not have.
    """
    return QIcon(_Glyph(_phosphor()[1][name], colour))


def icon_pixmap(name: str, colour: str, edge_px: int, ratio: float = 1.0) -> QPixmap:
    """The icon as a pixmap of that logical size, sharp on a screen of that pixel ratio."""
    # not by way of QIcon, which multiplies by the ratio of the application once more
    glyph = _Glyph(_phosphor()[1][name], colour)
    drawn = glyph.pixmap(QSize(edge_px, edge_px) * ratio, QIcon.Mode.Normal, QIcon.State.Off)
    drawn.setDevicePixelRatio(ratio)
    return drawn
