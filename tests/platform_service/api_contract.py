"""The service against its own description: `python -m tests.platform_service.api_contract` sends 3,000 cases.

Schemathesis makes requests that hold to the description and requests that break it. No answer may be a 5xx or break
the description, and no request may be let in without the token.
"""

import argparse
import json
import sys
import uuid
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import httpx
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from platform_service.describe import FILE
from platform_service.sql.tenants import NO_QUOTAS
from tests.platform_service.stores import Progress, address_of, own_team, set_quotas, stores

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
FORGED = "vsk.north." + "0" * 32 + "." + "0" * 64


@dataclass
class Found:
    """What came of the cases."""

    statuses: Counter[int] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)

    @property
    def cases(self) -> int:
        """How many requests were made by generated cases."""
        return sum(self.statuses.values())


def contract(
    url: str,
    token: str,
    each: int,
    salt: int = 1,
    description: dict[str, Any] | None = None,
    found: Found | None = None,
) -> Found:
    """Send so many cases to each operation, half of them broken on purpose."""
    found = Found() if found is None else found
    for operation in _operations(description or json.loads(FILE.read_text("utf-8"))):
        for mode, count in ((GenerationMode.POSITIVE, each - each // 2), (GenerationMode.NEGATIVE, each // 2)):
            if count:
                _send(operation, mode, count, salt, url, token, found)
    return found


def _operations(description: dict[str, Any]) -> Iterator[Any]:
    plain = _plain(description)
    del plain["security"], plain["components"]["securitySchemes"]  # tokens are tried here, in every way, on every case
    schema = schemathesis.openapi.from_dict(plain)
    for result in schema.get_all_operations():
        yield result.ok()


def _plain(schema: Any) -> Any:
    """Tuples of one kind spelled as lists of a length, which says the same: Schemathesis mistakes the first way."""
    if isinstance(schema, list):
        return [_plain(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    kinds = schema.get("prefixItems")
    if isinstance(kinds, list) and all(kind == kinds[0] for kind in kinds):
        schema = {**{name: value for name, value in schema.items() if name != "prefixItems"}, "items": kinds[0]}
    return {name: _plain(value) for name, value in schema.items()}


def _send(operation: Any, mode: GenerationMode, count: int, salt: int, url: str, token: str, found: Found) -> None:
    is_open = operation.definition.raw.get("security") == []

    @seed(salt)
    @settings(
        max_examples=count,
        deadline=None,
        database=None,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def sent(case: Any) -> None:
        if mode is GenerationMode.POSITIVE and "Idempotency-Key" in case.headers:
            case.headers["Idempotency-Key"] = uuid.uuid4().hex  # made-up keys repeat, and would hide what comes after
        answer = case.call(base_url=url, headers={"Authorization": f"Bearer {token}"})
        found.statuses[answer.status_code] += 1
        try:
            case.validate_response(answer, checks=CHECKS)
        except FailureGroup as group:
            found.broken += [f"{operation.label}: {one.title}: {one.message}"[:600] for one in group.exceptions]
        if not is_open:
            for headers in ({}, {"Authorization": f"Bearer {FORGED}"}):
                refused = case.call(base_url=url, headers=headers)
                if refused.status_code not in (400, 401, 413, 431):
                    found.broken.append(f"{operation.label}: {refused.status_code} without a good token")

    try:
        sent()
    except Unsatisfiable:  # an operation without parameters has nothing to break
        return


def main() -> int:
    """Run it against a platform of its own; gives 1 when anything broke."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=3_000)
    parser.add_argument("--seed", type=int, default=1)
    given_ = parser.parse_args()
    operations = sum(1 for _ in _operations(json.loads(FILE.read_text("utf-8"))))
    found, salt, progress = Found(), given_.seed, Progress("cases", given_.cases)
    with stores() as of, own_team(of, by_port=True) as team:
        url = address_of(team)
        token = key_of(url, team.add_tenant("north"))
        set_quotas(team, NO_QUOTAS)
        while found.cases < given_.cases:  # what is told apart by nothing is sent once: some rounds are short
            left = min(given_.cases - found.cases, 2_000)
            contract(url, token, max(2, -(-left // operations)), salt, found=found)
            progress.at(found.cases, f"({len(found.broken)} broken)")
            salt += 1
        alive = httpx.get(f"{url}/v1/health/ready", trust_env=False).status_code
    print(f"{found.cases} cases over {operations} operations: {len(found.broken)} broken, ready at the end: {alive}")
    print("statuses:", dict(sorted(found.statuses.items())))
    print(*sorted(set(found.broken))[:30], sep="\n")
    return int(bool(found.broken) or alive != 200)


def key_of(url: str, code: str) -> str:
    """The key of a machine that may do everything, made by the tenant's first person."""
    with httpx.Client(base_url=url, trust_env=False, timeout=30) as client:
        token = client.post("/v1/identity/token", json={"refresh_code": code}).json()["access_token"]
        headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": uuid.uuid4().hex}
        made = client.post("/v1/identity/keys", json={"name": "contract", "role": "admin"}, headers=headers)
        return str(made.json()["key"])


if __name__ == "__main__":
    sys.exit(main())
