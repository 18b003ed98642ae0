"""Which files to look at: regular files under the given folders, in a stable order, each once."""

import os
import stat
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from platform_service.ingest.content import PICTURE_SUFFIXES, picture_format, why_no_picture
from platform_service.ingest.refusal import Refused
from platform_service.ingest.safe_open import read_head


@dataclass(frozen=True)
class Candidate:
    """A file to import and the folder that was asked for, from which its folder name is counted."""

    path: Path
    root: Path


@dataclass(frozen=True)
class Skipped:
    """A file or folder that is passed over, and why; `why` completes "<name> ..."."""

    path: Path
    why: str


@dataclass(frozen=True)
class Found:
    """What a walk came to."""

    files: tuple[Candidate, ...]
    skipped: tuple[Skipped, ...]


def find_files(paths: Iterable[Path], *, recursive: bool = True, stopped: Callable[[], bool] = lambda: False) -> Found:
    """All candidates under `paths`. Files that are named there are candidates whatever they are."""
    walk = _Walk(recursive, stopped)
    for path in paths:
        for candidate in walk.enter(Path(os.path.abspath(path))):
            walk.files.append(candidate)
    return Found(tuple(walk.files), tuple(walk.skipped))


class _Walk:
    def __init__(self, recursive: bool, stopped: Callable[[], bool]) -> None:
        self.recursive = recursive
        self._stopped = stopped
        self.files: list[Candidate] = []
        self.skipped: list[Skipped] = []
        self._seen: set[tuple[int, int]] = set()

    def enter(self, path: Path) -> Iterator[Candidate]:
        if path.is_dir():
            yield from self._folder(path)
        elif self._is_new(path):
            yield Candidate(path, path.parent)

    def _is_new(self, path: Path) -> bool:
        """Also what is missing is new: the import reports it as a bad file."""
        try:
            status = path.stat()
        except (OSError, ValueError):
            return True
        return self._first_time(path, status)

    def _first_time(self, path: Path, status: os.stat_result) -> bool:
        identity = (status.st_dev, status.st_ino)
        if status.st_ino and identity in self._seen:
            self.skipped.append(Skipped(path, "is another name of a file that was already found"))
            return False
        self._seen.add(identity)
        return True

    def _folder(self, root: Path) -> Iterator[Candidate]:
        waiting = [root]
        while waiting and not self._stopped():
            folder = waiting.pop()
            below: list[Path] = []
            for entry in self._entries(folder):
                path = Path(entry.path)
                if entry.name.startswith("."):
                    self.skipped.append(Skipped(path, "is hidden"))
                elif (mode := self._mode(entry)) is None:
                    continue
                elif stat.S_ISDIR(mode):
                    below.append(path)
                elif self._is_candidate(path, mode):
                    yield Candidate(path, root)
            waiting.extend(reversed(below if self.recursive else []))

    def _entries(self, folder: Path) -> list[os.DirEntry[str]]:
        try:
            here = folder.stat()
            if (here.st_dev, here.st_ino) in self._seen:
                self.skipped.append(Skipped(folder, "is a link to a folder that was already visited"))
                return []
            self._seen.add((here.st_dev, here.st_ino))
            with os.scandir(folder) as entries:
                return sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            self.skipped.append(Skipped(folder, f"can't be opened: {(error.strerror or 'unknown reason').lower()}"))
            return []

    def _mode(self, entry: os.DirEntry[str]) -> int | None:
        """Type bits of what the entry stands for; None for a broken link or a second name of a file seen before."""
        try:
            status = entry.stat()
        except OSError:
            self.skipped.append(Skipped(Path(entry.path), "is a link that leads nowhere"))
            return None
        if not stat.S_ISDIR(status.st_mode) and not self._first_time(Path(entry.path), status):
            return None
        return status.st_mode

    def _is_candidate(self, path: Path, mode: int) -> bool:
        """Whether to import it: content decides, and a name that promises a picture makes a bad file be reported."""
        if path.suffix.lower() in PICTURE_SUFFIXES:
            return True
        if not stat.S_ISREG(mode):
            self.skipped.append(Skipped(path, "is not a regular file"))
            return False
        try:
            head = read_head(path)
        except Refused as refusal:
            self.skipped.append(Skipped(path, refusal.why))
            return False
        if picture_format(head) is None:
            self.skipped.append(Skipped(path, why_no_picture(head)))
            return False
        return True
