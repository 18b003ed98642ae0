"""The session of one creator: every use case of the window and of the command line, on the UI thread, without Qt."""

from collections.abc import Collection, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

from agent.events import TurnEnded, Understood
from agent.intent import Intent
from agent.learning.evidence import Scope
from agent.learning.noticing import known_reasons
from agent.learning.preference import Preference
from agent.ports.library import Asset, Facets
from agent.ports.projects import Canvas, Project
from agent.running.steps import Workflow
from agent.running.terms import Terms
from agent.templates import BadTemplate, Template, Value, shipped_templates, template_named
from app.conversation import Conversation
from app.keeping.journal import Journal
from app.keeping.seats import Seats
from app.mailbox import Mailbox
from app.messages import (
    LibraryChanged,
    Message,
    PeopleChanged,
    PeopleNamed,
    PersonThere,
    PlatformStateChanged,
    ProjectFetched,
    ProjectOpened,
    ProjectsListed,
    RemoteSaved,
    SignedInAs,
)
from app.models.access import ModelAccess
from app.models.ledger import Ledger
from app.open_scene import OpenScene
from app.remembered import Remembered
from app.remembering.talk import PastTurn
from app.runs.of_scene import Runs
from app.services import Services
from scene.change import SceneChange
from scene.document import write_document
from scene.operations import set_theme
from scene.proposal import Proposal
from scene.scene import Scene
from scene.store import SceneStore
from scene.themes import Theme

_ALONE = "local"
"""The one user of an embedded platform."""


