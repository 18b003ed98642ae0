"""The session of one creator: every use case of the window and of the command line, on the UI thread, without Qt."""

from collections.abc import Mapping
from dataclasses import replace

from agent.events import TurnEnded, Understood
from agent.ports.library import Facets
from agent.ports.projects import Project
from app.conversation import Conversation
from app.keeping.journal import Journal
from app.keeping.seats import Seats
from app.mailbox import Mailbox
from app.messages import (
    LeftBehindClashed,
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
from app.rooms.browsing import Browsing
from app.rooms.deciding import Deciding
from app.rooms.recalling import Recalling
from app.runs.of_scene import Runs
from app.services import Services
from scene.change import ChangeDoesNotFit
from scene.document import DocumentError
from scene.proposal import Proposal
from scene.scene import Scene
from scene.store import SceneStore
from scene.themes import Theme

_ALONE = "local"
"""The one user of an embedded platform."""


class Session(Deciding, Recalling, Browsing):
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
        scene.others.name_of = self._name_of

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
                self._scene.others.offer_clash()
                self._services.follow(self._scene.place[0], self._scene.is_on_platform)
                self._services.at(self._conversation.working)
            case LibraryChanged(facets=facets):
                self.facets = facets
            case RemoteSaved():
                self._scene.others.merge(message)
            case LeftBehindClashed():
                self._scene.others.offer_clash()
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
                self._opening().open_saved(kept)
        return message

    def _signed_in(self, who: SignedInAs) -> None:
        self.me = who
        looks = f"You may look at this, not change it: your role at {who.team} is {who.role}."
        self._scene.edits.look_only = looks if who.role == "viewer" else ""

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
        return self._scene.edits.look_only

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

    # -- projects --------------------------------------------------------------------------------

    def list_projects(self) -> None:
        """ProjectsListed follows; without the platform, of the projects that this computer has."""
        if self._reached:
            self._services.list_projects()
            return
        here = tuple(Project(id=project_id, name=name) for project_id, name in self._journal.projects())
        self._mailbox.post(ProjectsListed(here))

    @property
    def recent_projects(self) -> tuple[Project, ...]:
        """The projects that were open on this computer, the last one first, without the one that is open now."""
        here = self.project.id if self.project is not None else ""
        return tuple(Project(id=one, name=name) for one, name in self._journal.projects() if one != here)

    def new_project(self, name: str) -> None:
        """Open an empty project; the proposal in hand is dropped."""
        self._opening().open_new(name)

    def open_project(self, project: Project) -> None:
        """Open a project from this disk, else from the platform; ProjectOpened follows.

        Raises DocumentError or ChangeDoesNotFit where what is kept here cannot be read and the platform has nothing.
        """
        kept = self._journal.scene_of_project(project.id)
        if kept is None:
            self._services.fetch_project(project)
            return
        try:
            self._opening().open(kept)
        except (DocumentError, ChangeDoesNotFit):
            if not (kept.known_to_platform and self._reached):
                raise
            self._services.fetch_project(project)

    def _opening(self) -> OpenScene:
        self._conversation.cancel()
        self._conversation.forget()
        return self._scene
