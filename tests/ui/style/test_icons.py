"""Icons are as large as was asked for on a screen of any scale; the scale of a program is set before it starts."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from ui.style.emblem import SIZES_PX, emblem, emblem_pixmap
from ui.style.icons import _Glyph

ROOT = Path(__file__).parents[3]
PRINT_SIZES = """
from PySide6.QtWidgets import QApplication
app = QApplication(["test", "-platform", "offscreen"])
from ui.style.icons import icon_pixmap
drawn = icon_pixmap("check", "#ffffff", 14, app.devicePixelRatio())
ink = [x for x in range(drawn.width()) for y in range(drawn.height()) if drawn.toImage().pixelColor(x, y).alpha() > 60]
print(drawn.width(), drawn.deviceIndependentSize().width(), (max(ink) - min(ink)) / drawn.devicePixelRatio())
"""


@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_an_icon_is_whole_and_of_its_size(scale: float) -> None:
    environment = {**os.environ, "QT_SCALE_FACTOR": str(scale), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", PRINT_SIZES]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True, timeout=60)
    pixels, logical, ink = (float(word) for word in done.stdout.split())
    assert (pixels, logical) == (14 * scale, 14)
    assert 8 < ink < 14, "the whole mark, not a part of it"


@pytest.mark.usefixtures("qapp")
def test_an_empty_place_takes_an_empty_picture(qtlog) -> None:
    glyph = _Glyph("x", "#ffffff")
    assert glyph.pixmap(QSize(0, 12), QIcon.Mode.Normal, QIcon.State.Off).isNull()
    assert not glyph.pixmap(QSize(12, 12), QIcon.Mode.Normal, QIcon.State.Off).isNull()
    assert qtlog.records == [], "nothing was painted on it"


def test_the_emblem_is_there_at_every_size(qapp: QApplication) -> None:
    for size_px in SIZES_PX:
        drawn = emblem_pixmap(size_px).toImage()
        assert drawn.size() == QSize(size_px, size_px)
        assert drawn.pixelColor(0, 0).alpha() == 0, "its corners are round"
        assert drawn.pixelColor(size_px // 2, size_px - size_px // 5).alpha() == 255
    assert len(emblem().availableSizes()) == len(SIZES_PX)
