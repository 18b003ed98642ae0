"""Which feature a route belongs to; a feature that is off for a tenant is refused with a problem that says so."""

from fastapi import Depends

from platform_service.errors import ServiceError
from platform_service.http.parts import Whole
from platform_service.http.roles import Calling


class FeatureOff(ServiceError):
    """The feature is off for the caller's team."""

    status, title, kind = 403, "This is switched off for your team", "feature-off"


class Feature:
    """A route's declaration."""

    def __init__(self, name: str) -> None:
        self.name = name

    async def __call__(self, whole: Whole, caller: Calling) -> None:
        """Refuse a caller whose tenant does not have the feature."""
        if whole.flags is not None and not whole.flags.is_on(self.name, caller):
            raise FeatureOff(f"{self.name} is off.", "Nothing was changed.", "Ask those who run the platform.")


IMPORTS = Depends(Feature("imports"))
USAGE = Depends(Feature("usage"))
