"""What the session posts to the window through the mailbox: frozen past facts, handed over one batch a frame."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from agent.events import TurnEnded, TurnEvent
from agent.ports.library import Asset, Facets, SearchResult
from agent.ports.projects import Project
from app.keeping.journal import KeptScene
from scene.scene import Scene

PlatformState = Literal["starting", "ready", "restarting", "failed", "signed_out"]


@dataclass(frozen=True)
class PlatformStateChanged:
    """The platform's state as the status bar shows it, with one plain sentence."""

    state: PlatformState
    text: str


@dataclass(frozen=True)
class SignedInAs:
    """Whom a team's platform takes this desktop's user for."""

    user: str
    name: str
    tenant: str
    role: str
    team: str
    """The platform, for people."""


@dataclass(frozen=True)
class BadFile:
    """A file that could not be imported, and why."""

    path: str
    why: str


@dataclass(frozen=True)
class ImportProgressed:
    """How far an import is. `seconds_left` is None until a rate is known. `uploading` comes first, to a team only."""

    import_id: str
    folder: str
    state: Literal["uploading", "queued", "scanning", "running", "cancelling", "done", "cancelled", "failed"]
    done: int
    total: int
    added: int
    already_there: int
    rate_per_s: float
    seconds_left: float | None
    bad: tuple[BadFile, ...] = ()
    error: str = ""
    sent_bytes: int = 0
    """Of what has to be sent to a team's platform before it can be imported there."""
    bytes_to_send: int = 0


@dataclass(frozen=True)
class SamplePainted:
    """How many pictures of the sample collection are on disk."""

    done: int
    total: int


@dataclass(frozen=True)
class SampleMade:
    """The sample collection is complete, on disk and in the library."""

    folder: str


@dataclass(frozen=True)
class LibraryChanged:
    """Assets were added; facets are the new counts."""

    facets: Facets


MOST_FOUND, MOST_SORTED = 2_000, 10_000
"""The library panel's search gives no more works than this; than the second, where they shall be put in order."""


@dataclass(frozen=True)
class SearchAnswered:
    """The library panel's search came back; `request_id` is the one that `Session.search` gave."""

    request_id: int
    result: SearchResult


@dataclass(frozen=True)
class AssetsKnown:
    """What the session was asked about assets; unknown ids are left out."""

    assets: tuple[Asset, ...]


@dataclass(frozen=True)
class FoundAmong:
    """Which of the assets named fit the words; `request_id` is the one that `Session.find_among` gave."""

    request_id: int
    asset_ids: frozenset[str]


@dataclass(frozen=True)
class RenditionReady:
    """A thumbnail is on disk now."""

    asset_id: str
    edge_px: int
    path: str


@dataclass(frozen=True)
class FileFound:
    """Where the file of an asset was seen on this computer, the latest place first; it may be gone by now."""

    asset_id: str
    places: tuple[str, ...]


@dataclass(frozen=True)
class ProjectOpened:
    """A project with its scene is open; the store holds it."""

    project: Project


@dataclass(frozen=True)
class ProjectsListed:
    """The projects there are, last changed first."""

    projects: tuple[Project, ...]


@dataclass(frozen=True)
class SaveChanged:
    """Whether the open scene is safe: `kept` is on this disk, `saved` is in the platform's database too."""

    state: Literal["saving", "kept", "saved", "failed"]
    text: str = ""


@dataclass(frozen=True)
class ProjectFetched:
    """A project as the platform has it; `kept` is None when it has no scene yet."""

    project: Project
    kept: KeptScene | None


@dataclass(frozen=True)
class RemoteSaved:
    """Somebody else saved the open scene: `scene` is what the platform has at `version`."""

    scene_id: str
    over: int
    """The version that was had here when this was found."""
    version: int
    scene: Scene
    by: tuple[str, ...] = ()
    """The ids of those who did, as far as it was told."""


@dataclass(frozen=True)
class OthersChanged:
    """The open scene has become another by what somebody else did; `works` are those they hung or altered."""

    by: str
    text: str
    works: tuple[str, ...] = ()
    user: str = ""
    """The id of the one who did it; empty when it is not known or they are several."""


@dataclass(frozen=True)
class LiveChanged:
    """Whether others' changes come at once."""

    state: Literal["live", "away"]
    text: str


@dataclass(frozen=True)
class PersonThere:
    """Somebody else who has the open scene before them: where they stand, where they look, what they hold."""

    session: str
    user: str
    name: str
    position_m: tuple[float, float, float]
    target_m: tuple[float, float, float]
    holds: tuple[str, ...] = ()


@dataclass(frozen=True)
class PeopleChanged:
    """Who else is in the open scene."""

    people: tuple[PersonThere, ...]


@dataclass(frozen=True)
class LeftBehindClashed:
    """What a program left behind that has ended clashed with what others had saved; theirs is in the journal."""

    scene_id: str


@dataclass(frozen=True)
class ClashShown:
    """Somebody else changed what I changed: theirs is staged as the proposal, to take it, drop it, or keep both."""

    text: str


@dataclass(frozen=True)
class RunInterrupted:
    """What was under way when the program ended: a run that can be gone on with, or a proposal to decide about."""

    run_id: str
    request: str
    ended: TurnEnded
    """What to show of it: a question with choices, or the proposal, which is staged already."""


@dataclass(frozen=True)
class NoticeCame:
    """The team's platform tells this person something that happened, here or while they were away."""

    position: int
    kind: Literal["good", "people", "bad"]
    words: str
    at: str = ""
    """UTC time, ISO 8601."""
    project_id: str = ""
    run_id: str = ""
    is_import: bool = False


@dataclass(frozen=True)
class PeopleNamed:
    """How those of the team are called, by id."""

    names: Mapping[str, str]


@dataclass(frozen=True)
class SessionThere:
    """A session of the team that is open: whose, since when."""

    session: str
    user: str
    since: str


@dataclass(frozen=True)
class SessionsListed:
    """Who of the team is there."""

    sessions: tuple[SessionThere, ...]


@dataclass(frozen=True)
class Noticed:
    """A message for the person: what happened, what was kept, what to do next."""

    level: Literal["info", "warning", "error"]
    what: str
    kept: str = ""
    advice: str = ""
    correlation_id: str = ""
    details: str = ""
    """What a maker of programs wants to know; shown only when it is asked for."""


Message = (
    TurnEvent
    | PlatformStateChanged
    | ImportProgressed
    | SamplePainted
    | SampleMade
    | LibraryChanged
    | SearchAnswered
    | AssetsKnown
    | FoundAmong
    | RenditionReady
    | FileFound
    | ProjectOpened
    | ProjectsListed
    | SaveChanged
    | RemoteSaved
    | ProjectFetched
    | LiveChanged
    | SignedInAs
    | OthersChanged
    | PeopleChanged
    | ClashShown
    | LeftBehindClashed
    | RunInterrupted
    | NoticeCame
    | PeopleNamed
    | SessionsListed
    | Noticed
)
