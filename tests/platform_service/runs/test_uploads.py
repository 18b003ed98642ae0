"""Pictures are offered, sent in parts, checked and imported by a worker, which may be killed; nothing is sent twice."""

import hashlib
from pathlib import Path

import pytest

from tests.platform_service.conftest import until
from tests.platform_service.runs.conftest import Hosted

MIB = 1 << 20
SLOW_IMPORT = (
    "import time\n"
    "from platform_service.ingest.pipeline import Ingest\n"
    "def slow(self, *given, measured=Ingest._measured):\n"
    "    time.sleep(0.15)\n"
    "    return measured(self, *given)\n"
    "Ingest._measured = slow\n"
)
"""Planted: every picture takes its time, so that an import is caught in the middle."""


@pytest.fixture(scope="module", autouse=True)
def token(hosted: Hosted):
    hosted.join("senders")
    yield hosted.tokens["senders"]
    for worker in hosted.workers:
        if worker.process.poll() is None:
            worker.kill()


class Sender:
    """Speaks the protocol by hand."""

    def __init__(self, hosted: Hosted, token: str, files: dict[str, bytes]) -> None:
        self.hosted, self.token, self.files = hosted, token, files
        self.by_id = {hashlib.sha256(content).hexdigest(): content for content in files.values()}

    def offered(self) -> list[dict]:
        return [
            {"id": hashlib.sha256(content).hexdigest(), "bytes": len(content), "name": name}
            for name, content in self.files.items()
        ]

    def offer(self):
        return self.write("POST", "/v1/uploads", {"folder": "Holiday", "files": self.offered()})

    def write(self, method: str, path: str, body: object = None):
        return self.hosted.team.write(self.token, method, path, body)

    def put(self, upload: str, asset: str, part: bytes, offset: int = 0):
        with self.hosted.team.client(self.token) as client:
            return client.put(f"/v1/uploads/{upload}/files/{asset}", params={"offset": offset}, content=part)

    def send_all(self, started: dict) -> None:
        for wanted in started["wanted"]:
            content = self.by_id[wanted["id"]]
            answer = self.put(started["id"], wanted["id"], content[wanted["received"] :], wanted["received"])
            assert answer.json() == {"received": len(content), "whole": True}, answer.text

    def complete(self, upload: str):
        return self.write("POST", f"/v1/uploads/{upload}/complete")

    def progress(self, upload: str) -> dict:
        return self.hosted.team.get(self.token, f"/v1/imports/{upload}").json()


def pictures_of(paint, folder: Path, first: int, count: int) -> dict[str, bytes]:
    made = (
        paint(folder / f"{n}.jpg", ((9 * n % 255, 90, 30),), 700 + n, (240, 160)) for n in range(first, first + count)
    )
    return {f"Holiday/Sylt/dune {path.stem}.jpg": path.read_bytes() for path in made}


def test_what_is_sent_is_in_the_library_and_is_never_wanted_again(hosted, token, paint, tmp_path):
    sender = Sender(hosted, token, pictures_of(paint, tmp_path, 0, 6))
    twin = next(iter(sender.files.values()))
    sender.files["Holiday/again.jpg"] = twin
    started = sender.offer().json()
    assert (len(started["wanted"]), started["there"], started["refused"]) == (6, 0, [])
    sender.send_all(started)
    assert sender.progress(started["id"])["state"] == "uploading"
    assert sender.complete(started["id"]).json()["state"] == "queued"
    hosted.start_worker()
    until(lambda: sender.progress(started["id"])["state"] == "done")
    progress = sender.progress(started["id"])
    assert (progress["added"], progress["already_there"], progress["bad"]) == (6, 1, [])
    found = hosted.team.get(token, "/v1/assets").json()
    assert {one["folder"] for one in found} == {"Holiday/Sylt"}
    assert sorted(one["id"] for one in found) == sorted(sender.by_id)
    for edge in (256, 1024):
        assert hosted.team.get(token, f"/v1/assets/{found[0]['id']}/renditions/{edge}").status_code == 200
    again = sender.offer().json()
    assert (again["wanted"], again["there"]) == ([], 6)
    assert sender.complete(started["id"]).status_code == 409
    foreign = hosted.team.write(
        hosted.tokens["small"], "POST", "/v1/uploads", {"folder": "x", "files": sender.offered()}
    )
    assert len(foreign.json()["wanted"]) == 6, "another tenant learns nothing of what is there"


def test_a_break_costs_only_the_part_that_was_on_its_way(hosted, token):
    content = b"\xff\xd8\xff" + bytes(range(256)) * 9_000
    sender = Sender(hosted, token, {"big.jpg": content})
    (name,) = sender.by_id
    upload = sender.offer().json()["id"]
    assert sender.put(upload, name, content[:MIB]).json() == {"received": MIB, "whole": False}
    hosted.team.service.kill()
    hosted.team.service.start()
    again = sender.offer().json()
    assert again["wanted"] == [{"id": name, "received": MIB}]
    gap = sender.put(again["id"], name, content[2 * MIB :], 2 * MIB)
    assert (gap.status_code, gap.json()["received"]) == (409, MIB)
    assert sender.put(again["id"], name, content[MIB:], MIB).json()["whole"]
    sender.complete(again["id"])
    until(lambda: sender.progress(again["id"])["state"] == "done")
    (bad,) = sender.progress(again["id"])["bad"]
    assert bad["path"] == "big.jpg", "the decoder is guarded, and says why"


