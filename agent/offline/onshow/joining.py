"""What the clauses of a sentence over a show amounted to so far, and one intent of all of them."""

from dataclasses import dataclass, field, replace
from typing import Any

from agent.intent import Edit, Intent, Targets
from agent.offline.onshow.by_rules import Rules
from agent.offline.onshow.naming import Named, Row
from agent.offline.onshow.neighbours import as_they_hang
from agent.offline.onshow.sequences import ends_of
from scene.layouts.contract import Wishes


@dataclass
class Read:
    """What the clauses of a sentence amounted to so far."""

    row: Row
    intents: list[Intent] = field(default_factory=list)
    ends: list[tuple[str, Named]] = field(default_factory=list)
    told: tuple[str, ...] = ()
    """What was only told; colours of which there is too much stand for themselves."""
    staying: tuple[Targets, ...] = ()
    """What was said to stay as it is."""
    own: bool = False
    """Whether something was only told, or said to stay: what the other rules take for a wish."""
    acted: bool = False
    """Whether a clause was read that the other rules may not read by themselves."""
    by_rules: Rules | None = None

    def copy(self, row: Row) -> "Read":
        """The same so far, to go on with; `row` knows what was named last."""
        return replace(self, row=row, intents=list(self.intents), ends=list(self.ends))


def together(read: Read) -> Intent | None:
    """One intent of all that was read."""
    intents = list(read.intents)
    if read.ends:
        ordered = ends_of(read.ends)
        if ordered is None:
            return None
        changed = any(intent.kind == "edit" for intent in intents)
        intents.append(as_they_hang(ordered, read.row) if changed else ordered)
    if _contradict(intents):
        return None
    whole: Intent | None = None
    for intent in dict.fromkeys(intents):
        whole = intent if whole is None else _joined(whole, intent)
    return None if whole is None or not _puts_right(whole, read) else _beside_what_stays(whole, read)


def _beside_what_stays(intent: Intent, read: Read) -> Intent | None:
    """Other works for all but those that stay: whole walls are kept, single works are left out."""
    if not read.staying or intent.kind not in ("refine", "restyle"):
        return intent
    walls = tuple(one.wall for one in read.staying if one.wall)
    if len(walls) == len(read.staying):
        kept = tuple(dict.fromkeys((*intent.wishes.keep_walls, *walls)))
        return intent.model_copy(update={"wishes": intent.wishes.model_copy(update={"keep_walls": kept})})
    if not intent.again:
        return None  # what bounds a change in another way is read by the other rules
    first, *others = read.staying
    but = first.model_copy(update={"also": (*first.also, *others)})
    rest, other = Targets(everything=True, but=but), Targets(words=intent.query.words) if intent.query.words else None
    return Intent(kind="edit", targets=rest, edits=(Edit(verb="replace", targets=rest, other=other),), confidence=0.9)


def _puts_right(intent: Intent, read: Read) -> bool:
    """Whether of a colour that there is much of, where that was told, there will be less or none."""
    table = read.row.draft.vocabulary.table("colours")
    much = {told for told in read.told if told in table}
    query = intent.query
    lowered = {*query.less_colours, *query.without_colours, *query.less_words, *query.without_words}
    return all(colour in lowered or table[colour] in lowered for colour in much)


_ADDING = frozenset({"less_words", "less_colours", "more_words", "more_colours", "without_words", "without_colours"})


def _each_once(edits: tuple[Edit, ...]) -> tuple[Edit, ...]:
    """ "The first where the last is, and the last where the first is" is one swap."""
    found = list[Edit]()
    for edit in dict.fromkeys(edits):
        turned = edit.model_copy(update={"targets": edit.other, "other": edit.targets}) if edit.other else None
        if edit.verb != "swap" or turned not in found:
            found.append(edit)
    return tuple(found)


def _contradict(intents: list[Intent]) -> bool:
    """ "Bigger and smaller": two clauses say different things of one property."""
    said = [{**intent.wishes.model_dump(exclude_defaults=True), **_looks(intent)} for intent in intents]
    return any(
        one.get(name, value) != value
        for at, other in enumerate(said)
        for name, value in other.items()
        for one in said[:at]
    )


def _looks(intent: Intent) -> dict[str, Any]:
    return {name: value for name in ("theme", "layout", "light") if (value := getattr(intent, name)) is not None}


def _joined(one: Intent, two: Intent) -> Intent:
    if one.then:
        return one.model_copy(update={"then": (*one.then, two)})
    if one.kind == two.kind == "edit":
        return one.model_copy(update={"edits": _each_once((*one.edits, *two.edits))})
    hung = {"refine", "restyle"}
    before, after = (intent.model_dump(exclude_defaults=True) for intent in (one, two))
    free = {"kind", "confidence", "wishes", "keep_works", "query", "understood"}
    queries = [intent.query.model_dump(exclude_defaults=True) for intent in (one, two)]
    clash = any(before[name] != after[name] for name in (before.keys() & after.keys()) - free)
    if one.kind in hung and two.kind in hung and not clash and not queries[0].keys() & queries[1].keys() - _ADDING:
        added = {name: (*queries[0][name], *queries[1][name]) for name in queries[0].keys() & queries[1].keys()}
        parts: dict[str, Any] = {**before, **after, "query": {**queries[0], **queries[1], **added}}
        wishes = Wishes.model_validate({**before.get("wishes", {}), **after.get("wishes", {})})
        kind = "refine" if "refine" in (one.kind, two.kind) else "restyle"
        keeps = all(intent.keep_works or intent.kind == "restyle" for intent in (one, two))
        return Intent.model_validate(parts | {"wishes": wishes, "kind": kind, "keep_works": keeps})
    return one.model_copy(update={"then": (two,)})
