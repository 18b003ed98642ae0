"""A sheet's edited strips reach the graphics card, a few at a time, and all of them after the memory was lost."""

import numpy as np
import pytest
from vtkmodules.vtkRenderingCore import vtkRenderer

from viewport.graphics.paint import PICTURE, Look, actor_for
from viewport.graphics.quads import QuadMesh
from viewport.graphics.sheet import STRIP_PX, Sheet
from viewport.graphics.window import offscreen_window
from viewport.picture import window_pixels

WIDE = 96


@pytest.fixture
def shown() -> object:
    """Draws a sheet over the whole of a small window and gives the colours of its bands from the bottom up."""
    window, renderer = offscreen_window(40, 40), vtkRenderer()
    window.AddRenderer(renderer)
    renderer.GetActiveCamera().SetPosition(0, 0, 1)

    def draw(sheet: Sheet) -> list[int]:
        mesh = QuadMesh(1)
        mesh.corners[0] = [(-1, -1, 0), (1, -1, 0), (1, 1, 0), (-1, 1, 0)]
        mesh.changed()
        actor = actor_for(mesh, Look(PICTURE, {"albedo": sheet}))
        renderer.AddActor(actor)
        renderer.GetActiveCamera().SetParallelProjection(True)
        renderer.GetActiveCamera().SetParallelScale(1.0)
        renderer.GetActiveCamera().SetClippingRange(0.1, 10)
        window.Render()
        pixels = window_pixels(window, 40, 40)
        renderer.GetViewProps().RemoveItem(actor)  # keeps the graphics memory
        return [int(value) for value in pixels[::-1, 20, 0][5::10]]

    yield window, draw
    window.Finalize()


def striped(values: tuple[int, ...]) -> Sheet:
    sheet = Sheet(len(values) * STRIP_PX, WIDE)
    for band, value in enumerate(values):
        sheet.rows[band * STRIP_PX : (band + 1) * STRIP_PX] = value
    sheet.touch(np.arange(len(values)) * STRIP_PX, STRIP_PX)
    return sheet


def test_edits_arrive_a_few_strips_at_a_time(shown: tuple) -> None:
    window, draw = shown
    sheet = striped((10, 60, 110, 160))
    assert sheet.upload(window)
    assert draw(sheet) == [10, 60, 110, 160]
    assert not sheet.upload(window), "nothing was edited since"
    sheet.rows[:] = 250
    sheet.touch(np.arange(4) * STRIP_PX, STRIP_PX)
    strip = STRIP_PX * WIDE * 3
    assert sheet.upload(window, most_bytes=strip)
    assert sheet.waiting_bytes == 3 * strip
    while sheet.upload(window, most_bytes=strip):
        pass
    assert draw(sheet) == [250] * 4


def test_a_sheet_of_the_same_size_goes_on_in_the_same_memory(shown: tuple) -> None:
    window, draw = shown
    first, second = striped((10, 60, 110, 160)), striped((20, 70, 120, 170))
    first.upload(window)
    assert second.take_over(first)
    second.upload(window)
    assert draw(second) == [20, 70, 120, 170]
    assert not striped((1, 2)).take_over(second)
