"""What has been read of a request so far: the line of tokens that shrinks, and the parts of the intent that grow."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from agent.intent import Edit, Targets, WishedRelation
from agent.offline.grammar import grammar_of
from agent.offline.normalise import BOUNDARY, CREATOR, HARD_SPACE, OWNS
from agent.ports.context import TurnContext
from agent.vocabulary import Vocabulary

_SEPARATORS = re.compile(rf"(?<![^ ])[,;.!?:{BOUNDARY}](?= )")
_NARROWING = frozenset({"filter", "tone", "colours", "count"})
"""Groups whose clauses may begin with "only"."""
_TIMES_A_RULE = 6

Said = Mapping[str, str]
"""The slots of a pattern as they were found, without surrounding space."""


@dataclass
class Draft:
    """The state of one reading; meanings write into it."""

    vocabulary: Vocabulary
    context: TurnContext
    line: str
    """What has not been read yet, between boundaries."""
    typed: Mapping[str, str] = field(default_factory=dict)
    raw: str = ""
    """The request as it was typed."""
    query: dict[str, Any] = field(default_factory=dict)
    wishes: dict[str, Any] = field(default_factory=dict)
    targets: dict[str, Any] = field(default_factory=dict)
    fields: dict[str, Any] = field(default_factory=dict)
    """Further fields of the intent: theme, layout, light, quality, name ..."""
    edits: list[Edit] = field(default_factory=list)
    edits_at: list[int] = field(default_factory=list)
    """Where each edit was said."""
    relations: list[WishedRelation] = field(default_factory=list)
    marks: set[str] = field(default_factory=set)
    """What kinds of clause were seen: "create", "it", "less", "undo" ..."""
    used: list[str] = field(default_factory=list)
    unsupported: list[str] = field(default_factory=list)
    said: str = ""
    """The request as it was said, token by token, before any of it was put in another order."""
    put_otherwise: tuple[str, ...] = ()
    """Words of the request in whose place others were put; they are read."""
    whole: str = ""
    """The line before anything was read."""
    before: str = ""
    after: str = ""
    """The line on both sides of the pattern that is being read."""

    def matched(self) -> str:
        """The words of the pattern that is being read, between spaces."""
        return f" {self.line[len(self.before) : len(self.line) - len(self.after)].strip()} "

    def said_any(self, list_name: str) -> bool:
        """Whether the clause that is being read has a word of that list."""
        return any(f" {word} " in self.matched() for word in self.vocabulary.lists.get(list_name, ()))

    def place_of(self, words: str) -> int:
        """Where the words were said last; later clauses win."""
        return self.whole.rfind(f" {words} ")

    def add_edits(self, edits: Sequence[Edit]) -> None:
        """Add edits in the order in which they were said, which is not the order of the rules."""
        at = self.whole.find(self.matched().strip())
        index = sum(place <= at for place in self.edits_at)
        self.edits[index:index] = edits
        self.edits_at[index:index] = [at] * len(edits)

    def add(self, part: str, *values: str) -> None:
        """Add to a tuple of the query, without repeating."""
        self.query[part] = tuple(dict.fromkeys((*self.query.get(part, ()), *values)))

    def __post_init__(self) -> None:
        self.whole = self.whole or self.line

    def stop_words(self) -> frozenset[str]:
        """Words that mean nothing at the edge of a phrase."""
        return frozenset(self.vocabulary.lists.get("stop", ()))

    def segments(self) -> list[str]:
        """What has not been used up, phrase by phrase, as it was typed and without the words around it."""
        found = (self.trimmed(part) for part in _SEPARATORS.split(self.line))
        return [part for part in found if part]

    def trimmed(self, words: str) -> str:
        """The phrase without meaningless words at either end, spelled as it was typed."""
        stop = self.stop_words()
        tokens = words.split()
        while tokens and tokens[0] in stop:
            tokens.pop(0)
        while tokens and tokens[-1] in stop:
            tokens.pop()
        lists = self.vocabulary.lists
        if {*tokens} <= {*stop, *lists.get("works", ()), *lists.get("unsearchable", ())}:
            return ""
        tokens = [token for token in tokens if token != OWNS]
        return self.plain(" ".join(self.typed.get(token, token) for token in tokens))

    def plain(self, words: str) -> str:
        """Words of the line without the marks that the reading puts in."""
        words = re.sub(rf" {OWNS}(?= |$)", OWNS, words)
        return words.replace(HARD_SPACE, " ").replace(CREATOR, "").strip()

    def as_typed(self, words: str) -> str:
        """The words with the capitals that they were typed with."""
        words = words.replace(HARD_SPACE, " ").replace(CREATOR, "").strip()
        at = self.raw.casefold().find(words)
        return self.raw[at : at + len(words)] if at >= 0 and len(self.raw) == len(self.raw.casefold()) else words

    def sub(self, words: str) -> "Draft":
        """A fresh draft over a part of the request."""
        line = f"{BOUNDARY} {words.strip()} {BOUNDARY} "
        return Draft(self.vocabulary, self.context, line, self.typed, self.raw)


Meaning = Callable[[Draft, Said], bool | None]
"""Writes what a pattern means into the draft. False: it does not apply here; the words stay unread."""

Meanings = Mapping[str, Meaning]


def read(draft: Draft, group: str, meanings: Meanings) -> None:
    """Read every clause of one group out of the line."""
    for reading in grammar_of(draft.vocabulary).groups.get(group, ()):
        position, meaning = 0, meanings[reading.means]
        for _ in range(_TIMES_A_RULE):
            match = reading.pattern.search(draft.line, position)
            if match is None:
                break
            position = match.start() + 1
            if match.end() == match.start():
                continue
            draft.before, draft.after = draft.line[: match.start()], draft.line[match.end() :]
            said = {name: value.strip() for name, value in match.groupdict().items() if value is not None}
            only = group in _NARROWING and draft.matched().split()[0] in draft.vocabulary.lists.get("only", ())
            if meaning(draft, said) is not False:
                draft.marks |= {"only_count" if group == "count" else "only"} if only else set()
                draft.used.append(draft.plain(match[0]))
                draft.line = f"{draft.before}{BOUNDARY} {draft.after}"


def split_list(draft: Draft, words: str) -> list[str]:
    """The words between "and", "or" and commas."""
    joins = "|".join(re.escape(join) for join in draft.vocabulary.lists.get("joins", ()))
    return [part.strip() for part in re.split(rf"(?:^| )(?:{joins})(?= |$)|,", words) if part.strip()]


def targets_of(draft: Draft) -> Targets | None:
    """The targets as far as they were read."""
    query = draft.query or None
    return Targets.model_validate(draft.targets | {"query": query}) if draft.targets or query else None
