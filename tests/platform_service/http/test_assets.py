import io
import shutil
from pathlib import Path

import numpy as np
import pytest
from PIL import Image


@pytest.fixture
def ids(filled) -> list[str]:
    return [asset["id"] for asset in filled.http.get("/v1/assets").json()]


@pytest.mark.parametrize("edge_px", [64, 256])
def test_a_rendition_is_a_jpeg_of_its_edge(filled, ids, edge_px):
    answer = filled.http.get(f"/v1/assets/{ids[0]}/renditions/{edge_px}")
    picture = Image.open(io.BytesIO(answer.content))
    assert answer.headers["content-type"] == "image/jpeg"
    assert (picture.format, max(picture.size)) == ("JPEG", edge_px)


def test_a_client_that_has_it_is_told_so(filled, ids):
    first = filled.http.get(f"/v1/assets/{ids[0]}/renditions/64")
    again = filled.http.get(f"/v1/assets/{ids[0]}/renditions/64", headers={"If-None-Match": first.headers["etag"]})
    other = filled.http.get(f"/v1/assets/{ids[0]}/renditions/256", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert other.status_code == 200


def test_a_small_picture_is_not_blown_up(filled, ids):
    answer = filled.http.get(f"/v1/assets/{ids[0]}/renditions/2048")
    assert max(Image.open(io.BytesIO(answer.content)).size) == 320


def test_deleted_renditions_come_back(filled, ids):
    before = filled.http.get(f"/v1/assets/{ids[1]}/renditions/256").content
    shutil.rmtree(filled.data / "renditions")
    assert filled.http.get(f"/v1/assets/{ids[1]}/renditions/256").content == before


@pytest.mark.parametrize("path", ["0" * 64 + "/renditions/64", "abc/renditions/64", "..%2f..%2fetc/renditions/64"])
def test_unknown_assets_have_no_renditions(filled, path):
    assert filled.http.get(f"/v1/assets/{path}").status_code == 404


@pytest.mark.parametrize("edge_px", ["63", "0", "-1", "100000"])
def test_only_some_edges_are_made(filled, ids, edge_px):
    answer = filled.http.get(f"/v1/assets/{ids[0]}/renditions/{edge_px}")
    assert answer.status_code == 404
    assert "64, 256, 1024, 2048" in answer.json()["advice"]


def test_an_original_that_is_gone_or_changed_is_told(running, tmp_path, paint):
    file = paint(tmp_path / "moved.jpg", ((9, 9, 90),), 5, (200, 200))
    running.imported(tmp_path)
    (asset,) = (one for one in running.http.get("/v1/assets").json() if one["file_name"] == "moved.jpg")
    whole = file.read_bytes()
    file.unlink()
    gone = running.http.get(f"/v1/assets/{asset['id']}/renditions/1024")
    file.write_bytes(b"something else")
    changed = running.http.get(f"/v1/assets/{asset['id']}/renditions/1024")
    file.unlink()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "found.jpg").write_bytes(whole)
    running.imported(tmp_path / "elsewhere")
    found = running.http.get(f"/v1/assets/{asset['id']}/renditions/1024")
    assert (gone.status_code, changed.status_code, found.status_code) == (422, 422, 200)
    assert "moved.jpg" in gone.json()["detail"]
    assert "import it from its new place" in gone.json()["advice"]


def test_lookup_keeps_the_order_and_leaves_out_what_is_unknown(filled, ids):
    asked = [ids[5], "f" * 64, ids[2], ids[5]]
    found = filled.http.post("/v1/assets/lookup", json={"ids": asked}).json()
    assert [asset["id"] for asset in found] == [ids[5], ids[2], ids[5]]
    assert filled.http.get(f"/v1/assets/{ids[2]}").json() == found[1]


def test_pages_cover_the_library_without_overlap(filled, ids):
    pages = [filled.http.get("/v1/assets", params={"offset": o, "limit": 10}).json() for o in (0, 10, 20, 30)]
    assert [len(page) for page in pages] == [10, 10, 4, 0]
    assert [asset["id"] for page in pages for asset in page] == ids


def test_features_are_float_rows_in_the_order_asked(filled, ids, wait):
    def features(wanted: list[str]) -> np.ndarray:
        answer = filled.http.post("/v1/features", json={"ids": wanted})
        shape = int(answer.headers["x-rows"]), int(answer.headers["x-dimensions"])
        return np.frombuffer(answer.content, "<f4").reshape(shape)

    some, turned = features(ids[:3]), features(ids[2::-1])
    assert some.shape[0] == 3
    assert np.isfinite(some).all()
    assert np.array_equal(some, turned[::-1])
    assert features([]).shape[0] == 0
    assert filled.http.post("/v1/features", json={"ids": ["f" * 64]}).status_code == 404


def test_facets_count_what_there_is(filled):
    facets = filled.http.get("/v1/facets").json()
    assert (facets["total"], facets["undated"]) == (24, 16)
    assert {"value": "tokyo", "count": 8} in facets["tags"]
    assert facets["years"] == [{"value": "1999", "count": 8}]
    assert facets["orientations"] == [
        {"value": "landscape", "count": 8},
        {"value": "portrait", "count": 8},
        {"value": "square", "count": 8},
    ]
    assert {facet["value"] for facet in facets["colours"]} >= {"green", "blue", "magenta"}


def test_where_a_file_lies_is_told_to_who_owns_the_library(filled, ids):
    places = filled.http.get(f"/v1/assets/{ids[0]}/places").json()
    assert len(places) == 1
    assert Path(places[0]).is_file()
    refused = filled.http.get(f"/v1/assets/{'0' * 64}/places")
    assert refused.status_code == 404
    assert "There is no asset" in refused.json()["detail"]
