"""The bell counts what was not read, lists it with who is there, and says how long ago it was."""

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QScrollArea

from app.mailbox import Mailbox
from app.messages import NoticeCame, SessionThere
from app.notices import Notices, in_words
from ui.team.notices import MOST_KEPT, NoticeBell, NoticeRow, ago


def words_of(bell: NoticeBell) -> list[str]:
    shown = bell.popup.findChild(QScrollArea).widget()
    return [label.text() for label in shown.findChildren(QLabel) if label.text()]


def test_the_bell_counts_until_it_is_opened_and_shows_the_newest_first(qtbot):
    bell = NoticeBell()
    qtbot.addWidget(bell)
    for number in range(MOST_KEPT + 5):
        bell.add(NoticeCame(number, "good", f"notice {number}"))
    assert bell.text() == str(MOST_KEPT + 5)
    with qtbot.waitSignal(bell.opened):
        bell.click()
    assert (bell.text(), bell.accessibleName()) == ("", "Notices: nothing new")
    bell.show_sessions([SessionThere("1", "ada", ""), SessionThere("2", "ada", ""), SessionThere("3", "key:9", "")])
    words = words_of(bell)
    assert words[:2] == ["Notices", f"notice {MOST_KEPT + 4}"]
    assert words[-2:] == ["a service key", "ada, in 2 windows"]
    assert len(bell.notices) == MOST_KEPT
    bell.popup.close()


@pytest.mark.parametrize(("seconds", "told"), [(5, "now"), (130, "2 min"), (7_300, "2 h"), (200_000, "2 d")])
def test_how_long_ago_as_people_say_it(seconds, told):
    moment = datetime(2026, 5, 1, tzinfo=UTC)
    assert ago((moment - timedelta(seconds=seconds)).isoformat(), moment) == told
    assert ago("yesterday", moment) == ""


def test_a_notice_is_told_once_also_after_the_next_start(tmp_path):
    mailbox = Mailbox()
    notices = Notices(tmp_path / "notices.json", mailbox)
    assert notices.position is None
    notices.begun(7)
    told = {"position": 8, "kind": "run_ended", "what": {"outcome": "proposed", "project_id": "p"}, "at": "t"}
    for _ in range(2):
        notices.came(told)
    notices.came({**told, "position": 9, "what": {"outcome": "cancelled"}})
    again = Notices(tmp_path / "notices.json", mailbox)
    again.begun(40)
    again.came(told)
    assert again.position == 9
    assert mailbox.drain() == [NoticeCame(8, "good", "A proposal is ready on the platform", "t", "p")]
    with pytest.raises((KeyError, TypeError, ValueError)):
        again.came({"position": "x"})


@pytest.mark.parametrize(
    ("kind", "what", "words"),
    [
        ("import_ended", {"state": "done", "added": 1_200, "bad": 3}, "1,200 pictures were imported, 3 could not be"),
        ("import_ended", {"state": "failed"}, "An import has stopped before its end"),
        ("approved", {"user": "ben"}, "ben approved a proposal"),
        ("project_shared", {"user": "ben"}, "ben made a new project for the team"),
        ("something_new", {}, ""),
    ],
)
def test_what_happened_in_words(kind, what, words):
    assert in_words(kind, what)[0] == words


def test_a_notice_that_is_about_something_opens_it(qtbot):
    bell = NoticeBell()
    qtbot.addWidget(bell)
    about_a_show = NoticeCame(1, "people", "Ben approved a proposal", project_id="p", run_id="r")
    for notice in (about_a_show, NoticeCame(2, "good", "Nothing to open")):
        bell.add(notice)
    bell.click()
    nothing, show = bell.popup.findChildren(NoticeRow)
    assert not nothing.isEnabled()
    with qtbot.waitSignal(bell.chosen) as chosen:
        qtbot.mouseClick(show, Qt.MouseButton.LeftButton)
    assert chosen.args == [about_a_show]
    assert not bell.popup.isVisible()


def test_people_are_told_of_by_name(tmp_path):
    mailbox = Mailbox()
    notices = Notices(tmp_path / "notices.json", mailbox)
    notices.names = {"u1": "Ben"}
    notices.came({"position": 1, "kind": "approved", "what": {"user": "u1", "project_id": "p", "run_id": "r"}})
    notices.came({"position": 2, "kind": "project_shared", "what": {"user": "u2", "project_id": "p"}})
    first, second = mailbox.drain()
    assert (first.words, first.project_id, first.run_id) == ("Ben approved a proposal", "p", "r")
    assert second.words == "u2 made a new project for the team"
