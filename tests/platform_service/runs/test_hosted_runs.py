"""A request that is posted comes back as a proposal, whoever of the workers carries it out."""

import json

import pytest

from app.run_plain import proposal_from_text
from scene.scene import Scene
from tests.platform_service.runs.conftest import Hosted


@pytest.fixture(scope="module")
def worker(hosted: Hosted):
    return hosted.start_worker()


def test_a_request_becomes_a_proposal_that_a_desktop_can_stage(hosted, worker):
    project = hosted.project("full")
    run_id = hosted.post("full", project, "hang 6 works of neon streets")
    ended = hosted.ended("full", run_id)
    assert ended["result"]["outcome"] == "proposed", ended
    proposal = proposal_from_text(json.dumps(ended["result"]["proposal"]), Scene())
    assert proposal is not None
    assert len(proposal.works) == 6
    assert proposal.turn_id == run_id
    assert (ended["attempts"], ended["project_id"]) == (1, project)
    record = hosted.get("full", f"/v1/projects/{project}/runs")[0]
    assert (record["id"], record["outcome"]) == (run_id, "proposed")
