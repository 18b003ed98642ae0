import time

import pytest


@pytest.fixture
def project(running) -> dict:
    return running.made("POST", "/v1/projects", {"name": "Berlin"})


def test_projects_come_last_changed_first(running):
    first = running.made("POST", "/v1/projects", {"name": "First"})
    time.sleep(0.005)
    running.made("POST", "/v1/projects", {"name": "Second"})
    time.sleep(0.005)
    running.made("PUT", f"/v1/projects/{first['id']}", {"name": "First again"})
    names = [project["name"] for project in running.http.get("/v1/projects").json()]
    assert names[:2] == ["First again", "Second"]
    assert running.http.get(f"/v1/projects/{first['id']}").json()["created"] == first["created"]


def test_a_project_made_offline_keeps_its_id(running):
    running.made("PUT", "/v1/projects/made-offline", {"name": "Offline"})
    running.made("PUT", "/v1/projects/made-offline", {"name": "Online"})
    assert running.http.get("/v1/projects/made-offline").json()["name"] == "Online"


def test_names_are_kept_as_they_are(running):
    name = "Räume — 夜の街 <img src=x> 🌃"
    made = running.made("POST", "/v1/projects", {"name": name})
    assert running.http.get(f"/v1/projects/{made['id']}").json()["name"] == name


def test_a_canvas_is_made_and_replaced(running, project):
    canvas = {"id": "canvas-1", "project_id": project["id"], "name": "Mood", "asset_ids": ["b", "a"]}
    running.made("PUT", "/v1/canvases/canvas-1", canvas)
    running.made("PUT", "/v1/canvases/canvas-1", {**canvas, "asset_ids": ["a"]})
    assert running.http.get(f"/v1/projects/{project['id']}/canvases").json() == [{**canvas, "asset_ids": ["a"]}]


def test_a_canvas_does_not_move_between_projects(running, project):
    other = running.made("POST", "/v1/projects", {"name": "Other"})
    canvas = {"id": "canvas-2", "project_id": project["id"], "name": "Mood", "asset_ids": []}
    running.made("PUT", "/v1/canvases/canvas-2", canvas)
    moved = running.write("PUT", "/v1/canvases/canvas-2", {**canvas, "project_id": other["id"]})
    misnamed = running.write("PUT", "/v1/canvases/canvas-3", canvas)
    assert moved.status_code == misnamed.status_code == 422
    assert running.http.get(f"/v1/projects/{other['id']}/canvases").json() == []


def test_runs_are_kept_with_their_outcome_and_feedback(running, project):
    run = {"id": "run-1", "project_id": project["id"], "request": "create a gallery", "outcome": "proposed"}
    running.made("PUT", "/v1/runs/run-1", run)
    running.made("PUT", "/v1/runs/run-1", {**run, "outcome": "approved", "seconds": 1.5})
    running.made("POST", "/v1/feedback", {"run_id": "run-1", "verdict": "approved", "reason": "lovely"})
    (kept,) = running.http.get(f"/v1/projects/{project['id']}/runs").json()
    (said,) = running.http.get("/v1/runs/run-1/feedback").json()
    assert (kept["outcome"], kept["seconds"]) == ("approved", 1.5)
    assert said == {"run_id": "run-1", "verdict": "approved", "reason": "lovely", "asset_id": None}


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "/v1/projects/none", None),
        ("PUT", "/v1/scenes/s1", {"project_id": "none", "name": "x"}),
        ("GET", "/v1/projects/none/canvases", None),
        ("GET", "/v1/projects/none/scenes", None),
        ("GET", "/v1/projects/none/runs", None),
        ("PUT", "/v1/canvases/c", {"id": "c", "project_id": "none", "name": "x"}),
        ("PUT", "/v1/runs/r", {"id": "r", "project_id": "none", "request": "x", "outcome": "failed"}),
        ("POST", "/v1/feedback", {"run_id": "none", "verdict": "rejected"}),
        ("GET", "/v1/imports/none", None),
        ("DELETE", "/v1/imports/none", None),
    ],
)
def test_what_is_not_there_is_said_plainly(running, method, path, body):
    answer = running.write(method, path, body)
    assert answer.status_code == 404
    assert "none" in answer.json()["detail"]
    assert answer.json()["advice"]
