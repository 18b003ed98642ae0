import asyncio
import shutil

import numpy as np
import pytest

from agent.ports.closeness import Vectors
from app.platform.closeness import PlatformCloseness
from app.platform.http import Access, PlatformHttp
from platform_service.embedding.meaning import Meaning
from tests.platform_service.conftest import TOKEN


def titles(found: dict) -> set[str]:
    return {hit["asset"]["title"].rstrip("0123456789 ") for hit in found["hits"] if hit["fits"]}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"words": "neon"}, {"Neon street"}),
        ({"words": "cyberpunk"}, {"Neon street"}),
        ({"words": "trees and woods"}, {"Forest path"}),
        ({"words": "the ocean"}, {"Sea"}),
        ({"colours": ["magenta"]}, {"Neon street"}),
        ({"orientation": "portrait"}, {"Forest path"}),
        ({"dates": {"start": "1999-01-01", "end": "1999-12-31"}}, {"Sea"}),
        ({"without_tags": ["tokyo"], "undated": True}, {"Forest path"}),
        ({"folders": ["Tokyo"]}, {"Neon street"}),
        ({"words": "helicopter"}, set()),
    ],
)
def test_words_colours_and_filters_find_what_they_should(filled, wait, query, found):
    wait(lambda: filled.search(words="x")["by_meaning"])
    assert titles(filled.search(**query)) == found


def test_hits_have_score_and_reason_and_the_count_goes_past_the_limit(filled):
    found = filled.search(words="neon", limit=3)
    assert len(found["hits"]) == 3
    assert (found["fitting"], found["total"]) == (8, 24)
    assert all(found["cut_off"] <= hit["score"] <= 1 for hit in found["hits"])
    assert "title: neon" in found["hits"][0]["reason"]


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b'{"words": "neon"}', "application/json; charset=utf-8", 200),
        (b'{"words": "neon"}', "text/plain", 422),
        (b'{"words": "neon"', "application/json", 422),
        (b'{"words": 3}', "application/json", 422),
        (b'{"unknown": 3}', "application/json", 422),
        (b"\xff\xff", "application/json", 400),
        (b"[" * 100_000, "application/json", 400),
        (b"", "application/json", 422),
    ],
)
def test_what_is_not_well_formed_is_refused_and_another_way_to_say_json_is_read(filled, body, kind, status):
    answer = filled.http.post("/v1/search", content=body, headers={"Content-Type": kind})
    assert answer.status_code == status
    if status != 200:
        assert set(answer.json()) >= {"type", "title", "status", "detail", "kept", "advice", "correlation_id"}
    refused = filled.http.post("/v1/search", content=body, headers={"Content-Type": kind, "Authorization": "Bearer x"})
    assert refused.status_code == 401


def test_like_an_asset_finds_its_kind_first(filled):
    sea = filled.search(words="sea", limit=1)["hits"][0]["asset"]["id"]
    found = filled.search(like_asset_id=sea, limit=8)
    assert found["hits"][0]["asset"]["id"] == sea
    assert titles({"hits": found["hits"]}) == {"Sea"}
    assert filled.http.post("/v1/search", json={"like_asset_id": "nope"}).status_code == 404


def test_the_index_may_be_deleted_while_the_service_runs(filled, wait):
    assert wait(lambda: titles(filled.search(words="forrest")) == {"Forest path"})
    shutil.rmtree(filled.data / "index.lance")
    assert titles(filled.search(words="neon")) == {"Neon street"}
    filled.search(words="forrest")
    assert wait(lambda: titles(filled.search(words="forrest")) == {"Forest path"})


def test_search_goes_on_without_the_sentence_embedding(service, pictures):
    service.start("--words-only")
    service.imported(pictures)
    found = service.search(words="cyberpunk")
    assert found["by_meaning"] is False
    assert titles(found) == {"Neon street"}
    assert service.http.get("/v1/health").json()["meaning"] == "absent"
    none = service.http.post("/v1/vectors", json={"texts": ["neon"]})
    assert (none.status_code, none.content) == (204, b"")


def test_texts_that_mean_the_same_have_vectors_that_are_near(filled):
    texts = ["hung edge to edge", "close to each other on the wall", "lavender fields"]
    answer = filled.http.post("/v1/vectors", json={"texts": texts})
    rows = np.frombuffer(answer.content, "<f4").reshape(int(answer.headers["x-rows"]), -1)
    assert rows.shape == (3, int(answer.headers["x-dimensions"]))
    assert answer.headers["x-model"] == Meaning.name
    near = rows @ rows.T
    assert near[0, 1] > near[0, 2] + 0.1


@pytest.mark.parametrize("texts", [[], [""], ["x" * 401], ["x"] * 65, "x", [1]])
def test_too_many_or_too_long_texts_are_refused(filled, texts):
    assert filled.http.post("/v1/vectors", json={"texts": texts}).status_code == 422


def test_the_desktop_gets_them_by_its_port(filled):
    async def asked() -> Vectors | None:
        http = PlatformHttp()
        await http.connect(Access(TOKEN, socket=str(filled.uds)))
        try:
            return await PlatformCloseness(http).vectors(("crabs", "lobsters"))
        finally:
            await http.close()

    found = asyncio.run(asked())
    assert found is not None
    assert found.rows.shape[0] == 2
    assert np.allclose(np.linalg.norm(found.rows, axis=1), 1, atol=1e-4)
