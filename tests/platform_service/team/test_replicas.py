"""Two replicas over the same stores serve one library to each tenant, and no tenant another's."""

import shutil
import uuid

import pytest

from tests.platform_service.conftest import Service
from tests.platform_service.live.line import Line
from tests.platform_service.runs.conftest import Hosted
from tests.platform_service.team.conftest import Team


@pytest.fixture(scope="module")
def two(team, codes, short_folder, pictures):
    """Two replicas, and the pictures in the import folder of the tenant `full`."""
    one = team
    other = Service(short_folder())
    other.always = one.service.always
    other.start()
    root = one.service.folder / "imports" / "full"
    shutil.copytree(pictures, root)
    (one.service.folder / "imports" / "empty").mkdir()
    yield one, Team(other, one.settings, one.secret, one.postgres, one.database)
    other.close()


@pytest.fixture(scope="module")
def tokens(two):
    return {tenant: two[0].exchange(two[0].add_tenant(tenant)).json()["access_token"] for tenant in ("full", "empty")}


@pytest.fixture(scope="module")
def imported(two, tokens, wait):
    """The progress of an import that the first replica took and the second was asked about."""
    one, other = two
    root = one.service.folder / "imports" / "full"
    started = one.write(tokens["full"], "POST", "/v1/imports", {"paths": [str(root)]})
    assert started.status_code == 202, started.text
    path = f"/v1/imports/{started.json()['id']}"
    worker = Hosted(one).start_worker()
    wait(lambda: other.get(tokens["full"], path).json()["state"] == "done")
    worker.kill()
    return other.get(tokens["full"], path).json()


def total(team: Team, token: str) -> int:
    return int(team.get(token, "/v1/facets").json()["total"])


def test_what_one_replica_imports_the_other_finds(two, tokens, imported, wait):
    one, other = two
    assert total(other, tokens["full"]) in (0, 24)
    assert imported["added"] == 24
    wait(lambda: total(other, tokens["full"]) == 24)
    with other.client(tokens["full"]) as client:
        hits = client.post("/v1/search", json={"words": "neon street"}).json()["hits"]
        made = client.get(f"/v1/assets/{hits[0]['asset']['id']}/renditions/256")
    assert hits[0]["asset"]["title"].startswith("Neon street")
    assert made.status_code == 200
    assert total(one, tokens["full"]) == 24


def test_another_tenant_has_none_of_it(two, tokens, imported):
    one, _ = two
    asset_id = one.get(tokens["full"], "/v1/assets").json()[0]["id"]
    assert one.get(tokens["empty"], "/v1/assets").json() == []
    assert total(one, tokens["empty"]) == 0
    for path in (
        f"/v1/assets/{asset_id}",
        f"/v1/assets/{asset_id}/renditions/256",
        f"/v1/imports/{imported['import_id']}",
    ):
        assert one.get(tokens["empty"], path).status_code == 404
    folders = [path.name for path in (one.service.folder / "uploads" / "renditions").iterdir()]
    assert not {"full", "empty"} & set(folders)


@pytest.mark.parametrize("path", ["{root}/full", "{root}/empty/../full", "/etc", "/", "{root}/empty/link"])
def test_a_tenant_imports_from_its_own_folder_only(two, tokens, path):
    one, _ = two
    root = one.service.folder / "imports"
    link = root / "empty" / "link"
    if not link.exists():
        link.symlink_to(root / "full")
    answer = one.write(tokens["empty"], "POST", "/v1/imports", {"paths": [path.format(root=root)]})
    assert answer.status_code == 422
    assert answer.json()["detail"] == "The service may not read there."


def test_a_write_that_is_sent_again_to_the_other_replica_has_one_effect(two, tokens):
    one, other = two
    first = one.write(tokens["full"], "POST", "/v1/projects", {"name": "Once"}, "the-same-key")
    again = other.write(tokens["full"], "POST", "/v1/projects", {"name": "Once"}, "the-same-key")
    elsewhere = other.write(tokens["empty"], "POST", "/v1/projects", {"name": "Once"}, "the-same-key")
    assert first.content == again.content
    assert again.headers["idempotency-replayed"] == "true"
    assert elsewhere.json()["id"] != first.json()["id"]


def test_context_written_to_one_replica_is_read_from_the_other(two, tokens):
    one, other = two
    for number, team in enumerate((one, other, one)):
        team.write(tokens["full"], "POST", "/v1/context/sessions/s/turns", {"by": "creator", "text": f"turn {number}"})
        for reader in two:
            turns = reader.get(tokens["full"], "/v1/context/sessions/s").json()["history"]["turns"]
            assert len(turns) == number + 1
    assert one.get(tokens["empty"], "/v1/context/sessions").json() == []


