"""What a hand must not feel: `python -m tests.load moments [--json]`; processor milliseconds, the best of five rounds.

Lists of 10,000 works in the panels, a plan of 20,000, a step among 100,000 cards, one frame of 5,000 that fly, the
slowest of the requests that the tests read, and the slowest of 20,000 characters.
"""

import argparse
import json
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

import numpy as np
from PySide6.QtWidgets import QApplication, QWidget

from agent.ports.library import Facets
from scene.barriers import Barriers
from scene.collision import walked
from scene.records import Placement
from scene.scene import Scene
from tests.agent.offline.test_understand import LONGEST, PHRASES, meant
from tests.ui.samples import make_result, make_scene
from ui.library.panel import LibraryPanel
from ui.outline.panel import OutlinePanel
from ui.plan.plan_view import PlanView
from ui.shell.qt_environment import prepare_qt
from ui.style.apply import dress
from viewport.wayfinding.morph import SECONDS, morph_between
from viewport.works.cards import Cards, cards_of

ROUNDS = 5
AnyWidget = TypeVar("AnyWidget", bound=QWidget)
GOALS_MS = {
    "rows": 1_000,
    "scroll": 100,
    "outline": 1_500,
    "plan": 250,
    "step": 50,
    "flight": 12,
    "request": 20,
    "longest": 500,
}


def best_ms(*calls: Callable[[], object]) -> float:
    """Processor time, which others on the machine hardly stretch."""
    found = []
    for _ in range(ROUNDS):
        began = time.process_time()
        for call in calls:
            call()
        found.append((time.process_time() - began) * 1000)
    return min(found)


def shown(widget: AnyWidget, width_px: int, height_px: int) -> AnyWidget:
    """A panel on the screen."""
    widget.resize(width_px, height_px)
    widget.show()
    QApplication.processEvents()
    return widget


def library_ms() -> tuple[float, float]:
    """To show 10,000 rows, and the slowest of 40 steps through them."""
    panel, result = shown(LibraryPanel(), 304, 600), make_result(10_000)
    panel.show_facets(Facets(total=10_000))

    def show() -> None:
        panel.show_result(result)
        QApplication.processEvents()

    def step_ms(share: float) -> float:
        bar, began = panel.grid.verticalScrollBar(), time.process_time()
        bar.setValue(int(bar.maximum() * share))
        QApplication.processEvents()
        return (time.process_time() - began) * 1000

    shown_ms = best_ms(show)
    rounds = [[step_ms(at / 40) for at in range(40)] for _ in range(ROUNDS)]
    return shown_ms, max(min(steps) for steps in zip(*rounds, strict=True))


def outline_ms() -> float:
    """To list 10,000 works."""
    panel, scene = shown(OutlinePanel(), 304, 400), make_scene(10_000)
    return best_ms(partial(panel.show_scene, scene), QApplication.processEvents)


def plan_ms() -> float:
    """To paint 20,000 works again, all but one of them dimmed."""
    places = np.random.default_rng(5).uniform(-60, 60, (20_000, 2))
    view = PlanView()
    view.show_scene(
        Scene.of(
            Placement(id=f"w{n}", asset_id="a", position_m=(float(x), 1.5, float(z)), size_m=(1, 1), order=n)
            for n, (x, z) in enumerate(places)
        )
    )
    shown(view, view.sizeHint().width(), view.sizeHint().height())
    return best_ms(partial(view.show_matching, {"w1"}), view.grab)


def step_ms() -> float:
    """To walk a step among 100,000 cards."""
    rng = np.random.default_rng(1)
    start = rng.uniform(-300, 300, (100_000, 2))
    low, high = np.zeros(100_000), np.full(100_000, 2.0)
    barriers = Barriers(start, start + rng.uniform(-1, 1, start.shape), low, high)
    return best_ms(lambda: walked(barriers, np.zeros(2), np.full(2, 0.1), 1.6))


def flight_ms() -> float:
    """To place 5,000 cards in the middle of their way."""
    rng = np.random.default_rng(3)

    def layout() -> Cards:
        return cards_of(
            [
                Placement(id=f"w{n}", asset_id="a", position_m=tuple(p), rotation=tuple(q), size_m=(1.0, 0.7))
                for n, (p, q) in enumerate(
                    zip(rng.uniform(-40, 40, (5_000, 3)), rng.normal(size=(5_000, 4)), strict=True)
                )
            ]
        )

    morph = morph_between(layout(), layout(), 0.0)
    assert morph is not None
    return best_ms(lambda: morph.at(SECONDS / 2))


def request_ms() -> float:
    """To read the slowest of a fifth of the tests' requests."""
    return max(best_ms(partial(meant, phrase["say"], phrase["over"])) for phrase in PHRASES[::5])


def longest_ms() -> float:
    """To read the slowest of requests of 20,000 characters."""
    return max(best_ms(partial(meant, text[:20_000], "a show")) for text in LONGEST)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and fail where a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="one JSON object")
    asked = parser.parse_args(arguments)
    prepare_qt()
    application = QApplication(sys.argv[:1])
    dress(application)
    rows, scroll = library_ms()
    found = {"rows": rows, "scroll": scroll, "outline": outline_ms(), "plan": plan_ms()}
    found |= {"step": step_ms(), "flight": flight_ms(), "request": request_ms(), "longest": longest_ms()}
    if asked.json:
        print(json.dumps({name: round(value, 2) for name, value in found.items()}))
    else:
        for name, value in found.items():
            print(f"{name:10s} {value:9.2f} ms   goal {GOALS_MS[name]:6d}")
    return int(any(value > GOALS_MS[name] for name, value in found.items()))


if __name__ == "__main__":
    sys.exit(main())
