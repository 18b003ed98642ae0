"""Imports to a team's platform: what it lacks is sent in parts, over as many breaks as it takes, and imported there."""

import asyncio
import threading
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar
from uuid import uuid4

import structlog

from agent.ports.errors import PortError
from app.mailbox import Mailbox
from app.messages import BadFile, ImportProgressed, Noticed
from app.pictures.imports import Imports
from app.pictures.upload_notes import UploadNotes
from app.platform.http import Conflict, Refused
from app.platform.library import PlatformLibrary
from app.platform.upload_files import LocalFile, compared, found_in, part_of

log = structlog.get_logger()
T = TypeVar("T")

PART_BYTES = 4 * 1024 * 1024
_TOGETHER = 2_000
"""So many files are one import of the platform."""
_AT_ONCE = 3
_PAUSE_S, _LONGEST_PAUSE_S = 0.3, 5.0
_TOLD_EVERY_S = 0.1
_POLL_EVERY_S = 0.25
_ENDED = ("done", "cancelled", "failed")


class Cancelled(Exception):
    """The creator does not want it any more."""


@dataclass
class _Going:
    """One import as the creator sees it, of however many the platform makes."""

    progress: ImportProgressed
    stopped: threading.Event = field(default_factory=threading.Event)
    upload_id: str = ""
    told_s: float = 0.0
    began_s: float = field(default_factory=time.monotonic)


