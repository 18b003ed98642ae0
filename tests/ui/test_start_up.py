"""Start-up in a fresh process: the window is painted before anything heavy is imported."""

import json
import os
import subprocess
import sys
from pathlib import Path

SCRIPT = """
import json, sys
from ui import program, window_program
from ui.shell.first_paint import after_first_paint

slow = ("vtkmodules", "langgraph", "lancedb", "litellm", "pyvista", "sqlalchemy", "httpx", "superqt", "qtpy",
        "keyring")
opened = window_program.WindowProgram.open

def open_and_watch(self):
    opened(self)
    after_first_paint(self.window, lambda: painted(self))

def painted(self):
    found = [name for name in slow if name in sys.modules]
    menus = len(self.window.menuBar().actions())
    print(json.dumps({"slow": found, "menus": menus}))
    self.window.close()

window_program.WindowProgram.open = open_and_watch
sys.exit(program.main(["--data-dir", sys.argv[1]]))
"""


def test_the_window_is_painted_before_the_heavy_modules(tmp_path: Path) -> None:
    command = [sys.executable, "-c", SCRIPT, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, env=dict(os.environ))
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout.splitlines()[0])
    assert said["slow"] == []
    assert said["menus"] == 7


def test_a_data_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.write_text("a file, not a folder")
    command = [sys.executable, "-m", "ui.program", "--data-dir", str(taken)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 4
    assert "cannot write to its data folder" in done.stderr


def test_subcommands_do_not_import_qt() -> None:
    script = (
        "import sys; from ui.program import main\ntry:\n    main(['ask', '--help'])\nexcept SystemExit:\n    pass\n"
    )
    script += "sys.exit('PySide6' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr


def test_the_end_of_the_window_waits_for_no_hooks_of_libraries() -> None:
    script = (
        "import atexit, ui.window_program as window; atexit.register(print, 'late');"
        "window.run_window = lambda _: print('closed') or 3\n"
        "import sys; sys.argv = ['vernissage']; from ui.program import main; main()"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout.split()) == (3, ["closed"]), done.stderr
