"""What is being sent, on this disk: an upload that a crash or a kill broke off goes on at the next start."""

import contextlib
import json
import os
from collections.abc import Sequence
from pathlib import Path

_MOST_PATHS = 1_000


class UploadNotes:
    """A small file, written whole or not at all."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def left_off(self) -> list[list[Path]]:
        """The imports that were not finished, each as its files and folders."""
        try:
            plain = json.loads(self._file.read_text("utf-8"))
            return [[Path(str(path)) for path in one] for one in plain if isinstance(one, list)]
        except (OSError, ValueError, TypeError):
            return []

    def begun(self, paths: Sequence[Path]) -> None:
        """This is being sent."""
        self._write([*(one for one in self.left_off() if one != list(paths)), list(paths)[:_MOST_PATHS]])

    def ended(self, paths: Sequence[Path]) -> None:
        """It is there, or is not wanted any more."""
        self._write([one for one in self.left_off() if one != list(paths)])

    def _write(self, left: list[list[Path]]) -> None:
        staged = self._file.with_name(f".{self._file.name}.{os.getpid()}")
        with contextlib.suppress(OSError):  # then a kill would cost nothing but asking again
            staged.write_text(json.dumps([[str(path) for path in one] for one in left]), "utf-8")
            os.replace(staged, self._file)