def test_who_joins_sees_at_once_who_stands_on_another_replica(two, tokens):
    one, other = two
    project = one.write(tokens["full"], "POST", "/v1/projects", {"name": "Met"}).json()["id"]
    scene_id = one.write(tokens["full"], "POST", f"/v1/projects/{project}/scenes", {"name": "S"}).json()["scene_id"]
    there, witness, comes = (Line(team.service.uds, tokens["full"]) for team in (other, other, one))
    standing = {"name": "Ada", "position_m": [1.0, 1.6, 2.0], "target_m": [0.0, 1.6, 0.0], "holds": ["work-1"]}
    there.follow(scene_id)
    witness.follow(scene_id)
    for x_m in (0.0, 1.0):
        there.say(type="present", scene_id=scene_id, **{**standing, "position_m": [x_m, 1.6, 2.0]})
        witness.wait("people", lambda told, x_m=x_m: [p["position_m"][0] for p in told["people"]] == [x_m])
    comes.follow(scene_id)
    (seen,) = comes.wait("people")["people"]
    assert {**seen, "position_m": standing["position_m"]} == {**standing, "user": "ada", "session": seen["session"]}
    there.close()
    assert comes.wait("people", lambda told: told["people"] == [])
    back = Line(one.service.uds, tokens["full"])
    back.follow(scene_id)
    assert back.wait("people")["people"] == []
    for line in (witness, comes, back):
        line.close()


def person_of(one: Team, token: str, role: str = "creator") -> tuple[str, str]:
    """A new person of the tenant `full`, and an access token of theirs."""
    name = f"p-{uuid.uuid4().hex[:8]}"
    assert one.write(token, "PUT", f"/v1/identity/users/{name}", {"name": name, "role": role}).status_code == 200
    invited = one.write(token, "POST", f"/v1/identity/users/{name}/invitations").json()["refresh_code"]
    return name, one.exchange(invited).json()["access_token"]


def ended(one: Team, admin: str, name: str, mine: str) -> None:
    body = {"name": name, "role": "creator", "state": "ended"}
    assert one.write(admin, "PUT", f"/v1/identity/users/{name}", body).status_code == 200


def erased(one: Team, admin: str, name: str, mine: str) -> None:
    assert one.write(admin, "POST", f"/v1/identity/users/{name}/erasure").status_code == 201


def signed_out(one: Team, admin: str, name: str, mine: str) -> None:
    assert one.write(mine, "DELETE", "/v1/identity/sign-in").status_code == 204


@pytest.mark.parametrize("take_back", [ended, erased, signed_out])
def test_access_that_is_taken_back_ends_at_once_everywhere(two, tokens, take_back):
    one, other = two
    name, mine = person_of(one, tokens["full"])
    lines = [Line(team.service.uds, mine) for team in (one, other)]
    for team in (one, other):
        assert team.write(mine, "POST", "/v1/projects", {"name": "Mine"}).status_code == 201
    take_back(one, tokens["full"], name, mine)
    assert one.write(mine, "POST", "/v1/projects", {"name": "Too late"}).status_code == 401
    assert [line.until_closed() for line in lines] == [4401, 4401]
    assert other.write(mine, "POST", "/v1/projects", {"name": "Too late"}).status_code == 401


def test_a_key_that_is_ended_opens_nothing_on_any_replica(two, tokens):
    one, other = two
    made = one.write(tokens["full"], "POST", "/v1/identity/keys", {"name": "k", "role": "creator"}).json()
    line = Line(other.service.uds, made["key"])
    assert other.get(made["key"], "/v1/projects").status_code == 200
    one.write(tokens["full"], "DELETE", f"/v1/identity/keys/{made['id']}")
    assert line.until_closed() == 4401
    assert {team.get(made["key"], "/v1/projects").status_code for team in two} == {401}


def test_a_role_that_is_lowered_holds_at_once_for_tokens_and_sockets(two, tokens):
    one, other = two
    project = one.write(tokens["full"], "POST", "/v1/projects", {"name": "Lowered"}).json()["id"]
    scene_id = one.write(tokens["full"], "POST", f"/v1/projects/{project}/scenes", {"name": "S"}).json()["scene_id"]
    name, mine = person_of(one, tokens["full"])
    line = Line(other.service.uds, mine)
    line.save(scene_id, 0, "a")
    assert line.wait("saved")["version"] == 1
    one.write(tokens["full"], "PUT", f"/v1/identity/users/{name}", {"name": name, "role": "viewer"})
    for number in range(1, 6):  # what the other replica had begun to hear may still be saved
        line.save(scene_id, number, f"b{number}", number=number)
        if line.heard_either("saved", "refused")["type"] == "refused":
            break
    else:
        raise AssertionError("a viewer goes on saving")
    assert {team.write(mine, "POST", "/v1/projects", {"name": "Too late"}).status_code for team in two} == {403}
    line.close()


def test_a_replica_that_is_killed_takes_nothing_with_it(two, tokens):
    one, other = two
    made = other.write(tokens["full"], "POST", "/v1/projects", {"name": "Kept"}).json()
    other.service.kill()
    assert one.get(tokens["full"], f"/v1/projects/{made['id']}").json()["name"] == "Kept"
