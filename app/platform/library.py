"""The library over HTTP: fills the agent's `Library` port and serves imports and renditions to the session."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pydantic import TypeAdapter

from agent.ports.library import Asset, Facets, Query, SearchResult
from app.messages import ImportProgressed
from app.platform.http import PlatformHttp
from app.platform.upload_files import LocalFile

_ASSETS = TypeAdapter(tuple[Asset, ...])
_PLACES = TypeAdapter(tuple[str, ...])
_IMPORT = TypeAdapter(ImportProgressed)


@dataclass(frozen=True)
class Wanted:
    """A file that the platform lacks, from this byte on."""

    id: str
    received: int


@dataclass(frozen=True)
class UploadStarted:
    """What is wanted of the files offered."""

    id: str
    wanted: tuple[Wanted, ...]


@dataclass(frozen=True)
class PartTaken:
    """How much of a file the platform has."""

    received: int
    whole: bool


_STARTED, _TAKEN = TypeAdapter(UploadStarted), TypeAdapter(PartTaken)


class PlatformLibrary:
    """The platform's library; every method raises PortError with what happened, what was kept, what to do."""

    def __init__(self, http: PlatformHttp, saw: Callable[[Iterable[Asset]], None] = lambda assets: None) -> None:
        self._http = http
        self._saw = saw
        """Told of every asset that an answer names, so that its mean colour is known before its pixels are."""
        self.scope: tuple[str, ...] = ()
        """Folders that a search which names none stays inside; empty for the whole library."""

    async def search(self, query: Query) -> SearchResult:
        """Find assets."""
        if self.scope and not query.folders:
            query = query.model_copy(update={"folders": self.scope})
        answer = await self._http.ask("/v1/search", query.model_dump(mode="json"))
        result = SearchResult.model_validate_json(answer.body)
        self._saw(hit.asset for hit in result.hits)
        return result

    async def assets(self, ids: tuple[str, ...]) -> tuple[Asset, ...]:
        """The assets of these ids, in the order given; unknown ids are left out."""
        answer = await self._http.ask("/v1/assets/lookup", {"ids": list(ids)})
        found = _ASSETS.validate_json(answer.body)
        self._saw(found)
        return found

    async def facets(self) -> Facets:
        """Counts by colour, tag, folder, year, creator, orientation."""
        return Facets.model_validate_json((await self._http.get("/v1/facets")).body)

    async def features(self, ids: tuple[str, ...]) -> NDArray[np.float32]:
        """Feature vectors, shape (len(ids), dimensions)."""
        answer = await self._http.ask("/v1/features", {"ids": list(ids)})
        rows, dimensions = int(answer.headers["x-rows"]), int(answer.headers["x-dimensions"])
        return np.frombuffer(answer.body, dtype="<f4").reshape(rows, dimensions).astype(np.float32)

    async def places(self, asset_id: str) -> tuple[str, ...]:
        """Where the asset's file was seen on the platform's machine, the latest place first."""
        return _PLACES.validate_json((await self._http.get(f"/v1/assets/{asset_id}/places")).body)

    async def rendition(self, asset_id: str, edge_px: int) -> bytes:
        """A JPEG of the asset whose longest edge is at most `edge_px`."""
        return (await self._http.get(f"/v1/assets/{asset_id}/renditions/{edge_px}")).body

    async def start_import(self, paths: Sequence[Path], key: str) -> str:
        """Begin to import files and folders on this machine; gives the import's id."""
        body = {"paths": [str(path) for path in paths], "recursive": True}
        return str((await self._http.write("POST", "/v1/imports", body, key)).json()["id"])

    async def offer(self, folder: str, files: Sequence[LocalFile], key: str) -> UploadStarted:
        """Offer files of this computer; gives which of them have to be sent, each from a byte on."""
        offered = [{"id": file.id, "bytes": file.bytes, "name": file.name} for file in files]
        answer = await self._http.write("POST", "/v1/uploads", {"folder": folder, "files": offered}, key)
        return _STARTED.validate_json(answer.body)

    async def send_part(self, upload_id: str, asset_id: str, offset: int, part: bytes) -> PartTaken:
        """Send some bytes of a file; the same again is no harm."""
        path = f"/v1/uploads/{upload_id}/files/{asset_id}"
        return _TAKEN.validate_json((await self._http.send(path, part, {"offset": offset})).body)

    async def complete_upload(self, upload_id: str, key: str) -> None:
        """All was sent: the platform imports it."""
        await self._http.write("POST", f"/v1/uploads/{upload_id}/complete", None, key)

    async def import_progress(self, import_id: str) -> ImportProgressed:
        """How far an import is."""
        return _IMPORT.validate_json((await self._http.get(f"/v1/imports/{import_id}")).body)

    async def cancel_import(self, import_id: str, key: str) -> None:
        """Stop an import after the file in hand; what was added stays."""
        await self._http.write("DELETE", f"/v1/imports/{import_id}", None, key)
