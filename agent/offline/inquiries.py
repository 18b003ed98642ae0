"""A question never changes the scene: in whatever order its words stand, it is answered, or nothing is done."""

import re
from collections.abc import Callable

from agent.intent import Intent
from agent.offline.clauses import any_of
from agent.offline.grammar import grammar_of
from agent.offline.normalise import BOUNDARY, normalised
from agent.offline.unread import is_known, words_of
from agent.vocabulary import Vocabulary

Read = Callable[[str], Intent]

_CHANGING = frozenset({"create", "refine", "restyle", "edit", "select"})
_SETTLED = frozenset({"answer", "explain", "navigate"})
_PERSONS = "i|we|you|they|he|she|it|any|anyone|anybody|some|the|my|our|these|those|there"
_INVERTED = rf"(?:is|are|was|were|does|did|has) (?!not )|(?:do|have|had) (?=(?:{_PERSONS}) )"
_COUNTING = r"how (?:many|much|often|old|long)"
_OPENS = rf"(?:who|whose|whom|{_COUNTING}) |(?:what|when|where|which|why) (?:is|are|was|were|do|does|did|has|have|had) "
_OPENS_MARKED = r"(?:who|whose|whom|what|when|where|which|why|how) "
_WITHIN = rf"(?:^| )(?:{_COUNTING}|who (?:took|shot|made|is|was|did|has)) "
_SUGGESTS = (
    r"(?:what|how) about |what if |why (?:not|do not|does not) |(?:what|how) (?:would|could|might|should) "
    r"|how (?:is|are) (?:it|they|that) (?:if|as) |who (?:on earth )?(?:really )?(?:needs?|wants?|likes?|loves?|cares?|"
    r"asked|would miss|will miss|misses|has to|have to) "
)
_DEMANDS = re.compile(
    r"^what(?:ever)? (?:is|are|was|were) [^?]* (?:should|must|shall|ought to|has to) (?:come|be|hang|go) "
)
"""A clause with "what" that is the subject of a wish: "what was taken last should come first"."""
_POLITE = (
    r"(?:do|would) you (?:think|mind|reckon|happen|fancy)|have you (?:time|a (?:moment|minute))"
    r"|is there (?:a|any|some) (?:way|chance|possibility|hope)|are we allowed|am i allowed"
    r"|(?:are|is) (?:you|we|it|there) (?:able|possible|ok|all right|alright|fine|okay|free)"
    r"|(?:do|have) (?:it|them|that|this|the same) |does it (?:work|look)"
)


def answered(text: str, intent: Intent, vocabulary: Vocabulary, read: Read, *, asks: bool = False) -> Intent:
    """The intent, where the text is no question; else what answers it, and where nothing does, nothing.

    `asks` says that it was a question in another language, whatever became of its first word.
    """
    if (described := _of_one_work(text, vocabulary, read)) is not None:
        return described
    lost = intent.kind == "unclear" and not (intent.missing or intent.alternatives or intent.name)
    if intent.continues or intent.condition is not None or not (intent.kind in _CHANGING or lost):
        return intent
    asked = _questions(text, vocabulary, asks=asks)
    if not asked:
        return intent
    if len(asked) > 1 or intent.then:
        settled = [found for words in reversed(asked) if (found := read(f"{words} ?")).kind in _SETTLED]
        if settled:
            return settled[0]
    counted = _counted(asked[-1], vocabulary, read)
    if counted is not None and (not lost or _is_known(counted, vocabulary)):
        return counted
    return intent if lost else Intent(kind="unclear", confidence=0.2, language=intent.language)


def _questions(text: str, vocabulary: Vocabulary, *, asks: bool = False) -> list[str]:
    """The sentences of a text that only asks; none where anything else is said."""
    before = rf"(?:(?:{any_of(vocabulary.lists.get('before_questions', ()))}) (?:[,:;!] )?)*"
    after = rf"(?:{any_of(vocabulary.lists.get('after_questions', ()))})?"
    if "?" not in text and not re.match(rf"\W*{before}(?:{_INVERTED}|{_OPENS})", text.casefold()):
        return []
    line = normalised(text, vocabulary, grammar_of(vocabulary).spelling).line.strip(f" {BOUNDARY}")
    found = re.findall(r"([^.!?]*\w[^.!?]*)([.!?]*)", line)
    sentences = [(re.sub(rf"^{before}", "", said.strip(" ,:;")), "?" in end) for said, end in found]
    while sentences and re.fullmatch(after, sentences[-1][0]):
        sentences.pop()
    if asks and len(sentences) == 1 and not _is_polite(sentences[0][0], vocabulary):
        return [sentences[0][0]]
    found = [said for said, marked in sentences if is_question(said, vocabulary, marked=marked)]
    told = [said for said, _ in sentences if said not in found]
    ends_with_another = not sentences or sentences[-1][0] in told
    return [] if ends_with_another or any(_commands(said, vocabulary) for said in told) else found


