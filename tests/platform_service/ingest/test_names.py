"""Titles, tags and dates out of names."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from platform_service.ingest.dates import date_in_metadata, date_in_name
from platform_service.ingest.names import date_from, folder_of, tags_from, title_from
from platform_service.ingest.text import clean, distinct


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("/p/neon_street-02.jpg", "Neon street 02"),
        ("/p/sunset%20over+sea.jpeg", "Sunset over sea"),
        ("/p/DarkestHour_1920x1080.png", "Darkest Hour"),
        ("/p/Altai/contents/images/5120x2880.png", "Altai"),
        ("/p/Altai/contents/screenshot.png", "Altai"),
        ("/p/Kyoto/0004.jpg", "Kyoto 0004"),
        ("/p/v1.2.final.png", "V1.2 final"),
        ("/0004.jpg", "0004"),
        ("/p/雨の街.png", "雨の街"),
        ("/___.png", "___"),
    ],
)
def test_titles(path, title):
    assert title_from(Path(path)) == title


@pytest.mark.parametrize(
    ("path", "root", "folder", "tags"),
    [
        ("/h/Japan 2019/Kyoto/a.jpg", "/h/Japan 2019", "Japan 2019/Kyoto", ("japan 2019", "kyoto")),
        ("/h/Pictures/DCIM/100CANON/a.jpg", "/h/Pictures", "Pictures/DCIM/100CANON", ()),
        ("/h/Art/1987/a.jpg", "/h/Art", "Art/1987", ("art", "1987")),
        ("/h/Art/12/a.jpg", "/h/Art", "Art/12", ("art",)),
        ("/h/Art/a.jpg", "/elsewhere", "Art", ("art",)),
        ("/a.jpg", "/", "", ()),
    ],
)
def test_folders_and_tags(path, root, folder, tags):
    assert folder_of(Path(path), Path(root)) == folder
    assert tags_from(Path(path), Path(root)) == tags


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("2019-07-21", date(2019, 7, 21)),
        ("IMG_20190721", date(2019, 7, 21)),
        ("IMG_20190721_101500", date(2019, 7, 21)),
        ("Screenshot 2021.3.4 at noon", date(2021, 3, 4)),
        ("PXL_20231105_120000123", date(2023, 11, 5)),
        ("scan 1931_05_02", date(1931, 5, 2)),
        ("2019-02-30", None),
        ("2019-13-01 then 2018-01-02", date(2018, 1, 2)),
        ("201907211", None),
        ("DSC_2019", None),
        ("12345678901234", None),
        ("1920x1080", None),
        ("2019-07_21", None),
        ("", None),
    ],
)
def test_dates_in_names(name, found):
    assert date_in_name(name) == found


def test_the_nearest_name_with_a_date_counts():
    root = Path("/h/2001-01-01 all")
    assert date_from(root / "2002-02-02 day" / "a.jpg", root) == date(2002, 2, 2)
    assert date_from(root / "more" / "a.jpg", root) == date(2001, 1, 1)


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)), st.sampled_from(["-", "_", ".", " ", ""]))
def test_any_date_is_read_back(day, sign):
    assert date_in_name(f"IMG {day:%Y}{sign}{day:%m}{sign}{day:%d} (1)") == day
    assert date_in_metadata(f"{day:%Y:%m:%d} 10:00:00") == day
    assert date_in_metadata(day.isoformat() + "T10:00:00+02:00") == day


@given(st.text(max_size=60))
def test_no_name_is_too_odd(text):
    assert isinstance(date_in_name(text), date | None)
    path = Path("/h/root") / (text.replace("/", "").replace("\0", "") or "x")
    assert title_from(path)
    assert len(title_from(path)) <= 400


@given(st.text(st.characters(), max_size=300))
def test_clean_text_is_one_bounded_line_without_controls(text):
    tidy = clean(text, 50)
    assert len(tidy) <= 50
    assert tidy == tidy.strip()
    assert tidy.isprintable() or any(c in tidy for c in "\u200c\u200d")
    assert clean(tidy, 50) == tidy


def test_direction_marks_go_and_joiners_stay():
    assert clean("a\u202eb\u2067c\u200fd\ufeff") == "abcd"
    assert clean("می\u200cخواهم") == "می\u200cخواهم"


@given(st.lists(st.text(max_size=20), max_size=100))
def test_distinct_words(words):
    kept = distinct(words)
    assert len({word.casefold() for word in kept}) == len(kept) <= 64
