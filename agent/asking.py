"""What to say when a request is not understood: never a guess, always a way on."""

from agent.events import Choice
from agent.intent import Intent
from agent.ports.context import TurnContext
from agent.ports.library import Query
from agent.wording import quoted

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
    if intent.kind == "unclear" and (intent.quality or intent.budget_usd is not None) and not intent.subject:
        return "For which request? Say it together with what to show.", examples
    if intent.kind == "unclear" and intent.query.model_copy(update={"words": ""}) != Query():
        return f"I did not understand {said}. Which did you mean?", _about_filters(request, context)
    if intent.kind == "unclear" and 0 < len(intent.subject.split()) <= 5 and not intent.understood:
        if _is_known(intent.subject, library_words):
            return f"I did not understand {said}. Which did you mean?", _about_subject(intent.subject, context)
        new = Choice(f"A gallery of {intent.subject}", f"create a gallery of {intent.subject}")
        return f"I did not understand {said}. You could say:", (new, *examples)
    if intent.kind not in ("unclear", "create") and intent.ignored:
        read = ", ".join(intent.understood[:3])
        text = f"I understood {quoted(read)}, but not {quoted(', '.join(intent.ignored))}. Say it in other words?"
        return text, (Choice(f"Only {quoted(read, 40)}", read), *examples[:2])
    return f"I did not understand {said}. You could say:", examples


def _is_known(subject: str, library_words: frozenset[str]) -> bool:
    words = {word for said in subject.casefold().split() for word in (said, said.removesuffix("s"), f"{said}s")}
    return bool(words & library_words)


def _about_subject(subject: str, context: TurnContext) -> tuple[Choice, ...]:
    new = Choice(f"A gallery of {subject}", f"create a gallery of {subject}")
    count = Choice(f"How many {subject}?", f"how many {subject}")
    if not context.scene.placements:
        return (new, count, Choice("What is in the library?", "which tags do I have"))
    return (new, Choice(f"More {subject}", f"more {subject}"), Choice(f"Only {subject}", f"only {subject}"), count)


def _about_filters(request: str, context: TurnContext) -> tuple[Choice, ...]:
    words = " ".join(request.split())[:200].rstrip(".!?")
    new = Choice("A new gallery of these", f"create a gallery of {words}")
    count = Choice("How many are there?", f"how many {words}")
    if not context.scene.placements:
        return (new, count)
    return (Choice("Keep only these", f"only {words}"), new, count)
