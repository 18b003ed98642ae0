"""What is kept of a person is told whole, and erased with a receipt; usage, flags and retention."""

import json

import pytest
from sqlalchemy import func, select, update

from agent.ports.projects import RunRecord
from platform_service.errors import ServiceError
from platform_service.identity.caller import Caller
from platform_service.operations.flags import Flags
from platform_service.operations.retention import sweep
from platform_service.operations.usage import counted
from platform_service.sql import projects, runs
from platform_service.sql.tables import runs as runs_table


@pytest.fixture
def nora(team, admin):
    """A person of the tenant `north` who left traces everywhere; gives the token and the scene."""
    write, north = team.write, admin["north"]
    assert write(north, "PUT", "/v1/identity/users/nora", {"name": "Nora N.", "role": "creator"}).is_success
    code = write(north, "POST", "/v1/identity/users/nora/invitations").json()["refresh_code"]
    token = team.exchange(code).json()["access_token"]
    project = write(token, "POST", "/v1/projects", {"name": "Hers"}).json()["id"]
    scene = write(token, "POST", f"/v1/projects/{project}/scenes", {"name": "Room"}).json()["scene_id"]
    version = {"based_on": 0, "document": {"title": "Hung by her"}, "steps": []}
    assert write(token, "POST", f"/v1/scenes/{scene}/versions", version).is_success
    assert write(token, "PUT", "/v1/context/memory/note", {"text": "likes blue"}).is_success
    assert write(token, "PUT", "/v1/context/preferences/theme", {"value": "dark"}).is_success
    return token, scene


def test_a_person_is_exported_whole_and_erased_with_a_receipt(team, admin, nora):
    token, scene = nora
    north, path = admin["north"], "/v1/identity/users/nora"
    found = team.get(north, f"{path}/export").json()
    assert (found["person"]["name"], len(found["sign_ins"]), len(found["events"])) == ("Nora N.", 1, 2)
    assert "likes blue" in json.dumps(found["context"])
    assert team.get(token, f"{path}/export").status_code == 403
    assert team.get(admin["south"], f"{path}/export").status_code == 404
    answer = team.write(north, "POST", f"{path}/erasure", key="erase-nora-1")
    again = team.write(north, "POST", f"{path}/erasure", key="erase-nora-1")
    assert (answer.status_code, again.json()) == (201, answer.json())
    counts = answer.json()["counts"]
    assert (counts["person"], counts["sign_ins"], counts["context"], counts["events"]) == (1, 1, 2, 2)
    assert answer.json()["kept"]
    assert team.get(north, f"{path}/export").status_code == 404
    assert team.get(token, "/v1/context/memory").status_code == 401, "whoever is erased is nobody at once"
    assert team.get(north, f"/v1/scenes/{scene}").json()["document"] == {"title": "Hung by her"}
    assert team.get(north, "/v1/audit/report").json()["broken"] == []
    assert team.write(north, "POST", "/v1/identity/users/ada/erasure").status_code == 422


def test_usage_counts_tools_outcomes_and_estimates_time():
    steps = {"steps": [{"tool": "search"}, {"tool": "arrange"}]}
    told = counted(
        30,
        [
            RunRecord(id="1", project_id="p", request="x", outcome="approved", workflow=steps, seconds=20.0),
            RunRecord(id="2", project_id="p", request="x", outcome="rejected", workflow=steps, seconds=5.0),
            RunRecord(id="3", project_id="p", request="x", outcome="failed"),
        ],
    )
    assert told.outcomes == {"approved": 1, "rejected": 1, "failed": 1}
    assert [(tool.tool, tool.runs) for tool in told.tools] == [("arrange", 2), ("search", 2)]
    assert told.seconds_saved_estimate == 120 + 900 - 20


def test_usage_is_for_administrators(team, admin, person):
    assert team.get(admin["north"], "/v1/usage").json()["days"] == 30
    assert team.get(person("curator"), "/v1/usage").status_code == 403


async def test_runs_past_their_time_end_in_a_team_and_stay_with_a_creator(store):
    async with store.writing("north") as transaction:
        project = await projects.create(transaction, "Old")
        for name in ("old", "new"):
            await runs.save(transaction, RunRecord(id=name, project_id=project.id, request="x", outcome="failed"))
        await transaction.execute(update(runs_table).where(runs_table.c.id == "old").values(updated="2001-01-01"))
    left = []
    for runs_too in (False, True):
        async with store.writing("north") as transaction:
            await sweep(transaction, runs_too=runs_too)
            left.append((await transaction.execute(select(func.count()).select_from(runs_table))).scalar_one())
    assert left == [2, 1]


def test_a_flag_switches_a_feature_for_one_tenant_and_a_broken_file_changes_nothing(tmp_path):
    file = tmp_path / "flags.json"
    file.write_text('{"imports": {"on": true, "tenants": {"north": false}}}')
    flags = Flags(file)
    north, south = (Caller(tenant, "ada", "admin") for tenant in ("north", "south"))
    assert (flags.is_on("imports", north), flags.is_on("imports", south)) == (False, True)
    assert flags.is_on("never named", north)
    file.write_text('{"imports": {"on": "perhaps"')
    assert not flags.is_on("imports", north)
    file.write_text('{"imports": {"on": false}}  ')
    assert not flags.is_on("imports", south)
    with pytest.raises(ServiceError, match="cannot be read"):
        Flags(tmp_path / "none.json")


def test_a_feature_that_is_off_is_refused_with_a_problem(make_team, tmp_path):
    file = tmp_path / "flags.json"
    file.write_text('{"usage": {"on": false}}')
    team = make_team(flags_file=str(file))
    token = team.exchange(team.add_tenant("off")).json()["access_token"]
    refused = team.get(token, "/v1/usage")
    assert (refused.status_code, refused.json()["type"]) == (403, "urn:vernissage:problem:feature-off")
    file.write_text('{"usage": {"on": true}} ')
    assert team.get(token, "/v1/usage").status_code == 200
    team.service.close()
