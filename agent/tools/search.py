"""Find assets in the library."""

from agent.desk import Call, Desk, Outcome, TurnStops
from agent.ports.library import Query, SearchResult
from agent.tools.listed import found_for
from agent.tools.tool import Arguments, Tool
from agent.wording import counted


def without(found: SearchResult, barred: frozenset[str]) -> SearchResult:
    """What was found, less these works; all of it where nothing else would be left."""
    hits = tuple(hit for hit in found.hits if hit.asset.id not in barred)
    if not barred or not hits:
        return found
    fewer = sum(hit.fits for hit in found.hits if hit.asset.id in barred)
    return found.model_copy(update={"hits": hits, "fitting": max(found.fitting - fewer, 0)})


class SearchArguments(Arguments):
    """The query as the library takes it."""

    query: Query


async def _search(arguments: SearchArguments, call: Call, desk: Desk) -> Outcome:
    barred = frozenset(arguments.query.without_asset_ids)
    found = without(await found_for(arguments.query, desk.library, desk.vocabulary), barred)
    if not found.total:
        raise TurnStops(
            desk.tell.say("library.empty"),
            refused=True,
            advice=desk.tell.say("library.empty.advice"),
        )
    asked_for = arguments.query.model_copy(update={"limit": Query().limit}) != Query()
    if asked_for:
        text = f"{counted(found.fitting, 'work')} of {found.total:,} fit"
    else:
        aside = found.total - found.fitting
        text = f"{counted(found.fitting, 'work')} to choose from"
        text += f"; {aside:,} of {found.total:,} are copies, or outside the folders looked in" if aside else ""
    return Outcome(text, {"hits": found.hits, "fitting": found.fitting, "total": found.total})


SEARCH = Tool("search", "Search the library", SearchArguments, _search)
