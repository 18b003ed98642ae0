"""What is asked over a show, however it is put: learnt from ways to say it in which what is pointed at is masked."""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

import resources
from agent.offline.meanings import MeaningTable, meaning_table
from agent.offline.mentions import Mention, as_works, masked, mentions
from agent.ports.context import TurnContext
from agent.vocabulary import Vocabulary

Rows = NDArray[np.float32]
_SLOT = re.compile(r"\{(\w+)\}")
_LEAST = 0.3
"""The least share of all likelihood, and of that of the acts which what is pointed at would fill."""
_LEAST_OF_FITTING = 0.5
_LEAST_TALK = 0.4
_MOST = 2
_TALK = "talk"


@dataclass(frozen=True)
class Act:
    """One act, in words that the rules read, with slots for what it is done to; without words it asks for nothing."""

    name: str
    says: str
    phrases: tuple[str, ...]
    beside: tuple[str, ...] = ()
    """What is pointed at in vain: "the third, not the second"."""

    @property
    def slots(self) -> tuple[str, ...]:
        """What must be pointed at."""
        return (*_SLOT.findall(self.says), *self.beside)

    def filled(self, found: Sequence[Mention]) -> str:
        """The act done to what was pointed at; empty where that does not fill its slots, or is too much for them."""
        left, values = list(found), dict[str, str]()
        for slot in self.slots:
            wanted = "works" if slot == "other" else slot
            place = next((one for one in left if one.kind == wanted), None)
            if place is None and wanted == "works":
                place = next((one for one in left if one.kind in ("number", "subject")), None)
            if place is None:
                return ""
            left.remove(place)
            values[slot] = _as_works(place) if wanted == "works" else place.says
        if "other" in values and values.get("works") == values["other"]:
            return ""
        pointing = all(one.kind == "works" and one.says.casefold() in _POINTERS for one in left)
        return self.says.format(**values) if pointing else ""


_POINTERS = ("that one", "this one", "them", "they", "it", "its", "their", "those", "these")


def _as_works(mention: Mention) -> str:
    if mention.kind == "number":
        return f"number {mention.says}"
    if mention.says.casefold() in ("its", "their", "they"):
        return "it" if mention.says.casefold() == "its" else "them"
    return f"the {mention.says} pictures" if mention.kind == "subject" else mention.says


@dataclass(frozen=True)
class ActTable:
    """All acts of one language, and the words that stand in for what is pointed at."""

    acts: tuple[Act, ...]
    stand_in: Mapping[str, str]

    def names_beside(self, others: MeaningTable) -> list[str]:
        """The names of all acts, and of the meanings without slots that a text may have instead."""
        own = [act.name for act in self.acts]
        return [*own, *(f"other {name}" for name in others.names if name not in own)]

    def digest_beside(self, others: MeaningTable) -> str:
        """Changes with any phrase: what was learnt from other tables does not hold for these."""
        told = others.digest + json.dumps(
            [[act.name, act.says, act.phrases] for act in self.acts] + [sorted(self.stand_in.items())]
        )
        return hashlib.sha256(told.encode()).hexdigest()

    def examples(self) -> Iterator[tuple[str, str]]:
        """Every way to say each act, masked, with its name."""
        for act in self.acts:
            for phrase in (act.says, *act.phrases) if act.says else act.phrases:
                said = re.sub(rf"\b(?:{'|'.join(_POINTERS)})\b", "{works}", phrase)
                yield said.format(**self.stand_in), act.name


@dataclass(frozen=True)
class Masked:
    """A text with stand-ins for what it points at."""

    text: str
    found: tuple[Mention, ...]


@dataclass(frozen=True)
class LearntActs:
    """One linear layer over the vectors of one model."""

    model: str
    weights: Rows
    table: ActTable

    def masked(self, text: str, vocabulary: Vocabulary, context: TurnContext) -> list[Masked]:
        """The text as it is compared, and what it points at; once more where its numbers and things may be works."""
        found = mentions(text, vocabulary, context)
        ways = dict.fromkeys((found, as_works(found, text, context)))
        return [Masked(masked(text, way, self.table.stand_in), way) for way in ways]

    def is_talk(self, row: Rows) -> bool:
        """Whether a text only tells something, and asks for nothing."""
        share = self._shares(row)
        at = next(place for place, act in enumerate(self.table.acts) if act.name == _TALK)
        return share[at] >= _LEAST_TALK and share[at] == max(share)

    def _shares(self, row: Rows) -> list[float]:
        scores = row @ self.weights[:-1] + self.weights[-1]
        raised = np.exp(scores - scores.max())
        found: list[float] = (raised / raised.sum()).tolist()
        return found

    def readings(self, rows: Rows, said: Sequence[Masked]) -> list[str]:
        """What the text may mean in words that the rules read, the likeliest first; none where nothing is clear."""
        good = [one for row, way in zip(rows, said, strict=True) for one in self._likely(row, way.found)]
        return list(dict.fromkeys(words for _, words in sorted(good, reverse=True) if words))[:_MOST]

    def _likely(self, row: Rows, found: Sequence[Mention]) -> list[tuple[float, str]]:
        share = self._shares(row)
        each = [(likely, act, act.filled(found)) for act, likely in zip(self.table.acts, share, strict=False)]
        fitting = [(likely, said) for likely, act, said in each if said or not act.says]
        every = sum(likely for likely, _ in fitting) + sum(share[len(each) :])
        return [(a, said) for a, said in fitting if a >= _LEAST and a / every >= _LEAST_OF_FITTING]


@lru_cache(maxsize=4)
def act_table(language: str = "en") -> ActTable:
    """The table of a language that the house has; raises FileNotFoundError for another."""
    plain: Mapping[str, Any] = json.loads((resources.folder("meanings") / f"acts_{language}.json").read_text("utf-8"))
    acts = tuple(
        Act(one["name"], one["says"], tuple(one["phrases"]), tuple(one.get("beside", ()))) for one in plain["acts"]
    )
    return ActTable(acts, plain["stand_in"])


def acts_file(language: str = "en") -> Path:
    """What was learnt from the table; `platform_service.embedding.teach` writes it."""
    return resources.folder("meanings") / f"acts_{language}.npz"


@lru_cache(maxsize=4)
def learnt_acts(language: str = "en") -> LearntActs | None:
    """What was learnt from the table as it is; None where the weights are of another table, or there are none."""
    try:
        table = act_table(language)
        with np.load(acts_file(language), allow_pickle=False) as kept:
            if str(kept["digest"]) != table.digest_beside(meaning_table(language)):
                return None
            return LearntActs(str(kept["model"]), np.asarray(kept["weights"], np.float32), table)
    except OSError:
        return None
