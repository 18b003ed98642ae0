"""What the works of a group share, in a few of their own words that the other groups do not have."""

import math
import re
from collections import Counter
from collections.abc import Sequence

from scene.layouts.columns import last_part
from scene.layouts.contract import Work
from scene.layouts.lettering import ENGLISH, Lettering

LEAST_SHARE = 0.34
MOST_LETTERS = 18
"""Longer terms, and those of more than two words, are no label."""
DECADE_WEIGHT = 0.6
"""A decade says less than a subject."""
_DULL = frozenset(
    {"from", "into", "image", "images", "over", "photo", "picture", "study", "that", "this", "under", "unknown"}
    | {"untitled", "with"}
)


def terms_of(work: Work) -> set[str]:
    """Words that may name the work: tags, values of its columns, words of its title."""
    found = {tag.casefold() for tag in work.tags}
    for column in ("colour", "genre", "folder", "creator"):
        value = work.values.get(column, "")
        if value:
            found.add(last_part(value.casefold()) if column == "folder" else value.casefold())
    if work.taken is not None:
        found.add(f"{work.taken.year // 10 * 10}s")
    found |= {word for word in re.findall(r"[^\W\d_]{4,}", work.title.casefold()) if word not in _DULL}
    return {term for term in map(str.strip, found) if term and _is_short(term)} - _DULL


def _is_short(term: str) -> bool:
    return len(term) <= MOST_LETTERS and len(term.split()) <= 2


def labels(works: Sequence[Work], groups: Sequence[Sequence[int]], lettering: Lettering = ENGLISH) -> list[str]:
    """A label for each group, no two alike: its most telling terms by how much commoner they are here than overall."""
    terms = {i: terms_of(works[i]) for group in groups for i in group}
    overall = Counter(term for found in terms.values() for term in found)
    given: list[str] = []
    for number, group in enumerate(groups, 1):
        ranked = _telling(group, terms, overall, len(terms))
        label = _unused(ranked, given) or lettering.group.format(n=number)
        while label in given:
            label = f"{label} {number}"
        given.append(label)
    return [lettering.dated(label) for label in given]


def _telling(group: Sequence[int], terms: dict[int, set[str]], overall: Counter[str], total: int) -> list[str]:
    here = Counter(term for i in group for term in terms[i])
    scores = {}
    for least in (LEAST_SHARE, LEAST_SHARE / 2):
        for term, count in here.items():
            share, everywhere = count / len(group), overall[term] / total
            if share >= least and (share > everywhere * 1.05 or len(group) == total):
                weight = DECADE_WEIGHT if re.fullmatch(r"\d{4}s", term) else 1.0
                scores[term] = weight * share * (math.log(share / everywhere) + 0.05)
        if scores:
            break
    return sorted(scores, key=lambda term: (-round(scores[term], 9), term))


def _unused(ranked: Sequence[str], given: Sequence[str]) -> str:
    """The two best terms that say different things, in a pair that no group has yet."""
    for k, first in enumerate(ranked[:4]):
        for second in ranked[k + 1 : k + 6]:
            if first not in second and second not in first and f"{first}, {second}" not in given:
                return f"{first}, {second}"
        if first not in given:
            return first
    return ""
