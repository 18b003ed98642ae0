"""Words on the glass are read whole, wherever their place is."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from viewport.hands.marks import Tag
from viewport.widget.glass import EDGE_PX, Glass, clear_place

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


PANE = QRectF(0, 0, 600, 500)
INSPECTOR, PLAN = QRectF(18, 18, 216, 224), QRectF(350, 18, 236, 200)


def test_words_under_a_panel_come_out_at_its_nearest_side() -> None:
    plate = QRectF(190, 100, 80, 20)
    assert clear_place(plate, PANE, [INSPECTOR, PLAN]) == QRectF(240, 100, 80, 20)
    assert clear_place(plate, PANE, []) == plate


@given(st.floats(-200, 800), st.floats(-200, 700), st.floats(10, 180))
def test_words_are_read_whole_beside_what_floats_over_the_picture(x: float, y: float, width: float) -> None:
    place = clear_place(QRectF(x, y, width, 20), PANE, [INSPECTOR, PLAN])
    assert PANE.contains(place)
    assert not any(place.intersects(over) for over in (INSPECTOR, PLAN))
    assert place.size() == QRectF(x, y, width, 20).size()


def test_where_everything_is_covered_words_stay_where_they_are() -> None:
    assert clear_place(QRectF(10, 10, 50, 20), PANE, [PANE]) == QRectF(10, 10, 50, 20)
