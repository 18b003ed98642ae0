"""The story of a team: two real windows, a command line and a whole local set-up.

`python -m tests.end_to_end.team_story [--kill NAME|each] [--shots FOLDER]` prints a line a chapter; 1 when anything is
lost. With `--kill` a process is ended in the middle of each chapter from the third on.
"""

import argparse
import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from platform_service.local_team.layout import TENANT, Layout
from platform_service.local_team.people import end, invite
from platform_service.local_team.run import LocalTeam
from tests.end_to_end.team.chapters import Chapters
from tests.end_to_end.team.desk import Desk, Display

PROCESSES = ("replica-1", "replica-2", "worker", "redis", "postgres", "proxy")
DESKTOPS = ("ada", "ben")


class Killer:
    """Ends one process as a crash would, in the middle of a chapter."""

    def __init__(self, team: LocalTeam, desks: dict[str, Desk]) -> None:
        self._team, self._desks = team, desks
        self.kills: list[str] = []

    def kill(self, name: str) -> None:
        """End a process of the set-up, which its supervisor starts again, or a window, which its person opens again."""
        self.kills.append(name)
        if name in self._desks:
            self._desks[name].kill()
            self._desks[name].open()
            return
        pid = int(self._team.states()[name]["pid"])
        if pid:
            os.kill(pid, signal.SIGKILL)


def tell(team: LocalTeam, folder: Path, pictures: Path, kill: str, shots: Path | None) -> list[str]:
    """Tell the story once; gives what was lost."""
    displays = [Display(), Display()]
    desks = {
        name: Desk(name, folder / name, team.address, display.name, shots)
        for name, display in zip(DESKTOPS, displays, strict=True)
    }
    killer = Killer(team, desks)
    chapters = Chapters(team.address, desks["ada"], desks["ben"], pictures)
    chapters.code_of = lambda who, role: invite(team.layout, who, who.title(), role)
    chapters.end_person = lambda who: end(team.layout, who)
    chapters.line_cut = lambda cut: _cut(team, cut)
    names = [*PROCESSES, *DESKTOPS] if kill == "each" else [kill] if kill else []
    try:
        for number, (title, chapter) in enumerate(chapters.all()):
            if names and number >= 2:
                chapters.in_the_middle = _once(killer, names[(number - 2) % len(names)])
            began_s = time.monotonic()
            chapter()
            chapters.in_the_middle()
            print(f"{time.monotonic() - began_s:6.1f} s  {title}{_killed(killer)}", flush=True)
        return chapters.lost()
    finally:
        for desk in desks.values():
            desk.close()
        for display in displays:
            display.close()


def _once(killer: Killer, name: str) -> Callable[[], None]:
    left = [name]
    return lambda: killer.kill(left.pop()) if left else None


def _killed(killer: Killer) -> str:
    told, killer.kills = ", ".join(killer.kills), []
    return f" [killed: {told}]" if told else ""


def _cut(team: LocalTeam, cut: bool) -> None:
    """Cut the line between desktops and platform without a word, or mend it."""
    os.kill(int(team.states()["proxy"]["pid"]), signal.SIGSTOP if cut else signal.SIGCONT)


def main() -> int:
    """Set everything up in a folder of its own, tell the story, and take it all away."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kill", choices=["", "each", *PROCESSES, *DESKTOPS], default="", help="whom to kill")
    parser.add_argument("--shots", type=Path, default=None, help="keep pictures of the screens here")
    parser.add_argument("--pictures", type=Path, default=None, help="a folder of pictures; else the sample collection")
    given = parser.parse_args()
    if given.shots is not None:
        given.shots.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="vt-"))
    folder.chmod(0o711)
    began_s = time.monotonic()
    team = LocalTeam(Layout(folder / "t"), 0, by_meaning=False)
    try:
        team.start()
        print(f"{time.monotonic() - began_s:6.1f} s  the set-up runs", flush=True)
        lost = tell(team, folder, _pictures(team.layout, given.pictures), given.kill, given.shots)
    except BaseException:
        print(f"What was told of it lies in {folder}.", file=sys.stderr)
        raise
    finally:
        team.stop()
    shutil.rmtree(folder, ignore_errors=True)
    print(f"{time.monotonic() - began_s:6.1f} s  in all; lost: {lost or 0}")
    return int(bool(lost))


def _pictures(layout: Layout, given: Path | None) -> Path:
    """Pictures where the set-up may import them from."""
    folder = layout.imports / TENANT / "pictures"
    if given is not None:
        shutil.copytree(given, folder)
        return folder
    from resources.sample_collection.generate import ensure_sample_collection

    return ensure_sample_collection(folder, count=36)


if __name__ == "__main__":
    sys.exit(main())
