"""Imports under way: starts them on the platform, follows their progress and tells when the library has changed."""

import asyncio
import contextlib
from collections.abc import Sequence
from pathlib import Path
from uuid import uuid4

from agent.ports.errors import PortError
from agent.ports.library import Facets
from app.mailbox import Mailbox
from app.messages import ImportProgressed, LibraryChanged, Noticed
from app.platform.library import PlatformLibrary

_POLL_EVERY_S = 0.25
_ANNOUNCE_EVERY = 24
_LOOK_EVERY_S = 3.0
_ENDED = ("done", "cancelled", "failed")


class Imports:
    """Lives on the background loop."""

    def __init__(self, library: PlatformLibrary, ready: asyncio.Event, mailbox: Mailbox) -> None:
        self._library = library
        self._ready = ready
        self._mailbox = mailbox
        self._told: Facets | None = None

    async def run(self, paths: Sequence[Path]) -> ImportProgressed | None:
        """Import files and folders; posts progress until the end, which is also given back. None when it failed."""
        await self._ready.wait()
        try:
            import_id = await self._library.start_import(paths, uuid4().hex)
            return await self._follow(import_id)
        except PortError as error:
            self._mailbox.post(Noticed("error", error.what, error.kept, error.advice, error.correlation_id))
            return None

    async def go_on(self) -> None:
        """Imports of this computer's own platform go on by themselves."""

    async def cancel(self, import_id: str) -> None:
        """Stop an import; what was added stays."""
        try:
            await self._library.cancel_import(import_id, uuid4().hex)
        except PortError as error:
            self._mailbox.post(Noticed("warning", error.what, error.kept, error.advice, error.correlation_id))

    async def announce_facets(self) -> None:
        """Post the library's counts."""
        try:
            self._told = await self._library.facets()
            self._mailbox.post(LibraryChanged(self._told))
        except PortError as error:
            self._mailbox.post(Noticed("warning", error.what, error.kept, error.advice, error.correlation_id))

    async def look_again(self) -> None:
        """The counts, where another program has added or taken away works since they were told."""
        found = await self._library.facets()
        if self._told is None or found.total != self._told.total:
            self._told = found
            self._mailbox.post(LibraryChanged(found))

    async def keep_up(self) -> None:
        """Look now and then whether others have added to the library, until cancelled."""
        while True:
            await asyncio.sleep(_LOOK_EVERY_S)
            await self._ready.wait()
            with contextlib.suppress(PortError):  # whether the platform is there is told elsewhere
                await self.look_again()

    async def _follow(self, import_id: str) -> ImportProgressed:
        added = 0
        while True:
            progress = await self._library.import_progress(import_id)
            ended = progress.state in _ENDED
            if progress.added >= added + _ANNOUNCE_EVERY or (ended and progress.added > added):
                added = progress.added
                await self.announce_facets()
            self._mailbox.post(progress)
            if ended:
                return progress
            await asyncio.sleep(_POLL_EVERY_S)
