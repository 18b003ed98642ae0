"""The chapters of the team's story, each with what has to be so at its end; they run against any platform of a team."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.end_to_end.team.desk import Desk

SHOW = "Harbour show"
Seen = dict[str, Any]


class Chapters:
    """Ada and Ben work on one show; Cem joins by the command line."""

    def __init__(self, url: str, ada: Desk, ben: Desk, pictures: Path, works: int = 12) -> None:
        self.url, self.ada, self.ben = url, ada, ben
        self._pictures, self._count = pictures, works
        self.in_the_middle: Callable[[], None] = lambda: None
        """Called once in the middle of each chapter, behind something that was kept and perhaps not yet sent."""
        self.code_of: Callable[[str, str], str] = lambda who, role: ""
        self.end_person: Callable[[str], None] = lambda who: None
        self.line_cut: Callable[[bool], None] = lambda cut: None
        self.expected: dict[str, list[float]] = {}
        """Where works hang at the end (x, y, z in metres), as far as somebody has moved them."""

    def all(self) -> list[tuple[str, Callable[[], None]]]:
        """Title and chapter, in order."""
        return [
            ("Ada signs in and imports", self.ada_signs_in),
            ("Ben finds that he is signed out, and signs in in the window", self.ben_signs_in),
            ("Ada asks for a show and approves it", self.a_show),
            ("Ben opens it and both see each other", self.ben_comes),
            ("Ada moves a work; Ben is told, and undoes only his own", self.a_move),
            ("Both edit at once", self.both_at_once),
            ("The line drops; what is done waits and arrives", self.a_drop),
            ("Both move the same work while the line is cut: theirs is a ghost", self.a_clash),
            ("Cem asks by the command line; both see it", self.the_command_line),
            ("Ada closes, opens again and finds everything", self.opens_again),
            ("Ben becomes a viewer, then is signed out", self.rights),
        ]

    # -- the chapters ----------------------------------------------------------------------------

    def ada_signs_in(self) -> None:
        """By the command, then a folder dropped on the library."""
        self.ada.sign_in(self.code_of("ada", "curator"))
        self.ada.open(SHOW)
        self.ada.until(lambda seen: seen["member"] == "Ada, curator" and seen["project"] == SHOW)
        self.imported()

    def ben_signs_in(self) -> None:
        """In the window, with the banner's button."""
        self.ben.open()
        self.ben.until(lambda seen: seen["banner"][:1] == ["signed_out"])
        self.ben.shot("1-signed-out")
        self.ben.does("click", "Sign in")
        self.ben.shot("2-sign-in")
        self.ben.does("sign_in", self.code_of("ben", "creator"))
        self.ben.until(lambda seen: seen["member"] == "Ben, creator" and not seen["banner"])

    def a_show(self) -> None:
        """Words, a ghost, approval."""
        before = self.ada.see()["works"]
        self.ada.ask("say", f"create a gallery of {self._count} works")
        self.ada.until(lambda seen: seen["proposal"] and not seen["running"])
        self.ada.shot("3-proposal")
        assert self.ada.see()["works"] == before, "a ghost changes nothing"
        self.ada.does("click", "Approve all")
        self.ada.until(lambda seen: len(seen["works"]) == self._count)
        self.in_the_middle()
        self.ada.until(lambda seen: len(seen["works"]) == self._count and not seen["waiting"])

    def ben_comes(self) -> None:
        """By the list of projects."""
        for _ in range(10):  # the list may not come while something is started again: then he asks for it once more
            self.ben.does("command", "project.open")
            self.ben.ask("wait", 1_500)
            if self.ben.ask("open_project", SHOW):
                self.ben.ask("wait", 3_000)
            if self.ben.see()["project"] == SHOW:
                break
        self.ben.until(lambda seen: len(seen["works"]) == self._count)
        self.in_the_middle()
        self.reopened(self.ben, self.ada)
        work = self.first(0)
        self.picked(self.ada, work)
        self.ben.until(lambda seen: any(words.lower().startswith("ada holds") for words in seen["people"]))
        self.ada.until(lambda seen: any(words.lower().startswith("ben") for words in seen["people"]))
        self.picked(self.ben, self.first(2))
        self.ada.until(lambda seen: any(words.lower().startswith("ben holds") for words in seen["people"]))
        self.ben.shot("4-presence")
        if self.ada.shots is not None:
            self.ada.does("command", "view.entrance")
            self.ada.ask("wait", 2_000)
            self.ada.shot("4-presence")

    def a_move(self) -> None:
        """Ada's step; Ben sees who and what; his undo leaves it alone."""
        theirs, own = self.first(0), self.first(2)
        self.moved(self.ada, theirs, "Right")
        self.ben.until(lambda seen: seen["arrival"].lower().startswith("ada moved") and self.is_at(seen, theirs))
        self.ben.shot("5-arrival")
        before = self.place_of(self.ben, own)
        self.moved(self.ben, own, "Left", keep=False)
        self.in_the_middle()
        self.ben.does("command", "edit.undo")
        self.ben.until(lambda seen: seen["works"][own][1] == before and self.is_at(seen, theirs))
        self.same()

    def both_at_once(self) -> None:
        """Different works, at the same moment."""
        for round_ in range(3):
            self.moved(self.ada, self.first(0), "Right")
            self.moved(self.ben, self.first(1), "Left")
            if round_ == 1:
                self.in_the_middle()
        self.same()

    def a_drop(self) -> None:
        """The banner comes, edits go on, everything arrives."""
        self.line_cut(True)
        for _ in range(4):
            self.moved(self.ada, self.first(0), "Right")
            self.moved(self.ben, self.first(1), "Left")
        took_s = self.ada.until(lambda seen: seen["banner"][:1] == ["away"] and seen["waiting"])
        self.ben.until(lambda seen: seen["banner"][:1] == ["away"])
        assert took_s < 10.0, f"the banner came after {took_s:.1f} s"
        self.ada.shot("6-away")
        self.line_cut(False)
        self.in_the_middle()
        self.ada.until(lambda seen: not seen["banner"] and not seen["waiting"])
        self.same()

    def a_clash(self) -> None:
        """Mine, theirs and both are offered; here theirs is taken."""
        self.reopened(self.ada, self.ben)
        work = self.first(3)
        before = self.place_of(self.ada, work)
        self.line_cut(True)
        try:
            self.picked(self.ada, work)
            self.ada.ask("press", *["Right"] * 3)
            self.picked(self.ben, work)
            self.ben.ask("press", *["Left"] * 3)
        finally:
            self.line_cut(False)
        chooser = self.who_chooses()
        assert self.place_of(self.ada, work) != before
        chooser.shot("7-clash")
        self.in_the_middle()
        if chooser.see()["clash"]:
            chooser.does("click", "Take theirs")
        self.same()
        self.expected[work] = self.place_of(self.ada, work)

    def the_command_line(self) -> None:
        """A third person, without a window."""
        cem = Desk("cem", self.ada.folder.with_name("cem"), self.url, "")
        cem.sign_in(self.code_of("cem", "creator"))
        self.in_the_middle()
        asked = ("ask", "make it noir", "--project", SHOW, "--approve", "--platform", self.url)
        done = cem.vernissage(*asked)
        assert done.returncode == 0, done.stdout + done.stderr
        assert "Approved" in done.stdout, done.stdout
        for desk in (self.ada, self.ben):
            desk.until(lambda seen: any("Cem" in name or "noir" in name for name, _ in seen["steps"]))
        self.ada.shot("8-command-line")
        self.same()

    def opens_again(self) -> None:
        """From its own disk, then in step."""
        before = self.ada.see()["works"]
        self.ada.close()
        self.ada.open()
        self.in_the_middle()
        self.ada.until(lambda seen: seen["works"] == before and seen["member"])
        self.same()

    def rights(self) -> None:
        """A viewer looks on, greyed with the reason; who is ended is told."""
        self.code_of("ben", "viewer")
        self.ben.until(lambda seen: seen["member"] == "Ben, viewer")
        self.ben.until(lambda seen: seen["banner"][:1] == ["look_only"])
        assert not self.ben.ask("command", "edit.undo")
        assert "viewer" in self.ben.ask("why_not", "edit.undo")
        self.ben.shot("9-viewer")
        self.in_the_middle()
        self.end_person("ben")
        self.ben.until(lambda seen: seen["banner"][:1] == ["signed_out"])
        self.ben.shot("10-ended")

    # -- what they have in common ----------------------------------------------------------------

    def lost(self) -> list[str]:
        """What does not hang where somebody has put it."""
        works = self.ada.see()["works"]
        wrong = [f"{works.get(i)} is not at {place}" for i, place in self.expected.items() if works[i][1] != place]
        return wrong + ([] if len(works) == self._count else [f"{len(works)} works hang, not {self._count}"])

    def imported(self) -> None:
        """Ada drops the folder on the library."""
        wanted = sum(1 for file in self._pictures.rglob("*.jpg"))
        self.ada.ask("drop", str(self._pictures))
        self.ada.until(lambda seen: seen["library"] >= wanted)

    def first(self, number: int) -> str:
        """One of the works, the same for everybody."""
        return sorted(self.ada.see()["works"])[number]

    def place_of(self, desk: Desk, work: str) -> list[float]:
        """Where a work hangs at a desk."""
        place: list[float] = desk.see()["works"][work][1]
        return place

    def is_at(self, seen: Seen, work: str) -> bool:
        """Whether it hangs where it was put last."""
        return bool(seen["works"][work][1] == self.expected[work])

    def picked(self, desk: Desk, work: str) -> None:
        """A work is clicked in the viewport."""
        found = desk.ask("pick", work)
        assert found == work, f"{desk.name} clicked {work} and has {found!r}"

    def moved(self, desk: Desk, work: str, key: str, *, keep: bool = True) -> None:
        """A work is clicked and moved with a key: it is kept on that desk's disk when this is over."""
        before = desk.see()["works"][work][1]
        self.picked(desk, work)
        desk.ask("press", key)
        desk.until(lambda seen: seen["works"][work][1] != before)
        if keep:
            self.expected[work] = self.place_of(desk, work)

    def reopened(self, *desks: Desk) -> None:
        """A window that was killed shows the same show again."""
        for desk in desks:
            desk.until(lambda seen: seen["project"] == SHOW and len(seen["works"]) == self._count)

    def who_chooses(self) -> Desk:
        """The desk that has the ghost of a clash."""
        for _ in range(2_000):
            for desk in (self.ada, self.ben):
                if desk.see()["clash"]:
                    return desk
        raise AssertionError("nobody was shown the clash")

    def same(self) -> None:
        """Both see the same works in the same places, with what was moved where it was put, and nothing waits."""
        self.reopened(self.ada, self.ben)
        self.ada.until(lambda seen: not seen["waiting"])
        self.ben.until(lambda seen: not seen["waiting"])
        self.ben.until(lambda seen: seen["works"] == self.ada.see()["works"])
        works = self.ada.see()["works"]
        assert all(works[work][1] == place for work, place in self.expected.items()), (works, self.expected)
