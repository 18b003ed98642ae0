"""What is selected is never marked in the colour of what is proposed."""

import numpy as np

from resources import folder
from scene.themes import themes_in
from viewport.graphics.textures import rgb
from viewport.works.marks import SELECTED, selection_colour


def test_the_ring_of_a_selection_stands_out_from_every_theme() -> None:
    for theme in themes_in(folder("themes")).values():
        assert float(np.abs(rgb(selection_colour(theme.accent)) - rgb(theme.accent)).max()) >= 0.3, theme.id
    assert selection_colour("#19e3ff") == SELECTED
