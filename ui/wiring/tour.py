"""A tour: the eye goes from stop to stop along the visitor path; it can be paused, and stepped by hand."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from scene.records import Viewpoint
from scene.scene import Scene

STAY_MS = 4_000
Point = tuple[float, float, float]


class Tour(QObject):
    """`fly` is called with a position and a target, in metres, for each stop; `changed` tells of every step."""

    changed = Signal()

    def __init__(self, fly: Callable[[Point, Point], object], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._fly = fly
        self.stops: tuple[Viewpoint, ...] = ()
        self.at = 0
        """Index of the stop where one is, or is flying to."""
        self.is_paused = False
        self._timer = QTimer(self)
        self._timer.setInterval(STAY_MS)
        self._timer.timeout.connect(self._go_on)

    @property
    def under_way(self) -> bool:
        """Whether it has begun and not ended, paused or not."""
        return bool(self.stops)

    def start(self, scene: Scene) -> None:
        """Begin at the first stop of the path; without a path, at the first viewpoint."""
        found = scene.viewpoints
        self.stops = tuple(viewpoint for viewpoint in found if viewpoint.on_path) or tuple(found)
        self.is_paused = False
        if self.stops:
            self._go_to(0)
        if len(self.stops) < 2:
            self.stop()

    def toggle(self) -> None:
        """Pause, or go on."""
        if self.under_way:
            self.is_paused = not self.is_paused
            if self.is_paused:
                self._timer.stop()
                self.changed.emit()
            else:
                self._go_on()

    def step(self, steps: int) -> None:
        """Some stops on, or back; the tour goes on from there as before."""
        if self.under_way:
            self._go_to(min(len(self.stops) - 1, max(0, self.at + steps)))

    def stop(self) -> None:
        """Stay here; the tour is over."""
        self._timer.stop()
        if self.stops:
            self.stops, self.is_paused = (), False
            self.changed.emit()

    def _go_on(self) -> None:
        if self.at + 1 < len(self.stops):
            self._go_to(self.at + 1)
        else:
            self.stop()

    def _go_to(self, index: int) -> None:
        self.at = index
        stop = self.stops[index]
        self._fly(stop.position_m, stop.target_m)
        if not self.is_paused:
            self._timer.start()
        self.changed.emit()
