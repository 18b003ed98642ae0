"""Where the index on disk lies: in a folder of this machine, or under a prefix of an S3-compatible bucket."""

import os
import shutil
import time
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, Protocol

BELIEVED_S = 30.0
"""So long a table in a bucket is taken to be there still."""


class IndexPlace(Protocol):
    """A place that LanceDB can use."""

    def has(self, table: str) -> bool:
        """Whether the table is there."""
        ...

    def connected(self) -> Any:
        """A LanceDB connection."""
        ...

    def clear(self) -> None:
        """Take away what is there, so that a table can be made anew."""
        ...


@dataclass(frozen=True)
class FolderPlace:
    """A folder; may be deleted at any moment."""

    folder: Path

    def has(self, table: str) -> bool:
        """Whether the table is there."""
        return (self.folder / f"{table}.lance").is_dir()

    def connected(self) -> Any:
        """A LanceDB connection."""
        self.folder.mkdir(parents=True, exist_ok=True)
        return _lancedb().connect(str(self.folder))

    def clear(self) -> None:
        """Take away the folder."""
        shutil.rmtree(self.folder, ignore_errors=True)


@dataclass
class BucketPlace:
    """A prefix of a bucket; keys come from the environment, as for other objects."""

    bucket: str
    prefix: str
    endpoint: str
    region: str
    _seen_s: float = field(default=float("-inf"), init=False)

    def has(self, table: str) -> bool:
        """Whether the table is there; asked seldom, since the answer comes over a network."""
        if time.monotonic() - self._seen_s < BELIEVED_S:
            return True
        there = table in self.connected().list_tables(limit=100).tables
        self._seen_s = time.monotonic() if there else float("-inf")
        return there

    def connected(self) -> Any:
        """A LanceDB connection that sees what other replicas wrote some seconds ago."""
        options = {"region": self.region, "timeout": "20s", "connect_timeout": "3s"}
        if self.endpoint:
            options |= {"endpoint": self.endpoint, "allow_http": str(self.endpoint.startswith("http://")).lower()}
        where = f"s3://{self.bucket}/{self.prefix}"
        return _lancedb().connect(where, storage_options=options, read_consistency_interval=timedelta(seconds=5))

    def clear(self) -> None:
        """Nothing is taken away beforehand: the new table takes the old one's place."""
        self._seen_s = float("-inf")


def _lancedb() -> Any:
    os.environ.setdefault("LANCE_LOG", "error")
    import lancedb  # more than a second and 130 MB: never on the start path

    return lancedb
