"""Joins a session and the main window: drains messages a frame at a time and hands each to the parts it concerns."""

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent

from agent.events import Planned, Priced, Resumed, Said, Spending, StepChanged, TurnEnded, TurnEvent, Understood
from agent.intent import Intent
from agent.ports.library import Facets
from agent.ports.projects import Project
from app.messages import (
    AssetsKnown,
    ClashShown,
    FoundAmong,
    ImportProgressed,
    LibraryChanged,
    Message,
    Noticed,
    PlatformStateChanged,
    ProjectOpened,
    ProjectsListed,
    RenditionReady,
    RunInterrupted,
    SampleMade,
    SamplePainted,
    SaveChanged,
    SearchAnswered,
)
from scene.scene import Scene
from ui.chat.first_requests import first_requests
from ui.library.grid import THUMBNAIL_PX
from ui.main_window import MainWindow
from ui.wiring.appearance_wires import AppearanceWires
from ui.wiring.command_handlers import CommandHandlers
from ui.wiring.context_menus import ContextMenus
from ui.wiring.correction import correction_note
from ui.wiring.dialogs import open_projects
from ui.wiring.file_wires import FileWires
from ui.wiring.filter_wires import FilterWires
from ui.wiring.hand_wires import HandWires
from ui.wiring.hosted_wires import HostedWires
from ui.wiring.interface_size_wires import InterfaceSizeWires
from ui.wiring.library_wires import LibraryWires
from ui.wiring.memory_wires import MemoryWires
from ui.wiring.project_wires import ProjectWires
from ui.wiring.quality import QualityWires
from ui.wiring.run_wires import RunWires
from ui.wiring.session_controller import SessionController
from ui.wiring.settings_wires import SettingsWires
from ui.wiring.team_wires import TeamWires
from ui.wiring.vocabulary import theme_entries, vocabulary_of
from ui.wiring.wayfinding import Wayfinding

if TYPE_CHECKING:
    from app.session import Session
    from viewport.widget import ViewportWidget

FRAME_MS, IDLE_MS = 16, 33
_BUSY_FOR_S = 1.5
_LACKING = "cannot be shown."
_MODIFIERS = (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr)


