"""The house's own rules of what must not hang: read from the data folder, anew whenever the file changes."""

from collections.abc import Callable
from pathlib import Path

from agent.house_rules import BadHouseRules, HouseRules, read_house_rules, shipped_house_rules
from app.messages import Message, Noticed


class House:
    """Lives on the UI thread. A file that cannot be read is told once, and the shipped rules hold meanwhile."""

    def __init__(self, path: Path, tell: Callable[[Message], None]) -> None:
        self._path = path
        self._tell = tell
        self._seen: tuple[int, int] | None = None
        self._rules = shipped_house_rules()

    def rules(self) -> HouseRules:
        """The rules as they are now."""
        now = self._stamp()
        if now != self._seen:
            self._seen = now
            self._rules = shipped_house_rules() if now is None else self._read()
        return self._rules

    def _stamp(self) -> tuple[int, int] | None:
        try:
            found = self._path.stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_size

    def _read(self) -> HouseRules:
        try:
            return read_house_rules(self._path)
        except BadHouseRules as error:
            self._tell(Noticed("warning", str(error), "The shipped house rules hold.", "Put the file right."))
            return shipped_house_rules()
