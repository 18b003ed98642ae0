"""Why an asset matches a word: each piece of evidence names its assets and its strength."""

from array import array
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from platform_service.search.associations import Associations, Look
from platform_service.search.mirror import Mirror
from platform_service.search.postings import FIELDS, Posting
from platform_service.search.spoken import Spoken, spoken
from platform_service.search.tones import tone_strength

Strengths = NDArray[np.float32]
Width = Literal["widely", "closely"]
PREFIX_WEIGHT = 0.8
PREFIX_LENGTH = 3
MISSPELT_WEIGHT = 0.7
CLEAR_SHARE = 0.06
FULL_SHARE = 0.28


@dataclass(frozen=True)
class WordEvidence:
    """Assets that carry a word, the asked one (`near` False) or one that goes with it."""

    surface: str
    posting: Posting
    weight: float
    near: bool = False
    misspelt: bool = False


@dataclass(frozen=True)
class LookEvidence:
    """Assets that show a colour, or colours together, in a tone."""

    colours: tuple[str, ...]
    strengths: Strengths
    tone: str | None = None


@dataclass
class Term:
    """One word or phrase of the query with all that speaks for it."""

    phrase: str
    surface: str
    words: list[WordEvidence] = field(default_factory=list)
    looks: list[LookEvidence] = field(default_factory=list)
    widely: Width = "widely"

    @property
    def known(self) -> bool:
        """Whether the library or the table knows the word at all."""
        return bool(self.words or self.looks)

    def strengths(self, mirror: Mirror) -> Strengths:
        """How strongly each asset matches, 0 to 1; nobody may change it."""
        if not self.looks or self._is_misspelt:
            return self._strengths(mirror)
        return mirror.known.of(("term", self.phrase, self.surface, self.widely), lambda: self._strengths(mirror))

    def strengths_at(self, mirror: Mirror, rows: NDArray[np.intp], places: NDArray[np.int32]) -> Strengths:
        """The strengths of some rows, all that match among them; `places` tells where each of them stands."""
        if self.looks:
            return self.strengths(mirror)[rows]
        said, found = self.spoken(mirror), np.zeros(len(rows), np.float32)
        found[places[said.rows]] = said.strengths
        return found

    def touch(self, mirror: Mirror, touched: NDArray[np.bool_]) -> None:
        """Mark the assets that match at all."""
        touched[self.spoken(mirror).rows] = True
        if self.looks:
            name = ("shown", self.phrase, self.surface, self.widely)
            touched |= mirror.known.of(name, lambda: np.logical_or.reduce([look.strengths > 0 for look in self.looks]))

    def spoken(self, mirror: Mirror) -> Spoken:
        """Where its words stand."""
        said = [(word.posting, word.weight) for word in self.words]
        if self._is_misspelt:
            return spoken(said, len(mirror))
        name = ("spoken", self.phrase, self.surface, self.widely)
        return mirror.known.of(name, lambda: spoken(said, len(mirror)))

    @property
    def nbytes(self) -> int:
        """How much memory it holds, apart from what the library has anyway."""
        return sum(look.strengths.nbytes for look in self.looks)

    @property
    def _is_misspelt(self) -> bool:
        """What the index answered is not the library's own, and may be another thing the next time."""
        return any(word.misspelt for word in self.words)

    def _strengths(self, mirror: Mirror) -> Strengths:
        found = self.spoken(mirror).whole(len(mirror))
        for look in self.looks:
            np.maximum(found, look.strengths, out=found)
        return found


def gather(phrase: str, surface: str, mirror: Mirror, table: Associations, widely: Width = "widely") -> Term:
    """All evidence for a phrase of stems; `closely` leaves out what merely goes with it (used to exclude)."""
    name = ("gathered", phrase, surface, widely)
    made = mirror.known.of(name, lambda: _gathered(phrase, surface, mirror, table, widely))
    return replace(made, words=list(made.words))


def _gathered(phrase: str, surface: str, mirror: Mirror, table: Associations, widely: Width) -> Term:
    term = Term(phrase, surface, widely=widely)
    _direct(term, mirror)
    least = 0.9 if widely == "closely" else 0.0
    association = table.of(phrase)
    if association is not None:
        for other, weight in association.words.items():
            if weight >= least:
                _phrase_evidence(term, other, weight, True, mirror)
        if widely == "widely":
            for look in association.looks:
                strengths = _look(mirror, table, look)
                term.looks.append(LookEvidence(look.colours, strengths, look.tone))
    if surface in table.families:
        term.looks.append(LookEvidence((surface,), colour_strength(mirror, table, surface)))
    return term