class Studio(SessionController):
    """Owns the wires. Before `attach`, requests that are typed are held back and sent when the session is there."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.view: ViewportWidget | None = None
        self._restarting = False
        self._busy_until_s = 0.0
        self._timer = QTimer(self)
        self._timer.setInterval(IDLE_MS)
        self._timer.timeout.connect(self.drain)
        self._offered_for = 0
        """How many works there were when requests to start from were offered last."""
        self._is_seen = False
        """Whether works of the open project have been drawn."""
        self.scene_wires.works_shown = self._await_picture
        self._search_again = QTimer(self)
        self._search_again.setSingleShot(True)
        self._search_again.setInterval(700)
        self._search_again.timeout.connect(lambda: self.search(self.window.library.words))
        self.filter = FilterWires(window, self.scene_wires)
        self.wayfinding = Wayfinding(window, self.scene_wires, self.filter)
        self.quality = QualityWires(window)
        self.hand_wires = HandWires(self)
        self.library_wires = LibraryWires(self, self.hand_wires)
        self.files = FileWires(self)
        self.scene_wires.selection_shown = self.hand_wires.show_selection
        self.settings = SettingsWires(self)
        self.run_wires = RunWires(self)
        self.team = TeamWires(self)
        self.hosted = HostedWires(self)
        window_wires = (InterfaceSizeWires(self), AppearanceWires(self), ProjectWires(self))
        seen = (self.hand_wires, self.library_wires, self.wayfinding, self.quality, *window_wires, self.files)
        others = (self.run_wires, self.settings, self.team, self.hosted)
        self.handlers = CommandHandlers(self, self.wayfinding.tour, (*seen, *others))
        self.handlers.register()
        self.menus = ContextMenus(self)
        self.menus.use_files(self.files.show)
        self.memory_wires = MemoryWires(self)
        self._wire_gestures()

    # -- life ------------------------------------------------------------------------------------

    def attach(self, session: "Session") -> None:
        """Start to follow a session, which is about to start or has started."""
        self.session = session
        self.window.tools.themes.show_themes(theme_entries(session.themes))
        self.handlers.register_themes(session.themes)
        self.window.chat.known = vocabulary_of(session.themes, session.facets)
        self.filter.attach(session)
        self.wayfinding.attach(session)
        self.scene_wires.attach(session)
        self.settings.attach()
        self.run_wires.attach()
        self.hosted.attach()
        self._timer.start()
        self.drain()
        self.send_held()

    def detach(self) -> None:
        """Stop following; the session may be stopped afterwards."""
        self._timer.stop()
        self._search_again.stop()
        self.settings.detach()
        self.run_wires.detach()
        self.scene_wires.detach()
        if self.view is not None:
            self.view.stop()
        self.session = None

    def drain(self) -> None:
        """Bring in what has happened since the last frame."""
        if self.session is None:
            return
        messages = self.session.poll()
        if messages or self.session.running:
            self._busy_until_s = time.monotonic() + _BUSY_FOR_S
        for message in messages:
            self.receive(message)
        busy = time.monotonic() < self._busy_until_s
        self._timer.setInterval(FRAME_MS if busy else IDLE_MS)

    def use_view(self, view: "ViewportWidget") -> None:
        """The viewport is there: put it in its place and wire it."""
        self.view = view
        self.window.stage.set_view(view)
        view.picked.connect(self.scene_wires.pick)
        view.installEventFilter(self)
        view.camera_moved.connect(self._camera_moved)
        view.drawn.connect(
            lambda ms, cards, size: self.window.status.show_frame_time(ms / 1000, cards, size, view.view.budget)
        )
        self.quality.set_view(view)
        view.failed.connect(lambda why: self.notice("warning", why, "Your scene is safe; all else works as usual."))
        view.lacking.connect(self._pictures_lack)
        self.scene_wires.set_view(view)
        self.hand_wires.use_view(view)
        self.menus.use_view(view)
        self.filter.set_view(view)
        self.wayfinding.set_view(view)
        self.team.use_view(view)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Whoever takes the camera into their own hands ends the tour."""
        held_only = isinstance(event, QKeyEvent) and event.key() in _MODIFIERS
        taking = event.type() in (QEvent.Type.MouseButtonPress, QEvent.Type.KeyPress, QEvent.Type.Wheel)
        if taking and not held_only:
            self.wayfinding.taken_over()
        return super().eventFilter(watched, event)

    def _camera_moved(self) -> None:
        if self.session is not None and self.view is not None:
            self.session.stand_at(self.view.view.camera.position_m, self.view.view.camera.target_m)

    def _pictures_lack(self, count: int) -> None:
        """Say that pictures can't be shown, until they can."""
        toasts = self.window.stage.toasts
        for toast in [toast for toast in toasts.shown if toast.notice.what.endswith(_LACKING)]:
            toasts.drop(toast.notice.what)
        if count:
            works = "1 picture" if count == 1 else f"{count:,} pictures"
            advice = "See that the files are where they were; they come back by themselves."
            self.notice("warning", f"{works} {_LACKING}", "Titles hang in their place.", advice)

    # -- messages --------------------------------------------------------------------------------

    def receive(self, message: Message) -> None:
        """Hand a message to the parts that it concerns."""
        window = self.window
        for part in (self.team, self.hosted, self.library_wires, self.files):
            part.receive(message)
        match message:
            case Understood() | Planned() | Priced() | Spending() | Resumed() | StepChanged() | Said():
                self._follow_turn(message)
            case TurnEnded():
                self._follow_turn(message)
                self._turn_ended(message)
            case PlatformStateChanged():
                window.status.show_platform(message)
                self._platform_changed(message)
            case ImportProgressed():
                window.library.show_import(message)
                if self.session is not None:
                    self._offer(self.session.facets)
            case LibraryChanged():
                self._library_changed(message)
            case SearchAnswered(request_id=request_id, result=result):
                if request_id == self.search_id:
                    window.library.show_result(result)
            case AssetsKnown() | FoundAmong():
                self.filter.receive(message)
            case RenditionReady(asset_id=asset_id, edge_px=edge_px, path=path):
                if edge_px == THUMBNAIL_PX:
                    window.library.rows.set_thumbnail(asset_id, path)
                if self.view is not None:
                    self.view.retry_pictures(asset_id)
            case ProjectOpened(project=project):
                self._project_opened(project)
            case ProjectsListed(projects=projects):
                open_projects(self, projects)
            case SamplePainted(done=done, total=total) if done < total:
                window.library.show_preparing(f"Painting the sample collection: {done} of {total}")
            case SampleMade():
                self._prepared()
            case RunInterrupted(run_id=run_id, request=request, ended=ended):
                self.begin(run_id, request, "From before the program ended")
                self._follow_turn(ended)
                self._turn_ended(ended)
            case SaveChanged():
                window.status.show_save(message)
            case ClashShown():
                self.scene_wires.show_proposal()
            case Noticed(level=level):
                window.stage.toasts.show_notice(message)
                if level == "error":
                    self._prepared()

    def _prepared(self) -> None:
        self.window.library.show_preparing("")
        self.window.stage.welcome.end_preparing()

    def _follow_turn(self, event: TurnEvent) -> None:
        self.window.chat.show_event(event)
        if event.turn_id not in self.aside:
            self.window.stage.progress.show_event(event)

    def _turn_ended(self, ended: TurnEnded) -> None:
        if ended.turn_id in self.aside:
            self._aside_ended(ended)
            return
        more = self.session is not None and self.session.running
        self.show_running(more)
        if more:
            self.window.stage.progress.begin()
        self.scene_wires.show_proposal()
        if self.session is not None and ended.action == "select":
            self.scene_wires.select(self.session.selection)
        self.scene_wires.show_selection()
        if ended.camera is not None:
            self.scene_wires.fly(ended.camera.position_m, ended.camera.target_m)
        self.handlers.act(ended)
        self.memory_wires.suggest()

    def _aside_ended(self, ended: TurnEnded) -> None:
        """Say it where it is seen; the picture stays as it is until the creator wants to see what was made."""
        self.aside.discard(ended.turn_id)
        if ended.outcome == "proposed" and ended.proposal is not None:
            what = f"Ready in the background: {ended.proposal.title}."
            self.notice("info", what, "Nothing on show was changed.", "Show it from the conversation.")
        elif ended.outcome == "failed":
            self.notice("warning", f"A run in the background failed: {ended.text}", ended.kept, ended.advice)

    def _platform_changed(self, message: PlatformStateChanged) -> None:
        if message.state == "ready" and self._restarting and not (self.session and self.session.in_team):
            self.notice("info", "The library service stopped and is back.", "Nothing approved was lost.")
        self._restarting = message.state in ("restarting", "failed")
        if message.state == "ready":
            self.window.library.rows.forget_requests()
            self.search(self.window.library.words)
            if self.view is not None:  # pictures that were asked for before the library was there
                self.view.retry_pictures()

    def _library_changed(self, message: LibraryChanged) -> None:
        self.window.library.show_facets(message.facets)
        self.window.chat.library_empty = message.facets.total == 0
        self.window.stage.welcome.show_library(message.facets.total)
        self._offer(message.facets)
        if self.session is not None:
            self.window.chat.known = vocabulary_of(self.session.themes, message.facets)
        self.memory_wires.suggest()
        if not self._search_again.isActive():
            self._search_again.start()

    def _await_picture(self, scene: Scene) -> None:
        """Until the first works of a project are drawn, nothing else is: no empty room, and no other project's."""
        view, first = self.view, scene.placements[0].id
        if self._is_seen or view is None or view.body_kind == "blank":
            return
        self._is_seen = True
        if first not in view.view.shown_scene:
            self.window.stage.veil.cover_until(lambda: first in view.view.shown_scene)

    def _offer(self, facets: Facets) -> None:
        """Requests to start from; while pictures still come in they stay put until the library has doubled."""
        if self.window.library.is_importing and 0 < facets.total < 2 * self._offered_for:
            return
        self._offered_for = facets.total
        for offering in (self.window.chat.suggestions, self.window.stage.welcome):
            offering.show_requests(first_requests(facets))

    def _project_opened(self, project: Project) -> None:
        self._is_seen = False
        self.window.show_project(project.name)
        self.window.chat.clear()
        self.memory_wires.show_earlier()
        self.scene_wires.show_all()

    def _wire_gestures(self) -> None:
        window = self.window
        chat, library, stage = window.chat, window.library, window.stage
        for asked in (chat.asked, window.asked, stage.welcome.asked):
            asked.connect(self.ask)
        chat.corrected.connect(self._correct)
        chat.plan_wanted.connect(self.plan)
        chat.plan_run.connect(self.run_plan)
        chat.asked_aside.connect(self.ask_aside)
        chat.aside_stopped.connect(self.stop_aside)
        chat.composer.plan_first_changed.connect(lambda on: window.commands.set_contexts(plan_first=on))
        for stopped in (chat.stopped, stage.progress.stopped):
            stopped.connect(lambda: self.window.commands.run("turn.stop"))
        library.search_wanted.connect(self.search)
        library.rows.thumbnail_wanted.connect(self.thumbnail)
        library.import_wanted.connect(lambda path: self.import_paths([path]) if path else self.run("library.import"))
        library.cancel_wanted.connect(self.cancel_import)
        for sample_wanted in (library.sample_wanted, stage.welcome.sample_wanted, chat.sample_wanted):
            sample_wanted.connect(self.import_sample)
        for import_wanted in (stage.welcome.import_wanted, chat.import_wanted):
            import_wanted.connect(lambda: self.run("library.import"))
        window.tools.themes.chosen.connect(lambda theme_id: self.run(f"theme.{theme_id}"))
        window.tools.projects_wanted.connect(lambda: self.run("project.open"))

    def _correct(self, request: str, intent: Intent, before: Intent | None) -> None:
        self.ask(request, intent, correction_note(self.window.chat.known, intent, before))
