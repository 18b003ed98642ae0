"""Single clauses of a sentence over a show that the other rules read, every word of them."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from agent.intent import Intent, Targets
from agent.offline.accounts import unaccounted
from agent.offline.onshow.naming import Row
from agent.ports.library import Query
from scene.layouts.contract import Wishes

ByRules = Callable[[str], Intent]
_MOST_READ = 8
_POINTER = re.compile(r"\b(?:it|them|that one|this one|those|these|they)\b")
_CHANGES = frozenset({"edit", "refine", "restyle"})


@dataclass
class Rules:
    """The other rules, for single clauses of a sentence that they do not read as a whole."""

    read: ByRules
    whole: str
    known: dict[str, Intent] = field(default_factory=dict)

    def wish(self, clause: str, row: Row) -> Intent | None:
        """What a clause asks for, where the rules read every word of it as a change of the show."""
        if clause == self.whole:
            return None
        wish = self._wished(clause, row)
        points = row.before is not None and _POINTER.search(clause) is not None
        if wish is None or (points and wish.kind != "edit" and not wish.relations):
            return None  # "shrink it", of a work that was named: none of the whole show
        return wish

    def read_all(self, row: Row) -> bool:
        """Whether the rules read every word of the whole as a change."""
        intent = self.known.setdefault(self.whole, self.read(self.whole))
        settled = not (intent.missing or intent.alternatives or intent.ignored) and intent.condition is None
        asked = intent.kind in _CHANGES | {"undo", "navigate", "select"} and settled
        return asked and not unaccounted(self.whole, intent, row.draft.vocabulary, row.draft.context)

    def _wished(self, clause: str, row: Row) -> Intent | None:
        if clause not in self.known and len(self.known) >= _MOST_READ:
            return None
        if clause not in self.known:
            self.known[clause] = self.read(clause)
        intent = _pointed(_as_change(self.known[clause], row), row)
        asks = intent.missing or intent.alternatives or intent.condition is not None or intent.ignored
        if intent.kind not in _CHANGES or asks or intent.then:
            return None
        lost = unaccounted(clause, self.known[clause], row.draft.vocabulary, row.draft.context)
        return None if lost else intent


def _pointed(intent: Intent, row: Row) -> Intent:
    """The works that the sentence named before, in place of "it"."""
    if row.before is None:
        return intent
    it = Targets(selection=True)
    edits = tuple(e.model_copy(update={"targets": row.before}) if e.targets == it else e for e in intent.edits)
    wished = (one.model_copy(update={"targets": row.before}) if one.targets == it else one for one in intent.relations)
    there = {"targets": row.before} if intent.targets == it else {}
    return intent.model_copy(update={"edits": edits, "relations": tuple(wished), **there})


def _as_change(intent: Intent, row: Row) -> Intent:
    """ "Give me a museum", beside something else that is said of the show: its look changes, its works stay."""
    hanging = Wishes() not in (intent.wishes, intent.wishes.model_copy(update={"count": None}))
    if intent.kind == "create" and intent.query == Query() and not (intent.theme or intent.layout or intent.pick):
        change = hanging and intent.wishes.count is None and not intent.subject
        return intent.model_copy(update={"kind": "refine", "keep_works": True}) if change else intent
    theme = row.draft.vocabulary.theme(intent.theme or "")
    if intent.kind != "create" or theme is None or intent.wishes != Wishes() or intent.layout or intent.relations:
        return intent
    plain = intent.query.model_copy(update={"words": ""}) == Query()
    own = {*theme.subject.split(), *theme.words, *(word for name in theme.names for word in name.split())}
    if not plain or not {*intent.query.words.casefold().split()} <= own:
        return intent
    return Intent(kind="restyle", theme=intent.theme, light=intent.light, understood=intent.understood)
