"""The library panel: search, filters, counts, imports, and a grid of 10,000 that stays quick."""

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QImage
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from agent.ports.library import Facet, Facets, SearchResult
from app.messages import BadFile, ImportProgressed
from tests.ui.samples import make_asset, make_result
from ui.library.describe import asset_details
from ui.library.panel import LibraryPanel, count_line
from ui.library.rows import MOST_PIXMAPS

FACETS = Facets(
    colours=(Facet(value="magenta", count=40), Facet(value="cyan", count=20)),
    tags=(Facet(value="neon", count=12),),
    total=10_000,
)


def progress(state: str = "running", done: int = 48, **changes: object) -> ImportProgressed:
    plain = {"import_id": "i", "folder": "/pictures/walks", "state": state, "done": done, "total": 200, "added": 40,
             "already_there": 3, "rate_per_s": 31.2, "seconds_left": 5.1}  # fmt: skip
    return ImportProgressed(**(plain | changes))  # type: ignore[arg-type]


@pytest.fixture
def panel(qtbot: QtBot) -> LibraryPanel:
    made = LibraryPanel()
    qtbot.addWidget(made)
    made.resize(304, 600)
    made.show()
    return made


def test_an_empty_library_offers_a_folder_and_the_sample(panel: LibraryPanel, qtbot: QtBot) -> None:
    shown = {found.text(): found for found in panel.findChildren(QPushButton) if found.isVisible()}
    with qtbot.waitSignal(panel.import_wanted) as caught:
        shown["Import a folder…"].click()
    assert caught.args == [""]
    with qtbot.waitSignal(panel.sample_wanted):
        shown["Use the sample collection"].click()
    assert not panel.field.isVisible()


def test_a_library_that_is_being_opened_is_not_called_empty(panel: LibraryPanel) -> None:
    panel.show_opening()
    assert not [found for found in panel.findChildren(QPushButton) if found.isVisible()]
    assert "Opening your library…" in [found.text() for found in panel.findChildren(QLabel) if found.isVisible()]
    panel.show_facets(Facets())
    assert "No works yet" in [found.text() for found in panel.findChildren(QLabel) if found.isVisible()]
    panel.show_facets(FACETS)
    panel.show_result(make_result(3, total=5))
    assert panel.grid.isVisible()
    assert panel._count.toolTip()


@pytest.mark.parametrize(("width_px", "columns"), [(304, 3), (204, 2), (205, 2), (110, 1)])
def test_columns_fill_the_panel(panel: LibraryPanel, qtbot: QtBot, width_px: int, columns: int) -> None:
    panel.show_facets(FACETS)
    panel.show_result(make_result(12))
    panel.grid.resize(width_px, 300)
    panel.grid.doItemsLayout()
    row = [panel.grid.visualRect(panel.grid.rows.index(n, 0)) for n in range(12)]
    assert [place.top() for place in row].count(row[0].top()) == columns
    assert 0 <= panel.grid.viewport().width() - columns * row[0].width() <= columns, "no empty strip beside them"
    qtbot.wait(1)


def test_typing_searches_once_it_pauses_and_enter_at_once(panel: LibraryPanel, qtbot: QtBot) -> None:
    panel.show_facets(FACETS)
    with qtbot.waitSignal(panel.search_wanted, timeout=1_000) as caught:
        qtbot.keyClicks(panel.field, "rain")
    assert caught.args == ["rain"]
    with qtbot.waitSignal(panel.search_wanted, timeout=100):
        qtbot.keyClick(panel.field, Qt.Key.Key_Return)


def test_a_swatch_narrows_and_widens_again(panel: LibraryPanel, qtbot: QtBot) -> None:
    panel.show_facets(FACETS)
    panel.field.setText("rain")
    swatch = panel.facet_bar.chips[("colours", "magenta")]
    with qtbot.waitSignal(panel.search_wanted) as caught:
        swatch.click()
    assert caught.args == ["rain magenta"]
    panel.show_facets(Facets(tags=(Facet(value="neon", count=1),), total=4))
    assert panel.facet_bar.chips[("colours", "magenta")].isChecked()
    with qtbot.waitSignal(panel.search_wanted) as caught:
        panel.facet_bar.chips[("colours", "magenta")].click()
    assert caught.args == ["rain"]


