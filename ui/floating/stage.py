"""The middle of the window: the viewport with everything that floats over it, kept in place."""

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from ui.filter.bar import FilterBar
from ui.floating.inspector import Inspector
from ui.floating.proposal_bar import ProposalBar
from ui.floating.run_progress import RunProgress
from ui.floating.toasts import Toasts
from ui.floating.tour_bar import TourBar
from ui.floating.welcome import Welcome
from ui.plan.panel import PlanPanel

_MARGIN = 18


class Stage(QWidget):
    """Holds the viewport widget, once there is one, under the proposal bar, progress, notices and welcome."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("stage")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumSize(QSize(380, 320))
        self.setAccessibleName("Viewport")
        self.view: QWidget | None = None
        self.plan = PlanPanel(self)
        self.plan.folded.connect(self.place)
        self.filter_bar = FilterBar(self)
        self.welcome = Welcome(self)
        self.tour_bar = TourBar(self)
        self.proposal_bar = ProposalBar(self)
        self.progress = RunProgress(self)
        self.toasts = Toasts(self)
        self.inspector = Inspector(self)
        for widget in (*self._floating, *self.welcome.parts):
            widget.installEventFilter(self)
        for left in (self.proposal_bar.keyboard_left, self.toasts.keyboard_left):
            left.connect(self.take_keyboard)

    @property
    def _floating(self) -> tuple[QWidget, ...]:
        return (
            self.plan,
            self.filter_bar,
            self.welcome,
            self.tour_bar,
            self.proposal_bar,
            self.progress,
            self.toasts,
            self.inspector,
        )

    def set_view(self, view: QWidget) -> None:
        """Put the viewport under what floats."""
        self.view = view
        view.setParent(self)
        view.setGeometry(self.rect())
        view.lower()
        view.show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Everything keeps its place."""
        super().resizeEvent(event)
        if self.view is not None:
            self.view.setGeometry(self.rect())
        self.place()

    def take_keyboard(self) -> None:
        """The keyboard goes to the viewport."""
        (self.view or self).setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Place again when something that floats appears, hides or asks for another size."""
        if event.type() == QEvent.Type.Hide and isinstance(watched, QWidget) and watched.isHidden():
            focused = self.window().focusWidget()
            if focused is not None and watched.isAncestorOf(focused):
                self.take_keyboard()
        if event.type() in (QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.LayoutRequest):
            self.place()
        return super().eventFilter(watched, event)

    def place(self) -> None:
        """Bar and progress at the foot, notices upper right, the inspector upper left, the welcome in the middle."""
        foot = self.height() - _MARGIN
        for widget in (self.proposal_bar, self.progress, self.tour_bar):
            if widget.isHidden():
                continue
            width = min(widget.sizeHint().width(), self.width() - 2 * _MARGIN)
            height = _height_for(widget, width)
            widget.setGeometry((self.width() - width) // 2, foot - height, width, height)
            foot -= height + 10
        self._place_plan()
        top = _MARGIN
        if not self.filter_bar.isHidden():
            size = self.filter_bar.sizeHint()
            self.filter_bar.setGeometry((self.width() - size.width()) // 2, top, size.width(), size.height())
            top += size.height() + 10
        self.welcome.setGeometry(self.rect())
        self.inspector.setGeometry(_MARGIN, top, self.inspector.width(), self.inspector.sizeHint().height())
        size = self.toasts.sizeHint()
        self.toasts.setGeometry(self.width() - size.width() - _MARGIN, top, size.width(), size.height())

    def _place_plan(self) -> None:
        """In the lower left corner, above whatever stands at the foot there."""
        size = self.plan.sizeHint()
        corner = QRect(_MARGIN, self.height() - _MARGIN - size.height(), size.width(), size.height())
        for widget in (self.proposal_bar, self.progress, self.tour_bar):
            if not widget.isHidden() and widget.geometry().intersects(corner):
                corner.moveBottom(widget.geometry().top() - 10)
        self.plan.setGeometry(corner)


def _height_for(widget: QWidget, width: int) -> int:
    layout = widget.layout()
    if layout is not None and layout.hasHeightForWidth():
        return layout.totalHeightForWidth(width)
    return widget.sizeHint().height()
