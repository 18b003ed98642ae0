"""What the agent says, as data: one catalogue of messages for each language, with English behind every one of them."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import resources

ENGLISH = "en"


@dataclass(frozen=True)
class Phrases:
    """The messages of one language. A plural is said by `key.one` where the number is one."""

    language: str
    messages: Mapping[str, str]

    def say(self, key: str, **values: object) -> str:
        """The message with its values; numbers with separators for thousands."""
        text = self.messages.get(key) or _messages(ENGLISH)[key]
        return text.format(**{name: f"{v:,}" if isinstance(v, int) else v for name, v in values.items()})

    def counted(self, key: str, number: int, **values: object) -> str:
        """The message in singular or plural: `work` gives "1 work" and "24 works"."""
        single = f"{key}.one"
        return self.say(single if number == 1 and single in _messages(ENGLISH) else key, n=number, **values)

    def works(self, number: int) -> str:
        """ "24 works"."""
        return self.counted("work", number)

    def listed(self, words: Iterable[str], join: str = "and") -> str:
        """ "a, b and c"."""
        parts = list(words)
        if len(parts) < 2:
            return "".join(parts)
        comma, last = self.say("list.comma"), self.say(f"list.{join}")
        return comma.join(parts[:-1]) + last + parts[-1]

    def quoted(self, words: str, most: int = 60) -> str:
        """The words in the language's quotation marks, cut at a sensible length."""
        return self.say("quoted", words=words if len(words) <= most else words[: most - 1].rstrip() + "…")

    def word(self, table: str, word: str) -> str:
        """A plain word of a table ("colour.red"); itself where the language has none."""
        return self.messages.get(f"{table}.{word}") or _messages(ENGLISH).get(f"{table}.{word}", word)


@lru_cache(maxsize=16)
def _messages(language: str) -> Mapping[str, str]:
    folder = resources.folder("phrases")
    files = [folder / f"{language}.json", *sorted(folder.glob(f"*/{language}.json"))]
    found = [json.loads(path.read_text(encoding="utf-8")) for path in files if path.is_file()]
    return {key: text for one in found for key, text in one.items()}


@lru_cache(maxsize=1)
def languages() -> tuple[str, ...]:
    """Those that have a catalogue."""
    return tuple(sorted(path.stem for path in resources.folder("phrases").glob("*.json")))


@lru_cache(maxsize=16)
def phrases(language: str) -> Phrases:
    """What is said in a language; a language without a catalogue speaks English."""
    found = _messages(language)
    return Phrases(language if found else ENGLISH, found or _messages(ENGLISH))
