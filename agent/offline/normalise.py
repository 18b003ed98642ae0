"""A request as typed -> one line of lower-case tokens, numbers in digits, slips in known words put right."""

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from agent.vocabulary import Vocabulary

MAX_CHARACTERS = 4_000
"""More of a request than this is not read."""
MAX_TOKENS = 400
_MOST_CORRECTED = 60
_MOST_COMPARED = 1_500
"""With more words than these in the library, slips in them are not looked for."""
_FEW = 25
"""A longer request is not compared with the library's words either."""
_ONE_SOUND = str.maketrans({"c": "k", "y": "i", "z": "s"})
_SHORTEST_NAME = 3
_LONGEST_SHORT = 5
_VOWELS = frozenset("aeiouy")
BOUNDARY = "¦"
"""Stands where words have been used up, and at both ends."""
CREATOR = "\u2042"
"""Stands before the name of a creator of the library, whose words are joined to one token."""
OWNS = "'s"
"""Follows the name of somebody whom the library knows as a creator: "Ada's pictures"."""
HARD_SPACE = "\ue000"
"""Joins the words of a quotation into one token."""

_TO = "\u2015"
"""Stands between two years that a dash joins."""
_TOKEN = re.compile(
    r"\d{4}-\d{2}-\d{2}(?!\d)|\d{4}-(?:0[1-9]|1[0-2])(?![\d-])|'?\d{2,4}'?s\b|\d+(?:st|nd|rd|th)\b"
    r"|(?<!\S)[-\u2212]\d+(?:\.\d+)?(?!\S)|\d+(?:[.,]\d+)*|[^\W\d_]+\d[^\W_]*|[^\W\d_]+(?:['’][^\W\d_]+)*|[,;.!?:%$€=°&+\u2013\u2015-]"
    + "|"
    + HARD_SPACE
    + r"[^"
    + HARD_SPACE
    + r"]*"
    + HARD_SPACE
)
_QUOTED = re.compile(r"[\"“”„«»]([^\"“”„«»]{1,200})[\"“”„«»]")
_SPAN = re.compile(r"(?<!\d)(\d{4})\s?[-\u2013\u2014]\s?(\d{4})(?!\d)")
_FROM_TO = re.compile(r"(?<![\d.-])(\d{1,3})\s?[-\u2013\u2014]\s?(\d{1,3})(?![\d.-])")
_DASH = re.compile(r"(?<=\w) +[-\u2013\u2014]+ +(?=[^\W\d])")
"""A dash between words parts them like a comma."""
_SLASH = re.compile(r"\s[/|·•>]+\s")
"""A stroke that stands by itself parts words like a comma."""
_DOTS = re.compile(r"\.{2,}(?=\s*\S)")
"""Dots of hesitation within a sentence."""
_WITH = re.compile(r"\bw/(?:(o)\b)?", re.IGNORECASE)
"""As people write "with" and "without" in notes."""
_SPOKEN_MARKS = re.compile(
    r"\b(?:full stop|(?:question|exclamation) mark|new (?:paragraph|line)|next (?:paragraph|line)|semi ?colon)\b"
    r"|\w comma \w",
    re.IGNORECASE,
)
_ENDS = frozenset(",;.!?:")


