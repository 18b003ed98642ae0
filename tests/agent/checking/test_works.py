"""Works that were just hung: pixels for their size, twins, what the house bars, and how each is put right."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from agent.checking.all_checks import Examiner, check_result
from agent.checking.judging import Judgement, Judgements
from agent.checking.works import ALIKE_BITS, pixels_per_metre_needed, sharp_at, twins, works_amiss
from agent.desk import Desk
from agent.house_rules import HouseRules, shipped_house_rules
from agent.intent import Intent
from agent.ports.context import TurnContext
from agent.ports.library import Asset, Hit
from agent.ports.models import Answered, CallTerms, ModelMessage, NoModel, Purpose, Spent
from agent.vocabulary import vocabulary
from scene.layouts.contract import Wishes
from scene.records import Arrangement, Placement, Room, Wall
from scene.scene import Scene
from tests.agent.memory_library import MemoryLibrary, MemoryProjects, made_up_assets
from tests.agent.turns import THEMES

ASSETS = made_up_assets(3)
ROOM = Room(id="room", min_corner_m=(0.0, 0.0), max_corner_m=(400.0, 10.0))
WALL = Wall(id="wall", room_id="room", start_m=(0.0, 0.0), end_m=(400.0, 0.0))


def hung(asset: Asset, place: int = 0, width_m: float = 1.0) -> Placement:
    return Placement(
        id=f"w{place}",
        asset_id=asset.id,
        title=asset.title,
        position_m=(2.0 + 3.0 * place, 1.6, 0.02),
        size_m=(width_m, width_m * asset.height_px / asset.width_px),
        wall_id="wall",
        order=place,
    )


def known(*assets: Asset) -> dict[str, Asset]:
    return {asset.id: asset for asset in assets}


def like(asset: Asset, **changes: Any) -> Asset:
    return asset.model_copy(update=changes)


def desk_with(draft: Sequence[Placement], assets: Sequence[Asset], spare: Sequence[Asset] = (), **intent: Any) -> Desk:
    rules = shipped_house_rules()
    context = TurnContext(Scene(), turn_id="t", house_rules=rules)
    meant = Intent.model_validate({"kind": "create"} | intent)
    library = MemoryLibrary([*assets, *spare])
    desk = Desk("r", context, meant, vocabulary(), THEMES, library, MemoryProjects(), Scene.of([ROOM, WALL, *draft]))
    desk.results["search"] = {"hits": tuple(Hit(asset=a, score=0.6, reason="fits") for a in (*assets, *spare))}
    return desk


@given(st.floats(0.05, 9.0), st.integers(16, 20_000), st.integers(16, 20_000), st.sampled_from([0.5, 1.0, 1.5]))
def test_hung_at_the_factor_a_work_is_sharp(width_m: float, width_px: int, height_px: int, demand: float) -> None:
    asset = like(ASSETS[0], width_px=width_px, height_px=height_px)
    work = hung(ASSETS[0]).but(size_m=(width_m, min(max(width_m * height_px / width_px, 0.02), 900.0)))
    factor = sharp_at(work, asset, demand)
    assert 0.0 < factor <= 1.0
    smaller = (work.size_m[0] * factor, work.size_m[1] * factor)
    have = min(width_px / smaller[0], height_px / smaller[1])
    assert have >= pixels_per_metre_needed(smaller, demand) * 0.999


@example(0, {0, 15, 30, 45})
@example(2**63, {3, 25, 50, 63})
@example(0, {0, 15, 30, 45, 60})
@given(st.integers(0, 2**64 - 1), st.sets(st.integers(0, 63), max_size=8))
def test_twins_are_found_exactly_up_to_four_bits(bits: int, flipped: set[int]) -> None:
    other = bits
    for bit in flipped:
        other ^= 1 << bit
    one, two = (like(a, phash=f"{b:016x}") for a, b in zip(ASSETS[:2], (bits, other), strict=True))
    found = twins([hung(one, 0), hung(two, 1)], known(one, two))
    assert bool(found) == (len(flipped) <= ALIKE_BITS)


def test_each_fault_is_named_once() -> None:
    small = like(ASSETS[0], width_px=200, height_px=125)
    barred = like(ASSETS[1], tags=("NSFW", "city"))
    gone, fine = ASSETS[2], ASSETS[3]
    works = [hung(small, 0), hung(barred, 1), hung(gone, 2), hung(fine, 3), hung(fine, 4)]
    found = works_amiss(works, known(small, barred, fine), rules=shipped_house_rules())
    assert [(f.work.id, f.what) for f in found] == [
        ("w0", "pixels"),
        ("w1", "barred"),
        ("w2", "missing"),
        ("w4", "twin"),
    ]


@pytest.mark.parametrize(
    ("changes", "barred"),
    [
        ({"tags": ("nsfw",)}, True),
        ({"tags": ("NSFW ",)}, True),
        ({"title": "Not for publication: harbour"}, True),
        ({"licence": "CC BY 4.0"}, False),
        ({"licence": "Stock, personal use only"}, True),
        ({"title": "The Gorean shore"}, False),
        ({"file_name": "confidential_plan.png"}, True),
    ],
)
def test_the_shipped_house_rules(changes: dict[str, Any], barred: bool) -> None:
    assert bool(shipped_house_rules().forbids(like(ASSETS[0], **changes))) == barred


def test_own_house_rules_are_compared_without_case() -> None:
    rules = HouseRules(words=("Brand X",), tags=("Logo",))
    assert rules.forbids(like(ASSETS[0], description="a can of brand-x"))
    assert rules.forbids(like(ASSETS[0], tags=("LOGO",)))
    assert not rules.forbids(ASSETS[0])


async def test_a_soft_work_hangs_smaller_a_very_soft_one_is_exchanged() -> None:
    soft = like(ASSETS[0], width_px=600, height_px=375)
    softer = like(ASSETS[4], width_px=120, height_px=120)
    desk = desk_with([hung(soft, 0), hung(softer, 1)], [soft, softer], ASSETS[6:9])
    await check_result(desk)
    first, second = desk.scene.placements
    assert first.asset_id == soft.id
    assert first.size_m[0] < 1.0
    assert second.asset_id in {a.id for a in ASSETS[6:9]}
    assert "in place of" in second.provenance.reason
    assert second.provenance.score == 0.6
    assert any("exchanged" in note for note in desk.notes)
    assert any("smaller" in note for note in desk.notes)


async def test_what_takes_a_place_in_a_group_belongs_to_the_group() -> None:
    soft = like(ASSETS[0], width_px=120, height_px=75, creator="Ada Roe")
    others, own = [like(asset, creator="Bo Lind") for asset in ASSETS[4:8]], like(ASSETS[8], creator="Ada Roe")
    grouped = Arrangement(layout="grid", wishes_json=Wishes(group_by="creator").model_dump_json())
    for spare, taken in (([*others, own], own.id), (others, soft.id)):
        desk = desk_with([hung(soft)], [soft], spare)
        desk.scene = Scene.of([*desk.scene, grouped])
        await check_result(desk)
        assert [work.asset_id for work in desk.scene.placements] == [taken]


async def test_what_the_house_bars_never_hangs() -> None:
    barred = like(ASSETS[0], tags=("nsfw",))
    for spare in ([], [like(ASSETS[1], tags=("nsfw",))]):
        desk = desk_with([hung(barred, 0), hung(ASSETS[5], 1)], [barred, ASSETS[5]], spare)
        await check_result(desk)
        assert [w.asset_id for w in desk.scene.placements] == [ASSETS[5].id]
        assert "nsfw" in desk.unplaced[0][1]
    desk = desk_with([hung(barred, 0)], [barred], [ASSETS[7]], kind="edit", edits=[{"verb": "replace"}])
    await check_result(desk)
    by_id = {asset.id: asset for asset in ASSETS}
    assert not any(shipped_house_rules().forbids(by_id[w.asset_id]) for w in desk.scene.placements)


async def test_what_the_words_asked_for_is_only_named() -> None:
    soft = like(ASSETS[0], width_px=300, height_px=200)
    desk = desk_with([hung(soft, 0)], [soft], [ASSETS[6]], wishes={"scale": 2.0})
    before = desk.scene
    await check_result(desk)
    assert [(w.asset_id, w.size_m) for w in desk.scene.placements] == [
        (w.asset_id, w.size_m) for w in before.placements
    ]
    assert "only 300 x 200 px, too few to look sharp" in desk.unmet[0]


async def test_works_that_hung_before_and_pinned_ones_are_left_alone() -> None:
    soft = like(ASSETS[0], width_px=60, height_px=40)
    old, pinned = hung(soft, 0), hung(like(soft, id="f" * 64), 1).but(pinned=True)
    desk = desk_with([old, pinned, hung(ASSETS[5], 2)], [soft, ASSETS[5]])
    desk.context = TurnContext(Scene.of([ROOM, WALL, old]), turn_id="t")
    await check_result(desk)
    assert desk.scene.get("w0") == old
    assert desk.scene.get("w1") == pinned


@dataclass
class Looks:
    """Pixels for all but some assets."""

    unreadable: frozenset[str] = frozenset()
    wait_s: float = 0.0

    async def picture(self, asset_id: str, edge_px: int) -> bytes | None:
        await asyncio.sleep(self.wait_s)
        return None if asset_id in self.unreadable else b"jpeg"


@dataclass
class Opinion:
    """A model that judges as it is told; the data that it was given is kept."""

    out: frozenset[int] = frozenset()
    seen: list[ModelMessage] = field(default_factory=list)
    absent: bool = False
    silent: bool = False

    async def answer(
        self, purpose: Purpose, messages: Sequence[ModelMessage], shape: type[Any], terms: CallTerms
    ) -> Answered[Any]:
        assert (purpose, shape, terms.step_id) == ("vision", Judgements, "check")
        if self.absent:
            raise NoModel(("openai: 503",))
        self.seen = list(messages)
        if self.silent:
            return Answered(Judgements(), Spent("test", "test"))
        judged = tuple(
            Judgement(number=n, may_hang=n not in self.out, relevance=0.9, why="because")
            for n in range(1, len(messages[-1].pictures) + 1)
        )
        made_up = Judgement(number=999, may_hang=False, why="a number that nobody gave")
        return Answered(Judgements(judgements=(*judged[:23], made_up)), Spent("test", "test"))


async def test_an_unreadable_file_is_exchanged_and_a_slow_one_is_not_held_against_its_work() -> None:
    draft = [hung(asset, n) for n, asset in enumerate(ASSETS[:4])]
    desk = desk_with(draft, ASSETS[:4], ASSETS[6:9])
    await check_result(desk, Examiner(Looks(frozenset({ASSETS[1].id}))))
    assert ASSETS[1].id not in {w.asset_id for w in desk.scene.placements}
    assert len(desk.scene.placements) == 4
    desk = desk_with(draft, ASSETS[:4], ASSETS[6:9])
    await check_result(desk, Examiner(Looks(frozenset({ASSETS[1].id}), wait_s=5.0)))
    assert ASSETS[1].id in {w.asset_id for w in desk.scene.placements}


async def test_when_no_picture_can_be_read_the_works_are_not_to_blame() -> None:
    draft = [hung(asset, n) for n, asset in enumerate(ASSETS[:4])]
    desk = desk_with(draft, ASSETS[:4], ASSETS[6:9])
    await check_result(desk, Examiner(Looks(frozenset(a.id for a in ASSETS))))
    assert [w.asset_id for w in desk.scene.placements] == [a.id for a in ASSETS[:4]]


async def test_a_model_is_asked_at_high_quality_and_its_judgement_is_bounded() -> None:
    draft = [hung(asset, n) for n, asset in enumerate(ASSETS[:8])]
    for quality, out, stays in (("standard", {2}, True), ("high", {2}, False), ("high", {1, 2, 3, 4, 5}, True)):
        model = Opinion(frozenset(out))
        desk = desk_with(draft, ASSETS[:8], ASSETS[10:12], quality=quality)
        await check_result(desk, Examiner(Looks(), model))  # type: ignore[arg-type]
        assert (ASSETS[1].id in {w.asset_id for w in desk.scene.placements}) == stays
        assert bool(model.seen) == (quality == "high")
        if model.seen:
            assert all(ASSETS[0].title not in message.text for message in model.seen)
            assert ASSETS[0].title in model.seen[-1].data


async def test_without_an_answering_model_the_receipt_says_so() -> None:
    desk = desk_with([hung(ASSETS[0])], ASSETS[:1], quality="high")
    await check_result(desk, Examiner(Looks(), Opinion(absent=True)))  # type: ignore[arg-type]
    assert any("no model" in words for words in desk.unmet)


async def test_a_model_that_says_nothing_of_the_pictures_has_not_looked_at_them() -> None:
    desk = desk_with([hung(ASSETS[0])], ASSETS[:1], quality="high")
    await check_result(desk, Examiner(Looks(), Opinion(silent=True)))  # type: ignore[arg-type]
    assert any("no model said anything" in words for words in desk.unmet)
    assert not any("looked at" in note for note in desk.notes)


async def test_a_library_that_is_away_leaves_the_draft_and_says_so() -> None:
    desk = desk_with([hung(ASSETS[0])], ASSETS[:1])
    desk.results.clear()
    desk.library.broken = "the library is away"  # type: ignore[attr-defined]
    await check_result(desk)
    assert len(desk.scene.placements) == 1
    assert any("not checked" in words for words in desk.unmet)


async def test_every_work_has_its_score_and_reason_and_none_is_off_the_point() -> None:
    desk = desk_with([hung(asset, n) for n, asset in enumerate(ASSETS[:3])], ASSETS[:3], ASSETS[6:8], quality="high")
    hits = desk.results["search"]["hits"]
    weak = hits[1].model_copy(update={"fits": False, "score": 0.1})
    desk.results["search"] = {"hits": (hits[0], weak, *hits[2:])}
    await check_result(desk)
    works = desk.scene.placements
    assert all(work.provenance.score == 0.6 and work.provenance.reason for work in works)
    assert ASSETS[1].id not in {work.asset_id for work in works}
    assert any(note.startswith("relevance from 0.10") for note in desk.notes)
