"""Finding assets, and what there is to filter by."""

from typing import Any

from fastapi import APIRouter, Depends, Request, Response

from agent.ports.library import Facets, Query, SearchResult
from platform_service.context.here import among_works_here, says_here
from platform_service.embedding.vectors import vectors_of
from platform_service.http.bodies import Ids, Texts
from platform_service.http.parts import Parts, Whole, parts_of, platform_of
from platform_service.http.roles import VIEWER, Needs, caller_of
from platform_service.http.straight import straight
from platform_service.http.working import Mine, person_of, placed, session_of, working_in

router = APIRouter(tags=["search"])
BINARY: dict[int | str, dict[str, Any]] = {200: {"content": {"application/octet-stream": {}}}}


async def search(query: Query, parts: Parts, request: Request, mine: Mine) -> Response:
    """The assets that fit best, each with score and reason.

    Words that end with "here" or "in this show" look among what hangs in the scene of the session's working context.
    """
    if session_of(request) and says_here(query):
        async with parts.database.reading() as transaction:
            query = await among_works_here(transaction, query, await working_in(transaction, request, mine))
    if "turn" in request.scope:
        request.scope["turn"].wait_elsewhere()
    return Response(await parts.library.search_told(query), media_type="application/json")


async def _searched(request: Request, query: Query) -> Response:
    whole, caller = await platform_of(request), await caller_of(request)
    await placed(request, whole)
    await NEEDS_VIEWER(request)
    parts = await parts_of(whole, caller)
    return await search(query, parts, request, await person_of(parts, caller))


NEEDS_VIEWER = Needs("viewer")
router.add_api_route(
    "/v1/search",
    search,
    methods=["POST"],
    dependencies=[Depends(NEEDS_VIEWER)],
    response_model=SearchResult,
    route_class_override=straight(Query, _searched),
)


@router.get("/v1/facets", dependencies=[VIEWER])
async def facets(parts: Parts) -> Facets:
    """Counts by colour, tag, folder, year, creator and orientation."""
    return await parts.library.facets()


@router.post(
    "/v1/features",
    dependencies=[VIEWER],
    response_class=Response,
    responses=BINARY,
)
async def features(body: Ids, parts: Parts) -> Response:
    """Feature vectors as float32 rows, little endian; the headers X-Rows and X-Dimensions tell their shape."""
    vectors = await parts.library.features(body.ids)
    headers = {"X-Rows": str(vectors.shape[0]), "X-Dimensions": str(vectors.shape[1])}
    return Response(vectors.astype("<f4").tobytes(), media_type="application/octet-stream", headers=headers)


@router.post(
    "/v1/vectors",
    dependencies=[VIEWER],
    response_class=Response,
    responses={**BINARY, 204: {"description": "There is no model of meaning here."}},
)
async def vectors(body: Texts, whole: Whole) -> Response:
    """What texts mean, as unit vectors (float32 rows, little endian); X-Model names the model they are made by."""
    found = await vectors_of(whole.meaning, body.texts)
    if found is None:
        return Response(status_code=204)
    headers = {"X-Rows": str(found.shape[0]), "X-Dimensions": str(found.shape[1]), "X-Model": whole.meaning.name}
    return Response(found.astype("<f4").tobytes(), media_type="application/octet-stream", headers=headers)
