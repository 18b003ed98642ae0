"""Edits by hand: from the viewport's hands, the inspector, the menus and the library to named steps of the scene."""

from collections.abc import Callable, Collection, Sequence
from functools import partial
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QObject

from scene.change import SceneChange
from scene.copies import hung_copies, refuse_misfits
from scene.edits import OperationRefused, placed
from scene.naming import title_of
from scene.numbers import MEASURES, numbers_of, step_words, with_number
from scene.operations import Edge, align, pin, space_evenly, straighten, unpin
from scene.records import Placement, Wall
from scene.scene import Scene
from ui.library.describe import short_facts
from ui.wiring.session_controller import SessionController

if TYPE_CHECKING:
    from app.session import Session
    from viewport.hands.hanging import Hangable
    from viewport.widget import ViewportWidget

_PROPOSED = "That work is only proposed."
_FOLDED = "inspector/folded"
_APPROVE = "Approve or reject the proposal first."
_EDGES: dict[str, tuple[Edge, str]] = {
    "left": ("left", "Align left"), "centre": ("centre", "Align centres of"), "right": ("right", "Align right"),
    "top": ("top", "Align tops of"), "middle": ("middle", "Hang on one line"), "bottom": ("bottom", "Align feet of"),
}  # fmt: skip


class HandWires(QObject):
    """One studio's edits by hand. Refusals are said as notices, edits are single steps."""

    def __init__(self, studio: SessionController) -> None:
        super().__init__(studio)
        self._studio = studio
        self._view: ViewportWidget | None = None
        self._wanted = True
        window = studio.window
        inspector = window.stage.inspector
        inspector.set_wanted.connect(self._set)
        inspector.pin_wanted.connect(lambda on: self.edit("Pin" if on else "Unpin", pin if on else unpin))
        inspector.use_commands(window.commands)
        inspector.closed.connect(lambda: self.show_inspector(False))
        inspector.show_folded(window.settings.value(_FOLDED, False, type=bool) is True)
        inspector.folded.connect(lambda on: window.settings.setValue(_FOLDED, on))
        window.library.grid.activated_asset.connect(lambda asset_id: self.hang([asset_id]))
        window.library.grid.dragging.connect(self._dragging)

    def use_view(self, view: "ViewportWidget") -> None:
        """The viewport is there: its hands work for this session."""
        self._view = view
        hands = view.grasp.hands
        hands.commit, hands.forbids = self.commit, self._forbids
        hands.refused = self._refused
        hands.chosen = self._chosen
        view.grasp.assets_of = self._hangables
        view.grasp.glass.covered = self._studio.window.stage.covered

    def callbacks(self) -> dict[str, Callable[[], object]]:
        """What the commands of this file do, by id."""
        found: dict[str, Callable[[], object]] = {
            "select.invert": self._invert,
            "select.wall": self._select_wall,
            "select.box": lambda: self._arm("box"),
            "select.lasso": lambda: self._arm("lasso"),
            "edit.duplicate": self._duplicate,
            "arrange.evenly": lambda: self.edit("Distribute", space_evenly, fits=True),
            "arrange.straighten": lambda: self.edit("Hang level", straighten),
            "library.hang": lambda: self.hang(self._studio.window.library.grid.picked_ids()),
            "view.inspector": lambda: self.show_inspector(not self._wanted),
        }
        for name, (edge, verb) in _EDGES.items():
            found[f"arrange.align_{name}"] = partial(self.edit, verb, partial(_aligned, edge), fits=True)
        return found

    # -- the inspector ---------------------------------------------------------------------------

    def show_inspector(self, on: bool) -> None:
        """Show the inspector whenever something is selected, or never."""
        self._wanted = on
        self._studio.window.commands.set_contexts(inspector_shown=on)
        self.show_selection()

    def show_selection(self) -> None:
        """The inspector shows what is selected."""
        session, inspector = self._studio.session, self._studio.window.stage.inspector
        scene = self._studio.scene_wires.shown_scene
        ids = session.selection if session is not None else frozenset()
        works = [work for record_id in sorted(ids) if isinstance(work := scene.get(record_id), Placement)]
        inspector.setVisible(self._wanted and bool(works))
        if works:
            title = title_of(works[0]).strip("“”") if len(works) == 1 else f"{len(works)} works"
            inspector.show_facts(self._facts_of(works))
            inspector.show_numbers(title, len(works), numbers_of(scene, ids), not self._forbids(ids))
            self._studio.window.stage.place()

    def _facts_of(self, works: Sequence[Placement]) -> list[str]:
        """Of one work that the library lists."""
        known = self._studio.window.library.rows.assets([works[0].asset_id]) if len(works) == 1 else []
        return short_facts(known[0]) if known else []

    def _set(self, measure: str, value: float) -> None:
        chosen = next(known for known in MEASURES if known == measure)

        def change(scene: Scene, ids: frozenset[str]) -> SceneChange:
            return placed(scene, with_number(scene, ids, chosen, value))

        self.edit("", change, fits=True, name=lambda what: step_words(chosen, value, what))
        self.show_selection()

    # -- edits -----------------------------------------------------------------------------------

    def edit(
        self,
        verb: str,
        operation: Callable[[Scene, frozenset[str]], SceneChange],
        *,
        fits: bool = False,
        name: Callable[[str], str] | None = None,
    ) -> bool:
        """Do something with the selected works as one step; what may not be is said. Whether it was done."""
        session = self._studio.session
        if session is None or not session.selection:
            return False
        scene, ids = session.store.scene, _works(session)
        if not ids or self._forbids(session.selection):
            self._studio.notice("info", "Those works are only proposed.", advice="Approve them first.")
            return False
        what = _named(scene, ids)
        try:
            change = operation(scene, ids)
            if fits:
                refuse_misfits(scene, change)
        except OperationRefused as refusal:
            words = str(refusal)
            self._studio.notice("info", f"{words[:1].upper()}{words[1:]}.", "Everything stays where it is.")
            return False
        return not change.is_empty and session.commit(name(what) if name else f"{verb} {what}", change)

    def commit(self, name: str, change: SceneChange) -> bool:
        """A gesture's outcome as one step; new works are selected. Whether it was kept."""
        session = self._studio.session
        if session is None or not _stands(change, session.store.scene):
            self._studio.notice("info", "That wall is only proposed.", advice=_APPROVE)
            return False
        kept = session.commit(name, change)
        new = frozenset(i for i, record in change.added.items() if isinstance(record, Placement))
        if kept and new:
            self._studio.scene_wires.select(new)
        return kept

    def hang(self, asset_ids: Sequence[str]) -> None:
        """Hang assets at the nearest free place before the eye."""
        self.hang_these(self._hangables(asset_ids))

    def hang_these(self, hangables: "Sequence[Hangable]") -> None:
        """The same, of works that need not be among those that the library lists."""
        if self._view is not None and hangables and not self._view.grasp.hands.hang(hangables):
            why = self._forbids(frozenset())
            if why:
                self._refused("A proposal is being looked at." if why == _PROPOSED else why, "")

    def _duplicate(self) -> None:
        session = self._studio.session
        if session is None:
            return
        before = set(session.store.scene.records)
        if self.edit("Duplicate", hung_copies):
            works = session.store.scene.all(Placement)
            self._studio.scene_wires.select(frozenset(work.id for work in works if work.id not in before))

    # -- selecting -------------------------------------------------------------------------------

    def _chosen(self, ids: frozenset[str], extend: bool) -> None:
        session = self._studio.session
        if session is not None:
            self._studio.scene_wires.select(session.selection | ids if extend else ids)

    def _invert(self) -> None:
        session = self._studio.session
        if session is not None:
            works = frozenset(work.id for work in self._studio.scene_wires.shown_scene.all(Placement))
            self._studio.scene_wires.select(works - session.selection)

    def _select_wall(self) -> None:
        """All works on the walls of the selected ones; with nothing selected, on the wall before the eye."""
        session, scene = self._studio.session, self._studio.scene_wires.shown_scene
        if session is None:
            return
        walls = {work.wall_id for i in session.selection if isinstance(work := scene.get(i), Placement)}
        if not session.selection and self._view is not None:
            walls = {self._view.grasp.hands.wall_ahead()}
        found = frozenset(work.id for work in scene.all(Placement) if work.wall_id and work.wall_id in walls)
        if found:
            self._studio.scene_wires.select(found)
        else:
            self._studio.notice(
                "info", "Nothing hangs on a wall here.", advice="Look at a wall, or select a work there."
            )

    def _arm(self, region: Literal["box", "lasso"]) -> None:
        if self._view is not None:
            self._view.grasp.arm(region)

    # -- what may be touched ---------------------------------------------------------------------

    def _forbids(self, ids: Collection[str]) -> str:
        """Why these works can't be touched now; without ids, why nothing can be hung."""
        session = self._studio.session
        if session is None:
            return "No project is open yet."
        if session.look_only or session.proposal is None:
            return session.look_only
        return _PROPOSED if not ids or session.proposal.change.ids.intersection(ids) else ""

    def _refused(self, what: str, advice: str) -> None:
        waits = self._studio.session is not None and self._studio.session.proposal is not None
        self._studio.notice("info", what, advice=advice or (_APPROVE if waits else ""))

    def _hangables(self, asset_ids: Sequence[str]) -> "list[Hangable]":
        from viewport.hands.hanging import Hangable

        known = self._studio.window.library.rows.assets(asset_ids)
        return [Hangable(a.id, a.title or a.file_name, a.width_px / max(a.height_px, 1)) for a in known]

    def _dragging(self, on: bool) -> None:
        """While something is dragged out of the library, the welcome is not in the way of the walls."""
        welcome = self._studio.window.stage.welcome
        scene = self._studio.scene_wires.shown_scene
        welcome.setVisible(not on and not scene.all(Placement) and not scene.rooms)


def _aligned(edge: Edge, scene: Scene, ids: frozenset[str]) -> SceneChange:
    return align(scene, ids, edge)


def _works(session: "Session") -> frozenset[str]:
    scene = session.store.scene
    return frozenset(i for i in session.selection if isinstance(scene.get(i), Placement))


def _named(scene: Scene, ids: Collection[str]) -> str:
    one = scene.get(next(iter(ids)))
    return f"“{one.title}”" if len(ids) == 1 and isinstance(one, Placement) and one.title else f"{len(ids)} works"


def _stands(change: SceneChange, scene: Scene) -> bool:
    """Whether the walls that works are moved to are in the scene, or come with the change."""
    works = [*change.added.values(), *(after for _, after in change.updated.values())]
    needed = {work.wall_id for work in works if isinstance(work, Placement) and work.wall_id}
    return all(isinstance(change.added.get(wall_id) or scene.get(wall_id), Wall) for wall_id in needed)
