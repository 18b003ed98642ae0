"""What a phrase over a show points at: works by place, number, title or look, subjects, numbers and lengths."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from agent.offline.clauses import any_of
from agent.ports.context import TurnContext
from agent.vocabulary import Vocabulary

Kind = Literal["works", "subject", "number", "length"]
_OTHER_THINGS = "look|version|time|theme|room|hall|wall|try|step|idea|day|year|row|choice|layout|light|place|one for"
"""What an ordinal may stand before that is no work."""
_NO_SUBJECTS = ("works", "stop", "rooms", "decor", "hung", "starters", "keeps")
_END = r"(?![\w'’-])"
_START = r"(?<![\w'’-])"


@dataclass(frozen=True)
class Mention:
    """Where it stands in the text, what kind of thing it is, and how the rules call it."""

    start: int
    end: int
    kind: Kind
    says: str


def mentions(text: str, vocabulary: Vocabulary, context: TurnContext) -> tuple[Mention, ...]:
    """All of them in the order in which they stand; the longest first where two overlap."""
    found = [*_titled(text, context), *_placed(text, vocabulary), *_plain(text, vocabulary)]
    taken = list[Mention]()
    for one in sorted(found, key=lambda mention: mention.start - mention.end):
        if not any(one.start < other.end and other.start < one.end for other in taken):
            taken.append(one)
    return tuple(sorted(taken, key=lambda mention: mention.start))


def as_works(found: tuple[Mention, ...], text: str, context: TurnContext) -> tuple[Mention, ...]:
    """Numbers taken for works by their place, "a rose" for the work that shows one: "2 and 7 trade places"."""
    hanging = len(context.scene.placements)

    def taken(one: Mention) -> Mention:
        if one.kind == "number" and one.says.isdecimal() and 0 < int(one.says) <= hanging:
            return Mention(one.start, one.end, "works", f"number {one.says}")
        article = re.search(r"(?:^|(?<=\s))an? $", text[: one.start]) if one.kind == "subject" else None
        if article is not None:
            return Mention(article.start(), one.end, "works", f"a {one.says}")
        return one

    return tuple(map(taken, found))


def masked(text: str, found: tuple[Mention, ...], stand_in: Mapping[str, str]) -> str:
    """The text with common words in place of what it points at, so that only what is asked for is left."""
    parts, at, works = list[str](), 0, 0
    for mention in found:
        works += mention.kind == "works"
        name = "other" if mention.kind == "works" and works > 1 else mention.kind
        parts += [text[at : mention.start], stand_in[name]]
        at = mention.end
    return "".join((*parts, text[at:]))


def by_number(text: str, context: TurnContext) -> str:
    """The text with "number 7" in place of a title that ends in a number, which says how many to nobody."""
    named = [*_titled(text, context)] if any(letter.isdecimal() for letter in text) else []
    for found in sorted(named, key=lambda mention: -mention.start):
        if text[found.end - 1].isdecimal():
            text = f"{text[: found.start]}{found.says}{text[found.end :]}"
    return text


def _titled(text: str, context: TurnContext) -> Iterator[Mention]:
    """A work on show that is called by its whole title."""
    line = text.casefold()
    titles = [work.title.casefold() for work in context.scene.placements]
    for number, title in enumerate(titles, start=1):
        if len(title) > 3 and titles.count(title) == 1:
            for at in re.finditer(rf"{_START}(?:the )?{re.escape(title)}{_END}", line):
                yield Mention(at.start(), at.end(), "works", f"number {number}")


def _placed(text: str, vocabulary: Vocabulary) -> Iterator[Mention]:
    """ "The two on the left", "the very last one", "number seven", "the biggest", "them"."""
    patterns = _patterns(vocabulary.base or vocabulary)
    numbers = vocabulary.table("numbers")
    for at in patterns.side.finditer(text):
        many = str(numbers.get(at["number"].casefold(), at["number"]))
        end = "first" if at["side"].casefold() in _FIRST_SIDES else "last"
        yield Mention(at.start(), at.end(), "works", f"the {end} {many}")
    for pattern in (patterns.ordinal, patterns.numbered, patterns.extreme, patterns.pointer):
        yield from (Mention(at.start(), at.end(), "works", at[0]) for at in pattern.finditer(text))


_FIRST_SIDES = frozenset({"left", "start", "beginning", "front", "entrance", "door", "head"})


def _plain(text: str, vocabulary: Vocabulary) -> Iterator[Mention]:
    """Runs of words that the library knows, names of creators, numbers and lengths."""
    patterns = _patterns(vocabulary.base or vocabulary)
    yield from (Mention(at.start(), at.end(), "length", at[0]) for at in patterns.length.finditer(text))
    for at in patterns.year.finditer(text):
        works = "everything" if at["all"] else ""
        yield Mention(at.start(), at.end(), "works" if works else "subject", f"{works} from {at['year']}".strip())
    numbers = vocabulary.table("numbers")
    for at in patterns.number.finditer(text):
        yield Mention(at.start(), at.end(), "number", str(numbers.get(at[0].casefold(), at[0])))
    run: list[re.Match[str]] = []
    words: list[re.Match[str] | None] = [*re.finditer(r"[^\W\d_]+(?:['’]s)?", text), None]
    for word in words:
        named = word is not None and _is_subject(word[0], vocabulary)
        if word is not None and named and (not run or text[run[-1].end() : word.start()] == " "):
            run.append(word)
            continue
        if run:
            yield _subject(text, run, vocabulary)
        run = [word] if word is not None and named else []


def _subject(text: str, run: list[re.Match[str]], vocabulary: Vocabulary) -> Mention:
    """ "Tram" is a subject, "the tram pictures" and "the trams" are works on show."""
    start, end = run[0].start(), run[-1].end()
    works = any_of((*vocabulary.lists.get("works", ()), *vocabulary.lists.get("ones", ())))
    before = re.search(rf"{_START}(?:all )?(?:the|those|these) $", text[:start], re.IGNORECASE)
    after = re.match(rf" (?:{works}){_END}", text[end:], re.IGNORECASE)
    if before is not None and (after is not None or text[end - 1 : end] == "s"):
        start, end = before.start(), end + (after.end() if after else 0)
        return Mention(start, end, "works", text[start:end])
    return Mention(start, end, "subject", text[start:end])


def _is_subject(word: str, vocabulary: Vocabulary) -> bool:
    word = re.sub(r"['’]s$", "", word.casefold())
    if any(word in vocabulary.lists.get(name, ()) for name in _NO_SUBJECTS):
        return False
    forms = {word, word.removesuffix("s"), word.removesuffix("es"), f"{word}s"}
    if word.endswith("ies"):
        forms.add(f"{word[:-3]}y")
    looks = word in vocabulary.table("colours") or word in vocabulary.table("orientations")
    return looks or bool(forms & vocabulary.library_words) or word in vocabulary.creator_words


@dataclass(frozen=True)
class _Patterns:
    side: re.Pattern[str]
    ordinal: re.Pattern[str]
    numbered: re.Pattern[str]
    extreme: re.Pattern[str]
    pointer: re.Pattern[str]
    length: re.Pattern[str]
    number: re.Pattern[str]
    year: re.Pattern[str]


@lru_cache(maxsize=8)
def _patterns(vocabulary: Vocabulary) -> _Patterns:
    lists = vocabulary.lists
    words = [word for word in vocabulary.table("numbers") if word not in ("a", "an", "one", "no", "zero")]
    number = rf"(?:\d+|{any_of(words)})"
    ordinal = rf"(?:{any_of(vocabulary.table('ordinals'))}|\d+(?:st|nd|rd|th))"
    works = rf"(?:{any_of((*lists.get('works', ()), *lists.get('ones', ())))})"
    one = rf"(?<!\ba )(?:the )?(?:very )?{ordinal}(?: {number})?(?: {works})?"
    ends = "left|right|start|beginning|front|end|back|entrance|door|head"

    def found(pattern: str) -> re.Pattern[str]:
        return re.compile(rf"{_START}{pattern}{_END}", re.IGNORECASE)

    side = rf"(?:far |very |extreme )?(?P<side>{ends})(?: hand)?(?: side)?"
    hanging = r"(?:that hang |hanging )?(?:on|at|to|by|near|nearest) (?:the )?"
    every = rf"(?:everything|all|(?:all )?the {works}|all {works})"
    pointers = "them|they|it|its|their|those|these|that one|this one|both of them|these ones|those ones|him|her"
    length = rf"(?:\d+(?:\.\d+)?|half a|a|one and a half|{any_of(words)})"
    joint = r"(?:,| and|, and) "
    return _Patterns(
        side=found(rf"(?:the )?(?P<number>{number}) (?:{works} )?{hanging}{side}"),
        ordinal=found(rf"{one}(?:(?:,| and|, and) (?:the )?{ordinal}(?: {works})?)*(?! (?:{_OTHER_THINGS}){_END})"),
        numbered=found(
            rf"(?:numbers?|no\.?|pictures?|photos?|works?|images?) {number}(?:{joint}(?:number )?{number})*"
        ),
        extreme=found(
            rf"(?:the|that) (?:{any_of(vocabulary.table('extremes'))})(?: {number})?(?: {works})?(?<! ones)"
            r"(?! (?:ones|thing|of all|possible|should|must|ought|shall)\b)"
        ),
        pointer=found(rf"(?:{pointers})"),
        length=found(rf"{length} ?(?:{any_of(vocabulary.table('units'))})"),
        number=found(number),
        year=found(rf"(?:(?P<all>{every}) )?(?:(?:from|of|in) )?(?P<year>(?:18|19|20)\d\d)"),
    )
