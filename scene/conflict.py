"""The part of a change that no longer fits, named in plain words."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Conflict:
    """One record that a change could not touch as meant."""

    record_id: str
    title: str
    """The record in a person's words."""
    what: str
    """What did not happen: "was not moved"."""
    why: str
    """The reason: "it was moved by hand since"."""
    kind: str = "placement"
    """The kind of the record."""

    @property
    def words(self) -> str:
        """One plain sentence."""
        return f"{self.title} {self.what}: {self.why}."


_FOLLOWING = frozenset({"light", "opening", "sign", "viewpoint", "arrangement"})
"""Kinds that people do not think of one by one: they follow what became of a work, wall or room."""


def in_words(conflicts: Iterable[Conflict], most: int = 3) -> str:
    """A few plain sentences: the works, walls and rooms concerned, and how many more there are."""
    told = tuple(conflicts)
    leading = [conflict for conflict in told if conflict.kind not in _FOLLOWING] or list(told)
    sentences = [conflict.words for conflict in leading[:most]]
    if len(leading) > most:
        sentences.append(f"So it is with {len(leading) - most} more.")
    return " ".join(sentences)
