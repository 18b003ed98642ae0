"""From an intent to explicit steps: which tools run, with which arguments, and what each needs of earlier ones."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from agent.intent import Edit, Intent, Targets
from agent.ports.context import TurnContext
from agent.ports.library import Query
from agent.refining import base_query, lasting, refined, refined_wishes
from agent.running.steps import Ref, Step
from agent.tools.choose import DEFAULT_COUNT
from agent.wording import query_in_words, quoted
from scene.layouts.contract import LayoutName

__all__ = ["Ref", "Step", "workflow_of"]

_ALL = 10_000
_CANDIDATES = {"draft": (2, 40), "standard": (3, 60), "high": (6, 120)}
"""For each quality, candidates a work, and at least so many."""


def workflow_of(intent: Intent, context: TurnContext) -> tuple[Step, ...]:
    """The steps that an intent means in this context; a pure function."""
    steps = _MAKERS[intent.kind](intent, context)
    for number, following in enumerate(intent.then, start=2):
        before = tuple(step.id for step in steps)
        steps += [_later(step, number, before) for step in _MAKERS[following.kind](following, context)]
    return tuple(steps)


def _later(step: Step, number: int, before: tuple[str, ...]) -> Step:
    """A step of a following wish, under a name of its own, once all earlier ones are done."""
    arguments = {
        name: replace(value, step=f"{number}-{value.step}") if isinstance(value, Ref) else value
        for name, value in step.arguments.items()
    }
    return replace(step, id=f"{number}-{step.id}", arguments=arguments, after=before)


def _create(intent: Intent, context: TurnContext) -> list[Step]:
    layout: LayoutName = intent.layout or "gallery"
    count = intent.wishes.count
    take_all = count is None and intent.query.limit >= _ALL
    default = DEFAULT_COUNT[layout]
    by_measure = intent.pick not in ("", "best")
    wanted = _ALL if take_all or by_measure else count or default
    query = intent.query.model_copy(update={"limit": _limit(wanted, intent)})
    choose = {
        "hits": Ref("search", "hits"), "fitting": Ref("search", "fitting"), "count": count, "default_count": default,
        "query": query, "asked_for": query_in_words(query), "take_all": take_all,
        "pick": intent.pick,
        "widen": intent.widen, "accept_fewer": intent.accept_fewer,
    }  # fmt: skip
    return [
        Step("search", "search", searching(query), {"query": query}),
        Step("choose", "choose", "Choose the works", choose),
        _arrange(intent, context, layout, Ref("choose", "works"), query, fresh=True),
        *_style(intent),
    ]


def _limit(count: int, intent: Intent) -> int:
    """How many candidates are looked at for so many works: fewer for a draft, more at high quality."""
    times, least = _CANDIDATES[intent.quality or "standard"]
    return min(max(count * times, least), _ALL)


def searching(query: Query) -> str:
    """What a step that searches for this is called."""
    return f"Search for {quoted(query.words, 40)}" if query.words else "Search the library"


def _arrange(
    intent: Intent, context: TurnContext, layout: LayoutName, works: Ref, query: Query, *, fresh: bool = False
) -> Step:
    wishes = intent.wishes if fresh else refined_wishes(context, intent.wishes, layout)
    arrangement = context.scene.arrangement
    seed = 0 if fresh or arrangement is None else arrangement.seed + (intent.again or intent.rehang)
    arguments = {
        "layout": layout,
        "works": works,
        "wishes": wishes,
        "relations": intent.relations,
        "query": query,
        "seed": seed,
        "sort": intent.sort,
        "sequence": intent.sequence,
    }
    return Step("arrange", "arrange", f"Lay out as a {layout}", arguments)


def _style(intent: Intent) -> list[Step]:
    if intent.theme is None and intent.light is None:
        return []
    return [Step("style", "style", "Set theme and light", {"theme": intent.theme, "light": intent.light})]


def _refine(intent: Intent, context: TurnContext) -> list[Step]:
    current = context.scene.arrangement
    layout: LayoutName = intent.layout or (current.layout if current else "gallery")
    recall = Step("recall", "recall", "Take the works on show", {})
    base = base_query(context)
    if intent.keep_works or not _changes_works(intent):
        return [recall, _arrange(intent, context, layout, Ref("recall", "shown"), base), *_style(intent)]
    if intent.coming is not None:
        return _add(intent, context, layout, base, intent.coming)
    query = refined(base, lasting(intent.query))
    count = intent.wishes.count
    search = query.model_copy(update={"limit": _limit(max(count or 0, len(context.scene.placements)), intent)})
    exchange = {
        "shown": Ref("recall", "shown"), "hits": Ref("search", "hits"), "query": query, "delta": intent.query,
        "count": count, "only_shown": intent.only_shown, "again": intent.again, "widen": intent.widen,
        "accept_fewer": intent.accept_fewer, "keep_walls": intent.wishes.keep_walls,
    }  # fmt: skip
    return [
        recall,
        Step("search", "search", searching(search), {"query": search}),
        Step("exchange", "exchange", "Exchange works", exchange),
        _arrange(intent, context, layout, Ref("exchange", "works"), query),
        *_style(intent),
    ]


def _add(intent: Intent, context: TurnContext, layout: LayoutName, base: Query, coming: Query) -> list[Step]:
    """More works of a kind beside those that hang."""
    more = max((intent.wishes.count or 0) - len(context.scene.placements), 1)
    search = coming.model_copy(update={"limit": min(_limit(more, intent) + len(context.scene.placements), _ALL)})
    exchange = {
        "shown": Ref("recall", "shown"), "hits": Ref("search", "hits"), "query": base, "delta": Query(),
        "count": intent.wishes.count, "widen": intent.widen, "accept_fewer": intent.accept_fewer,
        "wanted": coming.asset_ids or (),
    }  # fmt: skip
    return [
        Step("recall", "recall", "Take the works on show", {}),
        Step("search", "search", searching(search), {"query": search}),
        Step("exchange", "exchange", "Add works", exchange),
        _arrange(intent, context, layout, Ref("exchange", "works"), base),
        *_style(intent),
    ]


def _changes_works(intent: Intent) -> bool:
    return intent.query != Query() or intent.again or intent.wishes.count is not None


def _edit(intent: Intent, context: TurnContext) -> list[Step]:
    """All works are found before any is touched: "the first and the third" are counted as they hang now."""
    base, steps = base_query(context), list[Step]()
    for number, edit in enumerate(intent.edits, start=1):
        steps += _one_edit(edit, edit.targets or intent.targets, number, base)
    steps.sort(key=lambda step: step.tool == "edit")
    return [*steps, *_style(intent)]


def _one_edit(edit: Edit, targets: Targets, number: int, base: Query) -> list[Step]:
    find, act = f"select-{number}", f"edit-{number}"
    other = edit.other if edit.verb == "swap" else None
    arguments: dict[str, Any] = {
        "verb": edit.verb,
        "ids": Ref(find, "ids"),
        "amount": edit.amount,
        "others": Ref(find, "others"),
    }
    steps = [Step(find, "select", "Find the works meant", {"targets": targets, "other": other})]
    if edit.verb == "replace":
        wanted = edit.other or Targets()
        query = wanted.query or Query(words=wanted.words) if edit.other else base
        if wanted.words and wanted.query is not None:
            query = wanted.query.model_copy(update={"words": wanted.words})
        steps.append(Step(f"search-{number}", "search", searching(query), {"query": query}))
        arguments |= {"hits": Ref(f"search-{number}", "hits"), "asked_for": query_in_words(query)}
    return [*steps, Step(act, "edit", edit.verb.replace("_", " ").capitalize(), arguments)]


def _restyle(intent: Intent, context: TurnContext) -> list[Step]:
    return _style(intent)


def _navigate(intent: Intent, context: TurnContext) -> list[Step]:
    targets = intent.targets
    if intent.panel or intent.view:
        return [Step("navigate", "navigate", "Show it", {"panel": intent.panel, "view": intent.view})]
    if intent.place == "new_tour":
        meant = targets if targets != Targets() else Targets(everything=True)
        stops = {"place": "new_tour", "ids": Ref("select", "ids"), "count": intent.wishes.count}
        find = Step("select", "select", "Find the works meant", {"targets": meant})
        return [find, Step("navigate", "navigate", "Plan the tour", stops)]
    only_place = not (targets.words or targets.query or targets.selection or targets.ordinal or targets.everything)
    if intent.place or (only_place and (targets.wall or targets.room)):
        arguments = {"place": intent.place, "wall": targets.wall, "room": targets.room}
        return [Step("navigate", "navigate", "Go there", arguments)]
    find = Step("select", "select", "Find the work meant", {"targets": targets})
    return [find, Step("navigate", "navigate", "Go there", {"ids": Ref("select", "ids")})]


def _select(intent: Intent, context: TurnContext) -> list[Step]:
    nothing = intent.targets == Targets()
    return [Step("select", "select", "Select", {"targets": intent.targets, "select": True, "may_be_none": nothing})]


def _undo(intent: Intent, context: TurnContext) -> list[Step]:
    what = "redo" if intent.kind == "redo" else intent.undo_what or "step"
    return [Step("undo", "undo", "Bring back" if what == "redo" else "Take back", {"what": what})]


def _explain(intent: Intent, context: TurnContext) -> list[Step]:
    find = Step("select", "select", "Find the work meant", {"targets": intent.targets})
    return [find, Step("explain", "explain", "Look up why", {"ids": Ref("select", "ids")})]


def _answer(intent: Intent, context: TurnContext) -> list[Step]:
    about = intent.about or "count"
    arguments: dict[str, Any] = {
        "about": about, "query": intent.query, "column": intent.name, "newest": intent.wishes.order != "oldest",
        "here": intent.targets.everything, "pick": intent.pick, "against": intent.against,
    }  # fmt: skip
    steps: list[Step] = []
    if about == "described" or intent.targets.wall or intent.targets.room:
        steps.append(Step("select", "select", "Find the work meant", {"targets": intent.targets}))
        arguments["ids"] = Ref("select", "ids")
    return [*steps, Step("answer", "answer", "Look it up", arguments)]


def _canvas(intent: Intent, context: TurnContext) -> list[Step]:
    if intent.act == "list":
        return [Step("canvas", "canvas", "List canvases", {"act": "list"})]
    targets = intent.targets if intent.targets != Targets() else Targets(everything=True)
    if targets.selection and not context.selection:
        targets = Targets(everything=True)
    find = Step("select", "select", "Find the works meant", {"targets": targets})
    arguments = {"act": "save", "name": intent.name, "ids": Ref("select", "ids")}
    return [find, Step("canvas", "canvas", "Keep as a canvas", arguments)]


def _project(intent: Intent, context: TurnContext) -> list[Step]:
    return [Step("project", "project", "Projects", {"act": intent.act or "list", "name": intent.name})]


def _export(intent: Intent, context: TurnContext) -> list[Step]:
    return [Step("export", "export", "Export", {"what": intent.export or "picture"})]


def _nothing(intent: Intent, context: TurnContext) -> list[Step]:
    return []


_MAKERS: Mapping[str, Callable[[Intent, TurnContext], list[Step]]] = {
    "create": _create, "refine": _refine, "edit": _edit, "restyle": _restyle, "navigate": _navigate, "select": _select,
    "undo": _undo, "redo": _undo, "explain": _explain, "answer": _answer, "canvas": _canvas, "project": _project,
    "export": _export, "unclear": _nothing,
}  # fmt: skip
