"""Why a work is here: the words, score and reason that chose it, the step that hung it, who and when, and since."""

from datetime import datetime

from agent.desk import Call, Desk, Outcome
from agent.phrases import ENGLISH, Phrases, phrases
from agent.ports.context import Deed, TurnContext
from agent.tools.tool import Arguments, Tool
from scene.records import Placement

_MOST = 5
_MOST_LETTERS = 80


class ExplainArguments(Arguments):
    """The works by placement id."""

    ids: tuple[str, ...]


async def _explain(arguments: ExplainArguments, call: Call, desk: Desk) -> Outcome:
    works = [work for i in arguments.ids if isinstance(work := desk.scene.get(i), Placement)]
    desk.said += [explained(work, desk.context, desk.tell) for work in works[:_MOST]]
    if len(works) > _MOST:
        desk.said.append(desk.tell.counted("explain.more", len(works) - _MOST))
    return Outcome(desk.tell.say("step.explained", n=len(works)))


def explained(work: Placement, context: TurnContext | None = None, tell: Phrases | None = None) -> str:
    """A few sentences about one work: query, score, step, rule, preference, who and when."""
    deeds, tell = context.deeds if context is not None else (), tell or phrases(ENGLISH)
    parts = [*_chosen(work, tell), *_hung(work, deeds, tell)]
    parts += [tell.say("explain.group", group=tell.quoted(work.group))] if work.group else []
    parts += _since(work, deeds, tell)
    parts += [tell.say("explain.pinned")] if work.pinned else []
    return " ".join(part for part in parts if part)


def _chosen(work: Placement, tell: Phrases) -> list[str]:
    """The reason speaks the library's own words: its tags and descriptions."""
    name, came_by = tell.quoted(work.title or tell.say("explain.this")), work.provenance
    if came_by.author == "user" or not (came_by.query or came_by.reason or came_by.score is not None):
        return [tell.say("explain.by_hand", name=name)]
    told = [tell.say("explain.chosen.for" if came_by.query else "explain.chosen", name=name, query=came_by.query)]
    told += [f"{came_by.reason[:1].upper()}{came_by.reason[1:].rstrip('.')}."] if came_by.reason else []
    told += [tell.say("explain.score", score=f"{came_by.score:.2f}")] if came_by.score is not None else []
    return told


def _hung(work: Placement, deeds: tuple[Deed, ...], tell: Phrases) -> list[str]:
    """The step that hung it as it is; before approval there is none."""
    turn_id = work.provenance.turn_id
    step = next((deed for deed in reversed(deeds) if turn_id and deed.turn_id == turn_id), None)
    if step is None:
        return [tell.say("explain.proposed")] if turn_id and deeds else []
    who, name = tell.word("explain.who", step.author), tell.quoted(step.name, _MOST_LETTERS)
    key = "explain.hung.said" if step.request else "explain.hung"
    said = tell.quoted(step.request, _MOST_LETTERS)
    told = [tell.say(key, step=name, who=who, when=_when(step.at, tell), request=said)]
    because = step.because[:3]
    return [*told, tell.counted("explain.because", len(because), what=tell.listed(because))] if because else told


def _since(work: Placement, deeds: tuple[Deed, ...], tell: Phrases) -> list[str]:
    """What hands did to it afterwards."""
    touched = [deed for deed in deeds if work.id in deed.works]
    if not touched:
        return []
    last, more = touched[-1], len(touched) - 1
    said = {"what": tell.quoted(last.name), "when": _when(last.at, tell)}
    return [tell.counted("explain.since.more", more, **said) if more else tell.say("explain.since", **said)]


def _when(at: str, tell: Phrases) -> str:
    try:
        made = datetime.fromisoformat(at) if at else None
    except ValueError:
        return ""
    if made is None:
        return ""
    day = f"{made:%d %B %Y}" if tell.language == ENGLISH else f"{made:%Y-%m-%d}"
    return tell.say("explain.when", day=day, time=f"{made:%H:%M}")


EXPLAIN = Tool("explain", "Look up why", ExplainArguments, _explain)
