"""What to ask when a request is not clear: never a guess, always a way on, and choices that settle it."""

from dataclasses import dataclass

from agent.events import Choice
from agent.intent import EditVerb, Intent, Targets
from agent.phrases import Phrases, phrases
from agent.ports.context import TurnContext
from agent.wording import request_for
from scene.scene import Scene

MAX_REQUEST_CHARACTERS = 4_000
_EXAMPLES = (
    ("choice.cyberpunk", "create a cyberpunk gallery"),
    ("choice.timeline.all", "create a timeline of everything"),
    ("choice.library", "which tags do I have"),
)
_EXAMPLES_ON_SHOW = (
    ("choice.timeline", "make it a timeline"),
    ("choice.gaps", "bigger gaps"),
    ("choice.tour", "start a tour"),
    ("choice.help", "help"),
)
_WAYS_TO_CHANGE = (
    ("choice.other", "show me other works"),
    ("choice.gaps", "bigger gaps"),
    ("choice.brighter", "brighter light"),
    ("choice.darker", "darker light"),
    ("choice.bigger", "make all works bigger"),
    ("choice.timeline", "make it a timeline"),
)
_WORKS = {
    "first": "the first work",
    "last": "the last work",
    "biggest": "the biggest work",
    "second": "the second work",
    "all": "all works",
}
_SAID: dict[EditVerb, str] = {
    "remove": "remove {}", "bigger": "make {} bigger", "smaller": "make {} smaller", "move_left": "move {} to the left",
    "move_right": "move {} to the right", "raise": "raise {}", "lower": "lower {}", "pin": "pin {}",
    "unpin": "unpin {}", "rotate": "rotate {}", "straighten": "straighten {}", "replace": "replace {}",
}  # fmt: skip
_OTHERWISE_SAID = {"explain": "why is {} here", "answer": "what is {}", "navigate": "go to {}", "select": "select {}"}


@dataclass(frozen=True)
class Question:
    """What is asked, and the answers that can be clicked."""

    text: str
    choices: tuple[Choice, ...] = ()
    puzzled: bool = False
    """Nothing was understood; the choices are examples of what can be said."""


def refusal_of(intent: Intent) -> tuple[str, str] | None:
    """What cannot be done, and the nearest that can, for an intent that nobody here can carry out; else None."""
    tell = phrases(intent.language)
    if intent.missing == "number":
        return tell.say("ask.number"), tell.say("ask.number.advice")
    if intent.missing == "ability" and not intent.alternatives:
        return tell.say(f"refuse.{intent.name}"), tell.say(f"instead.{intent.name}")
    return None


def question_about(
    intent: Intent, request: str, context: TurnContext, library_words: frozenset[str] = frozenset()
) -> Question:
    """The question and its choices for an intent that is unclear or unsure."""
    tell = phrases(intent.language)
    examples = _choices(_EXAMPLES_ON_SHOW if context.scene.placements else _EXAMPLES, tell)
    said = tell.quoted(" ".join(request.split()))
    if not request.strip():
        return Question(tell.say("ask.empty"), examples)
    if intent.missing == "selection":
        return which_work(intent, context.scene)
    if intent.missing == "change":
        return _what_to_change(context, tell)
    if intent.alternatives:
        return _which_of(intent, tell)
    if intent.kind == "unclear" and intent.targets != Targets() and intent.name:
        which = intent.name
        drop = Choice(tell.say("choice.down", which=which), f"remove {which}")
        another = Choice(tell.say("choice.another"), f"replace {which}")
        return Question(tell.say("ask.fate", which=tell.quoted(which, 40)), (drop, another))
    if intent.kind == "unclear":
        filters = request_for(intent.query.model_copy(update={"words": ""}))
        subject = intent.subject
        known = 0 < len(subject.split()) <= 5 and not intent.understood and _is_known(subject, library_words)
        if filters or known:
            return Question(tell.say("ask.unclear.which", said=said), _about(filters or subject, context, tell))
    if intent.kind not in ("unclear", "create") and intent.ignored:
        read = ", ".join(intent.understood[:3])
        text = tell.say("ask.part", read=tell.quoted(read), ignored=tell.quoted(", ".join(intent.ignored)))
        return Question(text, (Choice(tell.say("choice.only", what=tell.quoted(read, 40)), read), *examples[:2]))
    return Question(tell.say("ask.unclear", said=said), examples, puzzled=True)


