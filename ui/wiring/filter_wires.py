"""Wires the filter's bar: asks for what the works on show are, dims what does not fit, selects, saves as a canvas."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from agent.ports.library import Asset
from app.messages import AssetsKnown, FoundAmong
from scene.records import Placement
from scene.scene import Scene
from ui.filter.matching import counts_on_show, matching, said_so
from ui.main_window import MainWindow
from ui.wiring.dialogs import ask_name
from ui.wiring.scene_wires import SceneWires

if TYPE_CHECKING:
    from app.session import Session
    from viewport.widget import ViewportWidget

MOST_KNOWN = 2_000
"""Of so many works on show it is known before anybody filters when they were taken."""


class FilterWires(QObject):
    """Follows the scene; `receive` takes the session's answers."""

    def __init__(self, window: MainWindow, wires: SceneWires) -> None:
        super().__init__(window)
        self._window, self._wires = window, wires
        self._session: Session | None = None
        self._widget: ViewportWidget | None = None
        self._assets: dict[str, Asset] = {}
        self._asked: set[str] = set()
        self._search_id = 0
        self._searched = ""
        self._found: frozenset[str] | None = None
        self._works: list[Placement] = []
        self.fitting: frozenset[str] | None = None
        """Ids of the works that fit; None while nothing is filtered."""
        bar = window.stage.filter_bar
        bar.changed.connect(self.update)
        bar.closed.connect(self._closed)
        bar.select_wanted.connect(self._select)
        bar.canvas_wanted.connect(self.save_canvas)
        bar.go_wanted.connect(self._go)

    def attach(self, session: "Session") -> None:
        """Ask this session."""
        self._session = session

    def set_view(self, widget: "ViewportWidget") -> None:
        """The viewport is there."""
        self._widget = widget

    def callbacks(self) -> dict[str, Callable[[], object]]:
        """What each command of this part does."""
        return {"filter.open": self.open, "canvas.save": self.save_canvas}

    def open(self) -> None:
        """Show the bar and what there is to filter by."""
        self._window.stage.filter_bar.open()
        self.show_scene(self._wires.shown_scene)

    def show_scene(self, scene: Scene) -> None:
        """Other works are on show: the filter holds for them too."""
        self._works = scene.placements
        is_hidden = self._window.stage.filter_bar.isHidden()
        if is_hidden and len(self._works) > MOST_KNOWN:
            return
        missing = {work.asset_id for work in self._works} - self._asked
        if missing and self._session is not None:
            self._asked |= missing
            self._session.request_assets(tuple(sorted(missing)))
        if is_hidden:
            return
        self._searched = ""
        self.update()

    def works_of_years(self) -> dict[int, list[str]]:
        """Ids of the works on show by the year they were taken in, as far as that is known yet."""
        found: dict[int, list[str]] = {}
        for work in self._works:
            asset = self._assets.get(work.asset_id)
            if asset is not None and asset.taken is not None:
                found.setdefault(asset.taken.year, []).append(work.id)
        return dict(sorted(found.items()))

    def receive(self, message: AssetsKnown | FoundAmong) -> None:
        """An answer of the session's."""
        if isinstance(message, AssetsKnown):
            self._assets |= {asset.id: asset for asset in message.assets}
        elif message.request_id == self._search_id:
            self._found = message.asset_ids
        if not self._window.stage.filter_bar.isHidden():
            self.update()

    def update(self) -> None:
        """Find what fits, dim the rest, count."""
        bar = self._window.stage.filter_bar
        self._search(bar.words)
        bar.show_counts(counts_on_show(self._works, self._assets, bar.chosen))
        found = self._found if bar.words else None
        fits = matching(self._works, self._assets, bar.chosen, found) if bar.is_filtering else None
        bar.show_fitting(len(fits) if fits is not None else len(self._works), len(self._works))
        if fits != self.fitting:
            self.fitting = fits
            self._window.stage.plan.view.show_matching(fits)
            if self._widget is not None:
                self._widget.view.dim(fits)

    def save_canvas(self) -> None:
        """Ask for a name and save what fits, or what is selected, as a canvas."""
        session = self._session
        if session is None:
            return
        chosen = self.fitting if self.fitting is not None else session.selection
        ids = tuple(dict.fromkeys(work.asset_id for work in self._wires.shown_scene.placements if work.id in chosen))
        if ids:
            name = self._window.stage.filter_bar.words or "Selection"
            ask_name(
                self._window,
                "Save as canvas",
                f"Name of the canvas of {len(ids):,} {'work' if len(ids) == 1 else 'works'}",
                lambda name: session.save_canvas(name, ids),
                name=name[:1].upper() + name[1:],
                accept="Save",
            )

    def _search(self, words: str) -> None:
        """Ask the library what the words mean; what says so literally fits meanwhile."""
        if words == self._searched or self._session is None:
            return
        self._searched, self._found = words, said_so(words, self._works, self._assets)
        if words:
            ids = tuple(dict.fromkeys(work.asset_id for work in self._works))
            self._search_id = self._session.find_among(words, ids)

    def _select(self) -> None:
        if self.fitting:
            self._wires.select(self.fitting)

    def _go(self) -> None:
        if self.fitting and self._widget is not None:
            self._widget.view.flights.to_works(self.fitting)

    def _closed(self) -> None:
        self._searched, self._found = "", None
        self.update()
        self._window.commands.run("focus.viewport")
