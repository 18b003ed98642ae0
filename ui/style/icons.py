"""Icons from qtawesome's Phosphor font; loaded at the first use, one font instead of all eleven."""

from functools import lru_cache
from typing import Any

from PySide6.QtCore import QSize
from PySide6.QtGui import QIcon, QPixmap

from ui.style.tokens import TOKENS


@lru_cache(maxsize=1)
def _phosphor() -> Any:
    from qtawesome.iconic_font import IconicFont

    return IconicFont(("ph", "phosphor-1.3.0.ttf", "phosphor-charmap-1.3.0.json"))


@lru_cache(maxsize=256)
def icon(name: str, colour: str = TOKENS.soft) -> QIcon:
    """The icon of that Phosphor name, e.g. "caret-down", in one colour (greyed when disabled)."""
    drawn: QIcon = _phosphor().icon(
        f"ph.{name}", color=colour, color_active=TOKENS.text, color_disabled=TOKENS.disabled
    )
    return drawn


def icon_pixmap(name: str, colour: str, edge_px: int, ratio: float = 1.0) -> QPixmap:
    """The icon as a pixmap of that logical size, sharp on a screen of that pixel ratio."""
    drawn = icon(name, colour).pixmap(QSize(edge_px, edge_px) * ratio)
    drawn.setDevicePixelRatio(ratio)
    return drawn