def _choices(labels: tuple[tuple[str, str], ...], tell: Phrases) -> tuple[Choice, ...]:
    return tuple(Choice(tell.say(label), request) for label, request in labels)


def which_work(intent: Intent, scene: Scene) -> Question:
    """ "It" was said, and nothing is selected: which work is meant."""
    tell = phrases(intent.language)
    if not scene.placements:
        return Question(tell.say("ask.selected.empty"), _choices(_EXAMPLES, tell))
    if any(edit.verb == "swap" for edit in intent.edits):
        pairs = (("first", "second"), ("first", "last"), ("biggest", "smallest"))
        choices = tuple(
            Choice(tell.say("choice.swap", one=tell.say(f"choice.{a}"), two=tell.say(f"choice.{b}")),
                   f"swap the {a} and the {b} work")
            for a, b in pairs[: len(scene.placements) - 1]
        )  # fmt: skip
        return Question(tell.say("ask.selected.two"), choices)
    if intent.relations:
        how = {"beside": "beside", "opposite": "opposite"}.get(intent.relations[0].how, "beside")
        pairs = (("first", "second"), ("last", "first"), ("biggest", "first"))
        choices = tuple(
            Choice(tell.say(f"choice.{how}", one=tell.say(f"choice.{a}"), two=tell.say(f"choice.{b}")),
                   f"put the {a} work {how} the {b} work")
            for a, b in pairs
        )  # fmt: skip
        return Question(tell.say("ask.selected"), choices)
    pattern = _pattern(intent)
    works = ("first", "last", "biggest" if intent.edits else "second")
    every = ("all",) if intent.kind in ("edit", "select") and pattern != "replace {}" else ()
    choices = tuple(
        Choice(tell.say(f"choice.{which}"), pattern.format(_WORKS[which]))
        for which in (*works[: len(scene.placements)], *every)
    )
    return Question(tell.say("ask.selected"), choices)


def _pattern(intent: Intent) -> str:
    """How the request would be said of a work that is named."""
    if intent.edits:
        return _SAID.get(intent.edits[0].verb, "select {}")
    if intent.missing == "selection":
        return "more pictures like {}"
    return _OTHERWISE_SAID.get(intent.kind, "select {}")


def _what_to_change(context: TurnContext, tell: Phrases) -> Question:
    """A change was asked for, and not which."""
    if not context.scene.placements:
        return Question(tell.say("ask.change.empty"), _choices(_EXAMPLES, tell))
    return Question(tell.say("ask.change"), _choices(_WAYS_TO_CHANGE, tell))


def _which_of(intent: Intent, tell: Phrases) -> Question:
    """Two ways were offered at once, or the condition between them cannot be tested."""
    text = tell.say("condition.untested", what=intent.subject) if intent.missing else tell.say("ask.which")
    return Question(text, tuple(Choice(_capital(said)[:80], said) for said in intent.alternatives))


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _is_known(subject: str, library_words: frozenset[str]) -> bool:
    """Whether at least half of the words are words of the library."""
    words = subject.casefold().split()
    met = sum(bool({word, word.removesuffix("s"), f"{word}s"} & library_words) for word in words)
    return 0 < len(words) <= 2 * met


def _about(works: str, context: TurnContext, tell: Phrases) -> tuple[Choice, ...]:
    """Ways to mean works of a kind, in words that are understood."""
    new = Choice(tell.say("choice.gallery", what=works), f"create a gallery of {works}")
    count = Choice(tell.say("choice.many", what=works), f"how many {works}")
    if not context.scene.placements:
        return (new, count, Choice(tell.say("choice.library"), "which tags do I have"))
    return (Choice(tell.say("choice.only", what=works), f"only {works}"), new, count)
