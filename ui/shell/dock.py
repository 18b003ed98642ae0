"""A dock with a quiet title of its own, which steps aside when the dock is one tab among others."""

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtWidgets import QDockWidget, QHBoxLayout, QMainWindow, QWidget

from ui.style.parts import icon_button, label


class PanelDock(QDockWidget):
    """Holds one panel."""

    def __init__(self, title: str, name: str, panel: QWidget, window: QMainWindow) -> None:
        super().__init__(title, window)
        self.setObjectName(name)
        self._window = window
        self._title = _DockTitle(title, self)
        self._nothing = _NoTitle(self)
        self.setWidget(panel)
        self.setFeatures(
            QDockWidget.DockWidgetFeature.DockWidgetClosable | QDockWidget.DockWidgetFeature.DockWidgetMovable
        )
        self.setTitleBarWidget(self._title)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._choose_title)
        for signal in (self.dockLocationChanged, self.visibilityChanged, self.topLevelChanged):
            signal.connect(lambda *_: self._later.start(0))

    def _choose_title(self) -> None:
        tabbed = any(
            dock.isVisible() or dock is not self
            for dock in self._window.tabifiedDockWidgets(self)
            if not dock.isHidden()
        )
        wanted = self._nothing if tabbed and not self.isFloating() else self._title
        if self.titleBarWidget() is not wanted:
            self.titleBarWidget().hide()
            self.setTitleBarWidget(wanted)
            wanted.show()


class _DockTitle(QWidget):
    """The title and a button that closes the dock."""

    def __init__(self, title: str, dock: QDockWidget) -> None:
        super().__init__(dock)
        self.setObjectName("dock_title")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 8, 8, 6)
        row.addWidget(label(title), 1)
        row.addWidget(icon_button("x", f"Close {title}", dock.close))


class _NoTitle(QWidget):
    """Nothing: the tab bar says the name already."""

    def sizeHint(self) -> QSize:
        """No room."""
        return QSize(0, 0)

    def minimumSizeHint(self) -> QSize:
        """No room."""
        return QSize(0, 0)
