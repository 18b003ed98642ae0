"""A tour: the eye goes from viewpoint to viewpoint along the visitor path, until something else moves it."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from scene.records import Viewpoint
from scene.scene import Scene

STAY_MS = 4_000
Point = tuple[float, float, float]


class Tour(QObject):
    """`fly` is called with a position and a target, in metres, for each stop."""

    def __init__(self, fly: Callable[[Point, Point], object], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._fly = fly
        self._stops: list[Viewpoint] = []
        self._timer = QTimer(self)
        self._timer.setInterval(STAY_MS)
        self._timer.timeout.connect(self._go_on)

    @property
    def under_way(self) -> bool:
        """Whether there is another stop to come."""
        return self._timer.isActive()

    def start(self, scene: Scene) -> None:
        """Begin at the first stop of the path; without a path, at the first viewpoint."""
        found = scene.viewpoints
        self._stops = [viewpoint for viewpoint in found if viewpoint.on_path] or found
        self._timer.start()
        self._go_on()

    def stop(self) -> None:
        """Stay here."""
        self._timer.stop()

    def _go_on(self) -> None:
        if not self._stops:
            self.stop()
            return
        stop = self._stops.pop(0)
        self._fly(stop.position_m, stop.target_m)
        if not self._stops:
            self.stop()
