"""The inverted index in memory: which assets carry a word, in which field, how strongly."""

from array import array
from bisect import bisect_left
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from agent.ports.library import Asset
from platform_service.search.words import content_words, fold, stem

Field = Literal["title", "tags", "description", "folder", "file name", "creator", "date"]
FIELDS: tuple[Field, ...] = ("title", "tags", "description", "folder", "file name", "creator", "date")
WEIGHTS: dict[Field, float] = {
    "title": 1.0,
    "tags": 1.0,
    "folder": 0.85,
    "file name": 0.9,
    "description": 0.75,
    "creator": 0.8,
    "date": 1.0,
}
"""How much a word counts in each field; a word in several fields counts by the strongest."""


@dataclass
class Posting:
    """The assets of one word: rows ascending, with the strongest field and its weight."""

    rows: "array[int]" = field(default_factory=lambda: array("i"))
    weights: "array[float]" = field(default_factory=lambda: array("f"))
    fields: bytearray = field(default_factory=bytearray)

    def __len__(self) -> int:
        return len(self.rows)

    def arrays(self) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """Rows and weights as numpy arrays of their own."""
        return np.array(self.rows, np.int32), np.array(self.weights, np.float32)

    def field_numbers(self) -> NDArray[np.uint8]:
        """The number of the field where each has the word, as a numpy array of its own."""
        return np.array(self.fields, np.uint8)


class Postings:
    """All words of the library."""

    def __init__(self) -> None:
        self._words: dict[str, Posting] = {}
        self._sorted: list[str] | None = None
        self._surfaces: dict[str, str] = {}

    def __contains__(self, word_stem: str) -> bool:
        return word_stem in self._words

    def get(self, word_stem: str) -> Posting | None:
        """The assets of one stem."""
        return self._words.get(word_stem)

    def surface(self, word_stem: str) -> str:
        """A stem as a person writes it."""
        return self._surfaces.get(word_stem, word_stem)

    def beginning(self, prefix: str, most: int = 24) -> list[str]:
        """Stems that begin so, for words that are still being typed."""
        if self._sorted is None:
            self._sorted = sorted(self._words)
        start = bisect_left(self._sorted, prefix)
        found: list[str] = []
        for word in self._sorted[start : start + most]:
            if not word.startswith(prefix):
                break
            found.append(word)
        return found

    def add(self, row: int, asset: Asset) -> None:
        """Note the words of an asset; rows must come in ascending order."""
        strongest: dict[str, tuple[float, Field]] = {}
        for name, word in words_of(asset):
            key = stem(word)
            if WEIGHTS[name] > strongest.get(key, (0.0, name))[0]:
                strongest[key] = (WEIGHTS[name], name)
            self._surfaces[key] = min(self._surfaces.get(key, word), word, key=len)
        for key, (weight, name) in strongest.items():
            posting = self._words.get(key)
            if posting is None:
                posting = self._words[key] = Posting()
                self._sorted = None
            posting.rows.append(row)
            posting.weights.append(weight)
            posting.fields.append(FIELDS.index(name))


def words_of(asset: Asset) -> list[tuple[Field, str]]:
    """Every word of an asset with the field it stands in, unstemmed."""
    found: list[tuple[Field, str]] = []
    texts: tuple[tuple[Field, str], ...] = (
        ("tags", " ; ".join(asset.tags)),
        ("title", asset.title),
        ("folder", asset.folder),
        ("file name", asset.file_name.rpartition(".")[0] or asset.file_name),
        ("description", asset.description),
        ("creator", asset.creator),
    )
    for name, text in texts:
        found.extend((name, word) for word in content_words(text))
    if asset.taken is not None:
        found += [("date", str(asset.taken.year)), ("date", f"{asset.taken.year // 10 * 10}s")]
    return found


def tag_key(tag: str) -> str:
    """A tag in the spelling that filters compare: "City-Night" and "city nights" are one."""
    return " ".join(stem(word) for word in fold(tag).replace("-", " ").replace("_", " ").split())
