"""Probes of one tenant into another, over every route: `python -m tests.platform_service.probes` sends 100,000."""

import argparse
import json
import random
import re
import sys
import time
import uuid
from dataclasses import dataclass, field
from typing import Any

import httpx

from platform_service.http.app import THEMES
from platform_service.http.roles import declared
from platform_service.sql.tenants import NO_QUOTAS
from tests.platform_service.stores import Progress, own_team, set_quotas, stores
from tests.platform_service.team.conftest import Team

SECRET = "Northern Secret"
ROUTES = sorted(declared(theme.router for theme in THEMES))
KEY = "a-key-that-north-used"
BELIEVED_S = 16.0
"""A running service believes a tenant's quotas for so long."""


@dataclass
class Target:
    """What a tenant has: its ids, and what it looks like from inside."""

    team: Team
    token: str
    ids: list[str] = field(default_factory=list)

    def fill(self) -> None:
        """Put something of every kind there, each with the secret in it."""
        project = self._write("POST", "/v1/projects", {"name": SECRET}, KEY)["id"]
        scene = self._write("POST", f"/v1/projects/{project}/scenes", {"name": SECRET})["scene_id"]
        version = {"based_on": 0, "document": {"title": SECRET}, "steps": [{"name": SECRET}]}
        self._write("POST", f"/v1/scenes/{scene}/versions", version)
        ids = {kind: uuid.uuid4().hex for kind in ("canvas", "run", "session")}
        canvas = {"id": ids["canvas"], "project_id": project, "name": SECRET}
        self._write("PUT", f"/v1/canvases/{ids['canvas']}", canvas)
        run = {"id": ids["run"], "project_id": project, "request": SECRET, "outcome": "approved"}
        self._write("PUT", f"/v1/runs/{ids['run']}", run)
        self._write("POST", "/v1/feedback", {"run_id": ids["run"], "verdict": "approved", "reason": SECRET})
        self._write("POST", f"/v1/context/sessions/{ids['session']}/turns", {"by": "creator", "text": SECRET})
        self._write("PUT", "/v1/context/memory/note", {"text": SECRET})
        self._write("PUT", "/v1/context/preferences/theme", {"value": SECRET})
        self._write("PUT", "/v1/identity/users/nora", {"name": SECRET, "role": "viewer"})
        key = self._write("POST", "/v1/identity/keys", {"name": SECRET, "role": "admin"})["id"]
        self.ids = [project, scene, *ids.values(), key, "nora", "ada", "note", "theme"]

    def seen(self) -> str:
        """All that the tenant sees, as text; it must be the same before and after the probes."""
        with self.team.client(self.token) as client:
            found = [client.get(path).json() for path in self._paths()]
        return json.dumps(found, sort_keys=True)

    def _paths(self) -> list[str]:
        project, scene, canvas, run, session = self.ids[:5]
        return [
            "/v1/projects", f"/v1/scenes/{scene}", f"/v1/projects/{project}/canvases", f"/v1/projects/{project}/runs",
            f"/v1/runs/{run}/feedback", f"/v1/context/sessions/{session}", "/v1/context/memory", "/v1/identity/users",
            "/v1/identity/keys", "/v1/assets", "/v1/imports", f"/v1/projects/{project}/scenes?{canvas}",
        ]  # fmt: skip

    def _write(self, method: str, path: str, body: object, key: str = "") -> dict[str, Any]:
        answer = self.team.write(self.token, method, path, body, key)
        assert answer.is_success, answer.text
        found: dict[str, Any] = answer.json()
        return found


def probe(client: httpx.Client, rng: random.Random, ids: list[str]) -> str:
    """Send one; gives what leaked, or nothing."""
    method, template = rng.choice(ROUTES)
    path = re.sub(r"\{version\}|\{edge_px\}", lambda _: rng.choice(["1", "64", "0"]), template)
    path = re.sub(r"\{\w+\}", lambda _: rng.choice([*ids, "none", "%00", "..%2fnorth", "*"]), path)
    chosen = rng.choice(ids)
    body = {
        "name": "x", "project_id": chosen, "id": path.rpartition("/")[2], "tenant": "north", "ids": [chosen],
        "run_id": chosen, "verdict": "approved", "words": SECRET[:4], "based_on": 1, "document": {}, "text": "x",
        "by": "creator", "role": "admin", "value": 1, "paths": ["/north"], "request": "x", "outcome": "failed",
        "refresh_code": f"vrc.north.{'0' * 32}.0.{'0' * 64}", "selection": [chosen],
    }  # fmt: skip
    kept = rng.sample(sorted(body), rng.randint(1, 6))
    headers = {"Idempotency-Key": rng.choice([KEY, uuid.uuid4().hex])}
    headers |= dict(rng.sample([("X-Tenant", "north"), ("Tenant", "north"), ("X-Forwarded-User", "ada")], 1))
    sent = None if method == "GET" else {name: body[name] for name in kept}
    answer = client.request(method, path, json=sent, headers=headers, params={"tenant": "north"})
    if answer.status_code >= 500:
        return f"{answer.status_code} from {method} {path}: {answer.text[:200]}"
    if SECRET in answer.text or SECRET in str(answer.headers):
        return f"{method} {path} tells {answer.text[:200]}"
    return ""


def prepared(team: Team, tenants: tuple[str, str] = ("north", "south")) -> tuple[Target, dict[str, str]]:
    """Two tenants, the first filled, and a machine's key of each."""
    keys = {}
    for tenant in tenants:
        token = team.exchange(team.add_tenant(tenant)).json()["access_token"]
        made = team.write(token, "POST", "/v1/identity/keys", {"name": "probe", "role": "admin"})
        keys[tenant] = str(made.json()["key"])
    target = Target(team, keys[tenants[0]])
    target.fill()
    return target, keys


def probed(
    team: Team, token: str, target: Target, count: int, seed: int, progress: Progress | None = None
) -> list[str]:
    """What leaked from or changed in the target by so many probes of a bearer of another tenant's token."""
    found: list[str] = []
    before, rng = target.seen(), random.Random(seed)
    assert SECRET in before, "the probes could find nothing"
    with team.client(token) as client:
        for number in range(count):
            found += [leak for leak in [probe(client, rng, target.ids)] if leak]
            if progress is not None:
                progress.at(number + 1, f"({len(found)} leaks)")
    return [*found, *(["the target has changed"] if target.seen() != before else [])]


def main() -> int:
    """Probe a platform of its own; gives 1 when anything leaked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--probes", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with stores() as of, own_team(of) as team:
        target, keys = prepared(team)
        set_quotas(team, NO_QUOTAS)
        time.sleep(BELIEVED_S)
        found = probed(team, keys["south"], target, given.probes, given.seed, Progress("probes", given.probes))
    print(f"{given.probes} probes over {len(ROUTES)} routes: {len(found)} leaks", *found[:5], sep="\n")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