def test_of_ten_thousand_rows_only_those_in_sight_are_asked_for(panel: LibraryPanel, qtbot: QtBot) -> None:
    wanted: list[str] = []
    panel.rows.thumbnail_wanted.connect(wanted.append)
    panel.show_facets(FACETS)
    panel.show_result(make_result(10_000))
    QApplication.processEvents()
    bar = panel.grid.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 100_000)
    for step in range(40):
        bar.setValue(bar.maximum() * step // 40)
        QApplication.processEvents()
    qtbot.waitUntil(lambda: make_asset(0).id not in wanted[-60:] and len(wanted) > 10)
    assert len(set(wanted)) < 3_000
    assert len(wanted) < 2_000


def test_only_rows_in_view_ask_for_a_picture_and_show_it(panel: LibraryPanel, qtbot: QtBot, tmp_path: object) -> None:
    wanted: list[str] = []
    panel.rows.thumbnail_wanted.connect(wanted.append)
    panel.show_facets(FACETS)
    panel.show_result(make_result(500))
    qtbot.waitUntil(lambda: bool(wanted))
    assert len(wanted) < 100
    path = f"{tmp_path}/one.jpg"
    picture = QImage(64, 48, QImage.Format.Format_RGB32)
    picture.fill(QColor("#d832b4"))
    assert picture.save(path)
    panel.rows.set_thumbnail(wanted[0], path)
    qtbot.waitUntil(lambda: panel.rows._seen(wanted[0]) is not None)
    assert len(set(wanted)) == len(wanted)


def test_a_thumbnail_that_cannot_be_read_is_asked_for_again_later(panel: LibraryPanel, qtbot: QtBot) -> None:
    panel.show_facets(FACETS)
    panel.show_result(make_result(3))
    wanted: list[str] = []
    panel.rows.thumbnail_wanted.connect(wanted.append)
    panel.grid.ask_for_seen()
    first = wanted[0]
    panel.rows.set_thumbnail(first, "/nowhere.jpg")
    qtbot.waitUntil(lambda: not panel.rows._to_load)
    panel.grid.ask_for_seen()
    assert wanted.count(first) == 2
    assert MOST_PIXMAPS > 100


def test_a_search_without_hits_says_what_to_do(panel: LibraryPanel) -> None:
    panel.show_facets(FACETS)
    panel.field.setText("<b>zebra</b>")
    panel.show_result(make_result(0, total=10_000))
    shown = [found.text() for found in panel.findChildren(QLabel) if found.isVisible()]
    assert "Nothing fits “<b>zebra</b>”" in shown
    assert "Nearest" not in shown
    assert not panel.grid.isVisible()


def test_only_what_comes_near_is_shown_when_nothing_fits(panel: LibraryPanel, qtbot: QtBot) -> None:
    panel.show_facets(FACETS)
    panel.facet_bar.chips[("colours", "magenta")].click()
    panel.field.setText("xqzt")
    scores = (0.05, 0.29, 0.1, 0.27)
    hits = tuple(
        hit.model_copy(update={"score": score, "fits": False})
        for hit, score in zip(make_result(4).hits, scores, strict=True)
    )
    panel.show_result(SearchResult(hits=hits, fitting=0, cut_off=0.4, total=155))
    shown = [found.text() for found in panel.findChildren(QLabel) if found.isVisible()]
    assert "Nearest" in shown
    assert not any("fit ·" in text or "0 of" in text for text in shown)
    assert [panel.rows.hit(row).score for row in range(panel.rows.rowCount())] == [0.29, 0.27]
    with qtbot.waitSignal(panel.search_wanted) as caught:
        panel._nothing.clear.click()
    assert caught.args == [""]
    assert not panel.facet_bar.chips[("colours", "magenta")].isChecked()
    panel.show_result(make_result(4))
    assert not panel._nothing.isVisible()
    assert panel.grid.isVisible()


def test_counts_are_said_in_one_line() -> None:
    assert count_line("", make_result(3)) == "3 works"
    assert count_line("", make_result(2_000, total=9_000)) == "2,000 of 9,000 works"
    assert count_line("", make_result(3, total=5)) == "3 works · 2 near copies not shown"
    assert count_line("", make_result(1, total=2)) == "1 work · 1 near copy not shown"
    assert count_line("rain", make_result(3, total=2_000)) == "3 of 2,000 works fit"


def test_an_import_shows_count_rate_and_time_left_and_can_be_cancelled(panel: LibraryPanel, qtbot: QtBot) -> None:
    panel.show_import(progress(bad=(BadFile("/x/<b>broken.jpg", "it ends too early"),)))
    row = panel.imports["i"]
    assert row.line == "48 of 200 · 31 a second · 5 s left"
    assert row.bad_list.item(0).text() == "<b>broken.jpg — it ends too early"
    with qtbot.waitSignal(panel.cancel_wanted) as caught:
        row._cancel.click()
    assert caught.args == ["i"]
    panel.show_import(progress("cancelled"))
    assert row.line == "40 added · 3 were there already"
    row._close.click()
    assert not panel.imports


NO_PICTURES = "No pictures were found there. Choose a folder with JPEG, PNG, WebP, GIF or TIFF files."


@pytest.mark.parametrize(
    ("ended", "line"),
    [
        (progress("done", total=0, added=0, already_there=0), NO_PICTURES),
        (progress("failed", error="The disk is full."), "The disk is full."),
        (progress("scanning", total=7), "Looking for pictures… 7 so far"),
    ],
)  # fmt: skip
def test_how_an_import_ends_is_said(panel: LibraryPanel, ended: ImportProgressed, line: str) -> None:
    panel.show_import(ended)
    assert panel.imports["i"].line == line


def test_a_second_import_of_a_folder_replaces_the_first_row(panel: LibraryPanel) -> None:
    panel.show_import(progress("done", bad=(BadFile("/x.jpg", "empty"),)))
    panel.show_import(progress("running", import_id="j"))
    assert list(panel.imports) == ["j"]


def test_dropped_folders_are_imported(panel: LibraryPanel, qtbot: QtBot) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile("/pictures/walks"), QUrl("https://example.org/a.jpg")])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(5, 5), copy, data, left, none)
    panel.dragEnterEvent(enter)
    assert enter.isAccepted()
    with qtbot.waitSignal(panel.import_wanted) as caught:
        panel.dropEvent(QDropEvent(QPointF(5, 5), copy, data, left, none))
    assert caught.args == ["/pictures/walks"]


