"""The evaluation itself: matchers and checks catch what is wrong, and a sample of the set runs in the real session."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from agent.events import TurnEnded
from agent.intent import Intent
from agent.ports.library import Asset, Swatch
from scene.records import Placement
from scene.scene import Scene
from tests.eval.__main__ import reached, scored
from tests.eval.cases import Case, cases
from tests.eval.checks import CHECKS, failed
from tests.eval.matching import matches, misread
from tests.eval.seen import Seen
from tests.eval.studio import Judged, opened, outcome_of, run


@pytest.mark.parametrize(
    ("found", "wanted", "fits"),
    [
        (12, 12, True),
        (12, 13, False),
        (None, "-", True),
        ("x", "-", False),
        (0.7, "<1", True),
        (1.3, "<1", False),
        ("rainy neon streets", "~street rainy", True),
        ("rainy", "~street", False),
        (["red", "blue"], ["blue", "red"], True),
        (["red"], ["blue", "red"], False),
        ({"start": "1990-01-01", "end": "1999-12-31"}, "1990..1999", True),
        ({"start": "1990-01-01", "end": None}, "1990..", True),
        ({"start": "1990-01-01", "end": None}, "1990..1999", False),
        (True, True, True),
        (False, True, False),
        ("Noir", "noir|museum", True),
    ],
)
def test_matchers(found: object, wanted: object, fits: bool) -> None:
    assert matches(found, wanted) is fits


def test_what_was_misread_is_said() -> None:
    intent = Intent(kind="create", theme="noir")
    assert misread(intent, {"kind": "create", "theme": "noir"}) == []
    assert misread(intent, {"kind": "refine", "layout": "grid"}) == [
        "kind: 'create', not 'refine'",
        "layout: None, not 'grid'",
    ]


def _asset(name: str, hex_colour: str, **fields: object) -> Asset:
    parts = {
        "id": name,
        "title": name,
        "file_name": name,
        "width_px": 300,
        "height_px": 200,
        "bytes": 1,
        "format": "JPEG",
        "orientation": "landscape",
        "palette": (Swatch(hex=hex_colour, name="", share=1.0),),
    }
    return Asset.model_validate(parts | fields)


ASSETS: Mapping[str, Asset] = {
    "rain": _asset("rain", "#2040d0", taken="1994-05-01", tags=("rain", "night")),
    "rose": _asset("rose", "#d01020", taken="2001-05-01", tags=("flower",)),
}


def _seen(*names: str) -> Seen:
    works = [
        Placement(id=f"w{i}", asset_id=n, title=n, position_m=(i * 2.0, 1.5, 0.0), size_m=(1.0, 1.0), order=i)
        for i, n in enumerate(names)
    ]
    return Seen(Scene(), Scene.of(works), TurnEnded("t", "proposed", text="2 works"), ASSETS)


@pytest.mark.parametrize(
    ("shown", "check"),
    [
        (("rain",), "all words rain"),
        (("rain", "rose"), "count 2"),
        (("rain",), "all colour blue"),
        (("rain",), "none colour red"),
        (("rain", "rose"), "order oldest"),
        (("rain",), "all dated 1990..1999"),
        (("rose",), "first words flower"),
        (("rain", "rose"), "says 2 works"),
        (("rain", "rose"), "tells count"),
    ],
)
def test_a_check_holds_and_catches_the_contrary(shown: tuple[str, ...], check: str) -> None:
    assert failed(_seen(*shown), [check]) == []
    contrary = _seen(*({"rain": "rose", "rose": "rain"}[name] for name in (*shown, *shown[:1])))
    if check.startswith(("says", "tells")):
        contrary = replace(contrary, ended=TurnEnded("t", "proposed", text="7 works"))
    assert failed(contrary, [check])


def test_every_check_of_the_set_is_known_and_every_case_is_named_once() -> None:
    every = list(cases())
    names = [f"{case.group}/{case.id}" for case in every]
    assert len(set(names)) == len(names)
    assert sum(turn.counts for case in every for turn in case.turns) >= 150
    for case in every:
        for turn in case.turns:
            for line in turn.done:
                assert any(line == name or line.startswith(f"{name} ") for name in CHECKS), line


def test_goals_are_missed_when_requests_are_not_understood() -> None:
    case = next(iter(cases()))
    good = Judged(case, 1, case.turns[0], "proposed", "", (), (), 0.1)
    bad = Judged(case, 1, case.turns[0], "proposed", "", ("kind",), ("nothing hangs",), 0.1)
    assert reached(scored([good] * 20))
    assert not reached(scored([good] * 8 + [bad] * 2))


def _sample() -> list[Case]:
    """Some conversations that are good over any library of pictures."""
    chosen = [case for case in cases() if case.group == "album"][:8]
    return [*chosen, *(case for case in cases() if case.library == "sample" and case.id in _ANYWHERE)]


_ANYWHERE = frozenset({"de-show", "fr-show", "ja-show", "zh-show"})


def test_a_sample_of_the_set_is_understood_and_done(tmp_path: Path) -> None:
    with opened(tmp_path, "album") as studio:
        judged = [one for case in _sample() for one in run(case, studio)]
    assert len(judged) >= 25
    faults = [f"{one.turn.say!r}: {[*one.misread, *one.undone]}" for one in judged if one.misread or one.undone]
    assert len(faults) <= len(judged) * 0.08, faults


def test_a_work_that_does_not_hang_is_a_complaint_and_no_crash() -> None:
    seen = _seen("rain", "rose")
    seen = replace(seen, before=seen.after)
    assert failed(seen, ["swapped 1,9"]) == ["swapped 1,9: there is no work number 9: 2 hang"]
    assert failed(seen, ["gone 7"])
    assert failed(seen, ["as after 4"])


def test_an_exact_swap_moves_nobody_else() -> None:
    before, after = _seen("rain", "rose", "rain").after, _seen("rose", "rain", "rain").after
    seen = replace(_seen("rain"), before=before, after=after)
    assert failed(replace(seen, before=_seen("rain", "rose").after, after=_seen("rose", "rain").after),
                  ["swapped only 1,2"]) == []  # fmt: skip
    moved = [work.but(position_m=(9.0, 1.5, 0.0)) if work.order == 2 else work for work in after.placements]
    assert failed(replace(seen, after=Scene.of(moved)), ["swapped only 1,2"])


def test_groups_duplicates_and_orders_within_groups_are_judged() -> None:
    works = [work.but(group=str(work.order)) for work in _seen("rain", "rose").after.placements]
    seen = replace(_seen("rain"), after=Scene.of(works))
    assert failed(seen, ["grouped by year", "no duplicates", "order newest in groups"]) == []
    assert failed(replace(seen, after=Scene.of([work.but(group="one") for work in works])), ["grouped by year"])
    assert failed(_seen("rain", "rain"), ["no duplicates"])


def test_a_general_question_is_not_rightly_asked() -> None:
    ended = TurnEnded("t", "asked", text="I did not understand")
    assert outcome_of(replace(ended, puzzled=True)) == "puzzled"
    assert outcome_of(ended) == "asked"
