"""What a question is about, named before it: "the Kyoto series, with what camera was that shot?"."""

import re
from functools import lru_cache

from agent.offline.clauses import any_of
from agent.offline.normalise import BOUNDARY, CREATOR
from agent.vocabulary import Vocabulary

_MOST_WORDS = 6
_ENDS = f",;.!?:{BOUNDARY}"


def with_topic(line: str, vocabulary: Vocabulary) -> str:
    """The line with what was named first in place of the pronoun of the question; as it was where nothing was."""
    source = vocabulary.base or vocabulary
    found = _fronted(source).search(line)
    if found is None or not _names_works(found["topic"], source, vocabulary):
        return line
    topic = found["topic"].strip()
    topic = topic if topic.split()[0] in source.lists.get("this", ()) else f"the {topic}"
    asked, replaced = re.subn(rf"(?<= )(?:{_POINTERS})(?= )", topic, f" {found['question']}", count=1)
    return f"{line[: found.start()]}{asked.strip()} {line[found.end() :]}" if replaced else line


_POINTERS = "that|it|they|those|them|these|this"


def _names_works(topic: str, source: Vocabulary, vocabulary: Vocabulary) -> bool:
    """Whether it names something of the library, and asks for nothing."""
    words = topic.split()
    asks = {word for name in ("create", "show", "starters", "asking") for said in source.lists.get(name, ())
            for word in said.split()[:1]}  # fmt: skip
    known = vocabulary.library_words
    named = any(CREATOR in word or {word, word.removesuffix("s"), f"{word}s"} & known for word in words)
    return named and len(words) <= _MOST_WORDS and not asks & set(words[:1])


@lru_cache(maxsize=8)
def _fronted(source: Vocabulary) -> re.Pattern[str]:
    """A clause, a mark, and a question that may begin with a preposition."""
    before = "with|in|on|by|from|of|at|for|and|so"
    asking = any_of(("what", "which", "who", "whose", "where", "when", "how old", "how big", "how large", "is", "are"))
    return re.compile(
        rf"(?<=^{BOUNDARY} )(?P<topic>(?:[^ {_ENDS}]+ )+)[,:;] (?P<question>(?:(?:{before}) )?(?:{asking}) "
        rf"[^{_ENDS}]+)(?=[?.!{BOUNDARY}] )"
    )
