"""One search: filters, then one score for each asset, then the best with their reasons."""

import json
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from agent.ports.library import Query, SearchResult
from platform_service.errors import NotFound, ServiceError
from platform_service.search.associations import Associations
from platform_service.search.copies import without_copies
from platform_service.search.evidence import Strengths, Term, colour_strength, gather, spelled_like
from platform_service.search.filters import mask
from platform_service.search.hits import Rows, best_rows, hit_json
from platform_service.search.likeness import likeness
from platform_service.search.mirror import Mirror
from platform_service.search.nearness import Near, Nearness
from platform_service.search.query_words import phrases
from platform_service.search.reasons import Grounds, reasons
from platform_service.search.score import Calibration, covered, cut_off, lowered, meant, raised, risen
from platform_service.search.together import Told
from platform_service.search.words import fold

SpelledLike = Callable[[str], list[str]]
SHORTEST_MISSPELT = 4
FEW = 4
"""Where fewer than one row in so many can score at all, the others are not computed."""
Vector = NDArray[np.float32]
Part = Callable[[Strengths], Strengths]
Embed = Callable[[Sequence[str]], Sequence[Vector | None]]


@dataclass(frozen=True)
class Scored:
    """Scores of some rows, where all others score 0, or of all; and what they rest on."""

    rows: Rows | None
    scores: Strengths
    grounds: Grounds


