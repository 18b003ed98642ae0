"""One search: filters, then one score for each asset, then the best with their reasons."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from agent.ports.library import Hit, Query, SearchResult
from platform_service.errors import NotFound
from platform_service.search.associations import Associations
from platform_service.search.copies import without_copies
from platform_service.search.evidence import Strengths, Term, colour_strength, gather, spelled_like
from platform_service.search.filters import mask
from platform_service.search.likeness import likeness
from platform_service.search.mirror import Mirror
from platform_service.search.query_words import phrases
from platform_service.search.reasons import Grounds, reasons
from platform_service.search.score import Calibration, covered, cut_off, either, lowered, raised, risen
from platform_service.search.words import fold

SpelledLike = Callable[[str], list[str]]
SHORTEST_MISSPELT = 4
Embed = Callable[[str], NDArray[np.float32] | None]


@dataclass(frozen=True)
class Scored:
    """Scores of all assets and what they rest on."""

    scores: Strengths
    grounds: Grounds


class Search:
    """Searches one mirror; safe to call from several threads."""

    def __init__(
        self,
        mirror: Mirror,
        table: Associations,
        embed: Embed,
        spelled_like: SpelledLike = lambda _word: [],
        calibration: Calibration | None = None,
    ) -> None:
        self.mirror = mirror
        self.lock = threading.Lock()
        self._table = table
        self._embed = embed
        self._spelled_like = spelled_like
        self._calibration = calibration or Calibration()

    def find(self, query: Query) -> SearchResult:
        """The assets that fit best, with score and reason; raises NotFound for an unknown asset to be like."""
        started = time.perf_counter()
        meaning = self._embed(query.words) if query.words.strip() else None
        with self.lock:
            passes = mask(query, self.mirror, self._table)
            scored = self._scored(query, meaning)
            cut = cut_off(scored.scores[passes], self._calibration)
            shown = np.flatnonzero(passes)
            if query.asset_ids is None:
                shown = without_copies(shown, scored.scores, self.mirror.pixels.view, self.mirror.group.view)
            fits = scored.scores >= cut
            best = shown[_best(scored.scores[shown], query.limit)]
            told = reasons(self.mirror, best, scored.grounds)
            hits = tuple(
                Hit(
                    asset=self.mirror.asset(int(row)),
                    score=round(float(scored.scores[row]), 4),
                    reason=reason,
                    fits=bool(fits[row]),
                )
                for row, reason in zip(best, told, strict=True)
            )
            fitting, total = int(fits[shown].sum()), len(self.mirror)
        return SearchResult(
            hits=hits,
            fitting=fitting,
            cut_off=cut,
            total=total,
            ms=round((time.perf_counter() - started) * 1000, 2),
            by_meaning=meaning is not None,
        )

    def _scored(self, query: Query, meaning: NDArray[np.float32] | None) -> Scored:
        mirror, numbers = self.mirror, self._calibration
        terms = self._terms(query.words)
        grounds = Grounds(
            self._table, terms=terms, colours=tuple(fold(c) for c in (*query.colours, *query.more_colours))
        )
        base = np.ones(len(mirror), np.float32)
        if terms:
            strengths = [term.strengths(len(mirror)) for term in terms]
            base = covered(strengths, [self._weight(term) for term in terms], numbers.whole_words)
            grounds.term_strengths = strengths
        if meaning is not None and any(term.words or not term.looks for term in terms):
            near = risen(mirror.text.view @ meaning, numbers.meaning_from, numbers.meaning_to)
            base = either(base, near * np.float32(numbers.meaning_weight))
            base = np.asarray(base * (1.0 - numbers.meaning_tie) + near * numbers.meaning_tie, np.float32)
            grounds.meaning = near
        for colour in query.colours:
            base = base * (0.7 + 0.3 * colour_strength(mirror, self._table, fold(colour)))
        if query.like_asset_id is not None:
            alike = self._alike(query.like_asset_id)
            base = alike if not terms else (0.5 * base + 0.5 * alike).astype(np.float32)
            grounds.alike = alike
        return Scored(self._leaned(query, base, grounds), grounds)

    def _alike(self, asset_id: str) -> Strengths:
        row = self.mirror.row_of.get(asset_id)
        if row is None:
            raise NotFound(f"There is no asset {asset_id} to be like.", "Nothing was changed.", "Choose another work.")
        alike = risen(likeness(self.mirror, row), self._calibration.like_from, self._calibration.like_to) * 0.99
        alike[row] = 1.0
        return np.asarray(alike, np.float32)

    def _leaned(self, query: Query, base: Strengths, grounds: Grounds) -> Strengths:
        """The base score leaned towards what there should be more of and away from what there should be less of."""
        mirror, numbers = self.mirror, self._calibration
        for text in query.more_words:
            more = self._terms(text)
            grounds.terms += more
            found = [term.strengths(len(mirror)) for term in more]
            grounds.term_strengths += found
            for strengths in found:
                base = raised(base, strengths, numbers.more)
        for colour in query.more_colours:
            base = raised(base, colour_strength(mirror, self._table, fold(colour)), numbers.more)
        for text in query.less_words:
            for term in self._terms(text):
                base = lowered(base, term.strengths(len(mirror)), numbers.less)
        for colour in query.less_colours:
            base = lowered(base, colour_strength(mirror, self._table, fold(colour)), numbers.less)
        return base

    def _terms(self, text: str) -> list[Term]:
        terms = [gather(phrase, surface, self.mirror, self._table) for phrase, surface in phrases(text, self._table)]
        for term in terms:
            if not term.known and len(term.surface) >= SHORTEST_MISSPELT:
                alike = sorted(int(row) for row in self.mirror.rows(self._spelled_like(term.surface)))
                if alike:
                    term.words.append(spelled_like(alike))
        return terms

    def _weight(self, term: Term) -> float:
        """Rare words say more; a word that nobody knows says little, but it is not met."""
        if not term.known:
            return self._calibration.unknown_term_weight
        direct = sum(len(evidence.posting) for evidence in term.words if not evidence.near)
        rarity = np.log1p(len(self.mirror) / (1.0 + direct)) / np.log1p(max(len(self.mirror), 1))
        return float(0.7 + 0.6 * rarity)


def _best(scores: Strengths, limit: int) -> NDArray[np.intp]:
    """Rows of the highest scores, best first; equal scores in the order of import."""
    if limit < len(scores):
        threshold = np.partition(scores, len(scores) - limit)[len(scores) - limit]
        rows = np.flatnonzero(scores >= threshold)
    else:
        rows = np.arange(len(scores))
    return rows[np.argsort(-scores[rows], kind="stable")][:limit]
