"""What every place of sent pictures promises; the folder and the bucket both pass."""

import hashlib
import random

import pytest

from platform_service.objects import Objects
from platform_service.uploads.original_bucket import OriginalBucket
from platform_service.uploads.originals import OriginalFolder, OutOfPlace, WrongContent
from tests.platform_service.objects import object_store


@pytest.fixture(scope="module")
def bucket():
    with object_store("uploads") as where:
        objects = Objects(where)
        yield objects
        objects.close()


@pytest.fixture(params=["folder", "bucket"])
def place(request, tmp_path):
    if request.param == "folder":
        return OriginalFolder(tmp_path / "sent")
    return OriginalBucket(tmp_path / "copies", request.getfixturevalue("bucket"), f"originals/{tmp_path.name}")


def named(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def test_a_file_is_there_once_all_its_parts_are(place):
    content = bytes(range(256)) * 40
    name = named(content)
    assert (place.received(name), place.there(name)) == (0, None)
    assert place.add(name, 0, content[:4_000]) == 4_000
    assert place.add(name, 4_000, content[4_000:9_000]) == 9_000
    assert (place.received(name), place.there(name)) == (9_000, None)
    assert place.add(name, 9_000, content[9_000:]) == len(content)
    place.finish(name)
    place.finish(name)
    whole = place.there(name)
    assert whole is not None
    assert whole.read_bytes() == content
    assert place.received(name) == 0
    assert place.erase(name)
    assert not place.erase(name)
    assert place.there(name) is None


@pytest.mark.parametrize("seed", range(3))
def test_parts_that_come_twice_and_after_breaks_make_the_same_file(place, seed):
    rng = random.Random(seed)
    content = rng.randbytes(rng.randint(1, 4_000))
    name = named(content)
    while (there := place.received(name)) < len(content):
        begin = rng.randint(max(0, there - 50), there)
        place.add(name, begin, content[begin : begin + rng.randint(100, 900)])
    place.finish(name)
    assert place.there(name).read_bytes() == content


def test_what_is_not_what_it_is_called_is_not_kept(place):
    name = named(b"the real one")
    place.add(name, 0, b"another one!")
    with pytest.raises(WrongContent):
        place.finish(name)
    assert (place.received(name), place.there(name)) == (0, None)


def test_a_part_behind_a_gap_is_refused_and_told_where_to_go_on(place):
    name = named(b"abcdef")
    place.add(name, 0, b"ab")
    with pytest.raises(OutOfPlace) as refused:
        place.add(name, 4, b"ef")
    assert refused.value.received == 2


def test_parts_that_nobody_goes_on_with_are_swept(place):
    old, whole = named(b"left off"), named(b"kept")
    place.add(old, 0, b"left")
    place.add(whole, 0, b"kept")
    place.finish(whole)
    assert place.sweep(3_600.0) == 0
    assert place.sweep(-1.0) == 1
    assert place.received(old) == 0
    assert place.there(whole) is not None


def test_a_copy_of_this_machine_that_is_lost_is_fetched_again(tmp_path, bucket):
    name = named(b"somewhere else")
    first = OriginalBucket(tmp_path / "one", bucket, "originals/shared")
    first.add(name, 0, b"somewhere else")
    first.finish(name)
    other = OriginalBucket(tmp_path / "two", bucket, "originals/shared")
    assert other.there(name).read_bytes() == b"somewhere else"


@pytest.mark.parametrize("odd", ["", "../../etc/passwd", "A" * 64, "0" * 63])
def test_nothing_but_a_digest_names_a_file(place, odd):
    with pytest.raises(ValueError, match="64 hex digits"):
        OriginalFolder(place._here.root if isinstance(place, OriginalBucket) else place.root).there(odd)
