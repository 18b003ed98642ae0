"""Everything of a session that runs on the background loop, behind plain calls from the UI thread."""

import asyncio
from collections.abc import Coroutine, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import Any
from uuid import uuid4

import structlog

from agent.ports.errors import PortError
from agent.ports.library import Asset, Query
from agent.ports.projects import Canvas, Project
from app.background import BackgroundLoop
from app.keeping.journal import KeptScene
from app.keeping.saver import Saver
from app.mailbox import Mailbox
from app.messages import (
    MOST_FOUND,
    AssetsKnown,
    FileFound,
    FoundAmong,
    Noticed,
    PlatformStateChanged,
    ProjectFetched,
    ProjectsListed,
    RenditionReady,
    SearchAnswered,
)
from app.pictures.imports import Imports
from app.pictures.rendition_cache import RenditionCache
from app.pictures.sample import SampleCollection
from app.platform.library import PlatformLibrary
from app.platform.link import PlatformLink
from app.platform.live import Live
from app.platform.projects import PlatformProjects
from app.remembering.working_context import Working, WorkingContext
from app.runs.turn_runner import TurnRunner
from app.unforeseen import not_foreseen
from scene.document import DocumentError, scene_from_plain, write_document, write_steps
from scene.scene import Scene

log = structlog.get_logger()

Point = tuple[float, float, float]

_LOOKUP_PART = 1_000
_LAST_THREADS_S = 1.0
"""How long what libraries still have in threads may hold up the end; nothing of ours is among it."""
_FLUSH_TIMEOUT_S = 5.0


