"""How routes get at the composed platform: only ever as the tenant that the door verified.

What a route depends on is asynchronous throughout: FastAPI would hand each plain function to a thread and wait for it.
"""

from typing import Annotated

from fastapi import Depends, Request

from platform_service.http.roles import Calling
from platform_service.platform import Platform
from platform_service.tenancy import TenantParts


async def platform_of(request: Request) -> Platform:
    """The platform that this application was composed with."""
    platform = request.app.state.platform
    assert isinstance(platform, Platform)
    return platform


Whole = Annotated[Platform, Depends(platform_of)]


async def parts_of(whole: Whole, caller: Calling) -> TenantParts:
    """The parts of the caller's tenant."""
    return await whole.tenancy.of(caller.tenant)


Parts = Annotated[TenantParts, Depends(parts_of)]
