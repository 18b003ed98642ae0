"""The parts that show a team: marks for people, the banner, what has just come, signing in."""

from ui.floating.stage import Stage
from ui.team.avatars import MOST, Avatars, Met
from ui.team.banner import Banner
from ui.team.sign_in import SignInDialog


def test_marks_stay_while_their_people_stay_and_lead_to_them(qtbot):
    avatars = Avatars()
    qtbot.addWidget(avatars)
    chosen = []
    avatars.chosen.connect(chosen.append)
    avatars.show_people([Met("s1", "Ada", "#e4572e"), Met("s2", "Ben", "#2e86ab")])
    first = avatars.marks[0]
    avatars.show_people([Met("s1", "Ada", "#e4572e", "“Harbour”"), Met("s2", "Ben", "#2e86ab")])
    assert avatars.marks[0] is first
    assert "Ada holds “Harbour”" in first.toolTip()
    avatars.grab()
    avatars.marks[1].click()
    assert chosen == ["s2"]
    avatars.show_people([Met(f"s{n}", f"P{n}", "#2e86ab") for n in range(MOST + 3)])
    assert len(avatars.marks) == MOST
    assert avatars._more.text() == "+3"
    avatars.show_people([])
    assert avatars.marks == []


def test_the_banner_says_what_is_so_and_what_waits(qtbot):
    banner = Banner()
    qtbot.addWidget(banner)
    banner.show_state("signed_out", "You are signed out.")
    banner.show_waiting(1)
    assert banner.isVisible()
    assert not banner.sign_in.isHidden()
    assert banner._waiting.text() == "1 step waits"
    banner.show_state("away", "It does not answer.")
    assert banner.sign_in.isHidden()
    banner.show_state("", "")
    assert banner.isHidden()


def test_banner_and_arrival_stand_above_one_another(qtbot):
    stage = Stage()
    qtbot.addWidget(stage)
    stage.resize(700, 500)
    stage.show()
    stage.banner.show_state("away", "The platform does not answer. You can go on: what you do waits on this computer.")
    stage.arrival.tell("Ada moved “Harbour”" * 20, "#e4572e")
    stage.place()
    assert stage.banner.geometry().bottom() < stage.arrival.geometry().top()
    assert stage.rect().contains(stage.arrival.geometry())


def test_a_code_is_given_once_it_is_typed(qtbot):
    dialog = SignInDialog("studio.example.org")
    qtbot.addWidget(dialog)
    given = []
    dialog.given.connect(given.append)
    assert not dialog.accept_button.isEnabled()
    dialog.accept_button.click()
    dialog.code.setText("  vrc.x  ")
    dialog.accept_button.click()
    assert given == ["vrc.x"]
