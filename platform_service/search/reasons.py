"""Why a work was found, in plain words: "tags: neon, rain; magenta 31 %"."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from agent.ports.library import Asset
from platform_service.search.evidence import Strengths, Term, WordEvidence
from platform_service.search.mirror import Mirror
from platform_service.search.words import fold

MOST_WORDS = 6
CLEAR_MEANING = 0.25
LONGEST = 400
NO_MATCH = "nothing in common with the words"


@dataclass
class Grounds:
    """What the scores of one search rest on."""

    terms: list[Term] = field(default_factory=list)
    term_strengths: list[Strengths] = field(default_factory=list)
    colours: tuple[str, ...] = ()
    meaning: Strengths | None = None
    alike: Strengths | None = None


def reasons(mirror: Mirror, rows: NDArray[np.intp], grounds: Grounds) -> list[str]:
    """One reason for each row."""
    return [_reason(mirror, int(row), grounds) for row in rows]


def _reason(mirror: Mirror, row: int, grounds: Grounds) -> str:
    parts: list[str] = []
    if grounds.alike is not None:
        parts.append(f"alike {grounds.alike[row]:.0%}".replace("%", " %"))
    parts += _words(row, grounds)
    parts += _colours(mirror, row, grounds)
    if grounds.meaning is not None and grounds.meaning[row] >= CLEAR_MEANING:
        parts.append("close in meaning" if grounds.meaning[row] < 0.7 else "very close in meaning")
    return ("; ".join(parts) or (NO_MATCH if grounds.terms else "passes the filters"))[:LONGEST]


def _words(row: int, grounds: Grounds) -> list[str]:
    """The words that were found, by the field they stand in; related ones only where the asked one is missing."""
    by_field: dict[str, list[str]] = {}
    for term in grounds.terms:
        best: tuple[float, str, WordEvidence] | None = None
        for evidence in term.words:
            name = evidence.posting.field_of(row)
            if name is not None and (best is None or evidence.weight > best[0]):
                best = (evidence.weight, name, evidence)
        if best is not None:
            label = best[1] if not best[2].near else f"{best[1]} related to {term.surface}"
            words = by_field.setdefault(label, [])
            if best[2].surface not in words and len(words) < MOST_WORDS:
                words.append(best[2].surface)
    return [f"{label}: {', '.join(words)}" for label, words in by_field.items()]


def _colours(mirror: Mirror, row: int, grounds: Grounds) -> list[str]:
    names = dict.fromkeys(grounds.colours)
    for term in grounds.terms:
        for look in term.looks:
            if look.strengths[row] > 0:
                names.update(dict.fromkeys(look.colours))
    if not names:
        return []
    asset: Asset = mirror.asset(row)
    shares = {fold(swatch.name): swatch.share for swatch in asset.palette}
    shown = [f"{name} {shares[name]:.0%}".replace("%", " %") for name in names if shares.get(name)]
    return [", ".join(shown[:3])] if shown else []