def test_the_tooltip_shows_markup_as_text() -> None:
    hit = make_result(1).hits[0]
    hostile = hit.model_copy(
        update={"asset": make_asset(0, title="<img src=file:///etc/passwd>"), "reason": "<b>x</b>"}
    )
    tip = asset_details(hostile)
    assert "<img" not in tip
    assert "&lt;img src=file:///etc/passwd&gt;" in tip
    assert "&lt;b&gt;x&lt;/b&gt;" in tip


def test_a_library_that_was_emptied_from_outside_is_an_empty_one(panel: LibraryPanel, qtbot: QtBot) -> None:
    panel.show_facets(FACETS)
    panel.show_result(make_result(3))
    panel.facet_bar.chips[("tags", "neon")].setChecked(True)
    panel.field.setText("rain")
    panel.show_facets(Facets())
    assert panel.facet_bar.chips == {}
    assert panel.words == ""
    assert panel.rows.rowCount() == 0
    assert not panel.grid.isVisible()
    shown = {found.text(): found for found in panel.findChildren(QPushButton) if found.isVisible()}
    assert {"Import a folder…", "Use the sample collection"} <= set(shown)
    with qtbot.assertNotEmitted(panel.search_wanted, wait=250):
        pass
    panel.show_facets(FACETS)
    panel.show_result(make_result(3))
    assert panel.grid.isVisible()
    assert not panel.facet_bar.chips[("tags", "neon")].isChecked()
