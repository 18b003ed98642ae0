"""The render clock of the widget: ticks while anything moves or is still to come, and rests otherwise."""

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer

if TYPE_CHECKING:
    from viewport.camera import Pose
    from viewport.widget.widget import ViewportWidget

FRAME_MS = 16
TELL_EVERY_S = 0.25
LEAST_WAIT_MS = 50
PATIENCE_S = 3.0
"""Pictures may be on their way for so long before it is said that they cannot be had."""


class FrameClock(QObject):
    """Asks the widget's view what is due and its body to draw it."""

    def __init__(self, widget: "ViewportWidget") -> None:
        super().__init__(widget)
        self._widget = widget
        self._told_s = -TELL_EVERY_S
        self._lacked, self._lacks_since_s = 0, 0.0
        self._is_stopped = False
        self._told_pose: Pose | None = None
        self._frames = QTimer(self, interval=FRAME_MS, timerType=Qt.TimerType.PreciseTimer)
        self._frames.timeout.connect(self._tick)
        self._later = QTimer(self, singleShot=True)
        self._later.timeout.connect(self.wake)

    @property
    def is_running(self) -> bool:
        """Whether frames follow each other."""
        return self._frames.isActive()

    def wake(self) -> None:
        """Another frame is wanted."""
        if not self._is_stopped and not self._frames.isActive() and self._widget.isVisible():
            self._frames.start()

    def rest(self) -> None:
        """Nothing is drawn until somebody wakes it."""
        self._frames.stop()

    def stop(self) -> None:
        """Rest for good."""
        self._is_stopped = True
        self._frames.stop()
        self._later.stop()

    def _tick(self) -> None:
        widget = self._widget
        if not widget.embodiment.is_well():
            return
        view, now_s = widget.view, time.monotonic()
        wanted = view.tick(now_s)
        if view.dirty:
            widget.embodiment.body.update()
            self._tell_drawn(now_s)
        if view.camera.pose is not self._told_pose:
            self._told_pose = view.camera.pose
            widget.camera_moved.emit()
        widget.grasp.refresh()
        self._tell_lacking(now_s)
        if not wanted and not view.dirty:
            self._frames.stop()
            look = view.next_look_s
            if look is not None:
                self._later.start(max(LEAST_WAIT_MS, round((look - time.monotonic()) * 1000)))

    def _tell_lacking(self, now_s: float) -> None:
        """Pictures that have been lacking for a while are told; that they came is told at once."""
        lacking = self._widget.view.lacking
        if not lacking:
            self._lacks_since_s = now_s
        if lacking != self._lacked and (not lacking or now_s - self._lacks_since_s >= PATIENCE_S):
            self._lacked = lacking
            self._widget.lacking.emit(lacking)

    def _tell_drawn(self, now_s: float) -> None:
        if now_s - self._told_s >= TELL_EVERY_S:
            self._told_s = now_s
            view = self._widget.view
            self._widget.drawn.emit(view.frame_ms, view.cards_drawn, view.texture_bytes)