@pytest.mark.parametrize(
    ("content", "status", "kind", "told"),
    [
        (b"%PDF-1.7 not a picture", 422, "not-a-picture", "PDF"),
        (b"\0" * 600, 422, "not-a-picture", "zeros only"),
    ],
)
def test_what_is_no_picture_is_left_out_at_its_first_part(hosted, token, paint, tmp_path, content, status, kind, told):
    good = pictures_of(paint, tmp_path, 40 + len(content), 1)
    sender = Sender(hosted, token, {**good, "odd.jpg": content})
    started = sender.offer().json()
    odd = hashlib.sha256(content).hexdigest()
    answer = sender.put(started["id"], odd, content)
    assert (answer.status_code, answer.json()["type"]) == (status, f"urn:vernissage:problem:{kind}")
    (name,) = (one for one in sender.by_id if one != odd)
    assert sender.put(started["id"], name, sender.by_id[name]).json()["whole"]
    sender.complete(started["id"])
    until(lambda: sender.progress(started["id"])["state"] == "done")
    progress = sender.progress(started["id"])
    assert [one["path"] for one in progress["bad"]] == ["odd.jpg"]
    assert told in progress["bad"][0]["why"]
    assert progress["added"] == 1


def test_what_does_not_hold_is_refused_with_a_problem(hosted, token):
    sender = Sender(hosted, token, {"a.jpg": b"\xff\xd8\xff" + b"a" * 100})
    (name,) = sender.by_id
    for odd in ({"name": "../a.jpg"}, {"name": "/etc/a.jpg"}, {"bytes": 0}, {"id": "x"}, {"tenant": "full"}):
        body = {"folder": "x", "files": [{**sender.offered()[0], **odd}]}
        assert sender.write("POST", "/v1/uploads", body).status_code == 422, odd
    large = sender.write("POST", "/v1/uploads", {"folder": "x", "files": [{**sender.offered()[0], "bytes": 300 * MIB}]})
    assert "the limit is 256 MiB" in large.json()["refused"][0]["why"]
    upload = sender.offer().json()["id"]
    assert sender.put(upload, "0" * 64, b"\xff\xd8\xff").status_code == 404
    assert sender.put(upload, name, b"\xff\xd8\xff" + b"b" * 100).status_code == 422, "other content than offered"
    assert sender.put(upload, name, b"\xff\xd8\xff" + b"a" * 101).status_code == 422, "longer than offered"
    assert sender.put(upload, name, bytes(9 * MIB)).status_code == 413
    foreign = Sender(hosted, hosted.tokens["small"], {})
    assert foreign.put(upload, name, b"\xff\xd8\xff").status_code == 404
    assert foreign.complete(upload).status_code == 404
    viewer = Sender(hosted, hosted.member("senders", "vera", "viewer"), {})
    assert viewer.put(upload, name, b"\xff\xd8\xff").status_code == 403
    assert sender.write("DELETE", f"/v1/imports/{upload}").json()["state"] == "cancelled"
    over = sender.put(upload, name, sender.by_id[name])
    assert (over.status_code, over.json()["type"]) == (409, "urn:vernissage:problem:upload-over")


def test_an_import_goes_on_with_another_worker_when_its_own_is_killed(hosted, token, paint, tmp_path):
    for worker in hosted.workers:
        if worker.process.poll() is None:
            worker.kill()
    sender = Sender(hosted, token, pictures_of(paint, tmp_path, 100, 24))
    started = sender.offer().json()
    sender.send_all(started)
    sender.complete(started["id"])
    before = int(hosted.team.get(token, "/v1/assets").headers["x-total"])
    first = hosted.start_worker(SLOW_IMPORT)
    until(lambda: sender.progress(started["id"])["added"] > 2)
    first.kill()
    told = sender.progress(started["id"])["added"]
    hosted.start_worker()
    until(lambda: sender.progress(started["id"])["state"] == "done")
    progress = sender.progress(started["id"])
    assert 2 < told < 24
    assert (progress["added"], progress["already_there"], progress["bad"]) == (24, 0, [])
    assert int(hosted.team.get(token, "/v1/assets").headers["x-total"]) == before + 24


def test_a_large_import_leaves_another_tenant_its_turn_and_can_be_cancelled(hosted, token, paint, tmp_path):
    for worker in hosted.workers:
        if worker.process.poll() is None:
            worker.kill()
    many = [Sender(hosted, token, pictures_of(paint, tmp_path / str(n), 200 + 8 * n, 8)) for n in range(3)]
    ids = []
    for sender in many:
        started = sender.offer().json()
        sender.send_all(started)
        sender.complete(started["id"])
        ids.append(started["id"])
    quiet = Sender(hosted, hosted.tokens["small"], pictures_of(paint, tmp_path / "quiet", 300, 1))
    started = quiet.offer().json()
    quiet.send_all(started)
    quiet.complete(started["id"])
    hosted.start_worker(SLOW_IMPORT)
    until(lambda: quiet.progress(started["id"])["state"] == "done")
    states = [many[0].progress(one)["state"] for one in ids]
    assert states.count("queued") >= 1, f"the quiet tenant had to wait: {states}"
    for one in ids:
        many[0].write("DELETE", f"/v1/imports/{one}")
    until(lambda: all(many[0].progress(one)["state"] in ("cancelled", "done") for one in ids))
    assert any(many[0].progress(one)["state"] == "cancelled" for one in ids)
