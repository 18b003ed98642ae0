"""Why a work was found, in plain words: "tags: neon, rain; magenta 31 %"."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from platform_service.search.associations import Associations
from platform_service.search.evidence import Strengths, Term, WordEvidence
from platform_service.search.mirror import Mirror

MOST_WORDS = 6
LEAST_SHARE = 0.02
CLEAR_MEANING = 0.25
LONGEST = 400
NO_MATCH = "nothing in common with the words"


@dataclass
class Grounds:
    """What the scores of one search rest on."""

    table: Associations
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
        parts.append(f"alike {grounds.alike[row] * 100:.0f} %")
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
            label = _label(best[1], best[2], term)
            words = by_field.setdefault(label, [])
            if best[2].surface and best[2].surface not in words and len(words) < MOST_WORDS:
                words.append(best[2].surface)
    return [f"{label}: {', '.join(words)}" if words else label for label, words in by_field.items()]


def _label(name: str, evidence: WordEvidence, term: Term) -> str:
    if evidence.misspelt:
        return f"spelled nearly like {term.surface}"
    return f"{name} related to {term.surface}" if evidence.near else name


def _colours(mirror: Mirror, row: int, grounds: Grounds) -> list[str]:
    """The palette colours that were asked for or suggested, with their shares, and the tone."""
    wanted = dict.fromkeys(grounds.colours)
    tones: dict[str, None] = {}
    for term in grounds.terms:
        for look in term.looks:
            if look.strengths[row] > 0:
                wanted.update(dict.fromkeys(look.colours))
                tones.update({look.tone: None} if look.tone else {})
    names = {name: None for colour in wanted for name in grounds.table.family(colour)}
    shares = {name: float(mirror.share(name)[row]) for name in names}
    ranked = sorted((name for name in names if shares[name] >= LEAST_SHARE), key=lambda name: -shares[name])
    shown = [f"{name} {shares[name] * 100:.0f} %" for name in ranked[:3]]
    return [part for part in (", ".join(shown), ", ".join(tones)) if part]
