"""What to ask when a request is not clear: never a guess, always a way on, and choices that settle it."""

from dataclasses import dataclass

from agent.events import Choice
from agent.intent import EditVerb, Intent, Targets
from agent.ports.context import TurnContext
from agent.wording import quoted, request_for
from scene.scene import Scene

MAX_REQUEST_CHARACTERS = 4_000
_EXAMPLES = (
    Choice("Create a cyberpunk gallery", "create a cyberpunk gallery"),
    Choice("A timeline of everything", "create a timeline of everything"),
    Choice("What is in the library?", "which tags do I have"),
)
_EXAMPLES_ON_SHOW = (
    Choice("Make it a timeline", "make it a timeline"),
    Choice("Bigger gaps", "bigger gaps"),
    Choice("Start a tour", "start a tour"),
    Choice("What can I say?", "help"),
)
_WAYS_TO_CHANGE = (
    Choice("Other works", "show me other works"),
    Choice("More space between them", "bigger gaps"),
    Choice("Brighter light", "brighter light"),
    Choice("Darker light", "darker light"),
    Choice("All works bigger", "make all works bigger"),
    Choice("As a timeline", "make it a timeline"),
)
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


def question_about(
    intent: Intent, request: str, context: TurnContext, library_words: frozenset[str] = frozenset()
) -> Question:
    """The question and its choices for an intent that is unclear or unsure."""
    examples = _EXAMPLES_ON_SHOW if context.scene.placements else _EXAMPLES
    said = quoted(" ".join(request.split()))
    if not request.strip():
        return Question("Say what to show, for example “create a cyberpunk gallery”.", examples)
    if intent.missing == "selection":
        return which_work(intent, context.scene)
    if intent.missing == "change":
        return _what_to_change(context)
    if intent.alternatives:
        return _which_of(intent.alternatives)
    if intent.kind == "unclear" and intent.targets != Targets() and intent.name:
        which = intent.name
        drop = Choice(f"Take {which} down", f"remove {which}")
        return Question(
            f"What shall become of {quoted(which, 40)}?", (drop, Choice("Hang another", f"replace {which}"))
        )
    if intent.kind == "unclear":
        filters = request_for(intent.query.model_copy(update={"words": ""}))
        subject = intent.subject
        known = 0 < len(subject.split()) <= 5 and not intent.understood and _is_known(subject, library_words)
        if filters or known:
            return Question(f"I did not understand {said}. Which did you mean?", _about(filters or subject, context))
    if intent.kind not in ("unclear", "create") and intent.ignored:
        read = ", ".join(intent.understood[:3])
        text = f"I understood {quoted(read)}, but not {quoted(', '.join(intent.ignored))}. Say it in other words?"
        return Question(text, (Choice(f"Only {quoted(read, 40)}", read), *examples[:2]))
    return Question(f"I did not understand {said}. You could say:", examples, puzzled=True)


def which_work(intent: Intent, scene: Scene) -> Question:
    """ "It" was said, and nothing is selected: which work is meant."""
    if not scene.placements:
        return Question("Which work do you mean? Nothing is on show yet.", _EXAMPLES)
    if any(edit.verb == "swap" for edit in intent.edits):
        pairs = ("the first and the second work", "the first and the last work", "the biggest and the smallest work")
        choices = tuple(Choice(f"Swap {pair}", f"swap {pair}") for pair in pairs[: len(scene.placements) - 1])
        return Question("Which two works do you mean? Nothing is selected. Select two, name them, or choose:", choices)
    if intent.relations:
        how = {"beside": "beside", "opposite": "opposite"}.get(intent.relations[0].how, "beside")
        pairs = tuple((one, two) for one, two in (("first", "second"), ("last", "first"), ("biggest", "first")))
        choices = tuple(Choice(f"The {a} {how} the {b}", f"put the {a} work {how} the {b} work") for a, b in pairs)
        return Question("Which works do you mean? Nothing is selected. Select one, name them, or choose:", choices)
    pattern = _pattern(intent)
    works = ("the first work", "the last work", "the biggest work" if intent.edits else "the second work")
    every = ("all works",) if intent.kind in ("edit", "select") and pattern != "replace {}" else ()
    choices = tuple(
        Choice(_capital(which), pattern.format(which)) for which in (*works[: len(scene.placements)], *every)
    )
    return Question("Which work do you mean? Nothing is selected. Click one, name it, or choose:", choices)


def _pattern(intent: Intent) -> str:
    """How the request would be said of a work that is named."""
    if intent.edits:
        return _SAID.get(intent.edits[0].verb, "select {}")
    if intent.missing == "selection":
        return "more pictures like {}"
    return _OTHERWISE_SAID.get(intent.kind, "select {}")


def _what_to_change(context: TurnContext) -> Question:
    """A change was asked for, and not which."""
    if not context.scene.placements:
        return Question("What would you like to see? Nothing is on show yet.", _EXAMPLES)
    return Question("What shall change?", _WAYS_TO_CHANGE)


def _which_of(requests: tuple[str, ...]) -> Question:
    """Two ways were offered at once."""
    return Question("Which one do you mean?", tuple(Choice(_capital(said)[:80], said) for said in requests))


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _is_known(subject: str, library_words: frozenset[str]) -> bool:
    """Whether at least half of the words are words of the library."""
    words = subject.casefold().split()
    met = sum(bool({word, word.removesuffix("s"), f"{word}s"} & library_words) for word in words)
    return 0 < len(words) <= 2 * met


def _about(works: str, context: TurnContext) -> tuple[Choice, ...]:
    """Ways to mean works of a kind, in words that are understood."""
    new = Choice(f"A gallery of {works}", f"create a gallery of {works}")
    count = Choice(f"How many {works}?", f"how many {works}")
    if not context.scene.placements:
        return (new, count, Choice("What is in the library?", "which tags do I have"))
    return (Choice(f"Only {works}", f"only {works}"), new, count)
