import numpy as np
import pytest

from platform_service.search.lance_index import IndexBroken, IndexRow, LanceIndex


def row(number: int, text: str) -> IndexRow:
    return IndexRow(f"{number:064x}", text, np.full(384, number, np.float32))


@pytest.fixture
def rows() -> list[IndexRow]:
    return [row(1, "neon street tokyo"), row(2, "forest path harz"), row(3, "quiet harbour")]


@pytest.fixture
def index(tmp_path, rows) -> LanceIndex:
    made = LanceIndex(tmp_path / "index.lance")
    made.rebuild(rows)
    return made


def test_nearly_right_spelling_finds_the_word(index, rows):
    assert index.spelled_like("forrest") == [rows[1].id]
    assert index.spelled_like("harbor") == [rows[2].id]
    assert index.spelled_like("zzzzzz") == []


def test_another_process_s_index_opens_with_the_digest_of_every_row(index, rows, tmp_path):
    again = LanceIndex(tmp_path / "index.lance")
    assert again.open() == {one.id: one.digest for one in rows}


def test_rows_are_added_replaced_and_dropped(index, rows, tmp_path):
    index.write([row(4, "moonlight"), row(2, "meadow")], gone=[rows[0].id])
    index.tidy()
    found = LanceIndex(tmp_path / "index.lance").open()
    assert set(found) == {rows[1].id, rows[2].id, row(4, "").id}
    assert index.spelled_like("moonlght") == [row(4, "").id]
    assert index.spelled_like("forrest") == []


def test_a_folder_that_is_gone_is_told(index, tmp_path):
    import shutil

    shutil.rmtree(tmp_path / "index.lance")
    with pytest.raises(IndexBroken):
        index.spelled_like("forrest")
    assert LanceIndex(tmp_path / "index.lance").open() == {}


def test_damaged_files_are_told_and_a_rebuild_helps(index, rows, tmp_path):
    for file in (tmp_path / "index.lance").rglob("*"):
        if file.is_file():
            file.write_bytes(b"\0" * 64)
    again = LanceIndex(tmp_path / "index.lance")
    with pytest.raises(IndexBroken):
        again.open()
    again.rebuild(rows)
    assert again.spelled_like("forrest") == [rows[1].id]


def test_before_it_is_ready_it_finds_nothing_and_harms_nothing(tmp_path):
    index = LanceIndex(tmp_path / "index.lance")
    assert (index.state, index.spelled_like("forrest"), index.open()) == ("loading", [], {})


@pytest.mark.parametrize("word", ["", "a\0b", "' OR 1=1", "ночь", "*" * 300, "a b c d"])
def test_strange_words_do_no_harm(index, word):
    assert index.spelled_like(word) == []
