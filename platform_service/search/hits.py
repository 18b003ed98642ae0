"""The best of all scores, and a hit as JSON."""

import json

import numpy as np
from numpy.typing import NDArray

from platform_service.search.evidence import Strengths

spelled = json.encoder.encode_basestring_ascii
"""A text as JSON has it."""
PART = 4_096
Rows = NDArray[np.intp]


def hit_json(document: bytes, score: float, reason: str, fits: bool) -> bytes:
    """A hit; `document` is the asset as it is kept."""
    told = f'"score":{round(score, 4)!r},"reason":{spelled(reason)},"fits":{"true" if fits else "false"}'
    return b'{"asset":%s,%s}' % (document, told.encode())


def best_rows(
    scores: Strengths, rows: Rows | None, passes: NDArray[np.bool_], least: float, limit: int
) -> tuple[Rows, Strengths]:
    """Rows of the highest scores and these, best first; equal scores in the order of import; below zero is not shown.

    `scores` are those of `rows`, where all others score 0 if they pass, or of all. Where so many reach `least` as are
    wanted, only they are looked at.
    """
    places = np.flatnonzero(scores >= least)
    if len(places) < limit:
        places = np.flatnonzero(scores > 0.0)
    found = scores[places]
    if limit < len(found):
        level = np.partition(found, len(found) - limit)[len(found) - limit]
        above, equal = np.flatnonzero(found > level), np.flatnonzero(found == level)
        chosen = np.sort(np.concatenate([above, equal[: limit - len(above)]]))
        places, found = places[chosen], found[chosen]
    order = np.argsort(-found, kind="stable")
    best, found = places[order] if rows is None else rows[places[order]], found[order]
    if len(best) < limit:
        more = _of_no_score(scores, rows, passes, limit - len(best))
        best, found = np.concatenate([best, more]), np.concatenate([found, np.zeros(len(more), np.float32)])
    return best, found


def _of_no_score(scores: Strengths, rows: Rows | None, passes: NDArray[np.bool_], count: int) -> Rows:
    """The first rows that pass and score 0."""
    if rows is None:
        nothing = scores == 0.0
    else:
        nothing = passes.copy()
        nothing[rows[scores != 0.0]] = False
    found: list[Rows] = []
    for start in range(0, len(nothing), PART):
        found.append(np.flatnonzero(nothing[start : start + PART])[:count] + start)
        count -= len(found[-1])
        if not count:
            break
    return np.concatenate(found) if found else np.zeros(0, np.intp)
