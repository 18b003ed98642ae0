import shutil
import threading
import time
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def many(tmp_path_factory, paint) -> Path:
    """A folder whose import takes a while: 150 pictures."""
    folder = tmp_path_factory.mktemp("many") / "Many"
    for number in range(150):
        paint(folder / f"work {number}.jpg", ((number, 90, 200), (255 - number, 30, 60)), number, (900, 700))
    return folder


def total(service) -> int:
    return service.http.get("/v1/facets").json()["total"]


def test_a_folder_comes_in_with_its_words_and_measures(filled):
    found = filled.http.get("/v1/assets", params={"limit": 1_000})
    tokyo = [asset for asset in found.json() if asset["folder"].endswith("Tokyo")]
    sylt = [asset for asset in found.json() if asset["folder"].endswith("Sylt")]
    assert found.headers["x-total"] == "24"
    assert {asset["title"][:11] for asset in tokyo} == {"Neon street"}
    assert all("tokyo" in asset["tags"] for asset in tokyo)
    assert sorted(asset["taken"] for asset in sylt)[0] == "1999-07-01"
    assert tokyo[0]["palette"][0]["share"] > 0.1


def test_importing_twice_adds_nothing(service, pictures):
    service.start()
    first, second = service.imported(pictures), service.imported(pictures)
    assert (first["added"], first["already_there"], first["done"]) == (24, 0, 24)
    assert (second["added"], second["already_there"], second["state"]) == (0, 24, "done")
    assert total(service) == 24


def test_bad_files_are_listed_and_stop_nothing(running, tmp_path, paint):
    paint(tmp_path / "good.jpg", ((10, 200, 10),), 1, (200, 100))
    (tmp_path / "text.jpg").write_text("not a picture")
    (tmp_path / "empty.png").touch()
    whole = paint(tmp_path / "cut.jpg", ((200, 10, 10),), 2, (400, 300)).read_bytes()
    (tmp_path / "cut.jpg").write_bytes(whole[: len(whole) // 3])
    progress = running.imported(tmp_path)
    assert (progress["state"], progress["added"], progress["done"], progress["total"]) == ("done", 1, 4, 4)
    assert {Path(bad["path"]).name for bad in progress["bad"]} == {"text.jpg", "empty.png", "cut.jpg"}
    assert all(bad["why"] for bad in progress["bad"])


def test_nothing_to_import_is_no_error(running, tmp_path):
    progress = running.imported(tmp_path)
    assert (progress["state"], progress["total"], progress["added"]) == ("done", 0, 0)


def test_a_path_that_is_not_there_is_a_bad_file(running, tmp_path):
    progress = running.imported(tmp_path / "gone")
    assert (progress["state"], len(progress["bad"])) == ("done", 1)


def test_the_newest_import_is_listed_first(running, tmp_path):
    running.imported(tmp_path)
    assert running.http.get("/v1/imports").json()[0]["folder"] == str(tmp_path)


def test_a_replayed_start_starts_nothing_new(running, tmp_path):
    body = {"paths": [str(tmp_path)]}
    first = running.write("POST", "/v1/imports", body, "one-key-for-this-import")
    again = running.write("POST", "/v1/imports", body, "one-key-for-this-import")
    assert first.status_code == again.status_code == 202
    assert first.json() == again.json()
    running.finished(first.json()["id"])


def test_a_cancelled_import_keeps_what_it_added(service, many):
    service.start()
    started = service.made("POST", "/v1/imports", {"paths": [str(many)]})
    while service.http.get(f"/v1/imports/{started['id']}").json()["added"] == 0:
        time.sleep(0.01)
    service.made("DELETE", f"/v1/imports/{started['id']}")
    progress = service.finished(started["id"])
    assert progress["state"] == "cancelled"
    assert 0 < progress["added"] < 150
    assert total(service) == progress["added"]
    assert service.write("DELETE", f"/v1/imports/{started['id']}").json()["state"] == "cancelled"


def test_the_service_answers_while_it_imports_and_tells_how_far_it_is(service, many, tmp_path):
    service.start()
    started = service.made("POST", "/v1/imports", {"paths": [str(many)]})
    answers_meanwhile, rates = 0, []
    while True:
        progress = service.http.get(f"/v1/imports/{started['id']}").json()
        answers_meanwhile += progress["state"] == "running"
        assert progress["added"] + progress["already_there"] + len(progress["bad"]) <= progress["total"] or (
            progress["state"] == "scanning"
        )
        if progress["state"] == "done":
            break
        if progress["seconds_left"] is not None:
            rates.append(progress["rate_per_s"])
        time.sleep(0.01)
    assert progress["added"] == 150
    assert rates
    assert rates[-1] > 1
    assert answers_meanwhile >= 3, "it answers while it imports"


@pytest.mark.parametrize("after_s", [0.35, 0.6])
def test_kill_9_in_the_middle_keeps_what_was_told_and_the_import_goes_on_at_the_next_start(service, many, after_s):
    service.start()
    started = service.made("POST", "/v1/imports", {"paths": [str(many)]})
    told = 0
    killer = threading.Timer(after_s, service.process.kill)
    killer.start()
    while service.process.poll() is None:
        try:
            told = service.http.get(f"/v1/imports/{started['id']}").json()["added"]
        except Exception:
            break
    service.kill()
    service.start()
    progress = service.finished(started["id"])
    assert told < 150
    assert (progress["state"], progress["added"], progress["already_there"]) == ("done", 150, 0)
    assert (progress["total"], progress["bad"], total(service)) == (150, [], 150)
    again = service.imported(many)
    assert (again["added"], again["already_there"]) == (0, 150)
    assert service.search(words="work", limit=1)["total"] == 150


def test_an_import_goes_on_after_an_end_in_its_middle(service, many):
    service.start()
    started = service.made("POST", "/v1/imports", {"paths": [str(many)]})
    while service.http.get(f"/v1/imports/{started['id']}").json()["added"] == 0:
        time.sleep(0.01)
    assert service.stop() == 0
    service.start()
    progress = service.finished(started["id"])
    assert (progress["state"], progress["added"], total(service)) == ("done", 150, 150)


def test_the_same_picture_in_two_folders_is_one_work(running, tmp_path, paint):
    one = paint(tmp_path / "a" / "twin.jpg", ((1, 2, 3),), 77, (120, 90))
    (tmp_path / "b").mkdir()
    shutil.copy(one, tmp_path / "b" / "twin.jpg")
    before = total(running)
    progress = running.imported(tmp_path / "a", tmp_path / "b")
    assert (progress["added"], progress["already_there"]) == (1, 1)
    assert total(running) == before + 1
