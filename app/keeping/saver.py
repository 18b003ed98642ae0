"""Carries the journal's entries and letters to the platform, in order, each with its key, until all have arrived."""

import asyncio
import contextlib
import json
from collections.abc import Awaitable, Callable

import structlog
from pydantic import ValidationError

from agent.ports.errors import PortError
from agent.ports.projects import Feedback, RunRecord
from app.keeping.journal import Entry, Journal, KeptScene, Letter
from app.keeping.rebasing import rebased_text
from app.keeping.replay import Replayed, kept_as, replay
from app.keeping.seats import Seats
from app.mailbox import Mailbox
from app.messages import Noticed, RemoteSaved, SaveChanged
from app.platform.http import Conflict, Refused
from app.platform.projects import PlatformProjects
from scene.conflict import in_words
from scene.document import DocumentError, scene_from_plain, scene_to_plain, write_document

log = structlog.get_logger()

_RETRY_AFTER_S = 1.0
_LOOK_ROUND_S = 2.0
"""So often it is looked whether another program has ended and left something behind."""
_PATIENCE_FOR_A_NAME = 10
"""Looks, a fiftieth of a second apart."""


class Saver:
    """Lives on the background loop; `wake` is called after each journal entry."""

    def __init__(
        self,
        journal: Journal,
        seats: Seats,
        projects: PlatformProjects,
        ready: asyncio.Event,
        mailbox: Mailbox,
        shares: bool = False,
    ) -> None:
        """With `shares`, others see the projects there are: one is not shown to them before it is worked in."""
        self._seats = seats
        self._journal = journal
        self._projects = projects
        self._ready = ready
        self._mailbox = mailbox
        self._work = asyncio.Event()
        self._idle = asyncio.Event()
        self._waiting_for_merge: set[tuple[str, int]] = set()
        """Scenes with the seat."""
        self._news: dict[str, int] = {}
        self._by: dict[str, list[str]] = {}
        """Who saved what is news, by scene."""
        self._introduce_all = not shares
        self.me = "local"
        """Who saves from this data folder; an embedded platform knows its one user by this name."""
        self.may_save = True
        """Whether the platform lets this user change anything."""
        self.on_saved: Callable[[str], None] = lambda scene_id: None
        """Told the id of a scene that the platform has acknowledged."""

    def wake(self, scene_id: str = "") -> None:
        """There may be something to save; a scene that waited for a merge may be saved again."""
        self._waiting_for_merge = {one for one in self._waiting_for_merge if one[0] != scene_id}
        self._idle.clear()
        self._work.set()

    def look(self, scene_id: str, version: int, by: str = "") -> None:
        """The platform has this version, by this user: fetch it when ours is older, once ours has been saved."""
        if by:
            self._by.setdefault(scene_id, []).append(by)
        self._news[scene_id] = max(version, self._news.get(scene_id, 0))
        self._idle.clear()
        self._work.set()

    async def all_saved(self) -> None:
        """Wait until the platform has everything."""
        await self._idle.wait()

    async def saved_version(self, scene_id: str) -> int:
        """Wait until the platform has a scene as it is here; gives the version."""
        self._introduce_all = True
        self.wake()
        await self._idle.wait()
        kept = await asyncio.to_thread(self._journal.scene, scene_id, self._seats.seat_of(scene_id) or 1)
        return 0 if kept is None else kept.version

    async def run(self) -> None:
        """Save until cancelled; a platform that is away is tried again."""
        while True:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(_LOOK_ROUND_S):
                    await self._work.wait()
            self._work.clear()
            await self._ready.wait()
            try:
                await self._save_everything()
            except Refused as error:
                log.error("the platform refuses a save", what=error.what)
                self._mailbox.post(SaveChanged("failed", f"{error.what} Your work is kept on this computer."))
            except PortError as error:
                log.warning("saving failed; it will be tried again", what=error.what)
                self._mailbox.post(SaveChanged("failed", f"{error.what} Your work is kept on this computer."))
                await asyncio.sleep(_RETRY_AFTER_S)
                self._work.set()
                continue
            except Exception:
                log.exception("saving failed inside this program; it will be tried again")
                self._mailbox.post(SaveChanged("failed", "Saving failed. Your work is kept on this computer."))
                await asyncio.sleep(_RETRY_AFTER_S)
                self._work.set()
                continue
            if not self._work.is_set():
                self._idle.set()

    async def _save_everything(self) -> None:
        letters = await asyncio.to_thread(self._journal.letters)  # before the scenes, whose projects they name
        for kept in await asyncio.to_thread(self._journal.scenes_to_save):
            waits = (kept.scene_id, kept.seat) in self._waiting_for_merge
            if not waits and self.may_save and await self._is_worked_in(kept):
                await (self._save_ours(kept) if self._is_ours(kept) else self._save_left_behind(kept))
        await self._look_at_news()
        if not self.may_save:
            return
        for letter in await asyncio.to_thread(self._ripe, letters):
            try:
                await self._send(letter.kind, letter.body, letter.key)
            except (Refused, Conflict, ValidationError) as error:
                log.error("a letter was not accepted and is dropped", kind=letter.kind, what=str(error))
            await asyncio.to_thread(self._journal.letter_sent, letter.seq)

    def _ripe(self, letters: list[Letter]) -> list[Letter]:
        """The letters whose project the platform has by now, as far as this computer knows; a run's before its
        feedback. The others wait: another window may be about to save their project."""
        ripe, waiting = [], set[str]()
        for letter in letters:
            about = json.loads(letter.body)
            if not self._journal.is_introduced(str(about.get("project_id", ""))) or about.get("run_id") in waiting:
                waiting.add(str(about.get("id", "")))
            else:
                ripe.append(letter)
        return ripe

    async def introduced(self) -> None:
        """Wait until the platform knows every project of this computer, also those not worked in yet."""
        self._introduce_all = True
        self.wake()
        await self._idle.wait()

    async def _is_worked_in(self, kept: KeptScene) -> bool:
        if kept.known_to_platform or self._introduce_all:
            return True
        if await asyncio.to_thread(self._journal.entries, kept):
            return True
        return any(kept.project_id in letter.body for letter in await asyncio.to_thread(self._journal.letters))

    async def _look_at_news(self) -> None:
        for scene_id, version in list(self._news.items()):
            seat = self._seats.seat_of(scene_id)
            kept = await asyncio.to_thread(self._journal.scene, scene_id, seat) if seat is not None else None
            if kept is not None:
                waits = await asyncio.to_thread(self._journal.entries, kept)
                if waits or (scene_id, kept.seat) in self._waiting_for_merge:
                    continue  # looked at again after the merge, or after what is ours was saved
                if kept.version < version:
                    await self._report_newer(kept)
            if self._news.get(scene_id) == version:
                del self._news[scene_id]
                self._by.pop(scene_id, None)

    def _is_ours(self, kept: KeptScene) -> bool:
        return self._seats.seat_of(kept.scene_id) == kept.seat

    async def _save_ours(self, kept: KeptScene) -> None:
        with self._seats.using(kept.scene_id, kept.seat) as ours:
            if ours:
                await self._save_scene(kept, self._report_newer)

    async def _save_left_behind(self, kept: KeptScene) -> None:
        """What a program left here that has ended, or has another scene open now; one that lives saves it itself."""
        with self._seats.left_behind(kept.scene_id, kept.seat) as free:
            if free:
                await self._save_scene(kept, self._merge_left_behind)
        now = await asyncio.to_thread(self._journal.scene, kept.scene_id, kept.seat) if free else None
        if now is not None and now.version > kept.version:
            self.look(kept.scene_id, now.version, self.me)  # it may be open here at another seat

    async def _merge_left_behind(self, kept: KeptScene) -> None:
        """The platform has a newer version: what was left behind is carried over, and saved in the next round."""
        saved = await self._projects.scene(kept.scene_id)
        entries = await asyncio.to_thread(self._journal.entries, kept)
        try:
            theirs = scene_from_plain(saved.document) if saved.document else replay(kept, ()).scene
        except DocumentError as error:
            self._waiting_for_merge.add((kept.scene_id, kept.seat))
            self._cannot_read(kept, error)
            return
        name = "Changed elsewhere meanwhile"
        moved, change, clashes = await asyncio.to_thread(rebased_text, kept, entries, theirs, saved.version, name)
        await asyncio.to_thread(self._journal.rebase, moved, change)
        if clashes:
            what = f"In “{kept.project_name}” another window of this computer, which has ended, left steps behind that "
            what += f"clash with what was done since. {in_words(clashes)}"
            self._mailbox.post(Noticed("warning", what, "What was left behind was kept."))
        self._work.set()

    async def _save_scene(self, kept: KeptScene, on_newer: Callable[[KeptScene], Awaitable[None]]) -> None:
        now = await asyncio.to_thread(self._journal.scene, kept.scene_id, kept.seat)
        kept = now or kept
        entries = await asyncio.to_thread(self._journal.batch, kept)
        if not kept.known_to_platform:
            await self._projects.put_project(kept.project_id, kept.project_name, f"project-{kept.project_id}")
            await self._projects.put_scene(kept.project_id, kept.scene_id, f"scene-{kept.scene_id}")
        if not entries:
            await asyncio.to_thread(self._acknowledge, kept, replay(kept, ()), kept.version, 0)
            self.on_saved(kept.scene_id)
            return
        self._mailbox.post(SaveChanged("saving"))
        replayed = await asyncio.to_thread(replay, kept, entries)
        try:
            version = await self._post(kept, replayed, entries)
        except Conflict:
            await on_newer(kept)
            return
        await asyncio.to_thread(self._acknowledge, kept, replayed, version, entries[-1].seq)
        self.on_saved(kept.scene_id)
        if await asyncio.to_thread(self._journal.entries, kept):
            self._work.set()
            return
        self._mailbox.post(SaveChanged("saved", "Saved"))

    async def _post(self, kept: KeptScene, replayed: Replayed, entries: list[Entry]) -> int:
        document = await asyncio.to_thread(scene_to_plain, replayed.scene)
        steps = [{"cause": entry.cause, "step": entry.step} for entry in entries]
        key = f"{entries[0].key}-{entries[-1].key}"
        return await self._projects.save_scene(kept.scene_id, kept.version, document, steps, key)

    def _acknowledge(self, kept: KeptScene, replayed: Replayed, version: int, up_to_seq: int) -> None:
        self._journal.acknowledge(kept_as(kept, replayed, version), up_to_seq)

    async def _report_newer(self, kept: KeptScene) -> None:
        """The platform has a newer version: the UI thread carries over and rebases the journal, then wakes us."""
        saved = await self._projects.scene(kept.scene_id)
        for _ in range(_PATIENCE_FOR_A_NAME):
            if kept.scene_id in self._by:
                break
            await asyncio.sleep(0.02)  # the live line tells who it was, a moment before or after
        by = tuple(dict.fromkeys(self._by.pop(kept.scene_id, [])))
        self._waiting_for_merge.add((kept.scene_id, kept.seat))
        try:
            scene = scene_from_plain(saved.document) if saved.document else replay(kept, ()).scene
        except DocumentError as error:
            self._cannot_read(kept, error)
            return
        self._mailbox.post(RemoteSaved(kept.scene_id, saved.version, write_document(scene), by))

    def _cannot_read(self, kept: KeptScene, error: DocumentError) -> None:
        """What somebody saved is not for this program, as when theirs is newer: nothing of it is touched."""
        log.error("the platform's version of a scene cannot be read", scene=kept.scene_id, why=str(error))
        what = f"“{kept.project_name}” was saved by somebody in a way that this program cannot read: {error}."
        self._mailbox.post(
            Noticed("error", what, "Yours is kept on this computer; theirs was left as it is.", "Update Vernissage.")
        )
        self._mailbox.post(SaveChanged("failed", "Not shared: this program is too old for the team's scene."))

    async def _send(self, kind: str, body: str, key: str) -> None:
        if kind == "run":
            await self._projects.save_run(RunRecord.model_validate_json(body), key)
        elif kind == "feedback":
            await self._projects.give_feedback(Feedback.model_validate_json(body), key)