@dataclass
class Normalised:
    """The line of tokens (boundary at both ends, single spaces) and how corrected words were typed."""

    line: str
    typed: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Spelling:
    """The words of a language, and those that a slip may be put right to, by their first letter."""

    known: frozenset[str]
    by_letter: Mapping[str, Sequence[str]]
    by_letters: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Words by their letters in order of the alphabet."""
    asking: frozenset[str] = frozenset()
    """Words that open a question; in these the first two letters may have changed places as well."""
    common: frozenset[str] = frozenset()
    """Words that are said so often that even a short one may be put right: numbers, layouts, the commonest verbs."""

    def corrected(self, token: str, typed: dict[str, str], library: Collection[str] = frozenset()) -> str:
        """The known word that differs from the token by one slip (two in a long word), or the token itself."""
        if len(token) < 3 or token in self.known or not token.isalpha() or token.removesuffix("s") in library:
            return token
        if token.endswith("es") and token.removesuffix("es") in library:
            return token
        own = [w for w in library if len(w) == len(token) > 3 and w[0] == token[0] and sorted(w) == sorted(token)]
        if len(own) == 1 and slips(token, own[0], 1) == 1:
            return own[0]
        alike = self.by_letters.get("".join(sorted(token)), ())
        swapped = [word for word in alike if slips(token, word, 1) == 1]
        swapped = [word for word in swapped if word[0] == token[0]] or [w for w in swapped if w in self.asking]
        if len(swapped) == 1:
            _note(swapped[0], token, typed, library)
            return swapped[0]
        if len(token) < 6:
            return self._short(token, typed, library)
        allowed = 2 if len(token) >= 9 else 1
        near = [w for w in self.by_letter.get(token[0], ()) if abs(len(w) - len(token)) <= allowed]
        near = [word for word in near if slips(token, word, allowed) <= allowed]
        single = token.removesuffix("s")
        own = [w for w in library if w[0] == token[0] and w.isalpha() and len(w) >= _LONGEST_SHORT]
        own = [w for w in own if len(w) > _LONGEST_SHORT + 1 or len(w) not in (len(token), len(single))]
        near_own = [w for w in own if 1 in (slips(token, w, 1), slips(single, w, 1)) and token != f"{w}y"]
        name = min(near_own, key=lambda w: (slips(token, w, 2), w), default="")
        if name and not set(near) & self.common:
            return name
        for word in sorted(near, key=lambda w: (w not in self.common, abs(len(w) - len(token)), w)):
            if slips(token, word, allowed) <= allowed:
                _note(word, token, typed, library)
                return word
        return token

    def _short(self, token: str, typed: dict[str, str], library: Collection[str]) -> str:
        """A short word with a letter too few or too many, or with two letters in the other order, is one common word
        or one long name of the library."""
        near = [word for word in self.common if _lacks_a_letter(token, word) or _has_swapped(token, word)]
        if not near and len(token) == _LONGEST_SHORT and f"{token}s" not in library:
            near = [word for word in library if len(word) > _LONGEST_SHORT and _lacks_a_letter(token, word)]
        if not near and len(token) == _LONGEST_SHORT - 1:
            near = [word for word in library if _lacks_a_vowel(token, word)]
        if len(token) < 4 or len(near) != 1:
            return token
        _note(near[0], token, typed, library)
        return near[0]


def _note(word: str, token: str, typed: dict[str, str], library: Collection[str]) -> None:
    """How a corrected word was typed; a word of the library is searched for as the library spells it."""
    if word not in library and word.removesuffix("s") not in library:
        typed[word] = token


def _has_swapped(token: str, word: str) -> bool:
    return word[0] == token[0] and sorted(word) == sorted(token) and slips(token, word, 1) == 1


def _lacks_a_vowel(token: str, word: str) -> bool:
    """ "Watr" is water: people who type in a hurry leave out vowels."""
    return len(word) == len(token) + 1 and any(
        letter in _VOWELS and word[:i] + word[i + 1 :] == token for i, letter in enumerate(word) if i
    )


def _lacks_a_letter(token: str, word: str) -> bool:
    return word[0] == token[0] and abs(len(word) - len(token)) == 1 and slips(token, word, 1) == 1


def normalised(text: str, vocabulary: Vocabulary, spelling: Spelling) -> Normalised:
    """The request in the form that patterns are matched against; bounded, and never raises."""
    text = unicodedata.normalize("NFKC", text[:MAX_CHARACTERS]).replace(HARD_SPACE, " ").replace(CREATOR, " ")
    text = _dictated(text.replace("’", "'"))
    text = _DOTS.sub(", ", text)
    text = _SLASH.sub(", ", _WITH.sub(lambda found: "without " if found[1] else "with ", text))
    text = _QUOTED.sub(lambda m: f" {HARD_SPACE}{m[1].strip()}{HARD_SPACE} ", text).casefold()
    text = _DASH.sub(", ", _SPAN.sub(f"\\1 {_TO} \\2", _FROM_TO.sub(r"\1 to \2", text)))
    text = re.sub(r"(?<=[^\W\d])\.(?=[^\W\d])", ",", text)
    tokens = [token for raw in _TOKEN.findall(text) for token in _cleaned(raw, vocabulary)][:MAX_TOKENS]
    typed: dict[str, str] = {}
    known = vocabulary.library_words
    slipped = _MOST_COMPARED if len(known) <= _MOST_COMPARED else 0
    tokens = [
        token if token in known or i >= _MOST_CORRECTED
        else spelling.corrected(token, typed, known if i < slipped and len(tokens) <= _FEW else ())
        for i, token in enumerate(tokens)
    ]  # fmt: skip
    names = {_heard(name): name for name in sorted(vocabulary.creator_words)} if slipped else {}
    tokens = [part for token in tokens for part in _owned(token, vocabulary, spelling.known, names)]
    tokens = _numbers_in_digits(tokens, vocabulary)
    return Normalised(f"{BOUNDARY} {' '.join([*tokens, BOUNDARY])} ", typed)


def _dictated(text: str) -> str:
    """Punctuation that was spoken: "ten photos from the coast period white walls full stop"."""
    if not _SPOKEN_MARKS.search(text):
        return text
    text = re.sub(r"\s+\bcomma\b", ",", text, flags=re.IGNORECASE)
    return re.sub(
        r"\s+\b(?:full stop|period|question mark|exclamation mark|(?:new|next) (?:paragraph|line)|(?:semi ?)?colon)\b",
        ".",
        text,
        flags=re.IGNORECASE,
    )


def _cleaned(raw: str, vocabulary: Vocabulary) -> list[str]:
    if raw.startswith(HARD_SPACE):
        words = [w for w in re.sub(r"[^\w' ]", " ", raw.strip(HARD_SPACE)).split() if w.strip("'")]
        return [HARD_SPACE.join(words)] if words else []
    if raw[0].isdecimal() or raw[0] == "'":
        return _number(raw.strip("'").replace("'", ""))
    if raw[0] in "-\u2212" and len(raw) > 1:
        return ["-" + raw[1:]]
    expanded = vocabulary.table("expand").get(raw)
    if expanded is not None:
        return str(expanded).split()
    if raw == _TO:
        return ["-"]
    if raw in "-–":
        return []
    if raw in _ENDS:
        return [raw]
    owner = raw.removesuffix("'s").removesuffix("'").replace("'", "")
    if not raw.endswith(("'s", "s'")) or owner in vocabulary.library_words - vocabulary.creator_words:
        return [owner]
    name = next((name for name in sorted(vocabulary.creator_words) if _heard(name) == _heard(owner)), "")
    return [name, OWNS] if name else [owner]


def _owned(token: str, vocabulary: Vocabulary, known: Collection[str], names: Mapping[str, str]) -> list[str]:
    """ "Adas pictures" are Ada's, and "Anna" may be written "Ana"; a word of the language or the library is itself."""
    if len(token) < _SHORTEST_NAME or token in known or token in vocabulary.library_words or not token.isalpha():
        return [token]
    if token.endswith("s") and token[:-1] in vocabulary.creator_words:
        return [token[:-1], OWNS]
    return [names.get(_heard(token), token)]


