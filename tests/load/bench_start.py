"""From process start to a window that takes requests: `python -m tests.load.bench_start [--json]`, milliseconds."""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

_PROBE = """
import json, sys, time
started = float(sys.argv[1])
from ui.program import prepare_environment
from app.places import Places
from ui.shell.qt_environment import prepare_qt
from ui.shell.first_paint import after_first_paint
from ui.shell.single_instance import FirstInstance, server_name
from ui.style.apply import dress
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
places = Places.at(Path(sys.argv[2])); places.make()
prepare_qt()
app = QApplication(sys.argv[:1]); dress(app)
from ui.window_program import WindowProgram
program = WindowProgram(places, {"library": "", "project": ""}, FirstInstance(server_name(places.data)))
seen = {}
def look():
    studio = program.studio
    if studio is not None and studio.session is not None: seen.setdefault("session", time.time() - started)
    if studio is not None and studio.view is not None: seen.setdefault("viewport", time.time() - started)
    if "viewport" in seen: app.quit()
after_first_paint(program.window, lambda: seen.setdefault("painted", time.time() - started))
program.open()
timer = QTimer(); timer.timeout.connect(look); timer.start(5)
app.exec(); program.close()
print(json.dumps({name: round(value * 1000) for name, value in seen.items()}))
"""


def started(display: str, data: Path) -> dict[str, int]:
    """One start in a fresh process: when the first paint, the session and the viewport were there."""
    environment = {**os.environ, "DISPLAY": display}
    command = [sys.executable, "-c", _PROBE, str(time.time()), str(data)]
    outcome = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=True)
    return dict(json.loads(outcome.stdout.splitlines()[-1]))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=7)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    reader, writer = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writer), "-screen", "0", "1440x900x24"],
        pass_fds=(writer,),
        stderr=subprocess.DEVNULL,
    )
    display = f":{os.read(reader, 16).decode().strip()}"
    try:
        with tempfile.TemporaryDirectory() as folder:
            started(display, Path(folder))
            runs = [started(display, Path(folder)) for _ in range(options.repeats)]
    finally:
        server.terminate()
        server.wait()
    result = {name: round(statistics.median(run[name] for run in runs)) for name in runs[0]}
    worst = {name: max(run[name] for run in runs) for name in runs[0]}
    if options.json:
        print(json.dumps({"median_ms": result, "worst_ms": worst}))
        return
    print(f"Warm start, {options.repeats} runs, under Xvfb")
    for name, value in result.items():
        print(f"  {name:9} median {value:6d} ms   worst {worst[name]:6d} ms")


if __name__ == "__main__":
    main()
