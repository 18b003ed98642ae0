"""How lexical, meaning, colour and likeness evidence become one score from 0 to 1, and where "fits" ends."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Strengths = NDArray[np.float32]


@dataclass(frozen=True)
class Calibration:
    """The numbers that scores hang on; measured on the sample collection and on folders with poor metadata."""

    meaning_from: float = 0.3
    meaning_to: float = 0.68
    """Cosines between a query and an asset's words: below the first they say nothing, above the second everything."""
    meaning_weight: float = 0.8
    meaning_tie: float = 0.06
    """So much of the score is meaning alone, so that equal words are ranked by it."""
    like_from: float = 0.35
    like_to: float = 0.97
    cut_off: float = 0.4
    """Below it nothing fits."""
    relative: float = 0.55
    """Nor does what is worse than this part of the best."""
    whole_words: float = 0.35
    unknown_term_weight: float = 0.6
    less: float = 0.75
    more: float = 0.35


def risen(values: Strengths, start: float, end: float) -> Strengths:
    """0 up to `start`, 1 from `end`, straight between."""
    found = np.subtract(values, np.float32(start), dtype=np.float32)
    found /= np.float32(end - start)
    return np.clip(found, np.float32(0.0), np.float32(1.0), out=found)


def covered(strengths: list[Strengths], weights: list[float], whole_words: float) -> Strengths:
    """How much of the query's words an asset meets: the weighted mean of the terms' strengths.

    An asset that misses one of two words altogether loses `whole_words` of that; of more words each weighs less.
    """
    mean = strengths[0] * np.float32(weights[0])
    for found, weight in zip(strengths[1:], weights[1:], strict=True):
        mean += found * np.float32(weight)
    mean /= np.float32(sum(weights) or 1.0)
    if len(strengths) == 1:
        return mean
    loses = np.minimum(strengths[0], strengths[1])
    for found in strengths[2:]:
        np.minimum(loses, found, out=loses)
    np.subtract(np.float32(1.0), loses, out=loses)
    loses *= np.float32(-whole_words / (len(strengths) - 1))
    loses += np.float32(1.0)
    mean *= loses
    return mean


def meant(base: Strengths, near: Strengths, numbers: Calibration) -> Strengths:
    """The base score with nearness in meaning: two kinds of evidence, each makes up for what the other lacks.

    So much of it is meaning alone that equal words are ranked by it.
    """
    if not near.any():
        return base * np.float32(1.0 - numbers.meaning_tie)
    found = np.float32(1.0) - base
    found *= np.float32(1.0) - near * np.float32(numbers.meaning_weight)
    np.subtract(np.float32(1.0), found, out=found)
    found *= np.float32(1.0 - numbers.meaning_tie)
    found += near * np.float32(numbers.meaning_tie)
    return found


def raised(base: Strengths, wanted: Strengths, by: float) -> Strengths:
    """More of something: those that have it go up, those that do not go down a little."""
    lowered = base * (1.0 - by * (1.0 - wanted))
    return np.asarray(lowered + (1.0 - base) * wanted * by, np.float32)


def lowered(base: Strengths, unwanted: Strengths, by: float) -> Strengths:
    """Less of something: those that have it go down."""
    return np.asarray(base * (1.0 - by * unwanted), np.float32)


def cut_off(scores: Strengths, calibration: Calibration) -> float:
    """The score from which an asset fits: absolute, and higher when the best are much better."""
    best = float(scores.max()) if len(scores) else 0.0
    return round(max(calibration.cut_off, calibration.relative * best), 3)
