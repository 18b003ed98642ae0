"""Which works on show a phrase names, every word of it accounted for: numbers, ordinals, places, titles, the rest."""

import re
from dataclasses import dataclass, replace

from agent.intent import Targets
from agent.offline.clauses import any_of
from agent.offline.draft import Draft
from agent.offline.onshow.places import (
    AHEAD,
    AT,
    BEFORE,
    ENDS,
    FAR_ENDS,
    FROM_END,
    HANGS,
    NEIGHBOUR,
    NOUN,
    PAIR,
    POINTING,
    REST,
    SPAN,
)
from agent.offline.onshow.stems import stem, stems_of
from agent.offline.targets import targets_in
from agent.ports.library import Query


@dataclass(frozen=True)
class Named:
    """What a phrase names: the works, and whether it is one work, a subject or a place in the row."""

    targets: Targets
    plural: bool = False
    by_place: bool = False
    pointed: bool = False
    """By a word that points at what was selected or named before."""


@dataclass(frozen=True)
class Row:
    """What can be named: the show behind a draft, and what the sentence named before."""

    draft: Draft
    before: Targets | None = None

    @property
    def hanging(self) -> int:
        """How many works hang."""
        return len(self.draft.context.scene.placements)

    @property
    def titles(self) -> tuple[str, ...]:
        """The titles in small letters."""
        return tuple(work.title.casefold() for work in self.draft.context.scene.placements)

    def named(self, phrase: str, *, bare: bool = False) -> Named | None:
        """What the phrase names; None where a word of it says nothing of works on show. `bare` takes a lone number."""
        phrase = PAIR.sub("the 2", re.sub(r"^[\s,:;]+|[\s,:;]+$", "", phrase))
        if not phrase or len(phrase.split()) > 12:
            return None
        return self._one(phrase, bare=bare) or self._several(phrase) or self._of_filters(phrase)

    def _one(self, phrase: str, *, bare: bool = False) -> Named | None:
        plain = BEFORE.sub("", f"{phrase} ", count=1).strip() if BEFORE.match(f"{phrase} ") else phrase
        ways = (self._titled, self._pointed, self._placed, self._spanned, self._neighbour, self._among, self._on_a_wall)
        found = next((found for way in ways if (found := way(plain, phrase)) is not None), None)
        if found is None and bare and re.fullmatch(r"\d{1,3}", plain):
            return Named(Targets(ordinal=int(plain)), by_place=True)
        return found

    def _titled(self, plain: str, phrase: str) -> Named | None:
        """ "Lavender 4", "the snowmen": words that titles on show carry side by side."""
        if plain in self.titles:
            return Named(Targets(words=plain, one=True))
        plain = re.sub(
            rf"(?: {NOUN}| (?:together|altogether|all together|side by side|next to (?:each other|one another)))+$",
            "",
            plain,
        )
        if not re.search(r"[^\W\d]", plain):
            return None
        wanted = stems_of(plain)
        for title in self.titles:
            words = re.findall(r"\w+", title)
            for at in range(len(words) - len(wanted) + 1):
                if [stem(word) for word in words[at : at + len(wanted)]] == wanted:
                    said = " ".join(words[at : at + len(wanted)])
                    number = sum(said in one for one in self.titles)
                    return Named(Targets(words=said, one=True), plural=number > 1)
        known = {stem(word) for word in self.draft.vocabulary.library_words}
        small = self.draft.stop_words()
        said_words = [word for word in plain.split() if word not in small]
        if len(said_words) == len(plain.split()) == 1 and stem(said_words[0]) in known and said_words[0].isalpha():
            single = phrase.split()[0] in ("the", "that", "this") and not plain.endswith("s")
            return Named(Targets(words=plain, one=single), plural=not single)
        return None

    def _pointed(self, plain: str, phrase: str) -> Named | None:
        """This one, the others, the rest."""
        if REST.fullmatch(plain):
            kept = self.before or (Targets(selection=True) if self.draft.context.selection else self._acted_on())
            return Named(Targets(everything=True, but=kept), plural=True) if kept is not None else None
        if POINTING.fullmatch(phrase) and (self.before is not None or self.draft.context.selection):
            plural = bool({*phrase.split()} & {"these", "those", "them", "both"})
            return Named(self.before or Targets(selection=True), plural=plural, pointed=True)
        return None

    def _acted_on(self) -> Targets | None:
        """The works that the latest requests were about, as far as they can be named again."""
        for intent in reversed(self.draft.context.last_intents[-2:]):
            targets = next((edit.targets for edit in intent.edits if edit.targets is not None), intent.targets)
            if targets not in (Targets(), Targets(selection=True)) and not targets.everything:
                gone = any(edit.verb == "remove" for edit in intent.edits)
                return None if gone else targets
        return None

    def _placed(self, plain: str, phrase: str) -> Named | None:
        """The second one, the last but one, the two at the very end, whatever hangs first, number four."""
        ordinals = self.draft.vocabulary.table("ordinals")
        ordinal = rf"(?P<ordinal>{any_of(ordinals)}|\d{{1,3}}(?:st|nd|rd|th))"
        numbered = any_of((*self.draft.vocabulary.lists.get("numbered", ()), "number", "nr", "no", "picture", "work"))
        at = any_of(AT)
        patterns = (
            rf"{ordinal}(?: (?P<many>\d{{1,3}}))?(?: {NOUN})?{ENDS}",
            rf"(?P<many>\d{{1,3}}) {ordinal}(?: {NOUN})?{ENDS}",
            rf"{ordinal}(?: {NOUN})? {FROM_END}",
            rf"(?:{numbered}|#) ?(?P<number>\d{{1,3}})",
            rf"(?P<many>\d{{1,3}})?(?: ?{NOUN})? ?(?:that |which )?(?:{HANGS} )?(?P<at>{at})(?: of (?:the|it) ?\w*)?",
            rf"(?:whatever|what|whichever(?: {NOUN})?|the one that) {HANGS} (?:right )?(?P<at>{at}|in the middle)",
            rf"(?P<at>middle|central|centre)(?: {NOUN})?",
            r"(?P<many>\d{1,3})(?: [a-z]+)? (?P<at>in the middle)",
            rf"(?:{NOUN} )?(?P<before>before the last)(?: {NOUN})?",
        )
        text = re.sub(r" (?:very (?=\w)|right (?=at |by |in |before |after |next ))", " ", f" {plain}").strip()
        for pattern in patterns:
            found = re.fullmatch(pattern, text)
            if found is not None:
                return self._at(found.groupdict())
        return None

    def _at(self, said: dict[str, str | None]) -> Named | None:
        many = int(said.get("many") or 0) or None
        if said.get("number"):
            return Named(Targets(ordinal=int(said["number"] or 0)), by_place=True)
        if said.get("before"):
            return Named(Targets(ordinal=-2), by_place=True)
        if said.get("at") in ("middle", "central", "centre", "in the middle"):
            return Named(Targets(extreme="middle", many=many), plural=many is not None, by_place=True)
        if said.get("at"):
            return Named(Targets(ordinal=AT[said["at"] or ""], many=many), plural=many is not None, by_place=True)
        word = said.get("ordinal") or ""
        known = self.draft.vocabulary.table("ordinals").get(word)
        ordinal = int(known) if known is not None else int(re.sub(r"\D", "", word))
        ordinal = -ordinal if said.get("from") in FAR_ENDS and ordinal > 0 else ordinal
        return Named(Targets(ordinal=ordinal, many=many), plural=many is not None, by_place=True)

    def _spanned(self, plain: str, _: str) -> Named | None:
        """Everything behind the fourth, whatever hangs before it."""
        found = SPAN.fullmatch(plain)
        if found is None:
            return None
        edge = self.named(found["of"], bare=True)
        at = edge.targets.ordinal if edge is not None else None
        if at is None or not 0 < abs(at) <= self.hanging:
            return None
        place = at if at > 0 else self.hanging + at + 1
        if found["way"] in AHEAD:
            last = place if found["way"] == "up to" else place - 1
            return Named(Targets(ordinal=1, many=last), plural=True, by_place=True) if last > 0 else None
        left = self.hanging - place
        return Named(Targets(ordinal=-1, many=left), plural=True, by_place=True) if left > 0 else None

    def _neighbour(self, plain: str, _: str) -> Named | None:
        """ "The one after that", "the one to the left of the cat": by the place of the work beside it."""
        found = NEIGHBOUR.fullmatch(plain)
        if found is None or found["way"] == "of":
            return None
        there = self.before or (Targets(selection=True) if self.draft.context.selection else self._acted_on())
        named = self.named(found["of"])
        beside = named.targets if named is not None else there if POINTING.fullmatch(found["of"]) else None
        at = self.place_of(beside) if beside is not None else None
        if at is None:
            return None
        step = -1 if found["way"] in ("before", "ahead of", "in front of", "to the left of", "left of") else 1
        return Named(Targets(ordinal=at + step), by_place=True) if 1 <= at + step <= self.hanging else None

    def _on_a_wall(self, plain: str, _: str) -> Named | None:
        """ "What hangs on the back wall", "the left wall"."""
        sides = self.draft.vocabulary.table("sides")
        found = re.fullmatch(
            rf"(?:(?:what|whatever|everything|all|{NOUN}|those)?(?: (?:that|which))?(?: {HANGS})? ?on (?:the |that )?)?"
            rf"(?P<side>{any_of(sides)}) wall",
            plain,
        )
        return Named(Targets(wall=str(sides[found["side"]])), plural=True) if found is not None else None

    def place_of(self, targets: Targets) -> int | None:
        """Where a single work hangs in the row, from 1; None for several, or for one that is not found by its name."""
        if targets.also or targets.query is not None or targets.extreme or (targets.many or 1) > 1:
            return None
        if targets.selection and not targets.words:
            ids = self.draft.context.selection
            chosen = [at for at, work in enumerate(self.draft.context.scene.placements, 1) if work.id in ids]
            return chosen[0] if len(chosen) == 1 else None
        places = [at for at, title in enumerate(self.titles, 1) if not targets.words or targets.words in title]
        ordinal = targets.ordinal if targets.ordinal is not None else 1 if len(places) == 1 else 0
        if not 1 <= abs(ordinal) <= len(places):
            return None
        return places[ordinal - 1] if ordinal > 0 else places[ordinal]

    def _among(self, plain: str, _: str) -> Named | None:
        """ "The last two trams", "the first of the lanterns": by the place among works of one subject."""
        ordinals = any_of(self.draft.vocabulary.table("ordinals"))
        found = re.fullmatch(
            rf"(?P<ordinal>{ordinals}|\d{{1,3}}(?:st|nd|rd|th))(?: (?P<many>\d{{1,3}}))?(?: {NOUN})?"
            r"(?: (?:of|from|among|with|showing) (?:the |all |all the |those |these )?)?(?: ?)(?P<what>.+)",
            plain,
        )
        subject = self._titled(found["what"].strip(), found["what"].strip()) if found is not None else None
        if found is None or subject is None or not any(subject.targets.words in title for title in self.titles):
            return None
        at = self._at(found.groupdict())
        if at is None:
            return None
        words = {"words": subject.targets.words, "one": True}
        return Named(at.targets.model_copy(update=words), plural=at.plural)

    def _several(self, phrase: str) -> Named | None:
        """ "2 and 7", "the first and the last", "Lavender 4 and the snowmen"."""
        numbers = re.fullmatch(r"(?:the )?[a-z]+ \d[\d ,and]*", phrase) and re.match(
            rf"(?:the )?(?:{any_of(self.draft.vocabulary.lists.get('numbered', ()))}|numbers|nos) ", phrase
        )
        plain = phrase[numbers.end() :] if numbers is not None else phrase
        parts = [part for part in re.split(r" (?:and|or|plus|as well as|, and) | ?, ", plain) if part.strip()]
        if not 1 < len(parts) <= 12:
            return None
        digits = all(re.fullmatch(r"\d{1,3}", part.strip()) for part in parts)
        found = [self._one(part.strip(), bare=digits) or (None if digits else self._of_filters(part)) for part in parts]
        each = [one for one in found if one is not None]
        if len(each) < len(parts):
            return None
        first, *others = (one.targets for one in each)
        places = all(one.by_place for one in each)
        return Named(first.model_copy(update={"also": tuple(others)}), plural=True, by_place=places)

    def _of_filters(self, phrase: str) -> Named | None:
        """ "The purple ones", "those by Anna", "the newest": what the rules for targets read without a word left."""
        targets = targets_in(self.draft, phrase)
        if targets is None or targets in (Targets(), Targets(selection=True)) or targets.selection:
            return None
        if targets.words and not self._is_subject_of(targets):
            return None
        targets = targets.model_copy(update={"one": False}) if targets.words else targets
        if targets.query is not None and not _says_which(targets.query):
            return None
        words = phrase.split()
        plural = bool({"ones", "those", "works", "pictures", "photos"} & {*words}) or targets.everything
        return Named(targets, plural=plural)

    def _is_subject_of(self, targets: Targets) -> bool:
        """ "The party of 2015": words of the library, with a filter that says which."""
        known = {stem(word) for word in self.draft.vocabulary.library_words}
        return targets.query is not None and all(word in known for word in stems_of(targets.words))

    def having_named(self, targets: Targets) -> "Row":
        """The row, once these were named."""
        return replace(self, before=targets)


def _says_which(query: Query) -> bool:
    """Whether a filter says which works, and not which ones are wanted less."""
    said = query.model_dump(exclude_defaults=True).keys()
    return bool(said) and not said & {"more_words", "less_words", "without_words", "words"}
