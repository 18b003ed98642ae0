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
    words, colours = _words(rows, grounds), _colours(mirror, rows, grounds)
    meaning = [0.0] * len(rows) if grounds.meaning is None else grounds.meaning[rows].tolist()
    alike = [] if grounds.alike is None else [f"alike {share * 100:.0f} %" for share in grounds.alike[rows].tolist()]
    found = []
    for number in range(len(rows)):
        parts = [*alike[number : number + 1], *words[number], *colours[number]]
        if meaning[number] >= CLEAR_MEANING:
            parts.append("close in meaning" if meaning[number] < 0.7 else "very close in meaning")
        found.append(("; ".join(parts) or (NO_MATCH if grounds.terms else "passes the filters"))[:LONGEST])
    return found


def _words(rows: NDArray[np.intp], grounds: Grounds) -> list[list[str]]:
    """The words that were found, by the field they stand in; related ones only where the asked one is missing."""
    by_field: list[dict[str, list[str]]] = [{} for _ in rows]
    for term in grounds.terms:
        best: list[tuple[float, str, WordEvidence] | None] = [None] * len(rows)
        for evidence in term.words:
            for number, name in enumerate(evidence.posting.fields_of(rows)):
                former = best[number]
                if name is not None and (former is None or evidence.weight > former[0]):
                    best[number] = (evidence.weight, name, evidence)
        for number, one in enumerate(best):
            if one is not None:
                words = by_field[number].setdefault(_label(one[1], one[2], term), [])
                if one[2].surface and one[2].surface not in words and len(words) < MOST_WORDS:
                    words.append(one[2].surface)
    return [
        [f"{label}: {', '.join(words)}" if words else label for label, words in found.items()] for found in by_field
    ]


def _label(name: str, evidence: WordEvidence, term: Term) -> str:
    if evidence.misspelt:
        return f"spelled nearly like {term.surface}"
    return f"{name} related to {term.surface}" if evidence.near else name


def _colours(mirror: Mirror, rows: NDArray[np.intp], grounds: Grounds) -> list[list[str]]:
    """The palette colours that were asked for or suggested, with their shares, and the tone."""
    looks = [look for term in grounds.terms for look in term.looks]
    seen = [(look.strengths[rows] > 0).tolist() for look in looks]
    colours = dict.fromkeys((*grounds.colours, *(colour for look in looks for colour in look.colours)))
    families = {colour: tuple(grounds.table.family(colour)) for colour in colours}
    shares = {name: mirror.share(name)[rows].tolist() for names in families.values() for name in names}
    found: list[list[str]] = []
    for number in range(len(rows)):
        there = [look for look, has in zip(looks, seen, strict=True) if has[number]]
        wanted = dict.fromkeys((*grounds.colours, *(colour for look in there for colour in look.colours)))
        names = dict.fromkeys(name for colour in wanted for name in families[colour])
        clear = [(shares[name][number], name) for name in names if shares[name][number] >= LEAST_SHARE]
        shown = [f"{name} {share * 100:.0f} %" for share, name in sorted(clear, key=lambda one: -one[0])[:3]]
        tones = dict.fromkeys(look.tone for look in there if look.tone)
        found.append([part for part in (", ".join(shown), ", ".join(tones)) if part])
    return found
