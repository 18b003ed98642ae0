"""Renditions and the index in a folder and in an S3-compatible store: both pass the same tests."""

import shutil
import uuid

import numpy as np
import pytest

from platform_service.ingest.rendition_bucket import RenditionBucket
from platform_service.ingest.renditions import RenditionFolder
from platform_service.objects import Objects
from platform_service.search.index_places import BucketPlace, FolderPlace
from platform_service.search.lance_index import IndexBroken, IndexRow, LanceIndex
from tests.platform_service.objects import object_store

ONE, OTHER = "a" * 64, "b" * 64


@pytest.fixture(scope="module")
def settings():
    with object_store() as found:
        yield found


@pytest.fixture
def objects(settings):
    opened = Objects(settings)
    yield opened
    opened.close()


def jpeg(middle):
    return b"\xff\xd8" + middle + b"\xff\xd9"


@pytest.fixture(params=["folder", "bucket"])
def renditions(request, tmp_path):
    if request.param == "folder":
        return RenditionFolder(tmp_path / "renditions")
    return RenditionBucket(tmp_path / "renditions", request.getfixturevalue("objects"), uuid.uuid4().hex)


def test_a_rendition_comes_back_as_it_was_written(renditions):
    assert renditions.there(ONE, 256) is None
    renditions.write(ONE, 256, jpeg(b"first"))
    renditions.write(ONE, 256, jpeg(b"again"))
    assert renditions.there(ONE, 256).read_bytes() == jpeg(b"again")
    assert renditions.there(OTHER, 256) is None
    assert renditions.there(ONE, 64) is None


@pytest.mark.parametrize("left", [b"", b"\xff", b"\xff\xd8half of it", b"\x00\x00\x00\x00"])
def test_a_rendition_of_which_a_part_is_lost_is_made_anew(tmp_path, left):
    renditions = RenditionFolder(tmp_path)
    renditions.write(ONE, 256, jpeg(b"whole")).write_bytes(left)
    assert renditions.there(ONE, 256) is None
    renditions.write(ONE, 256, jpeg(b"anew"))
    assert renditions.there(ONE, 256).read_bytes() == jpeg(b"anew")


@pytest.mark.parametrize(("asset_id", "edge_px"), [("../../etc", 64), ("A" * 64, 64), (ONE, 65), ("", 64)])
def test_what_is_no_rendition_has_no_place(renditions, asset_id, edge_px):
    with pytest.raises(ValueError, match=r"64 hex|pixels"):
        renditions.there(asset_id, edge_px)


def test_replicas_share_what_one_of_them_made_and_tenants_share_nothing(objects, tmp_path):
    prefix = uuid.uuid4().hex
    RenditionBucket(tmp_path / "one", objects, prefix).write(ONE, 64, jpeg(b"picture"))
    other = RenditionBucket(tmp_path / "other", objects, prefix)
    assert other.there(ONE, 64).read_bytes() == jpeg(b"picture")
    shutil.rmtree(tmp_path / "other")
    assert other.there(ONE, 64).read_bytes() == jpeg(b"picture")
    assert RenditionBucket(tmp_path / "stranger", objects, uuid.uuid4().hex).there(ONE, 64) is None


def test_without_the_store_renditions_are_made_and_kept_here(settings, tmp_path):
    away = Objects(settings.model_copy(update={"endpoint": "http://127.0.0.1:9"}))
    renditions = RenditionBucket(tmp_path, away, "p")
    assert renditions.there(ONE, 64) is None
    renditions.write(ONE, 64, jpeg(b"picture"))
    assert renditions.there(ONE, 64).read_bytes() == jpeg(b"picture")
    away.close()


def row(name: str, text: str) -> IndexRow:
    return IndexRow(name * 64, text, np.full(4, 0.5, np.float32))


@pytest.fixture(params=["folder", "bucket"])
def place(request, tmp_path):
    if request.param == "folder":
        return FolderPlace(tmp_path / "index")
    at = request.getfixturevalue("settings")
    return BucketPlace(at.bucket, f"index/{uuid.uuid4().hex}", at.endpoint, at.region)


def test_an_index_is_built_written_searched_and_opened_again(place):
    index = LanceIndex(place, dimensions=4)
    assert not index.is_there
    assert index.open() == {}
    index.rebuild([row("a", "neon rain"), row("b", "harbour")])
    assert index.is_there
    assert index.spelled_like("harbor") == ["b" * 64]
    index.write([row("c", "lantern")], ["b" * 64])
    index.tidy()
    again = LanceIndex(place, dimensions=4)
    assert again.open() == {one.id: one.digest for one in (row("a", "neon rain"), row("c", "lantern"))}
    again.rebuild([row("d", "anew")])
    assert set(LanceIndex(place, dimensions=4).open()) == {"d" * 64}


def test_an_index_place_that_does_not_answer_is_told():
    index = LanceIndex(BucketPlace("vernissage", "p", "http://127.0.0.1:9", "us-east-1"), dimensions=4)
    with pytest.raises(IndexBroken):
        index.open()
