"""An embedded platform carries runs out itself, and goes on with them after it was killed."""

import json

from app.runs.plain import proposal_from_text
from scene.scene import Scene
from tests.platform_service.conftest import Service, until


def state(service: Service, run_id: str) -> str:
    return str(service.http.get(f"/v1/runs/{run_id}").json()["state"])


def test_a_run_goes_on_after_the_service_was_killed(service, pictures):
    service.start("--words-only")
    service.imported(pictures)
    project = service.made("POST", "/v1/projects", {"name": "Show"})["id"]
    body = {"project_id": project, "request": "hang 6 works of neon streets"}
    run_id = service.made("POST", "/v1/runs", body)["id"]
    service.kill()
    service.start("--words-only")
    until(lambda: state(service, run_id) == "ended")
    run = service.http.get(f"/v1/runs/{run_id}").json()
    assert run["result"]["outcome"] == "proposed", service.log.read_text()[-3_000:]
    proposal = proposal_from_text(json.dumps(run["result"]["proposal"]), Scene())
    assert proposal is not None
    assert len(proposal.works) == 6
    assert service.stop() == 0
