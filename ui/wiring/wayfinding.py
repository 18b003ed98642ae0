"""Never lost: wires plan, viewpoints, tour, turntable, the way back and the palette's places to the viewport."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer

from scene.operations import forget_viewpoint, keep_viewpoint, rename
from scene.plan import compass, heading_deg
from scene.records import Placement, Viewpoint
from scene.scene import Scene
from ui.commands.palette import Entry
from ui.main_window import MainWindow
from ui.wiring.dialogs import ask_name
from ui.wiring.filter_wires import FilterWires
from ui.wiring.scene_wires import SceneWires
from ui.wiring.tour import Tour

if TYPE_CHECKING:
    from app.session import Session
    from viewport.view import SceneView
    from viewport.wayfinding.footing import Mode
    from viewport.widget import ViewportWidget

ASTRAY_MS = 800
"""The eye rests so long before anybody says that nothing is in sight."""
MOST_WORKS = 1_000
"""So many works can be gone to by name from the palette."""
_MODES: tuple[tuple[str, str], ...] = (("walk", "walking"), ("orbit", "orbiting"), ("fly", "flying"))
Point = tuple[float, float, float]


class Wayfinding(QObject):
    """Follows the scene through `wires`; `set_view` brings the viewport in."""

    def __init__(self, window: MainWindow, wires: SceneWires, filter_wires: FilterWires) -> None:
        super().__init__(window)
        self._window, self._wires, self._filter = window, wires, filter_wires
        self._session: Session | None = None
        self._widget: ViewportWidget | None = None
        self.tour = Tour(wires.fly, self)
        self.tour.changed.connect(self._show_tour)
        self._reduced = window.settings.value("view/reduced_motion", False, type=bool)
        self._lost = QTimer(self, interval=ASTRAY_MS, singleShot=True)
        self._lost.timeout.connect(self._look_round)
        self._wire_plan()
        self._wire_rest()

    # -- life ------------------------------------------------------------------------------------

    def attach(self, session: "Session") -> None:
        """Viewpoints are kept in this session's scene."""
        self._session = session
        self._tell_settings()

    def set_view(self, widget: "ViewportWidget") -> None:
        """The viewport is there."""
        self._widget = widget
        widget.camera_moved.connect(self._camera_moved)
        self._tell_settings()
        self._camera_moved()

    @property
    def _view(self) -> "SceneView | None":
        """The viewport's present view: it is another one after OpenGL was lost."""
        return self._widget.view if self._widget is not None else None

    # -- commands --------------------------------------------------------------------------------

    def callbacks(self) -> dict[str, Callable[[], object]]:
        """What each command of this part does."""
        tour = self.tour
        found: dict[str, Callable[[], object]] = {
            "place.back": partial(self.retrace, "back"),
            "place.forward": partial(self.retrace, "forward"),
            "view.frame": self.frame_selection,
            "view.frame_all": self.frame_all,
            "view.plan": self._window.stage.plan.toggle,
            "viewpoint.keep": self.keep_viewpoint,
            "tour.start": self._toggle_tour,
            "tour.pause": tour.toggle,
            "tour.next": partial(tour.step, 1),
            "tour.previous": partial(tour.step, -1),
            "tour.end": tour.stop,
            "view.turntable": self.turn,
            "view.reduced_motion": self._toggle_reduced,
        }
        for mode, _ in _MODES:
            found[f"move.{mode}"] = partial(self.set_mode, mode)
        return found | self._filter.callbacks()

    def retrace(self, way: str) -> None:
        """Back to the last place, or forward again."""
        self.taken_over()
        if self._view is not None:
            self._view.flights.retrace("back" if way == "back" else "forward")

    def frame_selection(self) -> None:
        """See all that is selected."""
        if self._view is not None and self._session is not None and self._session.selection:
            self._view.flights.to_works(self._session.selection)

    def frame_all(self) -> None:
        """See everything from above."""
        if self._view is not None:
            self._view.flights.overview()

    def turn(self) -> None:
        """Start or end the turntable."""
        if self._view is not None:
            self._view.flights.turn()
            self._window.commands.set_contexts(turning=self._view.guide.is_turning)

    def set_mode(self, mode: "str | Mode") -> None:
        """Walk, orbit or fly."""
        if self._view is not None:
            self._view.guide.mode = "fly" if mode == "fly" else "orbit" if mode == "orbit" else "walk"
        self._window.commands.set_contexts(**{context: name == mode for name, context in _MODES})

    def taken_over(self) -> None:
        """The creator takes the camera into their own hands: tour and turntable end."""
        self.tour.stop()
        if self._view is not None and self._view.guide.is_turning:
            self.turn()

    def _toggle_tour(self) -> None:
        if self.tour.under_way:
            self.tour.stop()
        else:
            self.tour.start(self._wires.shown_scene)
        self._show_tour()

    def _toggle_reduced(self) -> None:
        self._reduced = not self._reduced
        self._window.settings.setValue("view/reduced_motion", self._reduced)
        self._tell_settings()

    def _tell_settings(self) -> None:
        if self._view is not None:
            self._view.guide.reduced_motion = bool(self._reduced)
        plan = self._window.stage.plan
        self._window.commands.set_contexts(reduced_motion=bool(self._reduced), plan_shown=not plan.is_folded)

    # -- viewpoints ------------------------------------------------------------------------------

    def keep_viewpoint(self) -> None:
        """Ask for a name and keep where one stands, as a step."""
        view = self._view
        if view is None:
            return
        position, target = view.camera.position_m, view.camera.target_m

        def keep(name: str) -> None:
            self._commit(f"Save viewpoint “{name}”", lambda scene: keep_viewpoint(scene, name, position, target))

        ask_name(
            self._window, "Save viewpoint", "Name of the viewpoint", keep, name=self._here_in_words(), accept="Save"
        )

    def rename_viewpoint(self, record_id: str) -> None:
        """Ask for another name."""
        record = self._wires.shown_scene.get(record_id)
        if isinstance(record, Viewpoint):
            ask_name(
                self._window,
                "Rename viewpoint",
                "Name of the viewpoint",
                lambda name: self._commit(f"Rename viewpoint “{name}”", lambda scene: rename(scene, record_id, name)),
                name=record.name,
                accept="Rename",
            )

    def remove_viewpoint(self, record_id: str) -> None:
        """Remove a viewpoint, as a step."""
        record = self._wires.shown_scene.get(record_id)
        if isinstance(record, Viewpoint):
            self._commit(f"Remove viewpoint “{record.name}”", lambda scene: forget_viewpoint(scene, record_id))

    def _commit(self, name: str, operation: "Callable[[Scene], object]") -> None:
        from scene.change import SceneChange

        if self._session is None:
            return
        change = operation(self._session.store.scene)
        if isinstance(change, SceneChange) and not change.is_empty:
            self._session.commit(name, change)

    def _here_in_words(self) -> str:
        view = self._view
        if view is None:
            return ""
        (x0, _, z0), (x1, _, z1) = view.camera.position_m, view.camera.target_m
        where = self._window.stage.plan.view.standing_in or "Outside"
        return f"{where}, looking {compass(heading_deg((x1 - x0, 0.0, z1 - z0)))}"

    # -- places by name --------------------------------------------------------------------------

    def places(self) -> list[Entry]:
        """Rooms, walls, groups and works for the palette."""
        scene = self._wires.shown_scene
        rooms = {room.id: room.name or room.id for room in scene.rooms}
        found = [Entry(f"go:record:{i}", name, "Go to room", typed=True) for i, name in rooms.items()]
        hung = {work.wall_id for work in scene.all(Placement)}
        for wall in scene.walls:
            if wall.id in hung:
                name = f"{wall.name or wall.id.rsplit('-', 1)[-1]} wall of {rooms.get(wall.room_id, '')}".strip()
                found.append(Entry(f"go:record:{wall.id}", name.capitalize(), "Go to wall", typed=True))
        groups = dict.fromkeys(work.group for work in scene.placements if work.group)
        layout = scene.arrangement.layout if scene.arrangement is not None else ""
        where = {"timeline": "Go to period", "cluster": "Go to cluster"}.get(layout, "Go to")
        found += [Entry(f"go:group:{name}", name, where, typed=True) for name in groups]
        years = [year for year in self._filter.works_of_years() if str(year) not in groups]
        found += [Entry(f"go:year:{year}", str(year), "Go to year", typed=True) for year in years]
        works = scene.placements[:MOST_WORKS]
        found += [Entry(f"go:record:{work.id}", work.title, "Go to work", typed=True) for work in works if work.title]
        return found

    def go(self, place: str) -> None:
        """Go to a place that `places` named."""
        self.taken_over()
        kind, _, name = place.removeprefix("go:").partition(":")
        if kind == "record":
            self._wires.fly_to_record(name)
        elif kind == "year" and self._view is not None:
            self._view.flights.to_works(self._filter.works_of_years().get(int(name), ()))
        elif self._view is not None:
            self._view.flights.to_works([work.id for work in self._wires.shown_scene.placements if work.group == name])

    # -- wires -----------------------------------------------------------------------------------

    def show_scene(self, scene: Scene) -> None:
        """The plan of what is shown."""
        plan = self._window.stage.plan
        plan.view.show_scene(scene)
        plan.setVisible(not plan.view.plan.is_empty)
        self._filter.show_scene(scene)
        self._camera_moved()

    def show_selection(self, ids: frozenset[str]) -> None:
        """The selection on the plan."""
        self._window.stage.plan.view.show_selection(ids)

    def _wire_plan(self) -> None:
        plan = self._window.stage.plan
        plan.show_folded(bool(self._window.settings.value("view/plan_folded", False, type=bool)))
        plan.view.place_wanted.connect(lambda x, z: self._stand(x, z, None))
        plan.view.aimed.connect(lambda x, z, to_x, to_z: self._stand(x, z, (to_x, to_z)))
        plan.view.work_wanted.connect(self._wires.fly_to_record)
        plan.view.left.connect(lambda: self._window.commands.run("focus.viewport"))
        plan.overview_wanted.connect(self.frame_all)
        plan.folded.connect(self._plan_folded)

    def _wire_rest(self) -> None:
        bar, window = self._window.stage.tour_bar, self._window
        bar.stepped.connect(self.tour.step)
        bar.paused.connect(self.tour.toggle)
        bar.ended.connect(self.tour.stop)
        window.stage.astray.entrance_wanted.connect(lambda: window.commands.run("view.entrance"))
        window.stage.astray.overview_wanted.connect(self.frame_all)
        window.outline.works_wanted.connect(lambda ids: self._view.flights.to_works(ids) if self._view else None)
        window.outline.viewpoint_rename_wanted.connect(self.rename_viewpoint)
        window.outline.viewpoint_remove_wanted.connect(self.remove_viewpoint)
        window.places = self.places
        window.place_wanted.connect(self.go)
        self._wires.scene_shown = self.show_scene
        self._wires.selection_seen = self.show_selection

    def _stand(self, x_m: float, z_m: float, look_at_m: tuple[float, float] | None) -> None:
        self.taken_over()
        if self._view is not None:
            self._view.flights.depart(self._view.guide.standing_at(x_m, z_m, look_at_m), 1.2)
            if self._widget is not None and not self._window.stage.plan.view.hasFocus():
                self._widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def _plan_folded(self, folded: bool) -> None:
        self._window.settings.setValue("view/plan_folded", folded)
        self._window.commands.set_contexts(plan_shown=not folded)

    def _camera_moved(self) -> None:
        view = self._view
        if view is None:
            return
        self._window.stage.plan.show_eye(view.camera.position_m, view.camera.target_m)
        trail = view.guide.trail
        self._window.commands.set_contexts(can_go_back=trail.can_go_back, can_go_forward=trail.can_go_forward)
        if self._window.stage.astray.isVisible():
            self._look_round()
        self._lost.start()

    def _look_round(self) -> None:
        """Say when nothing of the show is in sight, with the ways back."""
        astray = self._widget is not None and not self.tour.under_way and self._widget.navigation.is_astray
        self._window.stage.astray.setVisible(astray)

    def _show_tour(self) -> None:
        bar, tour = self._window.stage.tour_bar, self.tour
        self._window.commands.set_contexts(touring=tour.under_way)
        if tour.under_way:
            bar.show_stop(tour.stops[tour.at].name, tour.at + 1, len(tour.stops), tour.is_paused)
        else:
            bar.hide()
