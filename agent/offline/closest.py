"""Which meaning a phrase has, by what was learnt from the table of paraphrases: clearly one, or none."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from agent.offline.meanings import ASIDE, SUBJECT, Meaning, MeaningTable, meaning_table, weights_file
from agent.offline.unread import SMALL, Phrase, words_of

_SHARE = 0.5
"""Share of all likelihood from which a phrase is taken for a meaning."""
_SHARE_ALONE = 0.55
"""The same for what would be a request of its own; refusals count together, since either is right."""
_SHARE_IN_A_WORD = 0.75
"""The same for a single word beside small ones, which says little."""
_SHARE_ASIDE = 0.75
_REFUSED = "refuse"

Rows = NDArray[np.float32]


@dataclass(frozen=True)
class Match:
    """A phrase of the request, the meaning that it was taken for, and how likely that is."""

    phrase: Phrase
    said: Meaning
    near: float


@dataclass(frozen=True)
class Learnt:
    """One linear layer over the vectors of one model."""

    model: str
    weights: Rows
    """Shape (dimensions + 1, meanings)."""
    table: MeaningTable

    def matches(self, phrases: Sequence[Phrase], spoken: Rows) -> list[Match]:
        """For each phrase its meaning, the surest first; phrases that are subjects, or might be, are left out."""
        scores = spoken @ self.weights[:-1] + self.weights[-1]
        found = [self._meant(phrase, row) for phrase, row in zip(phrases, scores, strict=True)]
        return sorted((match for match in found if match is not None), key=_surest)

    def _meant(self, phrase: Phrase, scores: Rows) -> Match | None:
        raised = np.exp(scores - scores.max())
        share = dict(zip(self.table.names, (raised / raised.sum()).tolist(), strict=True))
        refused = sum(part for name, part in share.items() if name.startswith(_REFUSED))
        best = max(share, key=lambda name: share[name])
        said = self.table.meanings[best]
        likely = refused if said.family == _REFUSED else share[best]
        if said.family != _REFUSED and refused > likely:
            said = self.table.meanings[max((n for n in share if n.startswith(_REFUSED)), key=lambda n: share[n])]
            likely = refused
        if said.name == SUBJECT or (said.whole and not phrase.is_clause):
            return None
        if said.family != _REFUSED and self.table.contradicts(phrase.text, said.name):
            other = self.table.opposite(said.name)
            if not other or self.table.contradicts(phrase.text, other):
                return None
            said, likely = self.table.meanings[other], likely + share[other]
        if said.name == ASIDE and not phrase.is_clause:
            return None
        return Match(phrase, said, likely) if likely >= _enough(said, phrase) else None


def _surest(match: Match) -> tuple[float, int]:
    """The surest first; of those that are about as sure, the longest."""
    return -round(match.near, 1), -len(match.phrase.text)


def _enough(said: Meaning, phrase: Phrase) -> float:
    if said.name == ASIDE:
        return _SHARE_ASIDE
    if len(set(words_of(phrase.text)) - SMALL) <= 1:
        return _SHARE_IN_A_WORD
    return _SHARE_ALONE if said.whole else _SHARE


@lru_cache(maxsize=4)
def learnt(language: str = "en") -> Learnt | None:
    """What was learnt from the table as it is; None where the weights are of another table, or there are none."""
    table = meaning_table(language)
    try:
        with np.load(weights_file(language), allow_pickle=False) as kept:
            if str(kept["digest"]) != table.digest:
                return None
            return Learnt(str(kept["model"]), np.asarray(kept["weights"], np.float32), table)
    except OSError:
        return None
