"""Nothing that a request passes through waits for a thread: under load each such hop costs more than the rest."""

from collections.abc import Iterator
from inspect import iscoroutinefunction

from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from platform_service.http.app import THEMES


def below(dependant: Dependant) -> Iterator[Dependant]:
    yield dependant
    for one in dependant.dependencies:
        yield from below(one)


def test_every_route_and_all_that_it_depends_on_is_asynchronous():
    routes = [route for theme in THEMES for route in theme.router.routes if isinstance(route, APIRoute)]
    calls = {(route.path, one.call) for route in routes for one in below(route.dependant) if one.call is not None}
    plain = [call for call in calls if not any(map(iscoroutinefunction, (call[1], type(call[1]).__call__)))]
    assert len(routes) > 40
    assert len(calls) > 2 * len(routes)
    assert plain == []
