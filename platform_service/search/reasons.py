"""Why a work was found, in plain words: "tags: neon, rain; magenta 31 %"."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter

import numpy as np
from numpy.typing import NDArray

from platform_service.search.associations import Associations
from platform_service.search.evidence import LookEvidence, Strengths, Term, WordEvidence
from platform_service.search.mirror import Mirror
from platform_service.search.nearness import Near
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
    colours: tuple[str, ...] = ()
    meaning: Near | None = None
    alike: Strengths | None = None


def reasons(mirror: Mirror, rows: NDArray[np.intp], grounds: Grounds) -> list[str]:
    """One reason for each row."""
    words, colours = _words(mirror, rows, grounds), _colours(mirror, rows, grounds)
    meaning = [0.0] * len(rows) if grounds.meaning is None else grounds.meaning.of(rows).tolist()
    alike = [] if grounds.alike is None else [f"alike {share * 100:.0f} %" for share in grounds.alike[rows].tolist()]
    found = []
    for number in range(len(rows)):
        parts = [*alike[number : number + 1], *words[number], *colours[number]]
        if meaning[number] >= CLEAR_MEANING:
            parts.append("close in meaning" if meaning[number] < 0.7 else "very close in meaning")
        found.append(("; ".join(parts) or (NO_MATCH if grounds.terms else "passes the filters"))[:LONGEST])
    return found


def _words(mirror: Mirror, rows: NDArray[np.intp], grounds: Grounds) -> list[list[str]]:
    """The words that were found, by the field they stand in; related ones only where the asked one is missing."""
    terms, sought = [term for term in grounds.terms if term.words], rows.astype(np.int32)
    if not terms:
        return [[] for _ in rows]
    named = [term.spoken(mirror).named(sought) for term in terms]
    which = np.stack([one for one, _ in named], axis=1).tolist()
    where = np.stack([one for _, one in named], axis=1).tolist()
    known: dict[tuple[tuple[int, ...], tuple[int, ...]], list[str]] = {}
    found = []
    for kind in zip(map(tuple, which), map(tuple, where), strict=True):  # of many rows only a few differ in this
        if kind not in known:
            known[kind] = _named(terms, *kind)
        found.append(known[kind])
    return found


def _named(terms: Sequence[Term], which: Sequence[int], where: Sequence[int]) -> list[str]:
    """The words of an asset, given which of each term stands for it, or -1, and in which field."""
    by_field: dict[str, list[str]] = {}
    for term, one, place in zip(terms, which, where, strict=True):
        if one < 0:
            continue
        evidence = term.words[one]
        words = by_field.setdefault(_label(FIELDS[place], evidence, term), [])
        if evidence.surface and evidence.surface not in words and len(words) < MOST_WORDS:
            words.append(evidence.surface)
    return [f"{label}: {', '.join(words)}" if words else label for label, words in by_field.items()]


def _label(name: str, evidence: WordEvidence, term: Term) -> str:
    if evidence.misspelt:
        return f"spelled nearly like {term.surface}"
    return f"{name} related to {term.surface}" if evidence.near else name


def _colours(mirror: Mirror, rows: NDArray[np.intp], grounds: Grounds) -> list[list[str]]:
    """The palette colours that were asked for or suggested, with their shares, and the tone."""
    looks = [look for term in grounds.terms for look in term.looks]
    if not looks and not grounds.colours:
        return [[] for _ in rows]
    shown = np.array([look.strengths[rows] > 0 for look in looks], bool).reshape(len(looks), len(rows)).T.tolist()
    wanted = dict.fromkeys((*grounds.colours, *(colour for look in looks for colour in look.colours)))
    families = {colour: tuple(grounds.table.family(colour)) for colour in wanted}
    names = list(dict.fromkeys(name for family in families.values() for name in family))
    shares = mirror.shares_of(rows, names).T.tolist()
    kinds: dict[tuple[bool, ...], tuple[list[tuple[str, int]], str]] = {}
    found: list[list[str]] = []
    for has, of_row in zip(map(tuple, shown), shares, strict=True):
        if has not in kinds:
            of_looks = [look for look, is_shown in zip(looks, has, strict=True) if is_shown]
            sayable, tones = _sayable(of_looks, grounds, families)
            kinds[has] = [(name, names.index(name)) for name in sayable], ", ".join(tones)
        columns, tone = kinds[has]
        clear = [(-share, name) for name, column in columns if (share := of_row[column]) >= LEAST_SHARE]
        clear.sort(key=_most_first)
        said = ", ".join([f"{name} {share * -100:.0f} %" for share, name in clear[:3]])
        found.append([part for part in (said, tone) if part])
    return found


_most_first: Callable[[tuple[float, str]], float] = itemgetter(0)


def _sayable(
    looks: Sequence[LookEvidence], grounds: Grounds, families: Mapping[str, Sequence[str]]
) -> tuple[list[str], list[str]]:
    """The names of colours, and the tones, that may be said of a work with these looks."""
    wanted = dict.fromkeys((*grounds.colours, *(colour for look in looks for colour in look.colours)))
    names = dict.fromkeys(name for colour in wanted for name in families[colour])
    return list(names), list(dict.fromkeys(look.tone for look in looks if look.tone))
