"""Every route declares its role, and every role is held to it."""

import re

import pytest
from fastapi import APIRouter

from platform_service.http.app import THEMES
from platform_service.http.roles import ADMIN, VIEWER, declared
from platform_service.identity.caller import ROLES

ALL = declared(theme.router for theme in THEMES)
OWN = {"sign-in", "context"}
"""What everybody may do with what is their own."""
OPEN = {("POST", "/v1/identity/token"), ("GET", "/v1/health/live"), ("GET", "/v1/health/ready")}


def filled(path: str) -> str:
    return re.sub(r"\{version\}|\{edge_px\}", "64", re.sub(r"\{(\w*id|name)\}", "none", path))


def test_only_signing_in_and_being_asked_for_health_need_no_role():
    assert {route for route, role in ALL.items() if role is None} == OPEN
    assert len(ALL) > 30


def test_reading_needs_less_than_writing():
    assert all(role in (None, "viewer", "admin") for (method, _), role in ALL.items() if method == "GET")
    writes = {
        role for (method, path), role in ALL.items() if method in ("PUT", "DELETE") and not OWN & set(path.split("/"))
    }
    assert "viewer" not in writes


@pytest.mark.parametrize("dependencies", [[], [VIEWER, ADMIN]])
def test_a_route_without_one_declaration_is_not_served(dependencies):
    router = APIRouter()
    router.get("/v1/new", dependencies=dependencies)(lambda: None)
    with pytest.raises(LookupError, match="/v1/new"):
        declared([router])


@pytest.mark.parametrize("role", ROLES)
def test_each_role_is_held_to_every_route(team, person, role):
    token = person(role)
    for (method, path), needed in ALL.items():
        if needed is None or "sign-in" in path:
            continue
        answer = team.write(token, method, filled(path), {} if method in ("POST", "PUT") else None)
        allowed = ROLES.index(role) >= ROLES.index(needed)
        assert (answer.status_code != 403) == allowed, (method, path, answer.text)
        assert answer.status_code not in {401, 429, *range(500, 600)}, (method, path, answer.text)


def test_without_a_token_every_route_refuses(team):
    with team.service.client(Authorization="") as client:
        for method, path in ALL:
            answer = client.request(method, filled(path), json={})
            expected = (422 if method == "POST" else 200) if (method, path) in OPEN else 401
            assert answer.status_code == expected, (method, path)


def test_an_admin_cannot_lock_the_last_door(team, admin):
    body = {"name": "Ada", "role": "viewer"}
    assert team.write(admin["north"], "PUT", "/v1/identity/users/ada", body).status_code == 422
