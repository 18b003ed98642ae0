"""Which meaning a phrase comes nearest to, by vectors: clearly nearest, or none."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from agent.offline.meanings import MeaningTable, Said, differ
from agent.offline.unread import Phrase

_NEAR = 0.52
"""Cosine from which a phrase says the same as another."""
_NEAR_ALONE = 0.58
"""The same for what would be a request of its own."""
_BEFORE_SUBJECTS = 0.05
"""So much nearer than to anything that a library is searched for."""
_BEFORE_OTHERS = 0.02
_OPPOSITE = 0.3
"""So much less near is what goes the opposite way."""

Rows = NDArray[np.float32]


@dataclass(frozen=True)
class Match:
    """A phrase of the request and the meaning that it was taken for."""

    phrase: Phrase
    said: Said
    near: float


def matches(phrases: Sequence[Phrase], spoken: Rows, table: MeaningTable, rows: Rows) -> list[Match]:
    """For each phrase the meaning that is clearly nearest, the surest first; phrases without one are left out."""
    found = [_nearest(phrase, rows @ vector, table) for phrase, vector in zip(phrases, spoken, strict=True)]
    return sorted((match for match in found if match is not None), key=lambda match: -match.near)


def _nearest(phrase: Phrase, near: Rows, table: MeaningTable) -> Match | None:
    sense = table.sense(phrase.text)
    best: dict[str, tuple[float, Said]] = {}
    for cosine, said in zip(near.tolist(), table.said, strict=True):
        if said.whole and not phrase.is_clause:
            continue
        cosine -= _OPPOSITE if said.name and differ(sense, said.sense) else 0.0
        if said.name not in best or cosine > best[said.name][0]:
            best[said.name] = (cosine, said)
    subject = best.pop("", (0.0, None))[0]
    ranked = sorted(best.values(), key=lambda one: -one[0])
    if not ranked:
        return None
    (first, said), rivals = ranked[0], [cosine for cosine, other in ranked[1:] if _rivals(other, ranked[0][1])]
    enough = _NEAR_ALONE if said.whole else _NEAR
    if first < enough or first < subject + _BEFORE_SUBJECTS or (rivals and first < rivals[0] + _BEFORE_OTHERS):
        return None
    return Match(phrase, said, first)


def _rivals(one: Said, other: Said) -> bool:
    """Refusals of two kinds are no rivals of each other: either is right."""
    return not (one.family == other.family == "refuse")
