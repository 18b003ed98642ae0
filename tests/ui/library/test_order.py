"""The order of the library's works: by date, title, creator, import; what lacks it comes last, what fits first."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from agent.ports.library import Facets, Hit, SearchResult
from tests.ui.samples import make_asset, make_result
from ui.library.order import ORDERS, in_order
from ui.library.panel import LibraryPanel

WORKS = (
    make_asset(0, title="Walk 10", taken=date(2019, 5, 1), creator="Bruno", added="2026-01-01T00:00:00+00:00"),
    make_asset(1, title="walk 9", taken=None, creator="", added="2026-03-01T00:00:00+00:00"),
    make_asset(2, title="Ärger", taken=date(2021, 1, 1), creator="anna", added="2026-02-01T00:00:00+00:00"),
    make_asset(3, title="", file_name="beach.jpg", taken=date(1998, 7, 2), creator="Anna", added=""),
)
HITS = tuple(Hit(asset=asset, score=0.5, reason="") for asset in WORKS)


def rows(order: str, hits: tuple[Hit, ...] = HITS) -> list[int]:
    return [int(hit.asset.id) for hit in in_order(hits, order)]


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("fit", [0, 1, 2, 3]),
        ("newest", [2, 0, 3, 1]),
        ("oldest", [3, 0, 2, 1]),
        ("title", [3, 1, 0, 2]),
        ("creator", [3, 2, 0, 1]),
        ("added", [1, 2, 0, 3]),
        ("no such order", [0, 1, 2, 3]),
    ],
)
def test_works_stand_in_the_order(order: str, expected: list[int]) -> None:
    assert rows(order) == expected


def test_weaker_works_stay_behind_those_that_fit() -> None:
    weak = (HITS[0], HITS[2].model_copy(update={"fits": False}), HITS[3])
    assert rows("newest", weak) == [0, 3, 2]


@given(
    st.lists(st.tuples(st.text(max_size=6), st.none() | st.dates(), st.text(max_size=4), st.booleans()), max_size=12)
)
def test_no_order_loses_or_doubles_a_work(told: list[tuple[str, date | None, str, bool]]) -> None:
    hits = tuple(
        Hit(asset=make_asset(n, title=title, taken=taken, creator=creator), score=0.1, reason="", fits=fits)
        for n, (title, taken, creator, fits) in enumerate(told)
    )
    for order in ORDERS:
        ordered = in_order(hits, order)
        assert sorted(hit.asset.id for hit in ordered) == sorted(hit.asset.id for hit in hits)
        fitting = [hit.fits for hit in ordered]
        assert order == "fit" or fitting == sorted(fitting, reverse=True)


@pytest.fixture
def panel(qtbot: QtBot) -> LibraryPanel:
    made = LibraryPanel()
    qtbot.addWidget(made)
    made.resize(304, 600)
    made.show()
    made.show_facets(Facets(total=4))
    made.show_result(SearchResult(hits=HITS, fitting=4, cut_off=0.0, total=4))
    return made


def shown(panel: LibraryPanel) -> list[int]:
    return [int(panel.rows.asset(row).id) for row in range(panel.rows.rowCount())]


def test_the_button_puts_the_works_in_order_and_says_which(panel: LibraryPanel, qtbot: QtBot) -> None:
    assert panel.order.accessibleName() == "Order of the works: Best fit"
    with qtbot.waitSignal(panel.order.chosen) as caught:
        panel.order.actions_of["newest"].trigger()
    assert caught.args == ["newest"]
    assert shown(panel) == [2, 0, 3, 1]
    assert panel.order.text().startswith("Newest first")
    panel.show_result(make_result(3))
    assert shown(panel) == [2, 1, 0], "what is found later stands in that order, too"
    panel.order.actions_of["fit"].trigger()
    assert shown(panel) == [0, 1, 2]


def test_a_strange_order_is_the_first_one(panel: LibraryPanel) -> None:
    panel.order.show_order("sideways")
    assert panel.order.order == "fit"


def test_the_count_gives_way_in_a_narrow_panel_and_to_what_is_picked(panel: LibraryPanel, qtbot: QtBot) -> None:
    panel.show_result(make_result(3, total=1_234))
    panel.resize(236, 600)
    qtbot.wait(10)
    assert panel.width() == 236, "its words do not widen the panel"
    assert panel.order.geometry().right() <= panel.width()
    panel.show_picked(2)
    assert not panel._count.isVisible()
    panel.show_picked(0)
    assert panel._count.isVisible()