class Services:
    """Started and stopped with the session; every method but `start` and `stop` returns at once."""

    def __init__(
        self,
        loop: BackgroundLoop,
        mailbox: Mailbox,
        link: PlatformLink,
        library: PlatformLibrary,
        projects: PlatformProjects,
        saver: Saver,
        live: Live,
        renditions: RenditionCache,
        turns: TurnRunner,
        imports: Imports,
        sample: SampleCollection,
        working: WorkingContext,
    ) -> None:
        self._loop = loop
        self._mailbox = mailbox
        self._link = link
        self._library = library
        self._projects = projects
        self._saver = saver
        self._live = live
        self._working = working
        self._imports = imports
        self._sample = sample
        self._search_number = 0
        self._saving: Future[None] | None = None
        self._under_way: set[Future[None]] = set()
        self.renditions = renditions
        self.turns = turns
        self.session_id = link.session_id
        self.team = link.team

    def start(self) -> None:
        """Start the loop and bring the platform up behind it."""
        self._loop.start()
        self._mailbox.post(
            PlatformStateChanged("starting", f"Connecting to {self.team}" if self.team else "The library is starting")
        )
        self._saving = self._loop.submit(self._saver.run())
        self._under_way.add(self._loop.submit(self._bring_up()))

    def stop(self) -> None:
        """End the turn, save what can be saved in a few seconds, let go of the platform, end the loop."""
        if not self._loop.running:
            self._loop.stop()
            return
        self.turns.cancel_all()
        self._loop.submit(self.turns.stopped(_FLUSH_TIMEOUT_S)).result()
        self._sample.cancel()
        for task in tuple(self._under_way):
            task.cancel()
        if self._link.ready.is_set():
            self._loop.submit(self._flush()).result()
        if self._saving is not None:
            self._saving.cancel()
        self._loop.settle()
        self._loop.submit(self.turns.close()).result()
        self._loop.submit(self._link.close()).result()
        self._loop.stop(_LAST_THREADS_S)

    @property
    def is_team(self) -> bool:
        """Whether the platform is a team's."""
        return self._link.is_team

    def wake_saver(self, scene_id: str = "") -> None:
        """Tell the saver that the journal has something."""
        self._loop.call(self._saver.wake, scene_id)

    def follow(self, scene_id: str, is_known: bool) -> None:
        """Hear of what others do to this scene, once the platform has it; RemoteSaved and PeopleChanged follow."""
        self._loop.call(self._live.follow, scene_id, is_known)

    def stand(self, position_m: Point, target_m: Point, holds: tuple[str, ...]) -> None:
        """Where the creator stands and what is selected, for the others in the scene."""
        self._loop.call(self._live.stand, position_m, target_m, holds)

    def at(self, working: Working, soon: bool = False) -> None:
        """What the creator is at, for the session's working context on the platform."""
        self._loop.call(self._working.at, working, soon)

    def sign_in(self, code: str) -> None:
        """Sign in to the team's platform; Noticed follows."""
        self._try(self._link.sign_in(code))

    def sign_out(self) -> None:
        """Sign out of the team's platform; PlatformStateChanged follows."""
        self._loop.call(self._live.hang_up)
        self._try(self._link.sign_out())

    def search(self, words: str, most: int = MOST_FOUND) -> int:
        """Search; SearchAnswered follows."""
        self._search_number += 1
        self._try(self._search(self._search_number, words, most))
        return self._search_number

    def lookup(self, ids: tuple[str, ...]) -> "Future[tuple[Asset, ...]]":
        """The assets of these ids."""
        return self._loop.submit(self._library.assets(ids))

    def request_assets(self, ids: tuple[str, ...]) -> None:
        """AssetsKnown follows, in parts."""
        self._try(self._assets(ids))

    def find_among(self, words: str, asset_ids: tuple[str, ...]) -> int:
        """Search among these assets; FoundAmong with the number given here follows."""
        self._search_number += 1
        self._try(self._find_among(self._search_number, words, asset_ids))
        return self._search_number

    def save_canvas(self, canvas: Canvas) -> None:
        """Create or replace a canvas; Noticed follows."""
        self._try(self._save_canvas(canvas))

    def request_rendition(self, asset_id: str, edge_px: int) -> None:
        """Fetch a thumbnail; RenditionReady follows."""
        self._try(self._rendition(asset_id, edge_px))

    def find_file(self, asset_id: str) -> None:
        """FileFound follows."""
        self._try(self._find_file(asset_id))

    def look_again(self) -> None:
        """LibraryChanged follows where the library is not as it was told last."""
        if self._link.ready.is_set():
            self._try(self._imports.look_again())

    def import_paths(self, paths: Sequence[Path]) -> None:
        """Import; ImportProgressed follows."""
        self._try(self._imports.run(paths))

    def import_sample(self) -> None:
        """Make and import the sample collection."""
        self._try(self._sample.run())

    def list_sessions(self) -> None:
        """Who of the team is there; SessionsListed follows."""
        self._try(self._live.list_sessions())

    def stay_inside(self, folders: tuple[str, ...]) -> None:
        """Search only below these folders from now on; all of the library when there are none."""
        self._library.scope = folders

    def cancel_import(self, import_id: str) -> None:
        """Stop an import."""
        self._try(self._imports.cancel(import_id))

    def list_projects(self) -> None:
        """ProjectsListed follows."""
        self._try(self._list_projects())

    def join_project(self, name: str) -> None:
        """Fetch the team's project of that name, or make one; ProjectFetched follows."""
        self._try(self._join_project(name))

    def fetch_project(self, project: Project) -> None:
        """Fetch a project's latest scene from the platform; ProjectFetched follows."""
        self._try(self._fetch_project(project))

    def _try(self, coroutine: Coroutine[Any, Any, object]) -> None:
        task = self._loop.submit(self._told(coroutine))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def _told(self, coroutine: Coroutine[Any, Any, object]) -> None:
        try:
            await coroutine
        except PortError as error:
            self._mailbox.post(Noticed("error", error.what, error.kept, error.advice, error.correlation_id))
        except DocumentError as error:
            self._mailbox.post(Noticed("error", f"This cannot be opened: {error}.", "It was left as it is."))
        except Exception as error:
            reference = uuid4().hex[:12]
            log.exception("background work failed", reference=reference)
            self._mailbox.post(not_foreseen(error, reference))

    async def _bring_up(self) -> None:
        await self._link.bring_up()
        watching = asyncio.create_task(self._link.watch(self._saver.wake))
        beside: list[asyncio.Task[None]] = []
        try:
            await self._link.ready.wait()
            await self._imports.announce_facets()
            lasting = [
                self._live.run(),
                self._working.run(),
                self._imports.go_on(),
                *([self._imports.keep_up()] if self.team else []),
            ]
            beside += [asyncio.create_task(self._told(each)) for each in lasting]
            await self._told(self.turns.warm_up())  # without an agent the line to the others goes on
            await watching
        finally:
            for task in (watching, *beside):
                task.cancel()
            await asyncio.gather(watching, *beside, return_exceptions=True)

    async def _flush(self) -> None:
        try:
            async with asyncio.timeout(_FLUSH_TIMEOUT_S):
                await self._saver.all_saved()
                await self._working.write()
        except TimeoutError:
            log.warning("some steps wait for the next start")

    async def _search(self, number: int, words: str, most: int) -> None:
        await self._link.ready.wait()
        result = await self._library.search(Query(words=words, limit=most))
        self._mailbox.post(SearchAnswered(number, result))

    async def _assets(self, ids: tuple[str, ...]) -> None:
        await self._link.ready.wait()
        for first in range(0, len(ids), _LOOKUP_PART):
            self._mailbox.post(AssetsKnown(await self._library.assets(ids[first : first + _LOOKUP_PART])))

    async def _find_among(self, number: int, words: str, asset_ids: tuple[str, ...]) -> None:
        await self._link.ready.wait()
        query = Query(words=words[:2_000], asset_ids=asset_ids, limit=min(max(len(asset_ids), 1), 10_000))
        hits = (await self._library.search(query)).hits
        self._mailbox.post(FoundAmong(number, frozenset(hit.asset.id for hit in hits if hit.fits)))

    async def _save_canvas(self, canvas: Canvas) -> None:
        await self._link.ready.wait()
        await self._saver.introduced()
        saved = await self._projects.save_canvas(canvas, uuid4().hex)
        count = len(saved.asset_ids)
        words = f"The canvas “{saved.name}” with {count:,} {'work' if count == 1 else 'works'} was saved."
        self._mailbox.post(Noticed("info", words))

    async def _rendition(self, asset_id: str, edge_px: int) -> None:
        path = await self.renditions.fetch(asset_id, edge_px)
        if path is not None:
            self._mailbox.post(RenditionReady(asset_id, edge_px, str(path)))

    async def _find_file(self, asset_id: str) -> None:
        await self._link.ready.wait()
        self._mailbox.post(FileFound(asset_id, await self._library.places(asset_id)))

    async def _list_projects(self) -> None:
        await self._link.ready.wait()
        self._mailbox.post(ProjectsListed(await self._projects.projects()))

    async def _join_project(self, name: str) -> None:
        await self._link.ready.wait()
        there = next((project for project in await self._projects.projects() if project.name == name), None)
        if there is not None:
            await self._fetch_project(there)
        else:
            self._mailbox.post(ProjectFetched(Project(id="", name=name), None))

    async def _fetch_project(self, project: Project) -> None:
        await self._link.ready.wait()
        known = {one.id: one for one in await self._projects.projects()}
        if project.id not in known:
            what = f"“{project.name or project.id}” is no longer in the library."
            self._mailbox.post(Noticed("warning", what, "The open project stays open.", "Open another one (Ctrl+O)."))
            return
        project = known[project.id]
        scenes = await self._projects.scenes(project.id)
        if not scenes:
            self._mailbox.post(ProjectFetched(project, None))
            return
        saved = await self._projects.scene(scenes[0])
        scene = scene_from_plain(saved.document) if saved.document else Scene()
        document = write_document(scene)
        kept = KeptScene(saved.scene_id, project.id, project.name, True, saved.version, document, write_steps(()))
        self._mailbox.post(ProjectFetched(project, kept))