def is_question(sentence: str, vocabulary: Vocabulary, *, marked: bool) -> bool:
    """Whether a sentence of small letters asks: by its first words, or by a question word and its mark."""
    line = f"{sentence} "
    if _is_polite(sentence, vocabulary) or (not marked and _DEMANDS.match(line)):
        return False
    if re.match(_INVERTED, line) or re.match(_OPENS_MARKED if marked else _OPENS, line):
        return True
    return marked and re.search(_WITHIN, line) is not None


def _is_polite(sentence: str, vocabulary: Vocabulary) -> bool:
    """Whether it suggests, or asks politely for something to be done."""
    line = f"{sentence} "
    modal = re.match(r"(?:can|could|would|will|may|might|shall|should|must) ", line)
    suggests = modal or re.match(_SUGGESTS, line) or re.match(_POLITE, line)
    return suggests is not None or _commands(sentence, vocabulary)


def _of_one_work(text: str, vocabulary: Vocabulary, read: Read) -> Intent | None:
    """ "Is number three by Bruno?": what is known of that work is told."""
    if "?" not in text:
        return None
    ordinals = any_of(vocabulary.table("ordinals"))
    one = rf"(?:the (?:{ordinals})(?: (?:one|work|picture|photo|image))?|(?:number|picture|photo|work|image) \d+)"
    line = normalised(text, vocabulary, grammar_of(vocabulary).spelling).line
    said = re.match(rf"\W*(?:is|was|does|did|has) (?P<one>{one}) (?!too |not |a bit |a little )[^.!?]*\?\W*$", line)
    if said is None:
        return None
    found = read(f"what do you know about {said['one']}?")
    return found if found.kind == "answer" and found.about == "described" else None


def _commands(sentence: str, vocabulary: Vocabulary) -> bool:
    """Whether it begins with a verb that asks for something to be done."""
    lists = vocabulary.lists
    verbs = any_of((*lists.get("starters", ()), *lists.get("create", ()), *lists.get("show", ())))
    asking = re.match(rf"{_INVERTED}|{_OPENS_MARKED}", f"{sentence} ")
    return asking is None and re.match(rf"(?:please )?(?:{verbs}) ", f"{sentence} ") is not None


def _counted(question: str, vocabulary: Vocabulary, read: Read) -> Intent | None:
    """How many works there are of what is asked about; of when and where, what is known of that."""
    lists = vocabulary.lists
    numbers = any_of([word for name in ("over", "under", "at_least", "at_most") for word in lists.get(name, ())])
    works = any_of(lists.get("works", ()))
    line = re.sub(rf" (?:(?:in|on|of) )?(?:{numbers}|exactly|only) \d+(?: (?:{works}))?(?= )", " ", f" {question} ")
    small = {*lists.get("question_words", ()), *lists.get("works", ())}
    kept = [word for word in line.split() if word not in small and word.isalnum()]
    if not kept:
        return None
    rest = _between(line.split(), kept)
    for asked in _forms(question, rest):
        found = read(asked)
        if found.kind == "answer":
            return found
    return None


def _between(words: list[str], kept: list[str]) -> str:
    """The words that matter, with the small words that stand before a name: "by bruno in 2012"."""
    led = {"by", "from", "in", "and", "without", "of", "'s"}
    out = [word for at, word in enumerate(words) if word in kept or (word in led and words[at + 1 : at + 2] and
                                                                     words[at + 1] in kept)]  # fmt: skip
    return " ".join(out)


def _forms(question: str, rest: str) -> list[str]:
    joint = "" if rest.split()[0] in ("by", "from", "in", "of", "without") else "of "
    works = f"pictures {joint}{rest}"
    if question.startswith(("when ", "since when ", "from when ")):
        return [f"when were the {works} taken?", f"how many {works}?"]
    if question.startswith("who ") and re.search(r" (?:took|taken?|shot|shoot|made|photograph\w*)(?= |$)", question):
        return [f"who took the {works}?", f"how many {works}?"]
    if question.startswith("where "):
        return [f"where were the {works} taken?", f"how many {works}?"]
    return [f"how many {works}?"]


def _is_known(intent: Intent, vocabulary: Vocabulary) -> bool:
    """Whether the library speaks of what is counted, or it is counted by more than words."""
    query = intent.query
    if not query.words:
        return query.model_dump(exclude_defaults=True).keys() - {"limit"} != set()
    return any(is_known(word, vocabulary.library_words) for word in words_of(query.words))
