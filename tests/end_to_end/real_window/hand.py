"""A mouse and a keyboard that the X server believes in: what they do reaches the window as any user's events do."""

import subprocess
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

STEPS, BETWEEN_S = 6, "0.012"
PATIENCE_MS = 60_000
Words = list[str]


class RealHand:
    """Moves the one pointer of the display with XTEST, through `xdotool`; the window's loop runs meanwhile."""

    def __init__(self, qtbot: QtBot) -> None:
        self._qtbot = qtbot

    def click(self, widget: QWidget, at: QPoint | None = None, *, keys: str = "", button: int = 1) -> None:
        """Click there, or in the middle of the widget, with keys held as in "ctrl+shift"."""
        self._do([*_to(widget, at), "sleep", BETWEEN_S, *_held(keys, ["click", str(button)])])

    def double_click(self, widget: QWidget, at: QPoint | None = None) -> None:
        """Click there twice."""
        self._do([*_to(widget, at), "click", "--repeat", "2", "--delay", "40", "1"])

    def drag(self, path: Iterable[tuple[QWidget, QPoint]], *, keys: str = "") -> None:
        """Press, move along the path in small steps, and let go."""
        places = [widget.mapToGlobal(point) for widget, point in path]
        moves = [word for place in _between(places) for word in (*_move(place), "sleep", BETWEEN_S)]
        stroke = ["mousedown", "1", "sleep", BETWEEN_S, *moves, "sleep", "0.05", "mouseup", "1"]
        self._do([*_move(places[0]), "sleep", BETWEEN_S, *_held(keys, stroke)])

    def press_and_move(self, widget: QWidget, start: QPoint, end: QPoint) -> None:
        """Press, move, and stay there with the button down."""
        moves = [
            word for place in _between([widget.mapToGlobal(start), widget.mapToGlobal(end)]) for word in _move(place)
        ]
        self._do([*_to(widget, start), "sleep", BETWEEN_S, "mousedown", "1", "sleep", BETWEEN_S, *moves])

    def let_go(self) -> None:
        """Let the button go."""
        self._do(["mouseup", "1"])

    def key(self, *combinations: str) -> None:
        """Press keys one after the other, each as in "ctrl+z"."""
        self._do(["key", "--delay", "8", *combinations])

    def hold(self, key: str, until: Callable[[], bool]) -> None:
        """Hold a key until something is so."""
        self._do(["keydown", key])
        try:
            self.until(until)
        finally:
            self._do(["keyup", key])

    def write(self, words: str) -> None:
        """Type words."""
        self._do(["type", "--delay", "6", words])

    def until(self, is_so: Callable[[], bool]) -> None:
        """Wait until something is so."""
        self._qtbot.waitUntil(is_so, timeout=PATIENCE_MS)

    def _do(self, words: Words) -> None:
        with subprocess.Popen(["xdotool", *words], stderr=subprocess.PIPE, text=True) as process:
            self._qtbot.waitUntil(lambda: process.poll() is not None, timeout=PATIENCE_MS)
            assert process.stderr is not None
            assert process.returncode == 0, process.stderr.read()
        self._qtbot.wait(1)


def _to(widget: QWidget, at: QPoint | None) -> Words:
    return _move(widget.mapToGlobal(widget.rect().center() if at is None else at))


def _move(place: QPoint) -> Words:
    return ["mousemove", str(place.x()), str(place.y())]


def _held(keys: str, inner: Words) -> Words:
    names = keys.split("+") if keys else []
    down = [word for name in names for word in ("keydown", name)]
    return [*down, *inner, *(word for name in reversed(names) for word in ("keyup", name))]


def _between(places: list[QPoint]) -> Iterator[QPoint]:
    for start, end in pairwise(places):
        for step in range(1, STEPS + 1):
            yield start + (end - start) * step / STEPS
