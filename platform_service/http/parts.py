"""How routes get at the composed platform."""

from typing import Annotated

from fastapi import Depends, Request

from platform_service.platform import Platform


def platform_of(request: Request) -> Platform:
    """The platform that this application was composed with."""
    platform = request.app.state.platform
    assert isinstance(platform, Platform)
    return platform


Parts = Annotated[Platform, Depends(platform_of)]
