"""View > Quality: draft, standard, high or automatic, kept from one start to the next and named in the status bar."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ui.main_window import MainWindow

if TYPE_CHECKING:
    from viewport.governor import Choice
    from viewport.widget import ViewportWidget

SETTING = "view/quality"
CHOICES: "tuple[Choice, ...]" = ("draft", "standard", "high", "automatic")


class QualityWires(QObject):
    """Tells the viewport what was chosen, also a viewport that comes later or whose view was replaced."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._widget: ViewportWidget | None = None
        self.choice = self._kept()
        self._tell()

    def callbacks(self) -> dict[str, Callable[[], object]]:
        """What each command of this part does."""
        return {f"quality.{choice}": partial(self.choose, choice) for choice in CHOICES}

    def set_view(self, widget: "ViewportWidget") -> None:
        """The viewport is there."""
        self._widget = widget
        widget.drawn.connect(self._drawn)
        self._tell()

    def choose(self, choice: "Choice") -> None:
        """Draw with this quality from now on."""
        self.choice = choice
        self._window.settings.setValue(SETTING, choice)
        self._window.commands.set_contexts(**{f"quality_{choice}": False})  # a second click leaves it ticked
        self._tell()

    def _kept(self) -> "Choice":
        kept = self._window.settings.value(SETTING, "automatic", type=str)
        return next((choice for choice in CHOICES if choice == kept), "automatic")

    def _tell(self) -> None:
        view = self._widget.view if self._widget is not None else None
        if view is not None and view.quality_choice != self.choice:
            view.quality = self.choice
        self._window.commands.set_contexts(**{f"quality_{choice}": choice == self.choice for choice in CHOICES})
        self._window.status.show_quality(self.choice, view.quality if view is not None else None)

    def _drawn(self) -> None:
        self._tell()
