"""The middle of the window: the viewport with everything that floats over it, kept in place."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from ui.filter.bar import FilterBar
from ui.floating.astray import Astray
from ui.floating.corners import GAP_PX, MARGIN_PX, corner_for
from ui.floating.inspector import Inspector
from ui.floating.proposal_bar import ProposalBar
from ui.floating.run_progress import RunProgress
from ui.floating.toasts import Toasts
from ui.floating.tour_bar import TourBar
from ui.floating.veil import Veil
from ui.floating.welcome import Welcome
from ui.plan.panel import PlanPanel
from ui.team.arrival import Arrival
from ui.team.banner import Banner

_BANNER_PX = 760
ROOMY_PX = 700
"""In a narrower picture the inspector is only its head until it is opened; also where its numbers can't be set."""


class Stage(QWidget):
    """Holds the viewport widget, once there is one, under the proposal bar, progress, notices and welcome."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("stage")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumSize(QSize(380, 320))
        self.setAccessibleName("Viewport")
        self.view: QWidget | None = None
        self._cover: QWidget | None = None
        self.veil = Veil(self)
        self.plan = PlanPanel(self)
        self.plan.folded.connect(self.place)
        self.filter_bar = FilterBar(self)
        self.welcome = Welcome(self)
        self.tour_bar = TourBar(self)
        self.proposal_bar = ProposalBar(self)
        self.progress = RunProgress(self)
        self.toasts = Toasts(self)
        self.inspector = Inspector(self)
        self.inspector.folded.connect(self.place)
        self.astray = Astray(self)
        self.banner = Banner(self)
        self.arrival = Arrival(self)
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
            self.banner,
            self.arrival,
            self.astray,
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
        if self._cover is not None:
            self._cover.setGeometry(self.rect())
        self.veil.setGeometry(self.rect())
        self.place()

    def covered(self) -> list[QRectF]:
        """Where something floats over the viewport."""
        floating = (widget for widget in self._floating if widget is not self.welcome)
        return [QRectF(widget.geometry()) for widget in floating if _is_seen(widget)]

    def cover_with(self, cover: QWidget) -> None:
        """What lies over all of it whenever it is shown."""
        self._cover = cover
        cover.setGeometry(self.rect())

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
        foot = self.height() - MARGIN_PX
        for widget in self._at_foot:
            if widget.isHidden():
                continue
            width = min(widget.sizeHint().width(), self.width() - 2 * MARGIN_PX)
            height = _height_for(widget, width)
            widget.setGeometry((self.width() - width) // 2, foot - height, width, height)
            foot -= height + GAP_PX
        top = MARGIN_PX
        if not self.banner.isHidden():
            width = min(_BANNER_PX, self.width() - 2 * MARGIN_PX)
            height = _height_for(self.banner, width)
            self.banner.setGeometry((self.width() - width) // 2, top, width, height)
            top += height + GAP_PX
        if not self.filter_bar.isHidden():
            size = self.filter_bar.sizeHint()
            self.filter_bar.setGeometry((self.width() - size.width()) // 2, top, size.width(), size.height())
            top += size.height() + GAP_PX
        self.welcome.setGeometry(self.rect())
        self.inspector.give_way(self.width() < ROOMY_PX or not self.inspector.is_editable)
        self.inspector.setGeometry(MARGIN_PX, top, self.inspector.width(), self.inspector.sizeHint().height())
        self._place_plan(top)
        self._place_toasts(top)

    def _place_plan(self, top: int) -> None:
        """In a corner where it covers neither the middle of the picture nor what floats; else only its button."""
        plan = self.plan
        others = [card.geometry() for card in (*self._at_foot, self.inspector) if _is_seen(card)]
        if not any(_is_seen(card) for card in self._at_foot):
            plan.insists = False
        place = corner_for(plan.full_size(), self.size(), top, others)
        plan.give_way(place is None and not plan.insists)
        if place is None:
            place = self._lower_left(plan.sizeHint())
        plan.setGeometry(place)

    def _place_toasts(self, top: int) -> None:
        """Upper right, under the plan where that is: a notice that comes and goes moves nothing else."""
        size, plan = self.toasts.sizeHint(), self.plan
        place = QRect(QPoint(self.width() - size.width() - MARGIN_PX, top), size)
        if _is_seen(plan) and plan.geometry().intersects(place):
            place.moveTop(plan.geometry().bottom() + GAP_PX)
        self.toasts.setGeometry(place)

    def _lower_left(self, size: QSize) -> QRect:
        """Above whatever stands at the foot there."""
        corner = QRect(QPoint(MARGIN_PX, self.height() - MARGIN_PX - size.height()), size)
        for card in self._at_foot:
            if _is_seen(card) and card.geometry().intersects(corner):
                corner.moveBottom(card.geometry().top() - GAP_PX)
        return corner

    @property
    def _at_foot(self) -> tuple[QWidget, ...]:
        return self.proposal_bar, self.progress, self.tour_bar, self.arrival, self.astray


def _is_seen(card: QWidget) -> bool:
    return not card.isHidden() and not card.geometry().isEmpty()


def _height_for(widget: QWidget, width: int) -> int:
    layout = widget.layout()
    if layout is not None and layout.hasHeightForWidth():
        return layout.totalHeightForWidth(width)
    return widget.sizeHint().height()
