"""The service keeps to its own description; a description that says otherwise is noticed."""

import copy
import json

import pytest

from platform_service.describe import FILE
from platform_service.sql.tenants import NO_QUOTAS
from tests.platform_service.api_contract import contract, key_of
from tests.platform_service.stores import Stores, address_of, own_team, set_quotas


@pytest.fixture(scope="module")
def reached(postgres, redis_server, short_folder):
    """A platform on a port, and a key that may do everything in it."""
    with own_team(Stores(short_folder(), postgres, redis_server), by_port=True) as team:
        url = address_of(team)
        token = key_of(url, team.add_tenant("contract"))
        set_quotas(team, NO_QUOTAS)
        yield url, token


def test_no_answer_breaks_the_description_and_none_is_given_without_a_token(reached):
    found = contract(*reached, each=3)
    assert found.broken == []
    assert found.cases >= 120
    assert found.statuses[200] + found.statuses[201] > 30


def test_a_description_that_is_not_kept_is_noticed(reached):
    told = json.loads(FILE.read_text("utf-8"))
    path = "/v1/identity/me"
    planted = copy.deepcopy(
        {**told, "paths": {path: told["paths"][path], "/v1/health/live": told["paths"]["/v1/health/live"]}}
    )
    planted["components"]["schemas"]["Me"]["properties"]["tenant"] = {"type": "integer"}
    planted["paths"]["/v1/health/live"]["get"].pop("security")
    broken = " ".join(contract(*reached, each=1, description=planted).broken)
    assert "/v1/identity/me" in broken
    assert "200 without a good token" in broken
