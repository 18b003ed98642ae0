"""The sample collection: made on this computer where it is missing, and imported while it grows."""

import asyncio
from pathlib import Path
from threading import Event

from app.mailbox import Mailbox
from app.messages import Noticed, SampleMade, SamplePainted
from app.pictures.imports import Imports
from resources.sample_collection.generate import SampleCollectionError, catalogue, ensure_sample_collection

_FIRST = 24
"""So many pictures, of every genre, are imported before the rest is made."""


class SampleCollection:
    """Lives on the background loop; `cancel` may be called from any thread."""

    def __init__(self, folder: Path, imports: Imports, mailbox: Mailbox) -> None:
        self._folder = folder
        self._imports = imports
        self._mailbox = mailbox
        self._cancelled = Event()

    async def run(self) -> None:
        """Make what is missing and import it; pieces made so far stay when it is cancelled."""
        whole = len(catalogue())
        try:
            for count in (_FIRST, None):
                await asyncio.to_thread(
                    ensure_sample_collection,
                    self._folder,
                    lambda done, _: self._mailbox.post(SamplePainted(done, whole)),
                    cancelled=self._cancelled.is_set,
                    count=count,
                )
                await self._imports.run((self._folder,))
            self._mailbox.post(SampleMade(str(self._folder)))
        except SampleCollectionError as error:
            self._mailbox.post(Noticed("error", str(error), "The pictures made so far are in the library."))

    def cancel(self) -> None:
        """Make no further pieces."""
        self._cancelled.set()
