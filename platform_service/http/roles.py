"""Which role a route asks for: declared next to the route, and a route without a declaration is not served."""

from collections.abc import Iterable
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.routing import APIRoute

from platform_service.errors import NotAllowed, RoleTooLow
from platform_service.identity.caller import Caller, Role


async def caller_of(request: Request) -> Caller:
    """Whom the door admitted."""
    caller = request.scope.get("caller")
    if not isinstance(caller, Caller):
        raise NotAllowed("The token is missing.", "Nothing was changed.", "Sign in.")
    return caller


class Needs:
    """A route's declaration; None lets anyone in, without a token."""

    def __init__(self, role: Role | None) -> None:
        self.role = role

    async def __call__(self, request: Request) -> None:
        """Refuse a caller whose role is too low."""
        if self.role is not None and not (await caller_of(request)).may(self.role):
            raise RoleTooLow(
                f"This needs the role {self.role}.", "Nothing was changed.", "Ask an administrator of your team."
            )


ANYONE = Depends(Needs(None))
VIEWER = Depends(Needs("viewer"))
CREATOR = Depends(Needs("creator"))
CURATOR = Depends(Needs("curator"))
ADMIN = Depends(Needs("admin"))
Calling = Annotated[Caller, Depends(caller_of)]


def declared(routers: Iterable[APIRouter]) -> dict[tuple[str, str], Role | None]:
    """The role of every route by method and path; raises LookupError for a route that declares none or several."""
    found: dict[tuple[str, str], Role | None] = {}
    for route in (route for router in routers for route in router.routes):
        assert isinstance(route, APIRoute)
        roles = [one.dependency.role for one in route.dependencies if isinstance(one.dependency, Needs)]
        if len(roles) != 1:
            raise LookupError(f"the route {route.path} declares {len(roles)} roles; it has to declare one")
        found.update({(method, route.path): roles[0] for method in route.methods or ()})
    return found


def describe_roles(description: dict[str, Any], roles: dict[tuple[str, str], Role | None]) -> None:
    """Say in an OpenAPI description which role each operation asks for."""
    for (method, path), role in roles.items():
        operation = description["paths"][path][method.lower()]
        operation["x-role"] = role or "anyone"
        if role is None:
            operation["security"] = []