def _heard(name: str) -> str:
    """A name without doubled letters and accents, and with one letter for a sound: "Ana" is "Anna"."""
    apart = unicodedata.normalize("NFD", name)
    plain = "".join(letter for letter in apart if letter.isalpha()).replace("ph", "f").replace("ck", "k")
    return re.sub(r"(.)\1+", r"\1", plain.translate(_ONE_SOUND))


def _number(raw: str) -> list[str]:
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+", raw):
        return [raw.replace(",", "")]
    if re.fullmatch(r"\d+,\d{1,2}", raw):
        return [raw.replace(",", ".")]
    return [part for part in re.split(r"(,)", raw) if part] if "," in raw else [raw]


def _numbers_in_digits(tokens: list[str], vocabulary: Vocabulary) -> list[str]:
    """Number words become digits ("two dozen" is 24); a lone "one" stays, since it is mostly a pronoun."""
    line = f" {' '.join(tokens)} "
    for table in ("sayings", "number_phrases"):
        for phrase, value in vocabulary.table(table).items():
            if phrase in line and phrase not in vocabulary.library_words:
                line = line.replace(f" {phrase} ", f" {value} ")
    numbers, units = vocabulary.table("numbers"), vocabulary.table("units_of_number")
    multipliers = vocabulary.table("multipliers")
    out: list[str] = []
    words = line.split()
    i = 0
    while i < len(words):
        word = words[i]
        following = words[i + 1] if i + 1 < len(words) else ""
        number: int | None = numbers.get(word)
        spelt = int(word) if word.isdecimal() else units.get(word)
        if number is not None and number >= 20 and following in units:
            number, i = number + units[following], i + 1
            following = words[i + 1] if i + 1 < len(words) else ""
        times = spelt if number is None else number
        if following in multipliers and times is not None and times < 1_000_000:
            number, i = times * multipliers[following], i + 1
        out.append(word if number is None else str(number))
        i += 1
    return out


def slips(a: str, b: str, most: int) -> int:
    """Letters left out, added, changed or swapped with their neighbour between two words; `most` + 1 when more."""
    if abs(len(a) - len(b)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, letter in enumerate(a, 1):
        older, before, row = before, row, [i] + [0] * len(b)
        for j, other in enumerate(b, 1):
            row[j] = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == b[j - 2] and a[i - 2] == other:
                row[j] = min(row[j], older[j - 2] + 1)
        if min(row) > most:
            return most + 1
    return row[-1]
