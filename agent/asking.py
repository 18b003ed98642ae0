"""What to say when a request is not understood: never a guess, always a way on."""

from agent.events import Choice
from agent.intent import Intent, Targets
from agent.ports.context import TurnContext
from agent.wording import quoted, request_for

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


def question_about(
    intent: Intent, request: str, context: TurnContext, library_words: frozenset[str] = frozenset()
) -> tuple[str, tuple[Choice, ...]]:
    """The question and its choices for an intent that is unclear or unsure."""
    examples = _EXAMPLES_ON_SHOW if context.scene.placements else _EXAMPLES
    said = quoted(" ".join(request.split()))
    if not request.strip():
        return "Say what to show, for example “create a cyberpunk gallery”.", examples
    if intent.kind == "unclear" and intent.targets != Targets() and intent.name:
        which = intent.name
        drop = Choice(f"Take {which} down", f"remove {which}")
        return f"What shall become of {quoted(which, 40)}?", (drop, Choice("Hang another", f"replace {which}"))
    if intent.kind == "unclear":
        filters = request_for(intent.query.model_copy(update={"words": ""}))
        if filters:
            return f"I did not understand {said}. Which did you mean?", _about(filters, context)
        subject = intent.subject
        if 0 < len(subject.split()) <= 5 and not intent.understood and _is_known(subject, library_words):
            return f"I did not understand {said}. Which did you mean?", _about(subject, context)
    if intent.kind not in ("unclear", "create") and intent.ignored:
        read = ", ".join(intent.understood[:3])
        text = f"I understood {quoted(read)}, but not {quoted(', '.join(intent.ignored))}. Say it in other words?"
        return text, (Choice(f"Only {quoted(read, 40)}", read), *examples[:2])
    return f"I did not understand {said}. You could say:", examples


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
