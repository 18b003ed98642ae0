"""Why a work was found, in plain words: "tags: neon, rain; magenta 31 %"."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from platform_service.search.associations import Associations
from platform_service.search.evidence import LookEvidence, Strengths, Term, WordEvidence
from platform_service.search.mirror import Mirror
from platform_service.search.postings import FIELDS

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
    sought = rows.astype(np.int32)
    for term in grounds.terms:
        if not term.words:
            continue
        which, where = _strongest(sought, term)
        labels: dict[tuple[int, int], str] = {}
        for found, one, place in zip(by_field, which.tolist(), where.tolist(), strict=True):
            if one < 0:
                continue
            evidence, label = term.words[one], labels.get((one, place))
            if label is None:
                label = labels[one, place] = _label(FIELDS[place], evidence, term)
            words = found.setdefault(label, [])
            if evidence.surface and evidence.surface not in words and len(words) < MOST_WORDS:
                words.append(evidence.surface)
    return [
        [f"{label}: {', '.join(words)}" if words else label for label, words in found.items()] for found in by_field
    ]


def _strongest(rows: NDArray[np.int32], term: Term) -> tuple[NDArray[np.intp], NDArray[np.uint8]]:
    """Which of a term's evidence says most of each row, or -1, and the number of the field where it stands."""
    best = np.full(len(rows), -1.0, np.float32)
    which, where = np.full(len(rows), -1, np.intp), np.zeros(len(rows), np.uint8)
    for number, evidence in enumerate(term.words):
        has, fields = evidence.posting.fields_of(rows)
        has &= best < np.float32(evidence.weight)
        best[has], which[has], where[has] = evidence.weight, number, fields[has]
    return which, where


def _label(name: str, evidence: WordEvidence, term: Term) -> str:
    if evidence.misspelt:
        return f"spelled nearly like {term.surface}"
    return f"{name} related to {term.surface}" if evidence.near else name


def _colours(mirror: Mirror, rows: NDArray[np.intp], grounds: Grounds) -> list[list[str]]:
    """The palette colours that were asked for or suggested, with their shares, and the tone."""
    looks = [look for term in grounds.terms for look in term.looks]
    if not looks and not grounds.colours:
        return [[] for _ in rows]
    shown = [(look.strengths[rows] > 0).tolist() for look in looks]
    wanted = dict.fromkeys((*grounds.colours, *(colour for look in looks for colour in look.colours)))
    families = {colour: tuple(grounds.table.family(colour)) for colour in wanted}
    names = list(dict.fromkeys(name for family in families.values() for name in family))
    shares = dict(zip(names, mirror.shares_of(rows, names).tolist(), strict=True))
    kinds: dict[tuple[bool, ...], tuple[list[str], list[str]]] = {}
    found: list[list[str]] = []
    for number in range(len(rows)):
        kind = tuple(has[number] for has in shown)
        if kind not in kinds:
            kinds[kind] = _sayable([look for look, has in zip(looks, kind, strict=True) if has], grounds, families)
        sayable, tones = kinds[kind]
        clear = [(shares[name][number], name) for name in sayable if shares[name][number] >= LEAST_SHARE]
        said = [f"{name} {share * 100:.0f} %" for share, name in sorted(clear, key=lambda one: -one[0])[:3]]
        found.append([part for part in (", ".join(said), ", ".join(tones)) if part])
    return found


def _sayable(
    looks: Sequence[LookEvidence], grounds: Grounds, families: Mapping[str, Sequence[str]]
) -> tuple[list[str], list[str]]:
    """The names of colours, and the tones, that may be said of a work with these looks."""
    wanted = dict.fromkeys((*grounds.colours, *(colour for look in looks for colour in look.colours)))
    names = dict.fromkeys(name for colour in wanted for name in families[colour])
    return list(names), list(dict.fromkeys(look.tone for look in looks if look.tone))