class Uploads(Imports):
    """Takes the place of `Imports` where the platform cannot read this computer's files."""

    def __init__(self, library: PlatformLibrary, ready: asyncio.Event, mailbox: Mailbox, notes: UploadNotes) -> None:
        super().__init__(library, ready, mailbox)
        self._notes = notes
        self._going: dict[str, _Going] = {}

    async def run(self, paths: Sequence[Path]) -> ImportProgressed | None:
        """Send and import files and folders; posts progress until the end, which is also given back."""
        name = paths[0].name if len(paths) == 1 else f"{paths[0].name} and {len(paths) - 1} more"
        first = ImportProgressed(uuid4().hex, name, "uploading", 0, 0, 0, 0, 0.0, None)
        going = self._going[first.import_id] = _Going(first)
        await asyncio.to_thread(self._notes.begun, paths)
        self._mailbox.post(first)
        try:
            await self._ready.wait()
            await self._whole(going, paths)
            self._end(going, "done")
        except Cancelled:
            self._end(going, "cancelled")
        except PortError as error:
            self._end(going, "failed", " ".join(filter(None, (error.what, error.kept, error.advice))))
        finally:
            self._going.pop(first.import_id, None)
        await asyncio.to_thread(self._notes.ended, paths)
        await self.announce_facets()
        return going.progress

    async def go_on(self) -> None:
        """Go on with what an earlier start of the program left off."""
        for paths in await asyncio.to_thread(self._notes.take_over):
            await self.run(paths)

    async def cancel(self, import_id: str) -> None:
        """Stop an import; what was added stays."""
        going = self._going.get(import_id)
        if going is None:
            return
        going.stopped.set()
        if going.upload_id:
            await super().cancel(going.upload_id)

    async def _whole(self, going: _Going, paths: Sequence[Path]) -> None:
        found = await asyncio.to_thread(found_in, paths)
        self._tell(going, total=len(found))
        for begin in range(0, len(found), _TOGETHER):
            some = found[begin : begin + _TOGETHER]
            files, bad = await asyncio.to_thread(compared, some, going.stopped.is_set)
            self._tell(going, bad=(*going.progress.bad, *bad), done=going.progress.done + len(bad))
            if files:
                await self._batch(going, files)
            self._look(going)

    async def _batch(self, going: _Going, files: Sequence[LocalFile]) -> None:
        folder = going.progress.folder
        key = uuid4().hex
        started = await self._persistently(going, lambda: self._library.offer(folder, files, key))
        going.upload_id = started.id
        by_id = {file.id: file for file in files}
        waiting = [(by_id[one.id], one.received) for one in started.wanted if one.id in by_id]
        size = sum(file.bytes - received for file, received in waiting)
        self._tell(going, bytes_to_send=going.progress.bytes_to_send + size, state="uploading")
        room = asyncio.Semaphore(_AT_ONCE)
        async with asyncio.TaskGroup() as group:
            for file, received in waiting:
                await room.acquire()
                task = group.create_task(self._send(going, file, received))
                task.add_done_callback(lambda _: room.release())
        self._look(going)
        before = going.progress
        await self._persistently(going, lambda: self._library.complete_upload(going.upload_id, f"complete-{key}"))
        await self._imported(going, before)
        going.upload_id = ""

    async def _send(self, going: _Going, file: LocalFile, offset: int) -> None:
        """Send a file from this byte on; one that is refused is told and left out."""
        pause_s = _PAUSE_S
        while not going.stopped.is_set():
            try:
                part = await asyncio.to_thread(part_of, file, offset, PART_BYTES)
                taken = await self._library.send_part(going.upload_id, file.id, offset, part)
            except Conflict as error:
                if not str(error.problem.get("type", "")).endswith(":part-out-of-place"):
                    return  # the upload was ended by somebody else
                offset = int(error.problem.get("received", 0))
                continue
            except Refused as error:
                log.info("a picture was refused", why=error.what)
                return  # the platform has noted it, with the reason
            except OSError as error:
                self._tell(going, bad=(*going.progress.bad, BadFile(str(file.path), f"cannot be read: {error}")))
                return
            except PortError:  # the line is cut, or there are too many requests: it goes on by itself
                await asyncio.sleep(pause_s)
                pause_s = min(_LONGEST_PAUSE_S, pause_s * 2)
                continue
            pause_s = _PAUSE_S
            self._sent(going, taken.received - offset)
            offset = taken.received
            if taken.whole or not part:
                return

    async def _imported(self, going: _Going, before: ImportProgressed) -> None:
        """Follow the platform's own import of what was sent."""
        announced = 0
        while True:
            there = await self._persistently(going, lambda: self._library.import_progress(going.upload_id))
            self._tell(
                going,
                state="running" if there.state in _ENDED else there.state,
                done=before.done + there.done,
                added=before.added + there.added,
                already_there=before.already_there + there.already_there,
                bad=(*before.bad, *there.bad),
                rate_per_s=there.rate_per_s,
                seconds_left=there.seconds_left,
            )
            if there.added > announced + 24:
                announced = there.added
                await self.announce_facets()
            if there.state == "failed":
                raise Refused(there.error or "The platform could not import them.")
            if there.state == "cancelled":
                raise Cancelled
            if there.state == "done":
                return
            await asyncio.sleep(_POLL_EVERY_S)

    async def _persistently(self, going: _Going, ask: Callable[[], Awaitable[T]]) -> T:
        """Ask until the platform answers or the creator wants no more."""
        pause_s = _PAUSE_S
        while True:
            self._look(going)
            try:
                return await ask()
            except PortError as error:
                if not error.transient:
                    raise
            await asyncio.sleep(pause_s)
            pause_s = min(_LONGEST_PAUSE_S, pause_s * 2)

    def _look(self, going: _Going) -> None:
        if going.stopped.is_set():
            raise Cancelled

    def _sent(self, going: _Going, more: int) -> None:
        sent = going.progress.sent_bytes + more
        rate = sent / max(0.1, time.monotonic() - going.began_s)
        left_s = max(0.0, (going.progress.bytes_to_send - sent) / max(rate, 1.0))
        self._tell(going, sent_bytes=sent, seconds_left=left_s)

    def _tell(self, going: _Going, **changed: Any) -> None:
        before, going.progress = going.progress.state, replace(going.progress, **changed)
        if before != going.progress.state or time.monotonic() - going.told_s > _TOLD_EVERY_S:
            going.told_s = time.monotonic()
            self._mailbox.post(going.progress)

    def _end(self, going: _Going, state: str, error: str = "") -> None:
        done = {"done": going.progress.total} if state == "done" else {}
        going.progress = replace(going.progress, state=state, error=error, seconds_left=None, **done)  # type: ignore[arg-type]
        self._mailbox.post(going.progress)
        if state == "failed":
            log.warning("an upload failed", why=error)
            self._mailbox.post(Noticed("warning", "The pictures could not be sent.", "What was sent is kept.", error))
