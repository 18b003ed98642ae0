"""How near texts are in meaning, asked of the platform; the vectors of a long list are kept in a file."""

import asyncio
import contextlib
import hashlib
import os
import zipfile
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from agent.ports.closeness import Vectors
from app.platform_http import Answer, PlatformHttp

_AT_ONCE = 64
"""So many texts the platform takes in one request."""


class PlatformCloseness:
    """Fills `agent.ports.closeness.Closeness`; every call raises PortError where the platform cannot be asked."""

    def __init__(self, http: PlatformHttp, kept: Path) -> None:
        self._http = http
        self._kept = kept

    async def vectors(self, texts: tuple[str, ...]) -> Vectors | None:
        """One unit vector for each text; None where the platform has no model."""
        first = await self._asked(texts[:_AT_ONCE] if len(texts) <= _AT_ONCE else texts[:1])
        if first is None or len(texts) <= _AT_ONCE:
            return first
        digest = hashlib.sha256("\n".join((first.model, *texts)).encode()).hexdigest()
        kept = await asyncio.to_thread(_read, self._kept, digest, len(texts))
        if kept is not None:
            return Vectors(first.model, kept)
        parts = [await self._asked(texts[at : at + _AT_ONCE]) for at in range(0, len(texts), _AT_ONCE)]
        if any(part is None or part.model != first.model for part in parts):
            return None
        rows = np.concatenate([part.rows for part in parts if part is not None])
        await asyncio.to_thread(_write, self._kept, digest, rows)
        return Vectors(first.model, rows)

    async def _asked(self, texts: tuple[str, ...]) -> Vectors | None:
        answer = await self._http.ask("/v1/vectors", {"texts": list(texts)})
        return _vectors(answer) if answer.body else None


def _vectors(answer: Answer) -> Vectors:
    rows, dimensions = int(answer.headers["x-rows"]), int(answer.headers["x-dimensions"])
    found = np.frombuffer(answer.body, dtype="<f4").reshape(rows, dimensions)
    return Vectors(answer.headers["x-model"], found.astype(np.float32))


def _read(file: Path, digest: str, count: int) -> NDArray[np.float32] | None:
    """What was kept of exactly these texts; None where there is nothing, or it cannot be read."""
    try:
        with np.load(file, allow_pickle=False) as kept:
            rows = np.asarray(kept["rows"], np.float32)
            return rows if str(kept["digest"]) == digest and rows.ndim == 2 and len(rows) == count else None
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return None


def _write(file: Path, digest: str, rows: NDArray[np.float32]) -> None:
    """Keep them; a file that cannot be written is done without."""
    beside = file.with_suffix(f".{os.getpid()}.npz")
    with contextlib.suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        np.savez(beside, digest=np.array(digest), rows=rows)
        beside.replace(file)
