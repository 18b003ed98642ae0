"""Words on the glass are read whole, wherever their place is."""

import numpy as np
import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from viewport.hands.marks import Tag
from viewport.widget.glass import EDGE_PX, Glass

WIDE, HIGH = 400, 200


@pytest.mark.parametrize("at", [(200.0, 100.0), (-300.0, 100.0), (900.0, 100.0), (200.0, -50.0), (5.0, 500.0)])
def test_words_keep_within_the_pane(qtbot: QtBot, at: tuple[float, float]) -> None:
    glass = Glass(None, lambda: (Tag(at, "“Two works” overlap", "bad"),))  # type: ignore[arg-type]
    qtbot.addWidget(glass)
    glass.resize(WIDE, HIGH)
    glass.refresh()
    image = QImage(WIDE, HIGH, QImage.Format.Format_RGB32)
    image.fill(0)
    glass.render(image)
    red = np.frombuffer(image.constBits(), np.uint8).reshape(HIGH, WIDE, 4)[..., 2] > 200
    rows, columns = np.flatnonzero(red.any(axis=1)), np.flatnonzero(red.any(axis=0))
    assert np.ptp(columns) > 100
    assert columns[0] >= EDGE_PX - 1
    assert columns[-1] <= WIDE - EDGE_PX
    assert rows[0] >= EDGE_PX - 1
    assert rows[-1] <= HIGH - EDGE_PX
