"""Stages are made ready on another thread; what has graphics memory is let go of on the one that draws."""

import threading
import weakref
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from scene.scene import Scene
from viewport.preparing import KEPT_ENVIRONMENTS
from viewport.stage import Stage
from viewport.view import SceneView

THEMES = ("white_cube", "noir", "museum", "paper", "desert")


def test_rooms_that_are_kept_no_more_end_on_the_thread_that_draws(
    view: SceneView, make_room: Callable[..., Scene]
) -> None:
    composition, ended_on = view.composition, list[int]()
    with ThreadPoolExecutor(1) as threads:
        for theme in THEMES:
            stage = Stage(make_room(theme))
            ready = threads.submit(composition.prepared, stage).result()
            weakref.finalize(ready.surroundings, lambda: ended_on.append(threading.get_ident()))
            composition.show(stage, ready)
            view.render()
            del ready
    composition.show(Stage(make_room("white_cube")))
    assert len(ended_on) >= len(THEMES) - KEPT_ENVIRONMENTS
    assert set(ended_on) == {threading.get_ident()}
