"""Requests of several links: what can be done as one is one intent, the rest follows it in order."""

from collections.abc import Callable, Sequence
from itertools import pairwise

from agent.intent import Intent, Targets
from agent.ports.library import Query

_OF_WORKS = frozenset({"create", "refine", "restyle", "unclear"})
"""Kinds that are one wish when they are said one after the other."""


def chained(parts: Sequence[tuple[str, Intent]], read: Callable[[str], Intent]) -> Intent:
    """One intent for links that were read by themselves; `read` reads the words of several links together."""
    hollow = [words for words, intent in parts if intent.kind == "unclear" and intent.missing == "change"]
    parts = [part for part in parts if not _only_nods(part[1])] or parts
    clear = [part for part in parts if part[1].kind != "unclear"]
    if hollow and clear and len(hollow) + len(clear) == len(parts):
        return beside(chained(clear, read) if len(clear) > 1 else clear[0][1], hollow)
    if len(parts) == 1:
        return parts[0][1]
    groups: list[list[tuple[str, Intent]]] = []
    for part in parts:
        if groups and _joins(groups[-1][-1][1], part[1]):
            groups[-1].append(part)
        else:
            groups.append([part])
    intents = [group[0][1] if len(group) == 1 else _together(group, read) for group in groups]
    intents = [
        one for before, one in pairwise([None, *pointed_at(intents)]) if one is not None and not _says_so(before, one)
    ]
    intents = _what_can_be_done(_asked_and_shown(intents))
    if any(intent.kind == "unclear" for intent in intents):
        return next(intent for intent in intents if intent.kind == "unclear")
    return intents[0] if len(intents) == 1 else intents[0].model_copy(update={"then": tuple(intents[1:])})


def _only_nods(intent: Intent) -> bool:
    """ "Great. Now in noir": a word of praise before a wish asks nothing."""
    return intent.kind == "answer" and intent.about == "approving"


def beside(intent: Intent, unread: Sequence[str]) -> Intent:
    """What is clear is done; the vague wish that was said with it is named as left out."""
    return intent.model_copy(update={"ignored": (*intent.ignored, *unread)})


def _what_can_be_done(intents: list[Intent]) -> list[Intent]:
    """Of several wishes those that can be met; what nobody here can do is named beside them."""
    beyond = [intent.subject for intent in intents if intent.missing == "ability" and not intent.alternatives]
    able = [intent for intent in intents if intent.missing != "ability"]
    if not beyond or not able or any(intent.kind == "unclear" for intent in able):
        return intents
    return [able[0].model_copy(update={"ignored": (*able[0].ignored, *beyond)}), *able[1:]]


def _says_so(before: Intent | None, intent: Intent) -> bool:
    """ "That was wrong. Undo it." is one wish said twice."""
    return before is not None and before.kind == intent.kind == "undo"


def _joins(one: Intent, two: Intent) -> bool:
    works = one.kind in _OF_WORKS and two.kind in _OF_WORKS
    return (works and one.kind != "unclear") or (one.kind == two.kind == "edit")


def _together(group: Sequence[tuple[str, Intent]], read: Callable[[str], Intent]) -> Intent:
    if group[0][1].kind == "edit":
        edits = tuple(edit for _, intent in group for edit in intent.edits)
        return group[0][1].model_copy(update={"edits": edits})
    return read(" ; ".join(words for words, _ in group))


def _asked_and_shown(intents: list[Intent]) -> list[Intent]:
    """ "What do I have from 1990? Show it as a timeline": what was asked about is what is shown."""
    if len(intents) == 2 and intents[0].kind == "answer" and intents[1].kind in ("create", "refine"):
        asked, shown = intents
        if asked.about in ("", "count") and asked.query != Query() and not shown.query.words and not shown.query.dates:
            query = asked.query.model_copy(update={"limit": shown.query.limit})
            read = (*asked.understood, *shown.understood)[:40]
            changed = {"kind": "create", "query": query, "subject": query.words, "understood": read}
            return [shown.model_copy(update=changed)]
    return intents


def pointed_at(intents: list[Intent]) -> list[Intent]:
    """ "Select the red ones and then delete them": what "them" points at is what was selected or acted on before."""
    found = intents[:1]
    for before, intent in pairwise(intents):
        if before.kind in ("select", "navigate", "edit") and intent.kind == "edit" and before.targets != Targets():
            edits = tuple(
                edit.model_copy(update={"targets": before.targets}) if edit.targets == Targets(selection=True) else edit
                for edit in intent.edits
            )
            intent = intent.model_copy(update={"edits": edits, "targets": edits[0].targets or before.targets})
        found.append(intent)
    if len(found) > 1 and found[0].kind == "select" and found[1].kind == "edit":
        return found[1:]
    return found
