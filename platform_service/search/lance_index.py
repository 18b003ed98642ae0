"""The index on disk: LanceDB with full text and vectors of every asset; SQL can rebuild it at any moment."""

import logging
import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from hashlib import blake2b
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from platform_service.search.index_places import FolderPlace, IndexPlace

log = logging.getLogger(__name__)
TABLE = "assets"
PART = 2_000
WAIT_S = 0.05
"""A search does not wait longer for an index that is being written."""
State = Literal["loading", "ready", "rebuilding", "failed"]


@dataclass(frozen=True)
class IndexRow:
    """What the index keeps of an asset; a vector of zeros stands for none."""

    id: str
    text: str
    meaning: NDArray[np.float32]

    @property
    def digest(self) -> str:
        """Tells whether the row in the index is the one that SQL would write."""
        return blake2b(self.text.encode() + self.meaning.tobytes(), digest_size=8).hexdigest()


class IndexBroken(Exception):
    """LanceDB cannot read or write its folder."""


class LanceIndex:
    """One table in one folder. Every method blocks; one thread at a time is let in."""

    def __init__(self, place: Path | IndexPlace, dimensions: int = 384) -> None:
        self._place = FolderPlace(place) if isinstance(place, Path) else place
        self.state: State = "loading"
        self._dimensions = dimensions
        self._table: Any = None
        self._lock = threading.Lock()

    @property
    def is_there(self) -> bool:
        """Whether the table is still where it was made."""
        found: bool = _told(lambda: self._place.has(TABLE))
        return found

    def open(self) -> dict[str, str]:
        """Open what is on disk; gives the digest of every row by asset id, nothing when there is no table."""
        with self._lock:
            if not self.is_there:
                return {}
            found: dict[str, str] = _told(self._open)
            return found

    def rebuild(self, rows: Iterable[IndexRow]) -> None:
        """Write the whole index anew."""
        with self._lock:
            self.state = "rebuilding"
            self._place.clear()
            _told(lambda: self._rebuild(rows))
            self.state = "ready"

    def write(self, rows: Sequence[IndexRow], gone: Sequence[str] = ()) -> None:
        """Add rows, replacing those of the same id, and drop those that are gone."""
        with self._lock:
            _told(lambda: self._write(rows, gone))
            self.state = "ready"

    def tidy(self, *, drop_old_versions: bool = False) -> None:
        """Fold new rows into the full-text index and drop old versions: those past their time, or all of them."""
        with self._lock:
            if self._table is not None:
                older_than = timedelta(0) if drop_old_versions else None
                _told(lambda: self._table.optimize(cleanup_older_than=older_than))

    def spelled_like(self, word: str, limit: int = 2_000) -> list[str]:
        """Ids of assets with a word that is spelled nearly so, best first; nothing while the index is busy."""
        if self.state != "ready" or not word.isascii() or not self._lock.acquire(timeout=WAIT_S):
            return []
        try:
            if not self.is_there:
                raise IndexBroken("its folder is gone")
            found: list[str] = _told(lambda: self._spelled_like(word, limit))
            return found
        finally:
            self._lock.release()

    def _open(self) -> dict[str, str]:
        self._table = self._place.connected().open_table(TABLE)
        known = self._table.search().select(["id", "digest"]).limit(10_000_000).to_arrow()
        return dict(zip(known["id"].to_pylist(), known["digest"].to_pylist(), strict=True))

    def _rebuild(self, rows: Iterable[IndexRow]) -> None:
        from lancedb.index import FTS, BTree

        self._table = self._place.connected().create_table(TABLE, schema=self._schema(), mode="overwrite")
        for part in _parts(rows):
            self._table.add(self._arrow(part))
        self._table.create_index("text", config=FTS(stem=False, remove_stop_words=False))
        self._table.create_index("id", config=BTree())

    def _write(self, rows: Sequence[IndexRow], gone: Sequence[str]) -> None:
        for part in _parts(rows):
            merge = self._table.merge_insert("id").when_matched_update_all().when_not_matched_insert_all()
            merge.execute(self._arrow(part))
        for start in range(0, len(gone), PART):
            names = ", ".join(f"'{i}'" for i in gone[start : start + PART] if i.isalnum())
            self._table.delete(f"id IN ({names})")

    def _spelled_like(self, word: str, limit: int) -> list[str]:
        from lancedb.query import MatchQuery

        wanted = MatchQuery(word, "text", fuzziness=1 if len(word) < 8 else 2, prefix_length=1)  # type: ignore[call-arg]
        found = self._table.search(wanted, query_type="fts").select(["id", "_score"]).limit(limit).to_arrow()
        return [str(i) for i in found["id"].to_pylist()]

    def _schema(self) -> Any:
        import pyarrow as pa  # type: ignore[import-untyped]

        meaning = pa.list_(pa.float32(), self._dimensions)
        return pa.schema([("id", pa.string()), ("digest", pa.string()), ("text", pa.string()), ("meaning", meaning)])

    def _arrow(self, rows: Sequence[IndexRow]) -> Any:
        import pyarrow as pa

        vectors = pa.array(np.concatenate([row.meaning for row in rows]).astype(np.float32))
        columns = {
            "id": [row.id for row in rows],
            "digest": [row.digest for row in rows],
            "text": [row.text for row in rows],
            "meaning": pa.FixedSizeListArray.from_arrays(vectors, self._dimensions),
        }
        return pa.table(columns, schema=self._schema())


def _told(act: Any) -> Any:
    """LanceDB raises many kinds of exceptions for a folder that it cannot use; they mean one thing here."""
    try:
        return act()
    except Exception as error:
        raise IndexBroken(str(error)[:400]) from error


def _parts(rows: Iterable[IndexRow]) -> Iterator[list[IndexRow]]:
    part: list[IndexRow] = []
    for row in rows:
        part.append(row)
        if len(part) == PART:
            yield part
            part = []
    if part:
        yield part
