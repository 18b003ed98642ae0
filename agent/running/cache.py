"""Results of pure steps within a session, by what they are the result of and by the state of the library."""

from collections import OrderedDict

from agent.running.results import StepResult

_MOST_WORKS = 20_000


class ResultCache:
    """Bounded by entries and by works held; the least lately used goes first."""

    def __init__(self, most: int = 64) -> None:
        self._most = most
        self._kept: OrderedDict[tuple[str, str], StepResult] = OrderedDict()
        self.hits = 0

    def get(self, library_version: str, key: str) -> StepResult | None:
        """What such a step gave; nothing where the state of the library is not known."""
        found = self._kept.get((library_version, key)) if library_version else None
        if found is not None:
            self.hits += 1
            self._kept.move_to_end((library_version, key))
        return found

    def put(self, library_version: str, key: str, result: StepResult) -> None:
        """Keep a result."""
        if not library_version or _works(result) > _MOST_WORKS:
            return
        self._kept[library_version, key] = result
        self._kept.move_to_end((library_version, key))
        while len(self._kept) > self._most or sum(map(_works, self._kept.values())) > _MOST_WORKS:
            self._kept.popitem(last=False)

    def __len__(self) -> int:
        return len(self._kept)


def _works(result: StepResult) -> int:
    return sum(len(value) for value in result.values.values() if isinstance(value, tuple))