@dataclass(frozen=True)
class _Found:
    hits: list[bytes]
    fitting: int
    cut: float
    total: int


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
        self._nearness = Nearness(self._calibration)
        self._places = np.zeros(0, np.int32)
        """Scratch: where among those looked at each row stands."""

    def find(self, query: Query) -> SearchResult:
        """The assets that fit best, with score and reason; raises NotFound for an unknown asset to be like."""
        (told,) = self.told_all([query])
        if isinstance(told, Exception):
            raise told
        return SearchResult.model_validate_json(told)

    def told_all(self, queries: Sequence[Query]) -> list[Told]:
        """As `find` for several at once, spelled as JSON: the assets go as they are kept."""
        started = time.perf_counter()
        meanings = self._embed([query.words for query in queries])
        if any(one is not None for one in meanings):
            self.settle()
        near = self._all_near(meanings)  # beside what others tell: it takes a core, and no thread has to wait for it
        told: list[Told] = []
        with self.lock:
            if any(one.size != len(self.mirror) for one in near if one is not None):  # there is more meanwhile
                self._nearness.settle(self.mirror)
                near = self._all_near(meanings)
            for query, one in zip(queries, near, strict=True):
                try:
                    told.append(self._told(query, one, started))
                except ServiceError as error:
                    told.append(error)
        return told

    def _all_near(self, meanings: Sequence[Vector | None]) -> list[Near | None]:
        """What is near each meaning: one pass over the vectors of all assets."""
        return self._nearness.of(self.mirror, meanings)

    def settle(self) -> None:
        """Make what searches by meaning look at first, where something was added or changed since."""
        if self._nearness.is_behind(self.mirror):
            with self.lock:
                self._nearness.settle(self.mirror)

    def _told(self, query: Query, near: Near | None, started: float) -> bytes:
        found = self._found(query, near)
        about = {"fitting": found.fitting, "cut_off": found.cut, "total": found.total}
        about |= {"ms": round((time.perf_counter() - started) * 1000, 2), "by_meaning": near is not None}
        return b'{"hits":[%s],%s' % (b",".join(found.hits), json.dumps(about, separators=(",", ":")).encode()[1:])

    def _found(self, query: Query, near: Near | None) -> _Found:
        mirror = self.mirror
        passes = mask(query, mirror, self._table)
        scored = self._scored(query, near)
        rows, scores = scored.rows, scored.scores
        if passes is not None:
            scores = np.where(passes if rows is None else passes[rows], scores, np.float32(-1.0))
        else:
            passes = np.ones(len(mirror), bool)
        cut = cut_off(scores, self._calibration)
        if query.asset_ids is None and len(mirror.crowded):
            rows, scores = None, self._shown_once(passes, scored)
        best, found = best_rows(scores, rows, passes, cut, query.limit)
        fits, told = found >= cut, reasons(mirror, best, scored.grounds)
        each = zip(best.tolist(), found.tolist(), fits.tolist(), told, strict=True)
        hits = [hit_json(mirror.documents[row], score, reason, fit) for row, score, fit, reason in each]
        return _Found(hits, int(np.count_nonzero(scores >= cut)), cut, len(mirror))

    def _shown_once(self, passes: NDArray[np.bool_], scored: Scored) -> Strengths:
        """The scores of all that pass, of pictures that are there several times those of the best alone."""
        mirror, scores = self.mirror, scored.scores
        if scored.rows is not None:
            scores = np.zeros(len(mirror), np.float32)
            scores[scored.rows] = scored.scores
        shown = without_copies(passes, mirror.crowded, scores, mirror.pixels.view, mirror.group.view)
        return np.where(shown, scores, np.float32(-1.0))

    def _scored(self, query: Query, near: Near | None) -> Scored:
        terms = self._terms(query.words)
        grounds = Grounds(
            self._table, terms=terms, colours=tuple(fold(c) for c in (*query.colours, *query.more_colours))
        )
        if near is not None and any(term.words or not term.looks for term in terms):
            grounds.meaning = near
        rows = self._touched(query, grounds)
        return Scored(rows, self._scores(query, grounds, rows), grounds)

    def _touched(self, query: Query, grounds: Grounds) -> Rows | None:
        """The rows for which anything speaks, where all others score 0; None where many do, or others may score."""
        if not grounds.terms or query.like_asset_id is not None or query.more_words or query.more_colours:
            return None
        touched = np.zeros(len(self.mirror), bool)
        for term in grounds.terms:
            term.touch(self.mirror, touched)
        if grounds.meaning is not None:
            touched[grounds.meaning.rows] = True
        few = np.count_nonzero(touched) * FEW <= len(touched)
        return np.flatnonzero(touched) if few else None

    def _scores(self, query: Query, grounds: Grounds, rows: Rows | None) -> Strengths:
        """The scores of these rows, or of all."""
        mirror, numbers, terms = self.mirror, self._calibration, tuple(grounds.terms)

        def part(values: Strengths) -> Strengths:
            return values if rows is None else values[rows]

        if not terms:
            base = np.ones(len(mirror), np.float32)
        else:
            weights = [self._weight(term) for term in terms]
            strengths = self._strengths(terms, rows)
            base = covered(strengths, weights, numbers.whole_words)
        if grounds.meaning is not None:
            base = meant(base, grounds.meaning.of(rows), numbers)
        for colour in query.colours:
            base = base * (0.7 + 0.3 * part(colour_strength(mirror, self._table, fold(colour))))
        if query.like_asset_id is not None:
            alike = self._alike(query.like_asset_id)
            base = alike if not terms else (0.5 * base + 0.5 * alike).astype(np.float32)
            grounds.alike = alike
        return self._leaned(query, base, grounds, part)

    def _strengths(self, terms: Sequence[Term], rows: Rows | None) -> list[Strengths]:
        """How strongly these rows, or all, match each term; `rows` has all that match any."""
        if rows is None:
            return [term.strengths(self.mirror) for term in terms]
        if len(self._places) != len(self.mirror):
            self._places = np.zeros(len(self.mirror), np.int32)
        self._places[rows] = np.arange(len(rows), dtype=np.int32)
        return [term.strengths_at(self.mirror, rows, self._places) for term in terms]

    def _alike(self, asset_id: str) -> Strengths:
        row = self.mirror.row_of.get(asset_id)
        if row is None:
            raise NotFound(f"There is no asset {asset_id} to be like.", "Nothing was changed.", "Choose another work.")
        alike = risen(likeness(self.mirror, row), self._calibration.like_from, self._calibration.like_to) * 0.99
        alike[row] = 1.0
        return np.asarray(alike, np.float32)

    def _leaned(self, query: Query, base: Strengths, grounds: Grounds, part: Part) -> Strengths:
        """The base score leaned towards what there should be more of and away from what there should be less of."""
        mirror, numbers = self.mirror, self._calibration
        for text in query.more_words:
            more = self._terms(text)
            grounds.terms += more
            for term in more:
                base = raised(base, part(term.strengths(mirror)), numbers.more)
        for colour in query.more_colours:
            base = raised(base, part(colour_strength(mirror, self._table, fold(colour))), numbers.more)
        for text in query.less_words:
            for term in self._terms(text):
                base = lowered(base, part(term.strengths(mirror)), numbers.less)
        for colour in query.less_colours:
            base = lowered(base, part(colour_strength(mirror, self._table, fold(colour))), numbers.less)
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
