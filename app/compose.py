"""The composition root of the desktop: one session from one data folder."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial

from agent.money import caps_of
from agent.paraphrases import Paraphrases
from app.background import BackgroundLoop
from app.branching import Branching
from app.conversation import Conversation
from app.house import House
from app.keeping.journal import Journal
from app.keeping.letters import Letters
from app.keeping.saver import Saver
from app.keeping.scene_keeper import SceneKeeper
from app.keeping.seats import Seats
from app.mailbox import Mailbox
from app.messages import SignedInAs
from app.models.access import ModelAccess
from app.models.ledger import Ledger
from app.notices import Notices
from app.open_scene import OpenScene
from app.past import Past
from app.pictures.imports import Imports
from app.pictures.rendition_cache import RenditionCache
from app.pictures.sample import SampleCollection
from app.pictures.upload_notes import UploadNotes
from app.pictures.uploads import Uploads
from app.places import Places
from app.platform.closeness import PlatformCloseness
from app.platform.http import PlatformHttp
from app.platform.library import PlatformLibrary
from app.platform.link import PlatformLink
from app.platform.live import Live
from app.platform.process import PlatformProcess
from app.platform.program import StartsProgram, start_program
from app.platform.projects import PlatformProjects
from app.platform.team import TeamPlatform
from app.remembered import Remembered
from app.remembering.memory import Memory
from app.remembering.preferences import Preferences
from app.remembering.recipes import Recipes
from app.remembering.talk import Talk
from app.remembering.verdict_book import VerdictBook
from app.remembering.working_context import WorkingContext
from app.runs.hosted_turns import HostedTurns
from app.runs.of_scene import Runs
from app.runs.programs import Programs
from app.runs.store import RunStore
from app.runs.turn_runner import RunsTurns, TurnRunner
from app.services import Services
from app.session import Session
from resources import folder
from scene.store import SceneStore
from scene.themes import Theme, themes_in


def compose_session(places: Places, today: date | None = None, start_program: StartsProgram = start_program) -> Session:
    """A session that is ready to `start`; `today` fixes what the words "last year" mean.

    `start_program` starts an embedded platform. Raises DataFolderError or JournalError in words for the person.
    """
    places.make()
    ground = _Ground(places, Journal(places.journal), RunStore(places.runs), Ledger(places.ledger))
    models = ModelAccess(places, ground.loop, ground.ledger, paraphrases=Paraphrases(PlatformCloseness(ground.http)))
    ground.ledger.caps = caps_of(models.settings())
    services = _services(ground, models, start_program)
    models.on_change = partial(_models_changed, models, ground.ledger, services.turns)
    journal, mailbox, seats = ground.journal, ground.mailbox, ground.seats
    letters = Letters(journal, mailbox, services.wake_saver)
    keeper = SceneKeeper(SceneStore(), journal, seats, services.wake_saver)
    memory = Memory(places.memory)
    preferences, talk = Preferences(memory), Talk(memory)
    book = VerdictBook(preferences, talk, mailbox, services.lookup)
    scene = OpenScene(keeper, journal, letters, mailbox, book)
    past = Past(scene, preferences, talk, book, mailbox, House(places.house_rules, mailbox.post))
    runs = Runs(ground.runs, scene, mailbox.post, Programs(places.sessions, services.session_id))
    conversation = Conversation(
        scene, services.turns, letters, mailbox.post, services.session_id, today, past, runs, Branching(scene, past)
    )
    remembered = Remembered(memory, preferences, talk, Recipes(memory), past, scene)
    return Session(
        journal, seats, mailbox, services, scene, conversation, ground.themes, remembered, runs, ground.ledger, models
    )


class _Ground:
    """What stands on nothing else: the files, the loop, the line out of the program."""

    def __init__(self, places: Places, journal: Journal, runs: RunStore, ledger: Ledger) -> None:
        self.places, self.journal, self.runs, self.ledger = places, journal, runs, ledger
        self.seats = Seats(places.run)
        self.mailbox, self.loop, self.http = Mailbox(), BackgroundLoop(), PlatformHttp()
        self.themes = themes_in(folder("themes"))


def _services(ground: _Ground, models: ModelAccess, start_program: StartsProgram) -> Services:
    """All that runs on the background loop."""
    places, mailbox, loop, http = ground.places, ground.mailbox, ground.loop, ground.http
    team = TeamPlatform(places) if places.team else None
    link = PlatformLink(team or PlatformProcess(places, start_program=start_program), http, mailbox, team)
    renditions = RenditionCache(places.renditions, PlatformLibrary(http).rendition, loop)
    library, projects = PlatformLibrary(http, renditions.learn), PlatformProjects(http)
    imports: Imports = Imports(library, link.ready, mailbox)
    if places.team:  # which cannot read the files of this computer
        imports = Uploads(library, link.ready, mailbox, UploadNotes(places.uploads, places.run))
    make_agent = _agent_maker(library, projects, ground.themes, renditions, ground.runs, ground.ledger, models, places)
    saver = Saver(ground.journal, ground.seats, projects, link.ready, mailbox, shares=team is not None)
    notices = Notices(places.notices, mailbox) if places.team else None
    live = Live(http, link.ready, mailbox, saver.look, notices=notices)
    saver.on_saved = live.saved
    link.on_known = partial(_known, live, saver)
    hosted = HostedTurns(http, saver.saved_version, ground.runs)
    return Services(
        loop=loop,
        mailbox=mailbox,
        link=link,
        library=library,
        projects=projects,
        saver=saver,
        live=live,
        renditions=renditions,
        turns=TurnRunner(loop, mailbox, link.ready, make_agent, ground.runs, hosted),
        imports=imports,
        sample=SampleCollection(places.sample_collection, imports, mailbox),
        working=WorkingContext(http, link.ready),
    )


def _agent_maker(
    library: PlatformLibrary,
    projects: PlatformProjects,
    themes: Mapping[str, Theme],
    pictures: RenditionCache,
    runs: RunStore,
    ledger: Ledger,
    models: ModelAccess,
    places: Places,
) -> Callable[[], RunsTurns]:
    def make() -> RunsTurns:
        from agent.checking.all_checks import Examiner
        from agent.turn import Agent  # LangGraph takes a second to import: on the background thread, not at start

        return Agent(
            library, projects, themes, planner=models.planner(), keeper=runs, accounts=ledger,
            examiner=Examiner(pictures=pictures, models=models.models()), checkpoints=places.checkpoints,
            phraser=models.phraser(),
        )  # fmt: skip

    return make


def _known(live: Live, saver: Saver, who: SignedInAs) -> None:
    """Who we are to a team's platform: others see the name, and a viewer's computer saves nothing there."""
    live.call_me(who.name)
    saver.me = who.user
    saver.may_save = who.role != "viewer"


def _models_changed(models: ModelAccess, ledger: Ledger, turns: TurnRunner) -> None:
    """Other settings or keys: the caps hold at once, the models from the next turn on."""
    ledger.caps = caps_of(models.settings())
    turns.renew()
