"""What is done to works on show, however it is put: a word of the deed anywhere, and what is left names the works."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from agent.intent import Targets
from agent.offline.clauses import any_of
from agent.offline.draft import Draft, Meanings
from agent.offline.grammar import grammar_of
from agent.offline.normalise import BOUNDARY
from agent.offline.targets import targets_in
from agent.vocabulary import Vocabulary

_MOST_WORDS = 18
_ENDS = frozenset(f",;.!?:{BOUNDARY}")


@dataclass(frozen=True)
class Deed:
    """A meaning, the words of which one of each group must be said, those that bar it, and the slot of its works."""

    means: str
    groups: tuple[frozenset[str], ...]
    barred: frozenset[str]
    slot: str

    def said_in(self, tokens: frozenset[str]) -> frozenset[str]:
        """The words that tell it; empty when a group is missing."""
        if self.barred & tokens or not all(group & tokens for group in self.groups):
            return frozenset()
        return frozenset().union(*(group & tokens for group in self.groups))


def read_deed(draft: Draft, meanings: Meanings) -> bool:
    """Read the line as a deed on works that it names plainly; whether it is one."""
    if not draft.context.scene.placements:
        return False
    line, amounts = _amounts(draft)
    tokens = [token for token in line.split() if token not in _ENDS]
    if not 1 < len(tokens) <= _MOST_WORDS:
        return False
    said = frozenset(tokens)
    found = [(deed, deed.said_in(said)) for deed in _deeds(draft.vocabulary.base or draft.vocabulary)]
    for deed, words in sorted(found, key=lambda pair: -len(pair[1])):
        named = _named(tokens, words, draft) if words else None
        if named is None:
            continue
        draft.before = draft.after = ""
        parts = {**amounts, **_slots(deed, named, draft)}
        if parts.keys() >= {deed.slot} and meanings[deed.means](draft, parts) is not False:
            draft.used.append(" ".join(tokens))
            draft.line = f"{BOUNDARY} "
            return True
    return False


def _amounts(draft: Draft) -> tuple[str, dict[str, str]]:
    """The line without a length or a factor, and those."""
    grammar, line, found = grammar_of(draft.vocabulary), draft.line, dict[str, str]()
    for slot in ("length", "factor"):
        pattern = rf"(?<= )(?:(?:by|about|around|some|at|to|say) )*(?P<amount>{grammar.slots[slot]}) (?=\S|$)"
        match = re.search(pattern, line)
        if match is not None and slot not in found:
            found[slot] = match["amount"]
            line = f"{line[: match.start()]}{line[match.end() :]}"
    return line, found


def _named(tokens: list[str], words: frozenset[str], draft: Draft) -> str | None:
    """The phrase that names works, once the deed and the words around it are gone; None where it names none."""
    lists = draft.vocabulary.lists
    empty = {*lists.get("deed_words", ()), *lists.get("degrees", ())} - draft.vocabulary.library_words
    left = [token for token in tokens if token not in words and token not in empty]
    edges = {*lists.get("deed_edges", ()), *lists.get("joins", ())}
    while left and left[-1] in edges:
        left.pop()
    while left and left[0] in edges:
        left.pop(0)
    phrase = " ".join(left)
    parts = re.split(rf" (?:{any_of((*lists.get('joins', ()), 'with', 'where'))}) (?:the )?", phrase) if phrase else []
    return phrase if parts and all(_is_plain(part, draft) for part in parts) else None


def _is_plain(phrase: str, draft: Draft) -> bool:
    """Whether the phrase names works by place, number, size, filter, or by words that a work on show has."""
    targets = targets_in(draft, phrase)
    if targets is None or targets in (Targets(selection=True), Targets()):
        return False
    if not targets.words:
        return True
    titles = " ".join(f"{work.title} {work.group}".casefold() for work in draft.context.scene.placements)
    known = draft.vocabulary.library_words
    return all(
        word in draft.stop_words() or word.removesuffix("s") in titles or {word, word.removesuffix("s")} & known
        for word in targets.words.casefold().split()
    )


def _slots(deed: Deed, phrase: str, draft: Draft) -> dict[str, str]:
    """The works, and for a swap the other one."""
    if deed.means != "swap":
        return {deed.slot: phrase}
    joins = any_of((*draft.vocabulary.lists.get("joins", ()), "with", "for", "where"))
    parts = [part.removeprefix("the ").strip() for part in re.split(rf" (?:{joins}) ", phrase)]
    if len(parts) == 2 and all(parts):
        return {"target": f"the {parts[0]}", "other": f"the {parts[1]}"}
    return {"target": phrase}


@lru_cache(maxsize=8)
def _deeds(vocabulary: Vocabulary) -> tuple[Deed, ...]:
    table: Mapping[str, str] = vocabulary.table("deeds")
    return tuple(_deed(name, text) for name, text in table.items())


def _deed(name: str, text: str) -> Deed:
    """From "first|lead & row|show ! last": groups joined by &, what is barred after !; "relation_first thing"."""
    needed, _, barred = text.partition("!")
    groups = tuple(frozenset(group.strip().split("|")) for group in needed.split("&"))
    means = name.split(" ")[0]
    slot = "thing" if means.startswith("relation") or means == "hero" else "target"
    return Deed(means, groups, frozenset(barred.strip().split("|")) - {""}, slot)
