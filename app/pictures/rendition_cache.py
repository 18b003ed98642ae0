"""Pixels for the viewport and thumbnails for the panels: a disk cache, filled from the platform on demand."""

import asyncio
import os
from collections.abc import Awaitable, Callable, Iterable, Sequence
from pathlib import Path
from uuid import uuid4

import numpy as np
from numpy.typing import NDArray
from PIL import Image, UnidentifiedImageError

from agent.ports.errors import PortError
from agent.ports.library import Asset
from app.background import BackgroundLoop
from app.pictures.miniatures import Miniatures

EDGES_PX = (64, 256, 1024, 2048)
_GREY = (128, 128, 128)
_WAIT_S = 20.0
_FIRST_AND_LAST = b"\xff\xd8\xff\xd9"

Fetch = Callable[[str, int], Awaitable[bytes]]


class RenditionCache:
    """Fills `viewport.ports.Renditions`. Pixels may be asked from any thread but the background loop's."""

    def __init__(self, folder: Path, fetch: Fetch, loop: BackgroundLoop, at_once: int = 4) -> None:
        self._folder = folder
        self._fetch = fetch
        self._loop = loop
        self._miniatures = Miniatures(folder / "miniatures-16.bin")
        self._slots = asyncio.Semaphore(at_once)
        self._under_way: dict[tuple[str, int], asyncio.Task[Path | None]] = {}
        self._colours: dict[str, tuple[int, int, int]] = {}

    def path(self, asset_id: str, edge_px: int) -> Path | None:
        """The cached file of that tier, or None."""
        found = self._file(asset_id, _tier(edge_px))
        return found if _is_whole(found) else None

    async def fetch(self, asset_id: str, edge_px: int) -> Path | None:
        """The file of that tier, fetched when it is missing; None when it cannot be had. On the background loop."""
        return await self._ensure(asset_id, _tier(edge_px))

    async def picture(self, asset_id: str, edge_px: int) -> bytes | None:
        """The JPEG of that tier; None when the picture cannot be read. Fills `agent.ports.pictures.Pictures`."""
        found = await self.fetch(asset_id, edge_px)
        try:
            return None if found is None else await asyncio.to_thread(found.read_bytes)
        except OSError:
            return None

    def pixels(self, asset_id: str, edge_px: int) -> NDArray[np.uint8] | None:
        """RGB pixels, shape (height, width, 3); waits for the platform, so never call it on the UI thread."""
        found = self.path(asset_id, edge_px)
        if found is None:
            try:
                found = self._loop.submit(self.fetch(asset_id, edge_px)).result(timeout=_WAIT_S)
            except (TimeoutError, RuntimeError):
                return None
        return None if found is None else _decoded(found, edge_px)

    def miniatures(self, asset_ids: Sequence[str], edge_px: int) -> tuple[NDArray[np.int64], NDArray[np.uint8]]:
        """Which of the assets have a tiny square, and the squares, as large as they are kept or as asked for."""
        return self._miniatures.found(asset_ids, edge_px)

    def keep_miniatures(self, asset_ids: Sequence[str], squares: NDArray[np.uint8]) -> None:
        """Keep tiny squares for the next time."""
        self._miniatures.keep(asset_ids, squares)

    def colour(self, asset_id: str) -> tuple[int, int, int]:
        """The mean colour if it is known, else grey; never blocks."""
        return self._colours.get(asset_id, _GREY)

    def learn(self, assets: Iterable[Asset]) -> None:
        """Remember the mean colours of assets that an answer of the platform named."""
        self._colours.update((asset.id, _mean_colour(asset)) for asset in assets)

    async def _ensure(self, asset_id: str, edge_px: int) -> Path | None:
        found = self.path(asset_id, edge_px)
        if found is not None:
            return found
        key = (asset_id, edge_px)
        task = self._under_way.get(key)
        if task is None:
            task = asyncio.get_running_loop().create_task(self._download(asset_id, edge_px))
            self._under_way[key] = task
            task.add_done_callback(lambda _: self._under_way.pop(key, None))
        return await asyncio.shield(task)

    async def _download(self, asset_id: str, edge_px: int) -> Path | None:
        async with self._slots:
            try:
                body = await self._fetch(asset_id, edge_px)
            except PortError:
                return None
        return await asyncio.to_thread(self._keep, asset_id, edge_px, body)

    def _keep(self, asset_id: str, edge_px: int, body: bytes) -> Path | None:
        target = self._file(asset_id, edge_px)
        staged = target.with_suffix(f".{uuid4().hex[:8]}.new")
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            staged.write_bytes(body)
            os.replace(staged, target)
        except OSError:
            staged.unlink(missing_ok=True)
            return None
        return target

    def _file(self, asset_id: str, edge_px: int) -> Path:
        safe = "".join(letter for letter in asset_id if letter.isalnum())
        return self._folder / safe[:2] / f"{safe}-{edge_px}.jpg"


def _is_whole(path: Path) -> bool:
    """Whether there is a JPEG from its first to its last byte; what is left of a damaged one is fetched anew."""
    try:
        with path.open("rb") as file:
            begins = file.read(2)
            file.seek(-2, os.SEEK_END)
            return begins + file.read() == _FIRST_AND_LAST
    except OSError:
        return False


def _tier(edge_px: int) -> int:
    return next((edge for edge in EDGES_PX if edge >= edge_px), EDGES_PX[-1])


def _decoded(path: Path, edge_px: int) -> NDArray[np.uint8] | None:
    """The pixels of a JPEG that our own platform made; a damaged file is removed so that it is fetched anew."""
    try:
        with Image.open(path, formats=("JPEG",)) as picture:
            if edge_px < EDGES_PX[0]:  # a fraction of the work, as the decoder leaves out what is not seen
                picture.draft("RGB", (edge_px, 1) if picture.width >= picture.height else (1, edge_px))
            return np.asarray(picture.convert("RGB"), dtype=np.uint8)
    except (OSError, UnidentifiedImageError, ValueError):
        path.unlink(missing_ok=True)
        return None


def _mean_colour(asset: Asset) -> tuple[int, int, int]:
    shares = sum(swatch.share for swatch in asset.palette)
    if shares <= 0.0:
        return _GREY
    weighted = np.zeros(3)
    for swatch in asset.palette:
        channels = bytes.fromhex(swatch.hex.removeprefix("#"))
        weighted += np.array(list(channels[:3])) * swatch.share
    red, green, blue = (weighted / shares).round().astype(int).tolist()
    return red, green, blue
