"""A tiny square of every picture ever loaded, in one mapped file beside the renditions: a cache that comes back."""

import contextlib
import mmap
import os
import threading
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

EDGE_PX = 16
FLUSH_AT = 64
"""So many new squares are written at once; what is lost with fewer is made again."""
_RECORD = np.dtype([("key", "<u8"), ("check", "<u8"), ("square", "u1", (EDGE_PX, EDGE_PX, 3))])
_ODD = np.random.default_rng(16).integers(1, 2**63, EDGE_PX * EDGE_PX * 3 // 8, dtype=np.uint64) | np.uint64(1)
_CHUNK = 4_096
_SPARSE = 4
"""Fewer than one in so many records are picked out of the mapped file one by one."""

Squares = NDArray[np.uint8]
Indices = NDArray[np.int64]
Part = tuple[Indices, NDArray[np.void]]


class Miniatures:
    """Thread-safe; damaged or cut-off records count as absent, and an unreadable file as empty."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._fresh: dict[int, Squares] = {}
        """Not in the file yet."""
        self._since: set[int] = set()
        """Written since the file was mapped."""
        self._damaged: set[int] = set()
        self._keys = np.zeros(0, np.uint64)
        self._places = np.zeros(0, np.int64)
        self._records: NDArray[np.void] | None = None
        self._mapped: mmap.mmap | None = None
        self._map()

    def found(self, asset_ids: Sequence[str], edge_px: int) -> tuple[Indices, Squares]:
        """Which of the assets have a square, and the squares at `edge_px` or as large as they are kept."""
        keys = np.frombuffer(b"".join(map(_digest, asset_ids)), "<u8")
        with self._lock:
            self._flush()
            if self._records is None:
                self._map()
            records, known, places, mapped = self._records, self._keys, self._places, self._mapped
        edge_px = min(edge_px, EDGE_PX)
        if records is None or not len(known):
            return np.zeros(0, np.int64), np.zeros((0, edge_px, edge_px, 3), np.uint8)
        at = np.minimum(np.searchsorted(known, keys), len(known) - 1)
        indices = np.flatnonzero(known[at] == keys)
        squares = np.empty((len(indices), edge_px, edge_px, 3), np.uint8)
        sound = np.zeros(len(indices), bool)
        wanted = places[at[indices]]
        if len(wanted) * _SPARSE < len(records):
            parts = self._picked(records, wanted, mapped)
        else:
            parts = self._in_order(wanted)
        for rows, chunk in parts:
            is_whole = _check(chunk["key"], chunk["square"]) == chunk["check"]
            sound[rows] = is_whole & (chunk["key"] == keys[indices[rows]])
            squares[rows] = _reduced(chunk["square"], edge_px)
        with self._lock:
            self._damaged.update(keys[indices[~sound]].tolist())
        return indices[sound], squares[sound]

    def _picked(self, records: NDArray[np.void], wanted: Indices, mapped: mmap.mmap | None) -> Iterator[Part]:
        """Records here and there; chunks keep what is copied at full size small."""
        for low in range(0, len(wanted), _CHUNK):
            yield np.arange(low, min(low + _CHUNK, len(wanted))), records[wanted[low : low + _CHUNK]]
            _let_go(mapped)

    def _in_order(self, wanted: Indices) -> Iterator[Part]:
        """Most of the records, block by block as the file has them: several times as quick as through the map."""
        order = np.argsort(wanted, kind="stable")
        sorted_places, block = wanted[order], np.zeros(_CHUNK, _RECORD)
        with contextlib.suppress(OSError), self._path.open("rb") as file:
            for first in range(0, int(sorted_places[-1]) + 1, _CHUNK):
                low, high = np.searchsorted(sorted_places, (first, first + _CHUNK)).tolist()
                if low == high:
                    continue
                file.seek(first * _RECORD.itemsize)
                count = file.readinto(block.data.cast("B")) // _RECORD.itemsize
                block[count:] = np.zeros((), _RECORD)  # what was cut off meanwhile is absent, as what is damaged
                yield order[low:high], block[sorted_places[low:high] - first]

    def keep(self, asset_ids: Sequence[str], squares: Squares) -> None:
        """Keep squares of at least 16 px and a power of two."""
        if squares.shape[1] < EDGE_PX:
            return
        small = _reduced(squares, EDGE_PX)
        with self._lock:
            for asset_id, square in zip(asset_ids, small, strict=True):
                key = _key(asset_id)
                if not self._is_written(key):
                    self._fresh[key] = square
            if len(self._fresh) >= FLUSH_AT:
                self._flush()

    def _is_written(self, key: int) -> bool:
        if key in self._since:
            return True
        at = int(np.searchsorted(self._keys, np.uint64(key)))
        return at < len(self._keys) and int(self._keys[at]) == key and key not in self._damaged

    def close(self) -> None:
        """Write what was not written yet."""
        with self._lock:
            self._flush()

    def _flush(self) -> None:
        fresh, self._fresh = self._fresh, {}
        if not fresh:
            return
        made = np.zeros(len(fresh), _RECORD)
        made["key"] = list(fresh)
        made["square"] = np.stack(list(fresh.values()))
        made["check"] = _check(made["key"], made["square"])
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with self._path.open("ab") as file:
                file.truncate(file.tell() // _RECORD.itemsize * _RECORD.itemsize)
                file.write(made.tobytes())
        except OSError:
            return  # a full disk costs the squares only: they are made anew from the renditions
        self._since.update(fresh)
        self._records = None

    def _map(self) -> None:
        """Look at the file as it is now; of several records of a key the last counts."""
        try:
            count = os.path.getsize(self._path) // _RECORD.itemsize
            with self._path.open("rb") as file:
                mapped = mmap.mmap(file.fileno(), count * _RECORD.itemsize, access=mmap.ACCESS_READ) if count else None
        except (OSError, ValueError):
            mapped = None
        records = np.frombuffer(mapped, _RECORD) if mapped is not None else None
        self._records, self._mapped = records, mapped
        self._since, self._damaged = set(), set()
        if records is None:
            self._keys, self._places = np.zeros(0, np.uint64), np.zeros(0, np.int64)
            return
        keys = np.array(records["key"])[::-1]
        self._keys, last = np.unique(keys, return_index=True)
        self._places = len(keys) - 1 - last
        _let_go(self._mapped)


def _let_go(mapped: mmap.mmap | None) -> None:
    """Pages that were read stay in the system's cache and need not count as ours."""
    if mapped is not None and hasattr(mmap, "MADV_DONTNEED"):
        mapped.madvise(mmap.MADV_DONTNEED)


def _key(asset_id: str) -> int:
    return int.from_bytes(_digest(asset_id), "little")


def _digest(asset_id: str) -> bytes:
    return blake2b(asset_id.encode(), digest_size=8).digest()


def _check(keys: NDArray[np.uint64], squares: Squares) -> NDArray[np.uint64]:
    """A weighted sum of key and pixels, modulo 2**64: zeros and swapped bytes show."""
    words = np.ascontiguousarray(squares).reshape(len(squares), -1).view(np.uint64)
    check: NDArray[np.uint64] = (words * _ODD).sum(axis=1, dtype=np.uint64) + keys * np.uint64(3) + np.uint64(0x9E37)
    return check


def _reduced(squares: Squares, edge_px: int) -> Squares:
    while squares.shape[1] > edge_px:
        wide = squares.astype(np.uint16)
        wide = wide[:, 0::2] + wide[:, 1::2]
        squares = ((wide[:, :, 0::2] + wide[:, :, 1::2] + 2) >> 2).astype(np.uint8)
    return squares
