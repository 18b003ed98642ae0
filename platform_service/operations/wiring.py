"""Puts what a team's operators see around the application; an embedded platform does without."""

from starlette.types import ASGIApp

from platform_service.operations.figures import Figures
from platform_service.operations.observed import Observed
from platform_service.operations.tracing import tracing
from platform_service.platform import VERSION, Platform


def observed(platform: Platform, app: ASGIApp) -> ASGIApp:
    """The application with logs, figures and, where a collector is named, traces around it."""
    return Observed(app, Figures(platform.probes, VERSION), platform.admit, tracing(VERSION))
