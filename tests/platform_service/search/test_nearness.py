"""What is looked for by bytes and scored in part is what all of it gives when computed plainly."""

import json
from collections.abc import Callable, Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.ports.library import Query
from platform_service.search.associations import Associations
from platform_service.search.codes import Codes
from platform_service.search.mirror import Mirror, Row
from platform_service.search.nearness import Near, Nearness
from platform_service.search.score import Calibration, risen
from platform_service.search.search import Search

WIDTH = 48
WORDS = ("neon", "rain", "sea", "fern", "city", "purple", "boats", "ink")


class ByBytes(Search):
    """Looks by bytes also where the library is small."""

    def __init__(self, *given: object) -> None:
        super().__init__(*given)  # type: ignore[arg-type]
        self._nearness = Nearness(Calibration(), by_bytes_from=1)


class Plainly(Search):
    """Every product in floating point, every row scored."""

    def _all_near(self, meanings: Sequence[np.ndarray | None]) -> list[Near | None]:
        matrix, numbers = self.mirror.text.view, Calibration()
        rows = np.arange(len(matrix))
        return [
            None
            if one is None
            else Near(rows, risen(matrix @ one, numbers.meaning_from, numbers.meaning_to), len(rows))
            for one in meanings
        ]

    def _touched(self, *_: object) -> None:
        return None


def unit(vectors: np.ndarray) -> np.ndarray:
    return (vectors / np.linalg.norm(vectors, axis=-1, keepdims=True)).astype(np.float32)


def mirror_of(make: Callable[..., object], rng: np.random.Generator, size: int, near: float) -> Mirror:
    """A library whose vectors lie more or less near to one direction; one in ten has none yet."""
    mirror = Mirror(WIDTH)
    mirror.codes = Codes(block=32)
    centre = unit(rng.standard_normal(WIDTH))
    for number in range(size):
        tags = ", ".join(rng.choice(WORDS, rng.integers(0, 3), replace=False))
        colours = ", ".join(f"{name} {rng.integers(5, 45)}" for name in rng.choice(("blue", "purple", "red"), 2, False))
        hashed = "00ff00ff00ff00ff" if rng.random() < 0.1 else f"{rng.integers(1, 2**62):016x}"
        asset = make(f"Work {number}", tags, colours=colours, number=number, phash=hashed)
        vector = unit(unit(rng.standard_normal(WIDTH)) + rng.random() * near * centre)
        visual = np.ones(8, np.float32) / np.sqrt(8.0)
        mirror.add(Row(asset, visual.astype(np.float32), None if rng.random() < 0.1 else vector))
    return mirror


queries = st.builds(
    Query,
    words=st.lists(st.sampled_from(WORDS), max_size=3).map(" ".join),
    colours=st.sampled_from([(), ("blue",)]),
    less_colours=st.sampled_from([(), ("purple",)]),
    more_colours=st.sampled_from([(), (), ("red",)]),
    less_words=st.sampled_from([(), ("sea",)]),
    without_tags=st.sampled_from([(), (), ("rain",)]),
    limit=st.sampled_from([1, 3, 50]),
)


@settings(max_examples=60, deadline=None)
@given(
    asked=st.lists(queries, min_size=1, max_size=5),
    size=st.integers(0, 120),
    near=st.sampled_from([0.0, 0.5, 2.0]),
    seed=st.integers(0, 2**16),
)
def test_a_search_is_what_it_is_when_computed_plainly(
    make: Callable[..., object], table: Associations, asked: list[Query], size: int, near: float, seed: int
) -> None:
    rng = np.random.default_rng(seed)
    mirror = mirror_of(make, rng, size, near)
    embedded = {query.words: unit(rng.standard_normal(WIDTH)) for query in asked}
    if size:
        embedded[asked[0].words] = unit(mirror.text.view[0] + rng.standard_normal(WIDTH) * 0.1)

    def embed(texts: Sequence[str]) -> list[np.ndarray | None]:
        return [embedded[text] if text else None for text in texts]

    ours, plain = (made(mirror, table, embed).told_all(asked) for made in (ByBytes, Plainly))
    for one, other in zip(ours, plain, strict=True):
        assert isinstance(one, bytes)
        assert isinstance(other, bytes)
        found, wanted = json.loads(one), json.loads(other)
        for told in (found, wanted):
            del told["ms"]
        scores = [[hit.pop("score") for hit in told["hits"]] for told in (found, wanted)]
        assert np.allclose(*scores, atol=1.01e-4)
        assert found == wanted


