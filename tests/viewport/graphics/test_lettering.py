"""Words become ink in any script, and long ones end in time."""

import numpy as np
import pytest

from viewport.graphics import lettering as module
from viewport.graphics.lettering import lettering, lines_of_lettering, wrapped


def test_longer_words_take_more_room_and_ink_is_there() -> None:
    short, long = lettering("1999", 40), lettering("1999-2004", 40)
    assert short.max() > 200
    assert long.shape[1] > 1.6 * short.shape[1]


@pytest.mark.parametrize("text", ["", " ", "–—•…", "Ärger", "日本", "a" * 5000, "\n\t<b>x</b>", "\ud83d"])
def test_any_text_is_drawn_and_kept_within_bounds(text: str) -> None:
    ink = lettering(text, 30, 400)
    assert ink.dtype == np.uint8
    assert ink.shape[1] <= 420


def test_without_system_fonts_foreign_letters_become_plain_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SYSTEM_FONTS", ())
    module.font_for.cache_clear()
    assert np.array_equal(lettering("Säle – 1", 30), lettering("Sale - 1", 30))
    module.font_for.cache_clear()


def test_lines_break_between_words_and_are_limited() -> None:
    lines = wrapped("one two three four five six seven eight", 20, 90, 2)
    assert len(lines) == 2
    assert " ".join(lines) == "one two three four five six seven eight"


def test_lines_stand_below_each_other_in_the_middle() -> None:
    one, two = lines_of_lettering("wide words", 30), lines_of_lettering("wide words\nin", 30)
    assert two.shape[0] > one.shape[0] * 1.5
    assert two.shape[1] == one.shape[1]
    columns = np.flatnonzero(two[one.shape[0] + 4 :].any(axis=0))
    assert abs((columns[0] + columns[-1]) / 2 - two.shape[1] / 2) < 3
    assert np.array_equal(one, lettering("wide words", 30))
    assert lines_of_lettering("\n", 30).size >= 1


def test_chinese_and_japanese_take_a_font_that_has_them(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bool] = []
    real = module.font_for

    def noted(size_px: int, built_in: bool, east_asian: bool = False) -> object:
        asked.append(east_asian)
        return real(size_px, built_in, east_asian)

    monkeypatch.setattr(module, "font_for", noted)
    for text, wanted in (("展厅1", True), ("Säle", False), ("その他", True), ("🎨", False)):
        asked.clear()
        lettering(text, 20)
        assert any(asked) is wanted, text


def test_each_script_of_a_line_has_a_font_that_can_write_it() -> None:
    """Fonts for Chinese and Japanese may have no digits: those are written as anywhere else."""
    if module.font_for(24, False, True) is None:
        pytest.skip("this system has no fonts of its own")
    (first, east), (rest, plain) = module._runs("展厅 12", 24)
    assert (first, rest.strip()) == ("展厅", "12")
    assert plain is module.font_for(24, True)
    assert east is module.font_for(24, False, True)
    both, alone = lettering("展厅12", 24), lettering("12", 24)
    tail = both[:, -alone.shape[1] :]
    assert tail.max() > 200
    assert abs(int((tail > 128).sum()) - int((alone > 128).sum())) < 0.2 * (alone > 128).sum(), "digits, not boxes"
