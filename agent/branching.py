"""Takes the branch of a conditional wish: counts what it hangs on, and says which way it went and why."""

from agent.desk import Desk
from agent.intent import Condition, Intent
from agent.phrases import Phrases, phrases
from agent.ports.library import Query
from agent.wording import query_in_words


async def branched(intent: Intent, desk: Desk) -> tuple[Intent | None, str]:
    """The intent of the branch that holds, None when nothing is to be done, and the reason in words."""
    if intent.condition is None:
        return intent, ""
    number = await _number(intent.condition, desk)
    holds = is_met(intent.condition, number)
    key = "met" if holds else "unmet" if intent.otherwise is not None else "nothing"
    why = reason(intent.condition, number, key, phrases(intent.language))
    if holds:
        return intent.model_copy(update={"condition": None, "otherwise": None}), why
    return intent.otherwise, why


async def _number(condition: Condition, desk: Desk) -> int:
    """How many works there are: of the library, or of those on show."""
    shown = tuple(dict.fromkeys(work.asset_id for work in desk.scene.placements))
    if condition.query == Query():
        return len(shown) if condition.shown else (await desk.library.facets()).total
    if condition.shown and not shown:
        return 0
    among = {"asset_ids": shown, "limit": len(shown)} if condition.shown else {"limit": 1}
    return (await desk.library.search(condition.query.model_copy(update=among))).fitting


def is_met(condition: Condition, number: int) -> bool:
    """Whether so many works fulfil it."""
    return {
        ">": number > condition.number,
        ">=": number >= condition.number,
        "<": number < condition.number,
        "<=": number <= condition.number,
        "=": number == condition.number,
    }[condition.compare]


def reason(condition: Condition, number: int, key: str, tell: Phrases) -> str:
    """ "11 works in the library (from 2019): more than 10, so this is done"."""
    what = query_in_words(condition.query, tell)
    where = f"condition.{'shown' if condition.shown else 'library'}{'.what' if what else ''}"
    found = tell.say(where, works=tell.works(number), what=what)
    limit = tell.say(f"condition.{condition.compare}", n=condition.number)
    return tell.say(f"condition.{key}", found=found, limit=limit)