@settings(max_examples=40, deadline=None)
@given(
    sizes=st.lists(st.integers(1, 60), min_size=1, max_size=4),
    width=st.integers(1, 400),
    spiky=st.booleans(),
    least=st.floats(-0.5, 0.9),
    seed=st.integers(0, 2**16),
)
def test_no_row_that_counts_is_passed_over(sizes: list[int], width: int, spiky: bool, least: float, seed: int) -> None:
    """The library grows, and rows are replaced; vectors may be spiky, which bytes cannot follow."""
    rng = np.random.default_rng(seed)
    matrix, codes, power = np.zeros((0, width), np.float32), Codes(block=32), 5 if spiky else 1
    for size in sizes:
        matrix = np.concatenate([matrix, unit(rng.standard_normal((size, width)) ** power)])
        replaced = int(rng.integers(len(matrix)))
        matrix[replaced] = unit(rng.standard_normal(width))
        codes.put(replaced)
        assert codes.is_behind(len(matrix))
        codes.follow(matrix)
        assert not codes.is_behind(len(matrix))
        asked = [unit(rng.standard_normal(width) ** power + matrix[number]) for number in (0, -1)]
        looked_at, found = codes.reaching(asked, least)
        assert looked_at == len(matrix)
        for vector, rows in zip(asked, found, strict=True):
            assert set(np.flatnonzero(matrix @ vector >= least)) <= set(rows.tolist())
            assert (np.diff(rows) > 0).all()


def test_the_bytes_of_a_meaning_leave_few_to_compute_exactly() -> None:
    rng = np.random.default_rng(3)
    vectors, codes = unit(rng.standard_normal((2_000, 384))), Codes()
    codes.follow(vectors)
    _, (rows,) = codes.reaching([unit(rng.standard_normal(384))], 0.3)
    assert len(rows) < 5


def test_a_vector_that_comes_later_is_found(make: Callable[..., object], table: Associations) -> None:
    rng = np.random.default_rng(5)
    mirror = mirror_of(make, rng, 40, 0.0)
    wanted = unit(rng.standard_normal(WIDTH))
    search = ByBytes(mirror, table, lambda texts: [wanted] * len(texts))
    search.find(Query(words="zzz"))
    mirror.set_text([(mirror.ids[7], wanted)])
    first = search.find(Query(words="zzz")).hits[0]
    assert (first.asset.id, first.reason) == (mirror.ids[7], "very close in meaning")


@pytest.mark.parametrize("vector", [np.zeros(WIDTH, np.float32), np.eye(1, WIDTH, 3, np.float32)[0]])
def test_strange_vectors_do_no_harm(make: Callable[..., object], table: Associations, vector: np.ndarray) -> None:
    mirror = mirror_of(make, np.random.default_rng(6), 40, 0.0)
    mirror.set_text([(mirror.ids[3], np.eye(1, WIDTH, 3, np.float32)[0]), (mirror.ids[4], np.zeros(WIDTH, np.float32))])
    found = ByBytes(mirror, table, lambda texts: [vector] * len(texts)).find(Query(words="zzz"))
    assert [hit.asset.id for hit in found.hits if hit.fits] == ([mirror.ids[3]] if vector.any() else [])


def test_where_many_count_the_look_by_bytes_is_left_out_for_a_while_and_tried_again(
    make: Callable[..., object], table: Associations, monkeypatch: pytest.MonkeyPatch
) -> None:
    mirror, looked = mirror_of(make, np.random.default_rng(8), 60, 9.0), []
    search = ByBytes(mirror, table, lambda texts: [mirror.text.view[0]] * len(texts))
    reaching = Codes.reaching
    monkeypatch.setattr(Codes, "reaching", lambda *given: (looked.append(1), reaching(*given))[1])
    monkeypatch.setattr("platform_service.search.nearness.TRIED_EVERY", 4)
    told = [search.find(Query(words="zzz")).model_dump(exclude={"ms"}) for _ in range(11)]
    assert sum(looked) == 3, "the first, the sixth and the eleventh"
    assert all(one == told[0] for one in told)
    mirror.set_text([(mirror.ids[5], -mirror.text.view[0])])
    assert search.find(Query(words="zzz")).fitting <= told[0]["fitting"]
