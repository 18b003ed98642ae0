"""A team's platform, as the tests of the team have it."""

from tests.platform_service.team.conftest import admin, codes, issuer, make_team, person, team

__all__ = ("admin", "codes", "issuer", "make_team", "person", "team")