def _look(mirror: Mirror, table: Associations, look: Look) -> Strengths:
    strengths = together(mirror, table, look.colours) * np.float32(look.weight)
    return strengths if look.tone is None else strengths * tone_strength(mirror, look.tone)


def spelled_like(rows: list[int]) -> WordEvidence:
    """Evidence of assets with a word that is nearly spelled so; rows ascending."""
    places = bytearray([FIELDS.index("title")]) * len(rows)
    posting = Posting(array("i", rows), array("f", [MISSPELT_WEIGHT] * len(rows)), places)
    return WordEvidence("", posting, 1.0, misspelt=True)


def colour_share(mirror: Mirror, table: Associations, colour: str) -> Strengths:
    """How much of each asset shows what people call that colour."""
    return mirror.known.of(("colour share", colour), lambda: _shared(mirror, table.family(colour)))


def _shared(mirror: Mirror, family: Mapping[str, float]) -> Strengths:
    whole = np.zeros(len(mirror), np.float32)
    for name, weight in family.items():
        whole += mirror.share(name) * np.float32(weight)
    return whole


def colour_strength(mirror: Mirror, table: Associations, colour: str) -> Strengths:
    """Shares as a strength: nothing for a trace, 0.5 where the colour is clear, 1 where it rules."""
    return mirror.known.of(("colour", colour), lambda: _risen(colour_share(mirror, table, colour)))


def _risen(share: Strengths) -> Strengths:
    risen = 0.5 + 0.5 * (share - CLEAR_SHARE) / (FULL_SHARE - CLEAR_SHARE)
    return np.where(share >= CLEAR_SHARE, np.minimum(risen, 1.0), 0.0).astype(np.float32)


def together(mirror: Mirror, table: Associations, colours: tuple[str, ...]) -> Strengths:
    """Strength of colours that must come together, then each by its very name; 1 where none is asked for."""
    if len(colours) == 1:
        return colour_strength(mirror, table, colours[0])
    found = np.ones(len(mirror), np.float32)
    for colour in colours:
        found = np.minimum(found, _strength_of_share(mirror, colour))
    return found


def _strength_of_share(mirror: Mirror, colour: str) -> Strengths:
    return mirror.known.of(("share", colour), lambda: _risen(mirror.share(colour)))


def _direct(term: Term, mirror: Mirror) -> None:
    _phrase_evidence(term, term.phrase, 1.0, False, mirror)
    if term.words or " " in term.phrase or len(term.phrase) < PREFIX_LENGTH:
        return
    for longer in mirror.postings.beginning(term.phrase):  # a word that is still being typed
        _phrase_evidence(term, longer, PREFIX_WEIGHT, False, mirror)


def _phrase_evidence(term: Term, phrase: str, weight: float, near: bool, mirror: Mirror) -> None:
    """Evidence of one stem, or of several that must all be there."""
    parts = phrase.split()
    postings = [mirror.postings.get(part) for part in parts]
    if not postings or any(posting is None for posting in postings):
        return
    surface = " ".join(mirror.postings.surface(part) for part in parts)
    found = [posting for posting in postings if posting is not None]
    posting = found[0] if len(found) == 1 else _joined(found)
    if len(posting):
        term.words.append(WordEvidence(surface, posting, weight, near))


def _joined(postings: list[Posting]) -> Posting:
    """The assets that carry all of the words, as weak as their weakest."""
    rows = np.array(postings[0].rows, np.int32)
    for posting in postings[1:]:
        rows = np.intersect1d(rows, np.array(posting.rows, np.int32), assume_unique=True)
    weights = np.ones(len(rows), np.float32)
    for posting in postings:
        all_rows, all_weights = posting.arrays()
        weights = np.minimum(weights, all_weights[np.searchsorted(all_rows, rows)])
    fields = np.frombuffer(bytes(postings[0].fields), np.uint8)
    kept = fields[np.searchsorted(np.array(postings[0].rows, np.int32), rows)]
    return Posting(array("i", rows.tolist()), array("f", weights.tolist()), bytearray(kept.tobytes()))
