"""Grid: cells in rows and columns, parted by a column's values, labelled."""

import pytest

from scene.layouts.choose import arrange
from scene.layouts.contract import Column, Wishes, Work
from scene.layouts.grid import arrange_grid
from scene.layouts.said import Quoted, Term, said
from scene.records import Sign


def rows_of(arranged) -> dict[float, list[str]]:
    rows: dict[float, list[str]] = {}
    for p in arranged.placements:
        rows.setdefault(p.position_m[1], []).append(p.title)
    return rows


def test_columns_are_as_asked_and_run_from_left_to_right(works) -> None:
    arranged = arrange("grid", works(23), Wishes(columns=6))
    rows = rows_of(arranged)
    assert [len(row) for _, row in sorted(rows.items(), reverse=True)] == [6, 6, 6, 5]
    assert rows[max(rows)] == [f"Work {i}" for i in range(6)]


@pytest.mark.parametrize("column", ["colour", "tag", "year", "month", "day", "orientation"])
def test_each_value_has_its_block_and_heading(works, column: Column) -> None:
    arranged = arrange_grid(works(40), Wishes(), column=column)
    headings = [r.text for r in arranged.records if isinstance(r, Sign)]
    assert len(set(headings)) == len(headings)
    assert {p.group for p in arranged.placements} == set(headings)


def test_with_columns_each_value_has_rows_of_its_own(works) -> None:
    arranged = arrange("grid", works(20), Wishes(group_by="colour", columns=4))
    labels = sorted((r for r in arranged.records if isinstance(r, Sign)), key=lambda r: -r.position_m[1])
    assert [label.text for label in labels] == ["blue", "green", "magenta", "red"]
    rows = rows_of(arranged)
    assert [len(row) for _, row in sorted(rows.items(), reverse=True)] == [4, 1] * 4


def test_works_without_a_value_stand_together_and_are_counted(works) -> None:
    arranged = arrange_grid([*works(4), Work(asset_id="a" * 64)], Wishes(), column="colour")
    assert said("grid.unknown", n=1, column=Term("column", "colour"), unknown=Quoted("unknown")) in arranged.unmet


def test_a_tower_of_ten_thousand_is_refused(works) -> None:
    arranged = arrange("grid", works(10_000), Wishes(columns=6))
    assert "columns.high" in {one.id for one in arranged.unmet}
    assert max(p.position_m[1] for p in arranged.placements) < 40


def test_an_order_is_read_row_by_row(works) -> None:
    given = works(12)
    brightness = {work.asset_id: work.brightness for work in given}
    arranged = arrange("grid", given, Wishes(order="brightness"))
    shown = [brightness[p.asset_id] for p in arranged.placements]
    assert shown == sorted(shown, reverse=True)
