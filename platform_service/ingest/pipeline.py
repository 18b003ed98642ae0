"""The ingest entry point: files in, assets with renditions out, several at a time, cancellable between files."""

import hashlib
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future
from pathlib import Path

from platform_service.ingest.assemble import assemble, read_answer
from platform_service.ingest.limits import EDGES_AT_IMPORT_PX, Limits
from platform_service.ingest.pool import DecoderPool
from platform_service.ingest.refusal import Refused
from platform_service.ingest.renditions import RenditionFolder
from platform_service.ingest.results import AlreadyThere, BadFile, IngestedAsset, Outcome
from platform_service.ingest.run import IngestRun
from platform_service.ingest.safe_open import read_picture
from platform_service.ingest.walk import Candidate, Found, find_files

Known = Callable[[str], bool]
"""Whether the library has an asset id already; called from the ingest's own threads."""
Original = Callable[[str], Path | None]
"""The file of an asset that was sent; called from the ingest's own threads."""


class Ingest:
    """Holds the decoder processes; make one for the life of the service and close it at the end."""

    def __init__(
        self,
        renditions: Path | RenditionFolder,
        *,
        workers: int = 2,
        limits: Limits | None = None,
        edges_px: Sequence[int] = EDGES_AT_IMPORT_PX,
        pool: DecoderPool | None = None,
    ) -> None:
        """A pool that is given is used as it is, and closed with the rest."""
        self.renditions = RenditionFolder(renditions) if isinstance(renditions, Path) else renditions
        self.pool = pool or DecoderPool(workers, limits)
        self._threads = self.pool.size + 1
        self._edges_px = tuple(edges_px)

    def __enter__(self) -> "Ingest":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def start(
        self, paths: Iterable[Path], *, recursive: bool = True, known: Known = lambda asset_id: False
    ) -> IngestRun:
        """Import files and folders in the background; iterate over the run, also with `async for`, for outcomes."""
        claims = _Claims(known)
        given = tuple(paths)
        return IngestRun(
            lambda stopped: find_files(given, recursive=recursive, stopped=stopped),
            lambda candidate: self._ingest(candidate.path, candidate.root, claims),
            threads=self._threads,
        )

    def start_kept(
        self, named: Mapping[Path, str], original: Original, *, known: Known = lambda asset_id: False
    ) -> IngestRun:
        """Import files that were sent: asset ids by the names that they had below the folder they came from."""
        claims = _Claims(known)
        found = Found(tuple(Candidate(name, _top(name)) for name in named), ())

        def ingest(candidate: Candidate) -> Outcome:
            asset_id = named[candidate.path]
            try:
                return claims.settle(asset_id, candidate.path, lambda: self._sent(asset_id, candidate, original))
            except Refused as refusal:
                return BadFile(candidate.path, refusal.why)

        return IngestRun(lambda _stopped: found, ingest, threads=self._threads)

    def ingest_file(self, path: Path, root: Path | None = None, *, known: Known = lambda asset_id: False) -> Outcome:
        """Import one file now. `root` is the folder from which its folder name and tags are counted."""
        return self._ingest(path, root or path.parent, _Claims(known))

    def make_rendition(self, asset_id: str, original: Path, edge_px: int) -> Path:
        """The rendition, made from the original unless it is there. Raises `Refused`, ValueError, OSError."""
        path = self.renditions.there(asset_id, edge_px)
        if path is not None:
            return path
        raw = read_picture(original, self.pool.limits.file_bytes)
        if hashlib.sha256(raw).hexdigest() != asset_id:
            raise Refused("was changed since it was imported; import it again")
        _, parts = read_answer(*self.pool.decode({"edges_px": [edge_px]}, raw))
        return self.renditions.write(asset_id, edge_px, parts[str(edge_px)])

    def close(self) -> None:
        """End the decoder processes."""
        self.pool.close()

    def _ingest(self, path: Path, root: Path, claims: "_Claims") -> Outcome:
        try:
            raw = read_picture(path, self.pool.limits.file_bytes)
            asset_id = hashlib.sha256(raw).hexdigest()
            return claims.settle(asset_id, path, lambda: self._measured(asset_id, raw, path, root))
        except Refused as refusal:
            return BadFile(path, refusal.why)

    def _sent(self, asset_id: str, candidate: Candidate, original: Original) -> IngestedAsset:
        path = original(asset_id)
        if path is None:
            raise Refused("has not arrived; send it again")
        raw = read_picture(path, self.pool.limits.file_bytes)
        if hashlib.sha256(raw).hexdigest() != asset_id:
            raise Refused("is not what was sent; send it again")
        return self._measured(asset_id, raw, candidate.path, candidate.root)

    def _measured(self, asset_id: str, raw: bytes, path: Path, root: Path) -> IngestedAsset:
        header, body = self.pool.decode({"edges_px": self._edges_px, "measure": True}, raw)
        try:
            answer, parts = read_answer(header, body)
            ingested = assemble(asset_id, len(raw), answer, parts.pop("features", b""), path, root)
        except ValueError as error:
            raise Refused("could not be decoded: the decoder's answer makes no sense") from error
        try:
            for edge_px, jpeg in parts.items():
                self.renditions.write(asset_id, int(edge_px), jpeg)
        except OSError as error:
            raise Refused(f"could not be stored: {(error.strerror or 'unknown reason').lower()}") from error
        return ingested


def _top(name: Path) -> Path:
    """The folder that names are counted from: the one that was sent."""
    return Path(name.parts[0]) if len(name.parts) > 1 else Path()


class _Claims:
    """Sees to it that equal files are decoded once, also when they come at the same time."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self._claimed: dict[str, Future[None]] = {}
        self._lock = threading.Lock()

    def settle(self, asset_id: str, path: Path, measure: Callable[[], IngestedAsset]) -> Outcome:
        """Measure it, or say that it is there. Raises what `measure` raises, also for its equals."""
        if self._known(asset_id):
            return AlreadyThere(asset_id, path)
        with self._lock:
            twin = self._claimed.get(asset_id)
            mine = self._claimed.setdefault(asset_id, Future())
        if twin is not None:
            twin.result()
            return AlreadyThere(asset_id, path)
        try:
            ingested = measure()
        except BaseException as error:
            mine.set_exception(error)
            raise
        mine.set_result(None)
        return ingested
