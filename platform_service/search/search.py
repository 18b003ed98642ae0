"""One search: filters, then one score for each asset, then the best with their reasons."""

import json
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from agent.ports.library import Query, SearchResult
from platform_service.embedding.products import Products
from platform_service.errors import NotFound, ServiceError
from platform_service.search.associations import Associations
from platform_service.search.copies import without_copies
from platform_service.search.evidence import Strengths, Term, colour_strength, gather, spelled_like
from platform_service.search.filters import mask
from platform_service.search.likeness import likeness
from platform_service.search.mirror import Mirror
from platform_service.search.query_words import phrases
from platform_service.search.reasons import Grounds, reasons
from platform_service.search.score import Calibration, covered, cut_off, lowered, meant, raised, risen
from platform_service.search.together import Told
from platform_service.search.words import fold

spelled = json.encoder.encode_basestring_ascii
"""A text as JSON has it."""
SpelledLike = Callable[[str], list[str]]
SHORTEST_MISSPELT = 4
Vector = NDArray[np.float32]
Embed = Callable[[Sequence[str]], Sequence[Vector | None]]


@dataclass(frozen=True)
class Scored:
    """Scores of all assets and what they rest on."""

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
        self._products = Products()

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
        cosines = self._cosines(meanings)  # beside what others tell: it takes a core, and no thread has to wait for it
        told: list[Told] = []
        with self.lock:
            if any(len(one) != len(self.mirror) for one in cosines if one is not None):  # there is more meanwhile
                cosines = self._cosines(meanings)
            for query, one in zip(queries, cosines, strict=True):
                try:
                    told.append(self._told(query, None if one is None else self._risen(one), started))
                except ServiceError as error:
                    told.append(error)
        return told

    def _cosines(self, meanings: Sequence[Vector | None]) -> list[Strengths | None]:
        """How near all assets are to each meaning: one pass over their vectors."""
        given = [vector for vector in meanings if vector is not None]
        found = iter(self._products.of(self.mirror.text.view, given) if given else ())
        return [None if vector is None else next(found) for vector in meanings]

    def _risen(self, cosines: Strengths) -> Strengths:
        return risen(cosines, self._calibration.meaning_from, self._calibration.meaning_to)

    def _told(self, query: Query, near: Strengths | None, started: float) -> bytes:
        found = self._found(query, near)
        about = {"fitting": found.fitting, "cut_off": found.cut, "total": found.total}
        about |= {"ms": round((time.perf_counter() - started) * 1000, 2), "by_meaning": near is not None}
        return b'{"hits":[%s],%s' % (b",".join(found.hits), json.dumps(about, separators=(",", ":")).encode()[1:])

    def _found(self, query: Query, near: Strengths | None) -> _Found:
        mirror = self.mirror
        passes = mask(query, mirror, self._table)
        scored = self._scored(query, near)
        scores = np.where(passes, scored.scores, np.float32(-1.0))
        cut = cut_off(scores, self._calibration)
        if query.asset_ids is None:
            shown = without_copies(passes, mirror.crowded, scored.scores, mirror.pixels.view, mirror.group.view)
            if shown is not passes:
                scores = np.where(shown, scores, np.float32(-1.0))
        fits = scores >= cut
        fitting = int(np.count_nonzero(fits))
        best = _best(scores, fits, fitting, query.limit)
        told = reasons(mirror, best, scored.grounds)
        rows = zip(best.tolist(), scores[best].tolist(), fits[best].tolist(), told, strict=True)
        hits = [_hit(mirror.documents[row], score, reason, fit) for row, score, fit, reason in rows]
        return _Found(hits, fitting, cut, len(mirror))

    def _scored(self, query: Query, near: Strengths | None) -> Scored:
        mirror, numbers = self.mirror, self._calibration
        terms = self._terms(query.words)
        grounds = Grounds(
            self._table, terms=terms, colours=tuple(fold(c) for c in (*query.colours, *query.more_colours))
        )
        base = np.ones(len(mirror), np.float32)
        if terms:
            strengths = [term.strengths(mirror) for term in terms]
            base = covered(strengths, [self._weight(term) for term in terms], numbers.whole_words)
            grounds.term_strengths = strengths
        if near is not None and any(term.words or not term.looks for term in terms):
            base = meant(base, near, numbers)
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
            found = [term.strengths(mirror) for term in more]
            grounds.term_strengths += found
            for strengths in found:
                base = raised(base, strengths, numbers.more)
        for colour in query.more_colours:
            base = raised(base, colour_strength(mirror, self._table, fold(colour)), numbers.more)
        for text in query.less_words:
            for term in self._terms(text):
                base = lowered(base, term.strengths(mirror), numbers.less)
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


def _hit(document: bytes, score: float, reason: str, fits: bool) -> bytes:
    told = f'"score":{round(score, 4)!r},"reason":{spelled(reason)},"fits":{"true" if fits else "false"}'
    return b'{"asset":%s,%s}' % (document, told.encode())


def _best(scores: Strengths, fits: NDArray[np.bool_], fitting: int, limit: int) -> NDArray[np.intp]:
    """Rows of the highest scores, best first; equal scores in the order of import; below zero is not shown."""
    rows = np.flatnonzero(fits if fitting >= limit else scores >= 0.0)
    found = scores[rows]
    if limit < len(found):
        place = len(found) - limit
        threshold = np.partition(found, place)[place]
        above, level = np.flatnonzero(found > threshold), np.flatnonzero(found == threshold)
        chosen = np.sort(np.concatenate([above, level[: limit - len(above)]]))
        rows, found = rows[chosen], found[chosen]
    return rows[np.argsort(-found, kind="stable")]
