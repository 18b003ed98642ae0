"""Two real windows of two people on one show, short: `python -m tests.end_to_end.team_story` tells all of it."""

import os
import signal

from tests.end_to_end.team.chapters import SHOW, Chapters
from tests.end_to_end.team.desk import Desk
from tests.platform_service.team.desktops import serve


def test_two_windows_work_on_one_show(make_team, tmp_path):
    team = make_team(start=False)
    url, codes = serve(team, ("ada", "ben"))
    ada, ben = (
        Desk(name, tmp_path / name, url, os.environ["DISPLAY"], code=code)
        for name, code in zip(("ada", "ben"), codes, strict=True)
    )
    chapters = Chapters(url, ada, ben, tmp_path, works=4)
    chapters.line_cut = lambda cut: team.service.process.send_signal(signal.SIGSTOP if cut else signal.SIGCONT)
    try:
        ada.begin(SHOW)
        ben.begin()
        ada.until(lambda seen: seen["ready"] and seen["project"] == SHOW)
        assert ada.ask("hang", 4)
        ada.until(lambda seen: len(seen["works"]) == 4 and not seen["waiting"])
        ben.until(lambda seen: seen["ready"] and seen["member"] == "ben, creator")
        for desk in (ada, ben):
            for plainly in ("view.reduced_motion", "quality.draft"):
                desk.does("command", plainly)
        chapters.ben_comes()
        chapters.a_move()
        chapters.a_clash()
        assert chapters.lost() == []
        chapters.expected[chapters.first(0)][0] += 1.0
        assert chapters.lost() != []  # a work that hangs elsewhere would be noticed
    finally:
        ada.close()
        ben.close()
        team.service.close()