class Session:
    """Belongs to the UI thread; `poll` once a frame brings in what the background loop has posted."""

    def __init__(
        self,
        journal: Journal,
        seats: Seats,
        mailbox: Mailbox,
        services: Services,
        scene: OpenScene,
        conversation: Conversation,
        themes: Mapping[str, Theme],
        remembered: Remembered,
        runs: Runs,
        ledger: Ledger,
        models: ModelAccess,
    ) -> None:
        self.models = models
        """Providers of language models: settings, keys, health, a test call."""
        self.runs = runs
        """What became of the runs, for an inspector."""
        self.ledger = ledger
        """What they have cost, by run, step and day."""
        self._remembered = remembered
        self._journal = journal
        self._seats = seats
        self._mailbox = mailbox
        self._services = services
        self._scene = scene
        self._conversation = conversation
        self.themes = themes
        self.renditions = services.renditions
        self.facets = Facets()
        self.me: SignedInAs | None = None
        """Whom a team's platform takes us for, once it has told."""
        self._names: dict[str, str] = {}
        self._reached = True
        """Whether the platform answers, as far as is known."""
        self._stand: tuple[tuple[float, float, float], tuple[float, float, float]] | None = None
        scene.name_of = self._name_of

    # -- life ------------------------------------------------------------------------------------

    def start(self, project_name: str = "") -> None:
        """Open the last scene from this disk at once, or that project's; the platform comes up in the background.

        A team's project that this computer does not have yet is opened, or made, once the platform is there.
        """
        joins = bool(project_name) and self.in_team and self._journal.scene_of_name(project_name) is None
        self._scene.open_first("" if joins else project_name)
        self._services.start()
        if joins:
            self._services.join_project(project_name)

    def stop(self) -> None:
        """End the turn, let the saver finish what it can, and let go of the platform."""
        self.models.close()
        self._services.stop()
        self._journal.close()
        self._remembered.close()
        self.runs.close()
        self.ledger.close()
        self._seats.release_all()

    def poll(self) -> list[Message]:
        """What has happened since the last frame, already applied to this session, in order."""
        return [self._received(message) for message in self._mailbox.drain()]

    def _received(self, message: Message) -> Message:
        match message:
            case TurnEnded():
                ended = self._conversation.ended(message)
                self._services.at(self._conversation.working, soon=True)
                return ended
            case Understood():
                self._conversation.understood(message)
            case ProjectOpened():
                self._conversation.look_back()
                self._services.follow(self._scene.place[0], self._scene.is_on_platform)
                self._services.at(self._conversation.working)
            case LibraryChanged(facets=facets):
                self.facets = facets
            case RemoteSaved():
                self._scene.merge(message)
            case PeopleChanged(people=people):
                self._names |= {person.user: person.name for person in people}
                return PeopleChanged(tuple(replace(one, name=self._name_there(one)) for one in people))
            case PeopleNamed(names=names):
                self._names = {**names, **self._names}
            case SignedInAs():
                self._signed_in(message)
            case PlatformStateChanged(state=state):
                self._reached = state in ("ready", "starting")
            case ProjectFetched(project=project, kept=None):
                self._opening().open_new(project.name, project.id)
            case ProjectFetched(kept=kept) if kept is not None:
                self._opening().open(kept)
        return message

    def _signed_in(self, who: SignedInAs) -> None:
        self.me = who
        looks = f"You may look at this, not change it: your role at {who.team} is {who.role}."
        self._scene.look_only = looks if who.role == "viewer" else ""

    def _name_of(self, user: str) -> str:
        if self._is_me(user) or not self.in_team:
            return "You, in another window,"
        return self._names.get(user, user)

    def _name_there(self, person: PersonThere) -> str:
        return "your other window" if self._is_me(person.user) else person.name

    def _is_me(self, user: str) -> bool:
        return user == _ALONE or (self.me is not None and user == self.me.user)

    @property
    def team(self) -> str:
        """The team's platform, for people; empty where this computer works alone."""
        return self._services.team

    @property
    def session_id(self) -> str:
        """Names this session to the platform."""
        return self._services.session_id

    @property
    def in_team(self) -> bool:
        """Whether a team's platform is worked with."""
        return bool(self.team)

    @property
    def look_only(self) -> str:
        """Why nothing may be changed, in words; empty where it may."""
        return self._scene.look_only

    @property
    def waiting_steps(self) -> int:
        """How many steps wait on this disk for the platform."""
        return self._scene.waiting_steps

    def sign_in(self, code: str) -> None:
        """Sign in to the team's platform with a code; Noticed tells how that went."""
        self._services.sign_in(code)

    def sign_out(self) -> None:
        """Sign out of the team's platform; what was done stays on this computer."""
        self._services.sign_out()

    # -- what is seen ----------------------------------------------------------------------------

    @property
    def store(self) -> SceneStore:
        """The open scene's only truth."""
        return self._scene.store

    @property
    def project(self) -> Project | None:
        """The project that is open."""
        return self._scene.project

    @property
    def proposal(self) -> Proposal | None:
        """The ghost, where there is one."""
        return self._scene.proposal

    @property
    def staged(self) -> Scene:
        """The scene as the creator sees it: with the ghost, where there is one."""
        return self._scene.staged

    @property
    def selection(self) -> frozenset[str]:
        """Ids of the selected placements."""
        return self._scene.selection

    def select(self, ids: frozenset[str]) -> None:
        """What the creator has selected; others in the scene see it too."""
        if ids != self._scene.selection:
            self._scene.selection = ids
            self._tell_stand()

    def stand_at(
        self, position_m: tuple[float, float, float], target_m: tuple[float, float, float] | None = None
    ) -> None:
        """Where the creator stands, so that words like "here" can mean it; others in the scene see it too."""
        self._conversation.viewpoint_m = position_m
        self._stand = (position_m, target_m or position_m)
        self._tell_stand()

    def _tell_stand(self) -> None:
        self._services.at(self._conversation.working)
        if self._stand is not None:
            self._services.stand(*self._stand, tuple(sorted(self.selection)))

    # -- talking ---------------------------------------------------------------------------------

    @property
    def running(self) -> bool:
        """Whether a turn is under way."""
        return self._conversation.running

    def running_is(self, turn_id: str) -> bool:
        """Whether this turn is the one under way."""
        return self._conversation.running_is(turn_id)

    def ask(self, text: str, intent: Intent | None = None) -> str:
        """Start a turn with this request (or a corrected intent); gives the turn's id."""
        return self._conversation.ask(text, intent)

    @property
    def is_team(self) -> bool:
        """Whether the platform is a team's, and not one that this computer runs for itself."""
        return self._services.is_team

    @property
    def runs_on_platform(self) -> bool:
        """Whether requests are run on the platform instead of this computer."""
        return self._conversation.on_platform

    def list_sessions(self) -> None:
        """Who of the team has a session open; SessionsListed follows."""
        self._services.list_sessions()

    def run_on_platform(self, on: bool) -> None:
        """Run requests there from the next one on."""
        self._conversation.on_platform = on

    def arrange(self, layout: str) -> str:
        """Lay the works on show out anew, without any planner: the same tools, from the menu."""
        intent = Intent.model_validate({"kind": "refine", "layout": layout, "keep_works": True})
        return self.ask(f"Arrange as {layout}", intent)

    def cancel(self) -> None:
        """Stop the turn under way."""
        self._conversation.cancel()

    def ask_in_background(self, text: str) -> str:
        """Start a run that nobody waits for; gives its id. Its proposal is shown when it is asked for."""
        return self._conversation.ask(text, None, Terms(background=True))

    @property
    def in_background(self) -> tuple[str, ...]:
        """The runs that go on in the background, oldest first."""
        return self._conversation.beside.going

    def cancel_background(self, turn_id: str) -> bool:
        """Stop a run in the background; whether there was one. Its end follows."""
        return self._conversation.beside.cancel(turn_id)

    def plan(self, text: str) -> str:
        """Understand, plan and price a request without running it; TurnEnded `planned` holds the workflow."""
        return self._conversation.ask(text, None, Terms(only_plan=True))

    def run_plan(self, text: str, intent: Intent, workflow: Workflow) -> str:
        """Run these steps, as planned or as edited (`agent.running.validation.edited`)."""
        return self._conversation.ask(text, None, Terms(intent=intent, workflow=workflow))

    def go_on(self) -> str:
        """Take up the run that was interrupted; gives its id, empty when there is none."""
        return self._conversation.go_on()

    # -- deciding and editing --------------------------------------------------------------------

    def stage(self, proposal: Proposal) -> Proposal:
        """Show a proposal, as the end of a turn does; over a ghost the two become one."""
        return self._scene.stage(proposal)

    def approve(self, ids: frozenset[str] | None = None) -> bool:
        """Commit the proposal, whole or these parts; on disk when this returns. Whether it was committed."""
        return self._scene.approve(ids)

    def reject(self, reason: str = "", about: Collection[str] = ()) -> None:
        """Drop the proposal, or only these works (ids) of it; the scene stays byte for byte as it is.

        The reason, in words or as a chip of `reject_reasons`, and the works teach preferences.
        """
        self._scene.reject(reason, about)

    @property
    def has_clash(self) -> bool:
        """Whether the ghost is somebody else's version of what I changed too."""
        return self._scene.has_clash

    def take_both(self) -> bool:
        """Of a clash with somebody else's work: keep mine and hang theirs beside it. Whether there was one."""
        return self._scene.take_both()

    @property
    def reject_reasons(self) -> tuple[str, ...]:
        """Reasons that can be pressed; `reject` takes them as they are."""
        return known_reasons().chips

    def commit(self, name: str, change: SceneChange) -> bool:
        """One edit by hand as one step; whether it was kept."""
        return self._scene.commit(name, change)

    def undo(self) -> bool:
        """Take back the latest step; whether there was one."""
        return self._scene.undo() is not None

    def redo(self) -> bool:
        """Bring back the step that was undone last; whether there was one."""
        return self._scene.redo() is not None

    @property
    def can_undo(self) -> bool:
        """Whether there is anything to take back: a version of the ghost in hand, or a step."""
        return self._scene.version_to_undo or self.store.history.next_undo is not None

    @property
    def can_redo(self) -> bool:
        """Whether there is anything to bring back."""
        return self._scene.version_to_redo or bool(self.store.history.undone)

    def undo_latest(self) -> bool:
        """Take back what was done last, a version of the ghost in hand or a step; whether there was anything."""
        if not self._scene.version_to_undo:
            return self.undo()
        self._scene.previous_version()
        return True

    def redo_latest(self) -> bool:
        """Bring back what was taken back last; whether there was anything."""
        return self._scene.next_version() if self._scene.version_to_redo else self.redo()

    def take_back_turn(self) -> bool:
        """Undo the agent's latest turn and keep what was done by hand since; whether there was one."""
        return self._scene.take_back_turn() is not None

    def roll_back(self, run_id: str) -> bool:
        """Undo what was approved of one run and keep what was done since; whether there was anything."""
        return self._scene.take_back_turn(run_id) is not None

    def set_theme(self, theme_id: str) -> bool:
        """Dress the scene in another theme; whether that changed anything."""
        change = set_theme(self.store.scene, theme_id)
        return not change.is_empty and self.commit(f"Theme: {self.themes[theme_id].name}", change)

    def export_document(self, path: Path) -> None:
        """Write the scene as a JSON document; raises OSError."""
        staged = path.with_name(f".{path.name}.new")
        staged.write_text(write_document(self.store.scene), encoding="utf-8")
        staged.replace(path)

    # -- what is remembered ----------------------------------------------------------------------

    def preferences(self, *, everywhere: bool = False) -> tuple[Preference, ...]:
        """The rules learnt or set that hold in the open scene, or all there are; `words` reads each out."""
        return self._remembered.preferences(everywhere=everywhere)

    def edit_preference(
        self, preference_id: str, *, value: float | None = None, text: str | None = None, scope: Scope | None = None
    ) -> Preference:
        """Set a rule's value, theme or scope (here, project, always); raises NoSuchPreference or NotRemembered."""
        return self._remembered.edit_preference(preference_id, value=value, text=text, scope=scope)

    def forget_preference(self, preference_id: str) -> None:
        """Drop a rule with all that it rests on; raises NoSuchPreference or NotRemembered."""
        self._remembered.forget_preference(preference_id)

    def templates(self) -> tuple[Template, ...]:
        """Workflows for frequent work, each with its parameters."""
        return shipped_templates()

    def run_template(self, template_id: str, values: Mapping[str, Value] | None = None) -> str:
        """Run a workflow with these values (defaults for the rest), without any planner; gives the turn's id.

        Raises BadTemplate for an unknown workflow, parameter or value.
        """
        template = template_named(shipped_templates(), template_id)
        if template is None:
            raise BadTemplate(f"There is no workflow “{template_id}”.")
        return self.ask(template.name, template.filled(values or {}))

    def save_recipe(self, name: str) -> Template:
        """Save how the approved show was made, to do it again; raises NotARecipe, NameTaken, NotRemembered."""
        return self._remembered.save_recipe(name)

    def recipes(self) -> tuple[Template, ...]:
        """The saved recipes, oldest first; each has parameters like a template."""
        return self._remembered.recipes()

    def replay_recipe(self, name: str, values: Mapping[str, Value] | None = None) -> str:
        """Run a recipe (id or name) over the open scene, without any planner; gives the turn's id.

        Raises NoSuchRecipe or BadTemplate.
        """
        recipe, intent = self._remembered.replayed(name, values or {})
        return self.ask(recipe.name, intent)

    def rename_recipe(self, name: str, new: str) -> Template:
        """Call a recipe (id or name) otherwise; raises NoSuchRecipe, NotARecipe, NameTaken or NotRemembered."""
        return self._remembered.rename_recipe(name, new)

    def forget_recipe(self, name: str) -> None:
        """Drop a recipe (id or name); raises NoSuchRecipe or NotRemembered."""
        self._remembered.forget_recipe(name)

    def suggestions(self, most: int = 4) -> tuple[str, ...]:
        """The next likely requests, best first: from what followed such requests before, else from the scene."""
        return self._remembered.suggestions(self.facets.total, most)

    def ask_again(self, turn_id: str, text: str) -> str:
        """Edit an earlier message: take back what that turn and later ones did, keep hand edits, and ask anew.

        Gives the new turn's id; empty while a turn runs, or where there is no such turn. The turns that are left
        stay in `conversation_history(aside=True)`.
        """
        return self._conversation.ask_again(turn_id, text)

    def message_versions(self) -> dict[str, tuple[str, ...]]:
        """Of each message on show that was edited: its versions, by their turns, oldest first."""
        return self._conversation.message_versions()

    def switch_branch(self, turn_id: str) -> bool:
        """Go on in a branch that was left, named by any turn of it; False while a turn runs, or without such a one."""
        return self._conversation.switch_branch(turn_id)

    def replay_run(self, turn_id: str) -> str:
        """Run what an earlier turn meant once more, without any planner; gives the new turn's id, empty without one."""
        turn = self._remembered.turn(turn_id)
        meant = turn.meant if turn is not None else None
        return self.ask(turn.request, meant) if turn is not None and meant is not None else ""

    def conversation_history(self, *, aside: bool = False) -> tuple[PastTurn, ...]:
        """What was said in the open project, oldest first; with `aside`, in branches that were left as well."""
        return self._remembered.history(aside=aside)

    # -- library ---------------------------------------------------------------------------------

    def import_paths(self, paths: Sequence[Path]) -> None:
        """Import files and folders; ImportProgressed follows."""
        self._services.import_paths(paths)

    def import_sample(self) -> None:
        """Make the sample collection where it is missing, and import it as it grows; SampleMade follows."""
        self._services.import_sample()

    def cancel_import(self, import_id: str) -> None:
        """Stop an import; what was added stays."""
        self._services.cancel_import(import_id)

    def stay_inside(self, folders: tuple[str, ...]) -> None:
        """Search only below these folders from now on; all of the library when there are none."""
        self._services.stay_inside(folders)
        self._conversation.folders = folders

    def search(self, words: str) -> int:
        """Search for the library panel; SearchAnswered with the id given here follows."""
        return self._services.search(words)

    def lookup(self, ids: tuple[str, ...]) -> "Future[tuple[Asset, ...]]":
        """The assets of these ids; unknown ones are left out."""
        return self._services.lookup(ids)

    def request_assets(self, ids: tuple[str, ...]) -> None:
        """Ask what these assets are; AssetsKnown follows, in parts."""
        self._services.request_assets(ids)

    def find_among(self, words: str, asset_ids: tuple[str, ...]) -> int:
        """Which of these assets fit the words; FoundAmong with the id given here follows."""
        return self._services.find_among(words, asset_ids)

    def save_canvas(self, name: str, asset_ids: tuple[str, ...]) -> None:
        """Save these assets as a canvas of the open project; Noticed follows."""
        if self.project is not None:
            canvas = Canvas(id=uuid4().hex, project_id=self.project.id, name=name[:400], asset_ids=asset_ids)
            self._services.save_canvas(canvas)

    def request_rendition(self, asset_id: str, edge_px: int) -> None:
        """Fetch a thumbnail; RenditionReady follows."""
        self._services.request_rendition(asset_id, edge_px)

    def rendition_path(self, asset_id: str, edge_px: int) -> Path | None:
        """A thumbnail that is on disk already."""
        return self.renditions.path(asset_id, edge_px)

    # -- projects --------------------------------------------------------------------------------

    def list_projects(self) -> None:
        """ProjectsListed follows; without the platform, of the projects that this computer has."""
        if self._reached:
            self._services.list_projects()
            return
        here = tuple(Project(id=project_id, name=name) for project_id, name in self._journal.projects())
        self._mailbox.post(ProjectsListed(here))

    def new_project(self, name: str) -> None:
        """Open an empty project; the proposal in hand is dropped."""
        self._opening().open_new(name)

    def open_project(self, project: Project) -> None:
        """Open a project from this disk, else from the platform; ProjectOpened follows."""
        kept = self._journal.scene_of_project(project.id)
        if kept is None:
            self._services.fetch_project(project)
        else:
            self._opening().open(kept)

    def _opening(self) -> OpenScene:
        self._conversation.cancel()
        self._conversation.forget()
        return self._scene
