"""Carries the journal's entries and letters to the platform, in order, each with its key, until all have arrived."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import structlog
from pydantic import ValidationError

from agent.ports.errors import PortError
from agent.ports.projects import Feedback, RunRecord
from app.keeping.journal import Journal, KeptScene, Letter
from app.keeping.news import Brought, News
from app.keeping.outbox import Outbox
from app.keeping.replay import replay
from app.keeping.seats import Seats
from app.mailbox import Mailbox
from app.messages import LeftBehindClashed, Noticed, RemoteSaved, SaveChanged
from app.platform.http import Conflict, Refused
from app.platform.projects import PlatformProjects, SavedScene
from scene.conflict import in_words
from scene.document import DocumentError, scene_from_plain
from scene.scene import Scene

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
        self._outbox = Outbox(journal)
        self._projects = projects
        self._ready = ready
        self._mailbox = mailbox
        self._work = asyncio.Event()
        self._idle = asyncio.Event()
        self._waiting_for_merge: set[tuple[str, int]] = set()
        """Scenes with the seat."""
        self._news = News()
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

    def look(self, scene_id: str, version: int, told: Mapping[str, Any] | None = None) -> None:
        """The platform has this version: take it over when ours is older, once ours has been saved."""
        self._news.came(scene_id, version, told or {})
        self._idle.clear()
        self._work.set()

    async def all_saved(self) -> None:
        """Wait until the platform has everything."""
        await self._idle.wait()

    async def introduced(self) -> None:
        """Wait until the platform knows every project of this computer, also those not worked in yet."""
        self._introduce_all = True
        self.wake()
        await self._idle.wait()

    async def saved_version(self, scene_id: str) -> int:
        """Wait until the platform has a scene as it is here; gives the version."""
        await self.introduced()
        return await asyncio.to_thread(self._outbox.version, scene_id, self._seats.seat_of(scene_id) or 1)

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
                await self._failed(f"{error.what} Your work is kept on this computer.")
                continue
            except Exception:
                log.exception("saving failed inside this program; it will be tried again")
                await self._failed("Saving failed. Your work is kept on this computer.")
                continue
            if not self._work.is_set():
                self._idle.set()

    async def _failed(self, words: str) -> None:
        self._mailbox.post(SaveChanged("failed", words))
        await asyncio.sleep(_RETRY_AFTER_S)
        self._work.set()

    async def _save_everything(self) -> None:
        await self._look_at_news()
        letters, scenes = await asyncio.to_thread(self._outbox.waits, self._introduce_all)
        for kept in scenes if self.may_save else ():
            if (kept.scene_id, kept.seat) not in self._waiting_for_merge:
                ours = self._seats.seat_of(kept.scene_id) == kept.seat
                await (self._save_ours(kept) if ours else self._save_left_behind(kept))
        await self._look_at_news()  # also what had to wait until ours was saved
        if letters and self.may_save:
            for letter in await asyncio.to_thread(self._outbox.ripe, letters):
                await self._send(letter)

    async def _look_at_news(self) -> None:
        for scene_id, version in self._news.scenes:
            seat = self._seats.seat_of(scene_id)
            if seat is not None:
                kept, found = await asyncio.to_thread(self._resting, scene_id, seat)
                if kept is None or (scene_id, seat) in self._waiting_for_merge:
                    continue  # looked at again after the merge, or after what is ours was saved
                if kept.version < version:
                    await self._report_newer(kept, found)
                    continue  # news until it was taken over: what is reported over an older version may be in vain
            self._news.seen(scene_id, version)

    def _resting(self, scene_id: str, seat: int) -> tuple[KeptScene | None, Brought | None]:
        kept = self._outbox.resting(scene_id, seat)
        return kept, None if kept is None else self._news.brought(kept)

    # -- saving ----------------------------------------------------------------------------------

    async def _save_ours(self, kept: KeptScene) -> None:
        with self._seats.using(kept.scene_id, kept.seat) as ours:
            if ours:
                await self._save_scene(kept, self._report_newer)

    async def _save_left_behind(self, kept: KeptScene) -> None:
        """What a program left here that has ended, or has another scene open now; one that lives saves it itself."""
        with self._seats.left_behind(kept.scene_id, kept.seat) as free:
            if free:
                await self._save_scene(kept, self._carry_over)

    async def _save_scene(self, kept: KeptScene, on_newer: Callable[[KeptScene], Awaitable[None]]) -> None:
        if not kept.known_to_platform:
            await self._projects.put_project(kept.project_id, kept.project_name, f"project-{kept.project_id}")
            await self._projects.put_scene(kept.project_id, kept.scene_id, f"scene-{kept.scene_id}")
        batch = await asyncio.to_thread(self._outbox.batch, kept)
        version = batch.kept.version
        if batch.entries:
            self._mailbox.post(SaveChanged("saving"))
            save = self._projects.save_scene
            try:
                version = await save(kept.scene_id, version, batch.document, batch.steps, batch.key)
            except Conflict:
                await on_newer(batch.kept)
                return
        more = await asyncio.to_thread(self._outbox.acknowledge, batch, version)
        self.on_saved(kept.scene_id)
        if self._seats.seat_of(kept.scene_id) not in (None, kept.seat):
            self.look(kept.scene_id, version, {"user": self.me})  # what was left behind at another seat than ours
        if more:
            self._work.set()
        elif batch.entries:
            self._mailbox.post(SaveChanged("saved", "Saved"))

    # -- newer versions --------------------------------------------------------------------------

    async def _report_newer(self, kept: KeptScene, found: Brought | None = None) -> None:
        """The platform has a newer version: the UI thread carries over and rebases the journal, then wakes us."""
        for _ in range(_PATIENCE_FOR_A_NAME):
            if self._news.who(kept.scene_id, kept.version):
                break
            await asyncio.sleep(0.02)  # the live line tells who it was, a moment before or after
        found = found or await asyncio.to_thread(self._news.brought, kept) or await self._fetched(kept)
        self._waiting_for_merge.add((kept.scene_id, kept.seat))
        if found is not None:
            scene, version = found
            by = self._news.who(kept.scene_id, kept.version)
            self._mailbox.post(RemoteSaved(kept.scene_id, kept.version, version, scene, by))

    async def _carry_over(self, kept: KeptScene) -> None:
        """The platform has a newer version: what was left behind is based on it, and saved in the next round."""
        found = await self._fetched(kept)
        if found is None:
            self._waiting_for_merge.add((kept.scene_id, kept.seat))
            return
        clashes = await asyncio.to_thread(self._outbox.carry_over, kept, *found)
        if clashes:
            what = f"In “{kept.project_name}” another window of this computer, which has ended, left steps behind that "
            what += f"clash with what was done since. {in_words(clashes)}"
            self._mailbox.post(Noticed("warning", what, "What was left behind was kept.", "Open it to choose."))
            self._mailbox.post(LeftBehindClashed(kept.scene_id))
        self._work.set()

    async def _fetched(self, kept: KeptScene) -> Brought | None:
        """The platform's newest version; None, and told, when this program cannot read it: nothing of it is touched."""
        saved = await self._projects.scene(kept.scene_id)
        try:
            found = await asyncio.to_thread(_scene_of, saved, kept)
        except DocumentError as error:
            log.error("the platform's version of a scene cannot be read", scene=kept.scene_id, why=str(error))
            what = f"“{kept.project_name}” was saved by somebody in a way that this program cannot read: {error}."
            yours = "Yours is kept on this computer; theirs was left as it is."
            self._mailbox.post(Noticed("error", what, yours, "Update Vernissage."))
            self._mailbox.post(SaveChanged("failed", "Not shared: this program is too old for the team's scene."))
            return None
        return found, saved.version

    async def _send(self, letter: Letter) -> None:
        try:
            if letter.kind == "run":
                await self._projects.save_run(RunRecord.model_validate_json(letter.body), letter.key)
            elif letter.kind == "feedback":
                await self._projects.give_feedback(Feedback.model_validate_json(letter.body), letter.key)
        except (Refused, Conflict, ValidationError) as error:
            log.error("a letter was not accepted and is dropped", kind=letter.kind, what=str(error))
        await asyncio.to_thread(self._outbox.letter_sent, letter)


def _scene_of(saved: SavedScene, kept: KeptScene) -> Scene:
    """What the platform has; where it has nothing, as one that was begun anew, what it had once."""
    return scene_from_plain(saved.document) if saved.document else replay(kept, ()).scene
